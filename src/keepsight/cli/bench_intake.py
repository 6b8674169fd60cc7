"""`keepsight bench intake`: registers taken in beside a bare COPY of the same rows."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import monotonic

import psycopg
from rich.console import Console
from rich.table import Table

from keepsight.agencies.actions import register_agency, register_area
from keepsight.audit.actor import system
from keepsight.chronology.actions.deliveries import register_feed
from keepsight.chronology.actions.governing import govern_feed, switch_on
from keepsight.cli.demo_governance import governance_of
from keepsight.cli.errors import Unusable
from keepsight.cli.measuring import MEBIBYTE, measure
from keepsight.engines.paths import var
from keepsight.engines.roles import Credentials, role_name
from keepsight.kernel.formats.daily_register import DAILY_REGISTER
from keepsight.kernel.vocabulary.agencies import AgencyKind

BENCH = system("benchmark of intake")
GATEWAY = "Education Act 1996, section 537A"
FIRST_DAY = date(2025, 9, 1)
DAYS = 60
"""School days in each register: a term."""
AWAY_AGAIN = 0.03
"""Share of days on which a pupil who was there is not: with spells of up to four days, about seven
in a hundred sessions are missed, as in England (`domain.md` section 7).
"""
LONGEST = 4
MARKS = ("I", "I", "I", "I", "I", "I", "O", "O", "M", "N")
GOAL_ROWS, GOAL_RATIO = 20_000, 4
BLOCK = 1 << 20

console = Console()


def run(credentials: Credentials, sizes: list[int]) -> None:
    """Take in a register of each size."""
    table = Table(title="Registers taken in, beside a bare COPY of the same rows")
    for name in ("rows", "COPY", "taken in", "rows a second", "times COPY", "most memory"):
        table.add_column(name, justify="right")
    for size in sizes:
        table.add_row(*_one(credentials, size))
    console.print(table)
    console.print(f"Goals: {GOAL_ROWS:,} rows a second; at most {GOAL_RATIO} times COPY.")


def _one(credentials: Credentials, size: int) -> tuple[str, ...]:
    key = f"school-{size}"
    with console.status(f"Writing a register of {size:,} rows"):
        path = var() / f"{key}.csv"
        rows = _write(path, size // DAYS)
        _feed(key)
    with console.status(f"Copying {rows:,} rows"):
        copied = _copy(credentials, path)
    with console.status(f"Taking in {rows:,} rows"):
        done = measure(["ingest", str(path), "--feed", key])
    path.unlink()
    if done.code:
        raise Unusable(f"The register could not be taken in: {done.said.strip()}")
    return (
        f"{rows:,}",
        f"{copied:.1f} s",
        f"{done.seconds:.1f} s",
        f"{rows / done.seconds:,.0f}",
        f"{done.seconds / copied:.1f}",
        f"{done.memory / MEBIBYTE:,.0f} MiB",
    )


def _feed(key: str) -> None:
    area = register_area(by=BENCH, key="bench", name="Benchmark")
    school = register_agency(
        by=BENCH, key=key, name=f"Example {key}", kind=AgencyKind.SCHOOL, area=area, phone=""
    )
    feed = register_feed(
        by=BENCH, key=key, title="Registers", agency=school, source="daily_register"
    )
    said = governance_of(school.name, feed.source, school.kind, GATEWAY)
    govern_feed(by=BENCH, feed=feed, governance=said, reduces_codes=True)
    switch_on(by=BENCH, feed=feed)


def _write(path: Path, pupils: int) -> int:
    chance = random.Random(pupils)  # noqa: S311 - a benchmark, the same each time
    away = [0] * pupils
    mark = ["I"] * pupils
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(DAILY_REGISTER.names) + "\n")
        for day in _school_days():
            for pupil in range(pupils):
                if not away[pupil] and chance.random() < AWAY_AGAIN:
                    away[pupil], mark[pupil] = chance.randint(1, LONGEST), chance.choice(MARKS)
                marks = "/,\\"
                if away[pupil]:
                    away[pupil] -= 1
                    marks = f"{mark[pupil]},{mark[pupil]}"
                file.write(f"{_details(pupil)},{day},{marks}\n")
    return pupils * DAYS


def _details(pupil: int) -> str:
    born = f"20{10 + pupil % 8}-0{1 + pupil % 9}-{10 + pupil % 18}"
    return f",P{pupil},Example{pupil % 997},Ada{pupil % 83},{born},ZZ{pupil % 99} {pupil % 9}AA"


def _school_days() -> Iterator[date]:
    weeks = range(DAYS // 5)
    yield from (FIRST_DAY + timedelta(weeks=week, days=day) for week in weeks for day in range(5))


def _copy(credentials: Credentials, path: Path) -> float:
    """Seconds to put the file's lines as they stand into a table without a key or an index."""
    columns = ", ".join(f'"{name}" text' for name in DAILY_REGISTER.names)
    with psycopg.connect(
        host=credentials.host,
        port=credentials.port,
        dbname=credentials.database,
        user=role_name("owner"),
        password=credentials.passwords["owner"],
    ) as connection:
        connection.execute(f"CREATE TABLE bench_copy ({columns})")
        connection.commit()
        begun = monotonic()
        with (
            path.open("rb") as file,
            connection.cursor().copy("COPY bench_copy FROM STDIN (FORMAT csv, HEADER)") as copy,
        ):
            while block := file.read(BLOCK):
                copy.write(block)
        connection.commit()
        copied = monotonic() - begun
        connection.execute("DROP TABLE bench_copy")
    return copied
