"""The live rows of `keepsight bench identity`: one record matched with all others as it arrives.

The records are put straight into a database of their own, each linked to its true child, but for
some that arrive one by one: none of them, nor what is near it, was looked at before. Splink finds
matches for a few of the same, among the same records.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import connection
from rich.console import Console
from rich.table import Table

from keepsight.agencies.actions import register_agency, register_area
from keepsight.audit.actor import Actor, system
from keepsight.audit.writing import action
from keepsight.engines.embedded import start
from keepsight.engines.linkage_model import model_in_force
from keepsight.engines.paths import var
from keepsight.engines.roles import Credentials
from keepsight.engines.splink_model import finder
from keepsight.identity.matching import (
    GATHER,
    children_near,
    gathered,
    likely_of,
    match_arrived,
)
from keepsight.identity.remembering import remember
from keepsight.kernel.linkage.live import Arrival, arrive
from keepsight.kernel.linkage.weighing import Scales
from keepsight.kernel.vocabulary.agencies import AgencyKind

BENCH = system("benchmark")
ARRIVING, WARMING, BY_SPLINK = 1_000, 50, 12
"""Records that arrive, the first of them not counted; and how many of them Splink looks for."""
SETTLED = ("VACUUM (ANALYZE)", "CHECKPOINT")
"""What a server that has been up for a day did after as much was written; only its owner may."""
WIDTH = 130

KINDS = (
    AgencyKind.HEALTH,
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.SCHOOL,
    AgencyKind.POLICE,
)
STAGED_IN = (
    "subject",
    "agency",
    "child",
    "forename",
    "surname",
    "date_of_birth",
    "sex",
    "nhs_number",
    "upn",
    "postcode",
)

STAGED = """
CREATE TEMPORARY TABLE bench_extract (subject bigint, agency bigint, child bigint, forename text,
  surname text, date_of_birth date, sex text, nhs_number text, upn text, postcode text)"""
RECORDS = """
INSERT INTO identity_subjectrecord (id, agency_id, area_id, tier, key, forename, surname,
  date_of_birth, sex, nhs_number, upn, postcode, address_withheld, first_received)
OVERRIDING SYSTEM VALUE
SELECT e.subject, a.id, a.area_id, 'ordinary', 'K' || e.subject, e.forename, e.surname,
  e.date_of_birth, e.sex, e.nhs_number, e.upn, e.postcode, false, now()
FROM bench_extract e JOIN agencies_agency a ON a.key = 'agency-' || e.agency"""
CHILDREN = """
INSERT INTO identity_child (id, recorded)
SELECT DISTINCT md5(child::text)::uuid, now() FROM bench_extract WHERE subject <> ALL(%s)"""
LINKS = """
INSERT INTO identity_link (agency_id, area_id, tier, reasons, model_version, decided_by,
  recorded_from, child_id, subject_record_id)
SELECT s.agency_id, s.area_id, 'ordinary', '[]', 'bench', 'model', now(),
  md5(e.child::text)::uuid, s.id
FROM bench_extract e JOIN identity_subjectrecord s ON s.id = e.subject
WHERE e.subject <> ALL(%s)"""


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds that one arrival took: all of it, and of that its statements and its commit; and our
    own computation by itself. `came_to` says in words what came of it.
    """

    whole: float
    statements: float
    commit: float
    own: float
    came_to: str


class _Watch:
    """How long the statements of one arrival took, and when the last of them ended."""

    def __init__(self) -> None:
        self.seconds, self.ended = 0.0, 0.0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        begun = perf_counter()
        try:
            return execute(*statement)
        finally:
            self.ended = perf_counter()
            self.seconds += self.ended - begun


def measure_live(folder: Path, credentials: Credentials) -> None:
    """In a process of its own, as a worker: fill, let records arrive, ask Splink, and print."""
    table = pq.read_table(folder / "extracts.parquet").sort_by("subject")
    step = table.num_rows // (ARRIVING + WARMING)
    arriving = table["subject"].to_pylist()[::step][: ARRIVING + WARMING]
    _filled(by=BENCH, table=table, arriving=arriving)
    _settle(credentials)
    timed = [_timed(subject) for subject in arriving][WARMING:]
    rows = _rows(timed)
    rows[f"Splink, predict_between, {BY_SPLINK} times"] = _by_splink(table, arriving)
    console = Console(width=WIDTH)
    console.print(_table(table.num_rows, rows))
    console.print(f"After the records were put in and before any arrived: {', '.join(SETTLED)}.")


