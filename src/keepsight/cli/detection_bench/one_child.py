"""One child judged after something arrived: by SQL prepared once in PostgreSQL, and by the plain
evaluator, over the same rows.
"""

import random
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter
from typing import Any

import ibis
from django.db import connection

from keepsight.chronology import one_child, shared_entities
from keepsight.chronology.relations import agreed
from keepsight.cli.detection_bench.county import SEED
from keepsight.detection.arriving import findings_of
from keepsight.engines.event_tables import create_event_tables
from keepsight.engines.indicators import compiled
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.kernel.entities.company import HARMING
from keepsight.kernel.indicators.catalogue import CATALOGUE

Met = set[tuple[str, str]]
"""The code of each indicator that was met, with the id of each event that met it."""

FILLED = {
    "events": "SELECT %s::text, ref, agency, day, last_day, kind, said::text"
    f" FROM ({one_child.EVENTS}) AS known (subject, ref, agency, day, last_day, kind, said)"
    " JOIN agreed USING (agency, kind)",
    "attendance": "SELECT %s::text, ref, agency, day, last_day, possible, absent, unauthorised,"
    f" unexplained, late FROM ({one_child.WEEKS}) AS known (subject, ref, agency, day, last_day,"
    " possible, absent, unauthorised, unexplained, late)"
    " JOIN agreed USING (agency) WHERE agreed.kind = 'attendance_week'",
}


NAMED = (
    "SELECT child, event, named, entity, begun, gone, told"
    f" FROM ({shared_entities.NAMED}) AS known (child, event, named, entity, begun, gone, told,"
    " agency, kind) JOIN agreed USING (agency, kind)"
)
HARMED = (
    "SELECT child, 'of another', agency, day, NULL::date, kind, '{}'"
    f" FROM ({shared_entities.HARMED}) AS known (child, agency, kind, day)"
    " JOIN agreed USING (agency, kind)"
)
OTHERS = "SELECT array_agg(DISTINCT child_id) FROM mentions WHERE child_id <> %s"


def children(samples: int) -> list[uuid.UUID]:
    """So many of those whom the county's agencies know, drawn the same each time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT child_id FROM identity_link WHERE recorded_until IS NULL ORDER BY 1"
        )
        every = [child for (child,) in cursor.fetchall()]
    return random.Random(SEED).sample(every, min(samples, len(every)))  # noqa: S311 - no secret


def both_ways(samples: int, day: date) -> tuple[list[float], list[float], float, int]:
    """Seconds for each child by prepared SQL and by the evaluator, the seconds that compiling and
    preparing took once, and for how many children the two did not find the same.
    """
    chosen = children(samples)
    begun = perf_counter()
    _prepare(day)
    prepared = perf_counter() - begun
    for child in chosen[:5]:
        _by_sql(child)
    by_sql, found = _each(chosen, _by_sql)
    by_hand, expected = _each(chosen, lambda child: _by_hand(child, day))
    unlike = sum(one != other for one, other in zip(found, expected, strict=True))
    return by_sql, by_hand, prepared, unlike


def _each(
    chosen: Sequence[uuid.UUID], judge: Callable[[uuid.UUID], Met]
) -> tuple[list[float], list[Met]]:
    seconds, found = [], []
    for child in chosen:
        begun = perf_counter()
        found.append(judge(child))
        seconds.append(perf_counter() - begun)
    return seconds, found


def _prepare(day: date) -> None:
    """Everything that one process does once a day: temporary tables, views over them, the plan."""
    connection.ensure_connection()
    backend = ibis.postgres.from_connection(connection.connection)
    create_event_tables(backend)
    create_kind_tables(backend)
    sql = ibis.to_sql(compiled([*CATALOGUE], day), dialect="postgres")
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")
        cursor.execute("SET plan_cache_mode = force_generic_plan")
        cursor.execute("CREATE TEMPORARY TABLE agreed (agency bigint, kind text)")
        cursor.executemany("INSERT INTO agreed VALUES (%s, %s)", agreed())
        cursor.execute(f"PREPARE judge AS {sql}")


def _by_sql(child: uuid.UUID) -> Met:
    with connection.cursor() as cursor:
        _fill(cursor, child)
        cursor.execute("EXECUTE judge")
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    met = [row for row in rows if row["child_id"] == str(child)]
    return {(CATALOGUE[row["rule"]].code, row["event_id"]) for row in met}


def _fill(cursor: Any, child: uuid.UUID) -> None:
    """What is known of the child, what else was named so, and since when others were harmed."""
    for table, query in FILLED.items():
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute(f"INSERT INTO {table} {query}", [str(child), child])
    cursor.execute("DELETE FROM mentions")
    cursor.execute(f"INSERT INTO mentions {NAMED}", [child])
    cursor.execute(OTHERS, [str(child)])
    [(others,)] = cursor.fetchall()
    if others:
        cursor.execute(f"INSERT INTO events {HARMED}", [others, sorted(HARMING)])


def _by_hand(child: uuid.UUID, day: date) -> Met:
    return {(each.code, event) for each in findings_of(child, day) for event in each.evidence}
