"""Asking for pages again and again, as those who look in earnest do, and timing each answer."""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter
from typing import Any

from django.test import Client
from rich.console import Console
from rich.table import Table

from keepsight.cli.access_bench.alike import compare
from keepsight.cli.access_bench.taking_part import PASSWORD, Looking
from keepsight.cli.errors import Unusable

WARMING, GOAL = 10, 300.0


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of look: who, at which addresses in turn."""

    title: str
    who: str
    addresses: Sequence[str]


def look(facts: dict[str, Any], samples: int, only: str = "") -> None:
    """Measure every case, then what is hidden against what is not there, and print both.

    Or only the cases in whose title `only` stands, and nothing of what is hidden.
    """
    console, looking = Console(), Looking()
    rows = [f"{facts[name]:,} {name[8:]}" for name in facts if name.startswith("rows of ")]
    areas = "one area" if facts["areas"] == 1 else f"{facts['areas']} areas"
    console.print(f"{facts['children']:,} children in {areas}: {', '.join(rows)}")
    table = Table(title=f"Pages, {samples} times each, ms", title_justify="left")
    for name in ("who", "what", "p50", "p95", "p99", "goal"):
        table.add_column(name, justify="left" if name in {"who", "what"} else "right")
    browsers = {who: signed_in(getattr(looking, who)) for who in looking.__slots__}
    gc.collect()
    gc.freeze()  # As gunicorn's processes do, by `config/gunicorn.py`.
    for case in (each for each in cases(facts) if only in each.title):
        with console.status(f"{case.who}: {case.title}"):
            times = sorted(_times(browsers[case.who], case.addresses, samples))
        shown = [f"{_quantile(times, share):.0f}" for share in (0.5, 0.95, 0.99)]
        met = "met" if _quantile(times, 0.99) < GOAL else "missed"
        table.add_row(case.who, case.title, *shown, f"{GOAL:.0f} {met}")
    console.print(table)
    if not only:
        compare(console, browsers["trust"], facts, samples * 10)


def cases(facts: dict[str, Any]) -> Iterator[Case]:
    """All that is measured."""
    deep = max(1, min(500, facts["children"] // 2_000))
    late = max(1, facts["rows of detection_alert"] // 40)
    yield Case("a child allocated to me", "worker", _children(facts["allocated"]))
    yield Case("a child at my front door", "manager", _children(facts["at_the_door"]))
    yield Case("my worklist", "worker", ["/"])
    yield Case("worklist of the area", "manager", ["/"])
    late_pages = f"/?alerts={late}&obligations={late}"
    yield Case("worklist of the area, late pages", "manager", [late_pages])
    yield Case("the area’s page", "lead", ["/areas/1/"])
    for who, column in (("trust", "trust"), ("school", "school"), ("worker", "council"),
                        ("manager", "council")):  # fmt: skip
        yield Case("children, first page", who, ["/children/"])
        if who != "school":
            yield Case(f"children, page {deep}", who, [f"/children/?page={deep}"])
        for title, said in (
            ("surname “smith”", ["smith"]),
            ("surname, start of", ["wil", "tay", "bro", "har", "dav"]),
            ("two words", ["olivia smith", "jack jones", "wil ame", "taylor har"]),
            ("as it sounds, “smyth”", ["smyth", "jonse", "tailor"]),
            ("nobody’s name", ["zzyzx", "qqq"]),
            ("a number", facts[column]),
        ):
            yield Case(f"search: {title}", who, [_search(each) for each in said])
    yield Case("search: own number", "trust", [_search(each) for each in facts["key"]])


def signed_in(email: str) -> Client:
    """A browser of somebody who has signed in with their password."""
    client = Client(headers={"host": "localhost"})
    client.post("/sign-in/", {"email": email, "password": PASSWORD})
    if client.get("/your-role/").status_code != 200:
        raise Unusable(f"{email} could not be signed in.")
    return client


def _times(client: Client, addresses: Sequence[str], samples: int) -> Iterator[float]:
    turn = cycle(addresses)
    for number in range(samples + WARMING):
        address = next(turn)
        begun = perf_counter()
        answer = client.get(address)
        taken = (perf_counter() - begun) * 1000
        if answer.status_code != 200:
            raise Unusable(f"{address} answered {answer.status_code}.")
        if number >= WARMING:
            yield taken


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _children(ids: Sequence[str]) -> list[str]:
    return [f"/children/{each}/" for each in ids]


def _search(words: str) -> str:
    return f"/children/?search={words.replace(' ', '+')}"