def _settle(credentials: Credentials) -> None:
    with start(var() / "database").connect(credentials.database) as admin:
        for statement in SETTLED:
            admin.execute(statement)


def _timed(subject: int) -> Timed:
    """One arrival. What we compute is looked at after it: nothing near the record was read by then,
    and it comes to the same once more.
    """
    watch = _Watch()
    begun = perf_counter()
    with connection.execute_wrapper(watch):
        match_arrived(by=BENCH, subject_id=subject)
    ended = perf_counter()
    own, found = _computed(subject)
    return Timed(ended - begun, watch.seconds, ended - watch.ended, own, _came_to(found))


def _computed(subject: int) -> tuple[float, Arrival[str]]:
    """Seconds of our own computation, and what it comes to."""
    with connection.cursor() as cursor:
        cursor.execute(GATHER, [subject])
        near = gathered(subject, json.loads(cursor.fetchone()[0]))
    if near is None or near.population is None:
        raise RuntimeError("The names of the benchmark are not counted.")
    begun = perf_counter()
    likely = likely_of(Scales(model_in_force(), near.own, near.population), near)
    own = perf_counter() - begun
    children = children_near(near, likely)
    begun = perf_counter()
    found = arrive(near.own, likely, children, near.judged)
    return own + perf_counter() - begun, found


def _came_to(found: Arrival[str]) -> str:
    if found.questions:
        return "somebody is asked"
    return "a child of its own" if found.child is None else "it joins a child"


def _rows(timed: Sequence[Timed]) -> dict[str, Sequence[float]]:
    rows: dict[str, Sequence[float]] = {
        "Keepsight, its own computation": [each.own for each in timed],
        "Keepsight, with PostgreSQL: locks, candidates, link": [each.whole for each in timed],
        "… of that, the statements": [each.statements for each in timed],
        "… of that, the commit to disk": [each.commit for each in timed],
    }
    for outcome in sorted({each.came_to for each in timed}):
        rows[f"… where {outcome}"] = [each.whole for each in timed if each.came_to == outcome]
    return rows


def _by_splink(table: pa.Table, arriving: Sequence[int]) -> list[float]:
    there = table.filter(pc.invert(pc.is_in(table["subject"], pa.array(arriving))))
    find: Callable[[pa.Table], Any] = finder(there)
    taken = []
    for subject in arriving[: BY_SPLINK + 1]:
        one = table.slice(subject - 1, 1)
        begun = perf_counter()
        find(one)
        taken.append(perf_counter() - begun)
    return taken[1:]


@action
def _filled(*, by: Actor, table: pa.Table, arriving: Sequence[int]) -> None:
    area = register_area(by=by, key="bench", name="Bench")
    numbers = sorted(set(table["agency"].to_pylist()))
    for number, kind in zip(numbers, KINDS, strict=True):
        register_agency(
            by=by, key=f"agency-{number}", name=kind.in_words, kind=kind, area=area, phone=""
        )
    with connection.cursor() as cursor:
        cursor.execute(STAGED)
        with cursor.copy("COPY bench_extract FROM STDIN") as copy:
            for row in zip(*(table[name].to_pylist() for name in STAGED_IN), strict=True):
                copy.write_row(row)
        cursor.execute(RECORDS)
        cursor.execute(CHILDREN, [list(arriving)])
        cursor.execute(LINKS, [list(arriving)])
    remember(by=by, standing=(), mistakes={})


def _table(records: int, rows: dict[str, Sequence[float]]) -> Table:
    table = Table(title=f"Live: one record against {records:,}", title_justify="left")
    for name in ("", "times", "half within", "95 of 100", "99 of 100", "longest"):
        table.add_column(name, justify="right" if name else "left")
    for name, taken in rows.items():
        shown = np.quantile(taken, (0.5, 0.95, 0.99, 1))
        table.add_row(name, f"{len(taken):,}", *(f"{1000 * each:.3f} ms" for each in shown))
    return table
