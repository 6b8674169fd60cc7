"""The tables of this folder read as cases, and the engines that every case is put to.

Days are counted back from the day asked about: `began 40` is forty days before it. A value of
several words stands in quotes. With a column `agency` the events are of several agencies.
An event `B: s1` is of another child, B; what one case names, no other does.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import ibis
import pytest

from keepsight.cli.reference.cases import written
from keepsight.engines import embedded
from keepsight.engines.event_tables import create_event_tables, fill_event_tables
from keepsight.engines.indicators import evaluate
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.entities.company import company_of, harmed_since, named_by
from keepsight.kernel.indicators import oracle
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.vocabulary.content.base import base_type, field_types
from keepsight.kernel.vocabulary.events import BY_KIND, Event, content_of

AS_OF = date(2026, 3, 31)
FOLDER = Path(__file__).parent

OF_CASE = " / "
KEPT_APART = f"""
UPDATE mentions SET entity = entity || ' ' || split_part(child_id, '{OF_CASE}', 1)"""


@dataclass(frozen=True)
class Case:
    code: str
    title: str
    events: tuple[Event, ...]
    others: tuple[tuple[str, Event], ...]
    evidence: tuple[str, ...] | None

    @property
    def child_id(self):
        return f"{self.code}: {self.title}"

    @property
    def everybody(self):
        """Each event with its child."""
        yield from ((self.child_id, event) for event in self.events)
        yield from ((f"{self.child_id}{OF_CASE}{other}", event) for other, event in self.others)

    @property
    def company(self):
        named = [each for child, event in self.everybody for each in named_by(child, event)]
        return company_of(self.child_id, named, harmed_since(self.everybody))


def read_cases(path):
    for each in written(path):
        events = [event_of(row) for row in each.rows]
        own = tuple(event for child, event in events if not child)
        others = tuple((child, event) for child, event in events if child)
        yield Case(path.stem, each.title, own, others, each.met_by)


def event_of(row):
    child, _, name = row.name.rpartition(": ")
    return child, Event(
        id=name,
        subject=1,
        agency=1 if row.agency is None else row.agency,
        occurred=noon(row.began),
        occurred_until=None if row.ended is None else noon(row.ended),
        received=noon(0),
        content=content_of(row.kind, typed(row.kind, dict(row.says))),
    )


def noon(days_back):
    return datetime.combine(AS_OF - timedelta(days=days_back), time(12), LONDON)


def typed(kind, fields) -> dict[str, Any]:
    types = {field.name: base_type(expected) for field, expected in field_types(BY_KIND[kind])}
    unsaid = {"unauthorised": "0", "late": "0"} if kind == "attendance_week" else {}
    read = {int: int, bool: {"yes": True, "no": False}.__getitem__, str: str}
    return {
        name: read[types[name]](text) if types[name] in read else text.split(",")
        for name, text in (unsaid | fields).items()
    }


CASES = [case for path in sorted(FOLDER.glob("*.md")) for case in read_cases(path)]


def by_oracle():
    found = {}
    for case in CASES:
        for indicator in CATALOGUE:
            if finding := oracle.evaluate(indicator, case.events, AS_OF, case.company):
                found[case.child_id, indicator.code] = finding.evidence
    return found


def by_engine(backend):
    create_event_tables(backend)
    create_kind_tables(backend)
    fill_event_tables(backend, [each for case in CASES for each in case.everybody])
    backend.con.execute(KEPT_APART)
    findings = evaluate(backend, CATALOGUE, AS_OF)
    return {(finding.child_id, finding.code): finding.evidence for finding in findings}


def by_duckdb():
    backend = ibis.duckdb.connect()
    try:
        return by_engine(backend)
    finally:
        backend.disconnect()


def by_postgres(folder):
    address = embedded.start(folder, durable=False)
    with address.connect() as connection:
        return by_engine(ibis.postgres.from_connection(connection))


@pytest.fixture(scope="session", params=["oracle", "duckdb", "postgres"])
def answers(request, tmp_path_factory):
    """What one engine finds: per child and code, the evidence. Every case is a child."""
    if request.param == "oracle":
        return by_oracle()
    if request.param == "duckdb":
        return by_duckdb()
    return by_postgres(tmp_path_factory.mktemp("postgres"))


def pytest_generate_tests(metafunc):
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", CASES, ids=lambda case: case.child_id)
