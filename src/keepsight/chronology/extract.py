"""The nightly copy: what the night needs of the chronology, as Parquet that only we can read.

Events and weeks are append-only, so each night adds one part with what came since the last, by
chronology's sequence, and takes out of earlier parts what was erased since. Names and addresses
are never copied, nor what is closely held: an alert is read by others, and would tell them that it
exists. Listed in THREAT_MODEL.md.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from django.db import connection, transaction

from keepsight.access.terms_in_sql import holds
from keepsight.chronology.forgetting_copy import MARK, forget_erased
from keepsight.engines.keeping import write_whole

EVENTS = """
SELECT e.id, e.subject_record_id, e.agency_id, e.source_key, e.revision, e.withdrawn, e.kind,
  (e.occurred AT TIME ZONE 'Europe/London')::date AS day,
  (e.occurred_until AT TIME ZONE 'Europe/London')::date AS last_day,
  (e.received AT TIME ZONE 'Europe/London')::date AS received,
  c.content || coalesce(w.whereabouts, '{{}}'), n.mentions
FROM chronology_event e JOIN chronology_eventcontent c ON c.event_id = e.id
LEFT JOIN chronology_eventplace w ON w.event_id = e.id
LEFT JOIN (
  SELECT event_id, jsonb_agg(jsonb_build_array(kind, entity) ORDER BY id) AS mentions
  FROM chronology_mention WHERE event_id > {after} AND event_id <= {until} AND entity <> ''
  GROUP BY event_id) n ON n.event_id = e.id
WHERE e.id > {after} AND e.id <= {until} AND e.kind <> 'person_details'
  AND e.tier = 'ordinary'"""

WEEKS = """
SELECT id, subject_record_id, week, revision,
  (received AT TIME ZONE 'Europe/London')::date AS received,
  possible, absent, unauthorised, unexplained, late
FROM chronology_attendanceweek WHERE id > {after} AND id <= {until} AND tier = 'ordinary'"""

WITHHELD = f"""
  (EXISTS (SELECT 1 FROM access_subjectplace w WHERE w.child_id = {{child}} AND w.withheld)
   OR EXISTS (SELECT 1 FROM access_protection h WHERE h.child_id = {{child}} AND {holds("h")}))"""
"""Whether a child’s address is protected: nothing about another child may rest on where it was."""

LINKS = f"""
SELECT subject_record_id, child_id, agency_id,
  (recorded_from AT TIME ZONE 'Europe/London')::date,
  (recorded_until AT TIME ZONE 'Europe/London')::date,
  {WITHHELD.format(child="identity_link.child_id")}
FROM identity_link WHERE tier = 'ordinary' AND id <> ALL(
  ARRAY(SELECT across::bigint FROM identity_severance v, jsonb_array_elements_text(v.links) across))
"""
"""Present and past ones, but for those of the past that would lead across a severance."""

TYPES = {
    "events": "id BIGINT, subject_record_id BIGINT, agency_id BIGINT, source_key VARCHAR, "
    "revision INT, withdrawn BOOLEAN, kind VARCHAR, day DATE, last_day DATE, received DATE, "
    "content VARCHAR, mentions VARCHAR",
    "weeks": "id BIGINT, subject_record_id BIGINT, week DATE, revision INT, received DATE, "
    "possible INT, absent INT, unauthorised INT, unexplained INT, late INT",
    "links": "subject_record_id BIGINT, child_id VARCHAR, agency_id BIGINT, held_from DATE, "
    "held_until DATE, withheld BOOLEAN",
}


def bring_up_to_date(folder: Path) -> None:
    """Add what came since the last night to the Parquet parts under `folder`, and take out of them
    what was erased since.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _begin_anew_if_made_otherwise(folder)
    with transaction.atomic():
        forget_erased(folder)
        _add_part(folder, "events", "chronology_event", EVENTS)
        _add_part(folder, "weeks", "chronology_attendanceweek", WEEKS)
        (folder / "links.parquet").unlink(missing_ok=True)
        _copy(LINKS, TYPES["links"], folder / "links.parquet")


def _begin_anew_if_made_otherwise(folder: Path) -> None:
    """A copy made with other columns, by an earlier Keepsight, is made again whole."""
    made, said = folder / "columns", json.dumps(TYPES, sort_keys=True)
    if made.exists() and made.read_text() == said:
        return
    for part in (*folder.glob("*.parquet"), folder / MARK):
        part.unlink(missing_ok=True)
    write_whole(made, said)


def _add_part(folder: Path, name: str, table: str, query: str) -> None:
    after = max((int(part.stem.split("-")[2]) for part in folder.glob(f"{name}-*")), default=0)
    until = _horizon(table)
    if until > after or after == 0:
        _copy(
            query.format(after=after, until=until),
            TYPES[name],
            folder / f"{name}-{after}-{until}.parquet",
        )


def _horizon(table: str) -> int:
    """The highest id below which no writer is still at work: writers hold the agency locks.

    Whoever was given an id up to the highest that is there held a lock by then. Each lock is taken
    and given back in turn, so that nobody who writes waits for more than another writer.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
        highest: int = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM agencies_agency ORDER BY id")
        for (agency,) in cursor.fetchall():
            cursor.execute("SELECT pg_advisory_lock(42, %s)", [agency])
            cursor.execute("SELECT pg_advisory_unlock(42, %s)", [agency])
        return highest


def _copy(query: str, types: str, target: Path) -> None:
    with _private_file(target.with_suffix(".csv")) as path:
        with (
            path.open("wb") as file,
            connection.cursor() as cursor,
            cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy,
        ):
            for block in copy:
                file.write(block)
        _to_parquet(path, types, target)


def _to_parquet(source: Path, types: str, target: Path) -> None:
    columns = ", ".join(
        f"'{name}': '{kind}'" for name, kind in (each.split(" ") for each in types.split(", "))
    )
    with duckdb.connect() as duck:
        duck.execute(
            f"COPY (SELECT * FROM read_csv('{source}', header=false, quote='\"', escape='\"', "
            f"delim=',', auto_detect=false, "
            f"columns={{{columns}}}, max_line_size=10000000)) TO '{target}' (FORMAT parquet)"
        )
    target.chmod(0o600)


@contextmanager
def _private_file(path: Path) -> Iterator[Path]:
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
