"""A made-up county taken in and linked in a database of its own, and detection put to its past."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa

from keepsight.cli import process
from keepsight.cli.detection.measuring import Met
from keepsight.cli.detection.naive import NAIVE
from keepsight.engines.indicators import Prepared, evaluate_prepared, prepare
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.engines.paths import var
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.synthetic import County
from keepsight.synthetic.reading.exploited import who_is

BEGINS_AFTER = timedelta(weeks=12)
"""Time for which records are there before detection is first put to them."""

ALONE = ("childrens_social_care", "police", "school", "health")
"""Kinds of agency of whose records alone the catalogue is put too."""

WHO = """
SELECT child_id, mode(person) FROM links JOIN who USING (subject_record_id) GROUP BY child_id"""

KEPT_WHOLE = "CREATE OR REPLACE TEMPORARY TABLE whole_{table} AS SELECT * FROM {table}"
OF_KIND = """
CREATE OR REPLACE TEMPORARY TABLE {table} AS SELECT * FROM whole_{table}
WHERE agency IN (SELECT id FROM agencies WHERE kind = '{kind}')"""
TABLES = ("events", "attendance")


@dataclass(slots=True)
class Replayed:
    """What was met on the days asked about: by the catalogue, by a kind of agency’s records alone,
    and by the naive rule.
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
        duck = open_relations(_copy(), day)
        try:
            who = _who(duck, subjects)
            prepared = prepare((*CATALOGUE, NAIVE), day)
            met = _met(duck, prepared, who)
            found.catalogue += [each for each in met if each[2] != NAIVE.code]
            found.naive += [each for each in met if each[2] == NAIVE.code]
            _keep_whole(duck, agencies)
            for kind in ALONE:
                _only(duck, kind)
                alone = _met(duck, prepared, who)
                found.alone.setdefault(kind, []).extend(
                    each for each in alone if each[2] != NAIVE.code
                )
        finally:
            duck.close()
    return found


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


def _only(duck: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Leave of the relations what agencies of one kind sent."""
    for table in TABLES:
        duck.execute(OF_KIND.format(table=table, kind=kind))


def _keep_whole(duck: duckdb.DuckDBPyConnection, agencies: Sequence[tuple[int, str]]) -> None:
    _table(duck, "agencies", "id BIGINT, kind VARCHAR", agencies)
    for table in TABLES:
        duck.execute(KEPT_WHOLE.format(table=table))
    duck.execute("DROP VIEW attendance")


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


def _met(duck: duckdb.DuckDBPyConnection, prepared: Prepared, who: Mapping[str, str]) -> list[Met]:
    create_kind_tables(ibis.duckdb.from_connection(duck))
    found = evaluate_prepared(duck, prepared)
    return [(each.as_of, who[each.child_id], each.code) for each in found if each.child_id in who]
