"""A made-up county taken in and linked in a database of its own, and detection put to its past."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa

from keepsight.cli import process
from keepsight.cli.detection.measuring import Met
from keepsight.cli.detection.naive import NAIVE
from keepsight.engines.indicators import ChildFinding, evaluate_prepared, prepare
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.engines.paths import var
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.synthetic import County
from keepsight.synthetic.reading.exploited import who_is

BEGINS_AFTER = timedelta(weeks=12)
"""Time for which records are there before detection is first put to them."""

WHO = """
SELECT child_id, mode(person) FROM links JOIN who USING (subject_record_id) GROUP BY child_id"""

APART = "/"
"""Stands between a kind of agency and a child, where only that kind's records of it are read."""

APART_TOO = """
CREATE TEMPORARY TABLE named AS
SELECT m.*, e.agency FROM mentions m JOIN events e USING (child_id, event_id);
DROP VIEW mentions;
CREATE TEMPORARY TABLE mentions AS SELECT * EXCLUDE (agency) FROM named
UNION ALL BY NAME
SELECT n.* EXCLUDE (agency, child_id, entity), a.kind || '{apart}' || n.child_id AS child_id,
  a.kind || '{apart}' || n.entity AS entity FROM named n JOIN agencies a ON a.id = n.agency;
CREATE TEMPORARY TABLE weeks_at_school AS SELECT * FROM attendance;
DROP VIEW attendance;
CREATE TEMPORARY TABLE attendance AS SELECT * FROM weeks_at_school
UNION ALL BY NAME
SELECT w.* EXCLUDE (child_id), a.kind || '{apart}' || w.child_id AS child_id
FROM weeks_at_school w JOIN agencies a ON a.id = w.agency;
INSERT INTO events BY NAME
SELECT e.* EXCLUDE (child_id), a.kind || '{apart}' || e.child_id AS child_id
FROM events e JOIN agencies a ON a.id = e.agency"""
"""Each child once more for each kind of agency, so that all are judged in one pass. What an agency
names is shared among those whom its kind knows alone.
"""

CONCERNS = {each.code: each.concern for each in (*CATALOGUE, NAIVE)}


@dataclass(slots=True)
class Replayed:
    """What was met on the days asked about: by the catalogue, by each kind of agency’s records
    alone, and by the naive rule.
    """

    days: list[date]
    catalogue: list[Met] = field(default_factory=list)
    alone: dict[str, list[Met]] = field(default_factory=dict)
    naive: list[Met] = field(default_factory=list)


def take_in(county: County, tell: Callable[[str], None]) -> None:
    """Everything that the agencies sent, linked as it would have been."""
    process.begin_anew("detection", "batch")
    from keepsight.audit.actor import system
    from keepsight.chronology.extract import bring_up_to_date
    from keepsight.cli.demo_feeds import take_in_all
    from keepsight.cli.demo_people import set_up
    from keepsight.identity.linking import link_records

    tell("Setting up who takes part")
    set_up(county, lambda: secrets.token_urlsafe(9))
    tell(f"Taking in {len(county.deliveries):,} files")
    take_in_all(county, lambda source: None)
    tell("Linking records")
    link_records(by=system("evaluation"), replayed=True)
    bring_up_to_date(_copy())


def replayed(county: County, folder: Path, every: int, tell: Callable[[str], None]) -> Replayed:
    """The catalogue put to a day of every so many weeks, on what was known by its end."""
    from keepsight.chronology.relations import open_relations

    found = Replayed(_days(county, every))
    subjects, agencies = _subjects(folder)
    for day in found.days:
        tell(f"Looking for signs as of {day}")
        with open_relations(_copy(), day) as duck:
            who = _who(duck, subjects)
            _add_apart(duck, agencies)
            create_kind_tables(ibis.duckdb.from_connection(duck))
            _sort(evaluate_prepared(duck, prepare((*CATALOGUE, NAIVE), day)), who, found)
    return found


def _sort(findings: Iterable[ChildFinding], who: Mapping[str, str], found: Replayed) -> None:
    """What was met, to where it belongs."""
    for each in findings:
        kind, apart, child = each.child_id.rpartition(APART)
        if child not in who:
            continue
        met = Met(each.as_of, who[child], each.code, CONCERNS[each.code])
        if not apart:
            (found.naive if each.code == NAIVE.code else found.catalogue).append(met)
        elif each.code != NAIVE.code:
            found.alone.setdefault(kind, []).append(met)


def _copy() -> Path:
    return var() / "night"


def _days(county: County, every: int) -> list[date]:
    """The last day and every so many weeks before it, the oldest first."""
    begun = county.today - timedelta(weeks=county.weeks) + BEGINS_AFTER
    days = []
    day = county.today
    while day >= begun:
        days.append(day)
        day -= timedelta(weeks=every)
    return days[::-1]


def _subjects(folder: Path) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Who each subject record is by the truth, and of what kind each agency is."""
    from django.db import connection

    truth = who_is(folder)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, a.key, s.key FROM identity_subjectrecord s"
            " JOIN agencies_agency a ON a.id = s.agency_id"
        )
        known = [
            (subject, truth[agency, key])
            for subject, agency, key in cursor.fetchall()
            if (agency, key) in truth
        ]
        cursor.execute("SELECT id, kind FROM agencies_agency")
        return known, list(cursor.fetchall())


def _who(duck: duckdb.DuckDBPyConnection, subjects: Sequence[tuple[int, str]]) -> dict[str, str]:
    """Who each child is: whom most of its records are of."""
    _table(duck, "who", "subject_record_id BIGINT, person VARCHAR", subjects)
    return dict(duck.execute(WHO).fetchall())


def _add_apart(duck: duckdb.DuckDBPyConnection, agencies: Sequence[tuple[int, str]]) -> None:
    """Each child also as each kind of agency alone knows it."""
    _table(duck, "agencies", "id BIGINT, kind VARCHAR", agencies)
    for statement in APART_TOO.format(apart=APART).split(";"):
        duck.execute(statement)


def _table(
    duck: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[int, str]]
) -> None:
    duck.execute(f"CREATE TEMPORARY TABLE {name} ({columns})")
    numbers, texts = zip(*rows, strict=True) if rows else ((), ())
    arriving = pa.table(
        {"number": pa.array(numbers, pa.int64()), "text": pa.array(texts, pa.string())}
    )
    duck.register("arriving", arriving)
    duck.execute(f"INSERT INTO {name} SELECT number, text FROM arriving")
    duck.unregister("arriving")
