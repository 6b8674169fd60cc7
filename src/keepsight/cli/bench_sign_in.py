"""`keepsight bench sign-in`: how long the sign-in page takes to answer, case by case.

Whoever measures from outside must not be able to tell one refusal from another.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from statistics import quantiles
from time import perf_counter

from rich.console import Console
from rich.table import Table

from keepsight.cli import process
from keepsight.engines.paths import var
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind

TRIES = 40
PASSWORD = "three made-up words"  # noqa: S105 - of made-up people, in a database of the benchmark
OPEN, SUSPENDED, LOCKED = "open", "suspended", "locked"


def run() -> None:
    """Set people up as `batch`, and measure as the role of the pages, in a process of its own."""
    own = {"KEEPSIGHT_VAR": str(var() / "bench-sign-in"), "KEEPSIGHT_DEMO": "1"}
    os.environ.update(own)
    process.begin("batch")
    process.migrate()
    _set_up()
    measuring = [sys.executable, "-m", "keepsight.cli", "bench", "sign-in", "--measure"]
    subprocess.run(measuring, check=True, env=os.environ | {"KEEPSIGHT_ROLE": "app"})  # noqa: S603


def measure() -> None:
    """Sign in again and again, in turns, and print how long the page took."""
    process.begin("app")
    for _ in range(5):
        _once(_email(LOCKED, 0), "wrong")
    cases: dict[str, tuple[Callable[[int], str], str]] = {
        "right": (partial(_email, OPEN), PASSWORD),
        "wrong password": (partial(_email, OPEN), "wrong"),
        "unknown person": (partial(_email, "nobody"), PASSWORD),
        "suspended": (partial(_email, SUSPENDED), PASSWORD),
        "locked": (lambda number: _email(LOCKED, 0), PASSWORD),
    }
    taken: dict[str, list[float]] = {case: [] for case in cases}
    for number in range(TRIES):
        for case, (email, password) in cases.items():
            taken[case].append(_once(email(number), password))
    _print(taken)


def _print(taken: dict[str, list[float]]) -> None:
    table = Table(title=f"The sign-in page, {TRIES} times each", title_justify="left")
    for name in ("case", "median ms", "middle half, ms"):
        table.add_column(name, justify="left" if name == "case" else "right")
    for case, times in taken.items():
        low, middle, high = quantiles(times, n=4)
        table.add_row(case, f"{middle:.1f}", f"{low:.1f} to {high:.1f}")
    Console().print(table)


_addresses = count(1)


def _once(email: str, password: str) -> float:
    """Milliseconds of one try, each from an address of its own."""
    from django.test import Client

    number = next(_addresses)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    client = Client(headers={"host": "localhost"}, REMOTE_ADDR=address)
    begun = perf_counter()
    client.post("/sign-in/", {"email": email, "password": password})
    return (perf_counter() - begun) * 1000


def _email(kind: str, number: int) -> str:
    return f"{kind}.{number}@keepsight.example"


def _set_up() -> None:
    from keepsight.agencies.actions import (
        register_agency,
        register_area,
        register_person,
        suspend_person,
    )
    from keepsight.audit.actor import system

    by = system("benchmark")
    area = register_area(by=by, key="bench", name="Bench")
    agency = register_agency(
        by=by, key="bench", name="Bench", kind=AgencyKind.POLICE, area=area, phone="01632 960000"
    )
    for email in _everybody():
        person = register_person(
            by=by,
            email=email,
            name="Bench Example",
            agency=agency,
            role=Role.PRACTITIONER,
            password=PASSWORD,
        )
        if email.startswith(SUSPENDED) and person.is_active:
            suspend_person(by=by, person_id=person.pk, reason="for the benchmark")


def _everybody() -> Iterator[str]:
    for number in range(TRIES):
        yield _email(OPEN, number)
        yield _email(SUSPENDED, number)
    yield _email(LOCKED, 0)
