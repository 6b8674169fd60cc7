"""Pupil-weeks from a register's rows: one bulk event a week, and spells of absence as events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.kernel.vocabulary.attendance import ATTENDANCE_CODES
from keepsight.kernel.vocabulary.reduced_codes import REDUCED_CODES

STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS staged_mark (
  line bigint GENERATED ALWAYS AS IDENTITY, row text, subject_record_id bigint, day date,
  marks text) ON COMMIT DROP;
TRUNCATE staged_mark;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_code (
  code text, in_from date, in_until date, possible int, absent int, unauthorised int,
  unexplained int, late int) ON COMMIT DROP;
TRUNCATE staged_code"""

FIRST = """
DROP TABLE IF EXISTS staged_day;
CREATE TEMPORARY TABLE staged_day ON COMMIT DROP AS
SELECT DISTINCT ON (subject_record_id, day) line, row, subject_record_id, day, marks,
  day - (extract(isodow FROM day)::int - 1) AS week, extract(isodow FROM day)::int AS dow
FROM staged_mark ORDER BY subject_record_id, day, line;
ANALYZE staged_day"""

REPEATED = """
SELECT m.row, f.row, m.marks, f.marks FROM staged_mark m
JOIN staged_day f USING (subject_record_id, day) WHERE m.line <> f.line"""

MERGE = """
DROP TABLE IF EXISTS staged_week;
CREATE TEMPORARY TABLE staged_week ON COMMIT DROP AS
WITH pivoted AS (
  SELECT subject_record_id, week,
    max(marks) FILTER (WHERE dow = 1) d1, max(marks) FILTER (WHERE dow = 2) d2,
    max(marks) FILTER (WHERE dow = 3) d3, max(marks) FILTER (WHERE dow = 4) d4,
    max(marks) FILTER (WHERE dow = 5) d5
  FROM staged_day GROUP BY subject_record_id, week),
known AS (
  SELECT DISTINCT ON (w.subject_record_id, w.week) w.subject_record_id, w.week, w.revision,
    rpad(w.marks, 20) AS marks
  FROM chronology_attendanceweek w JOIN pivoted p USING (subject_record_id, week)
  ORDER BY w.subject_record_id, w.week, w.revision DESC)
SELECT p.subject_record_id, p.week, coalesce(k.revision, 0) + 1 AS revision, k.marks AS before,
  coalesce(d1, substr(k.marks, 1, 4), '    ') || coalesce(d2, substr(k.marks, 5, 4), '    ')
  || coalesce(d3, substr(k.marks, 9, 4), '    ') || coalesce(d4, substr(k.marks, 13, 4), '    ')
  || coalesce(d5, substr(k.marks, 17, 4), '    ') AS marks
FROM pivoted p LEFT JOIN known k USING (subject_record_id, week)"""

UNCHANGED = """
SELECT count(*) FROM staged_day d JOIN staged_week w USING (subject_record_id, week)
WHERE substr(w.before, d.dow * 4 - 3, 4) = d.marks"""

INSERT = """
INSERT INTO chronology_attendanceweek (subject_record_id, agency_id, area_id, tier, week,
  revision, marks, possible, absent, unauthorised, unexplained, late, received, delivery_id)
SELECT w.subject_record_id, %(agency)s, %(area)s, 'ordinary', w.week, w.revision, w.marks,
  sum(c.possible), sum(c.absent), sum(c.unauthorised), sum(c.unexplained), sum(c.late),
  %(received)s, %(delivery)s
FROM staged_week w
CROSS JOIN generate_series(0, 9) AS session
JOIN staged_code c ON c.code = rtrim(substr(w.marks, session * 2 + 1, 2))
  AND w.week >= c.in_from AND w.week <= c.in_until
WHERE w.marks IS DISTINCT FROM w.before
GROUP BY w.subject_record_id, w.week, w.revision, w.marks"""

WITH_ABSENCE = """
SELECT w.subject_record_id, array_agg(w.week ORDER BY w.week), array_agg(w.marks ORDER BY w.week)
FROM chronology_weekinforce w
WHERE w.agency_id = %(agency)s AND w.week >= %(since)s AND w.subject_record_id IN (
  SELECT i.subject_record_id FROM chronology_attendanceweek i
  WHERE i.delivery_id = %(delivery)s
  GROUP BY i.subject_record_id
  HAVING sum(i.unauthorised) > 0 OR sum(i.absent) >= 5
  UNION
  SELECT i.subject_record_id FROM chronology_attendanceweek i
  JOIN chronology_event e ON e.subject_record_id = i.subject_record_id
  WHERE i.delivery_id = %(delivery)s AND e.kind = 'absence_spell' AND e.occurred >= %(since)s)
GROUP BY w.subject_record_id"""


@dataclass(frozen=True, slots=True)
class DayMarks:
    """One pupil's two marks on one day, and the row of the file that gave them."""

    row: str
    subject_record_id: int
    day: date
    morning: str
    afternoon: str


@dataclass(frozen=True, slots=True)
class PupilWeeks:
    """One pupil's weeks in force, oldest first: each Monday with its twenty characters."""

    subject_record_id: int
    weeks: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class WeeksRecorded:
    """What `record_weeks` did: rows unchanged, weeks written, and rows that contradict another."""

    unchanged: int
    weeks: int
    contradictions: tuple["Contradiction", ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A row that gives other marks than an earlier row for the same pupil and day."""

    row: str
    marks: str
    first_row: str
    first_marks: str


@action
def begin_marks(*, by: Actor) -> None:
    """Make the place where a delivery's marks are put aside; it goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        _stage_codes(cursor)


@action
def stage_marks(*, by: Actor, rows: Iterable[DayMarks]) -> None:
    """Put marks aside for `record_weeks`."""
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY staged_mark (row, subject_record_id, day, marks) FROM STDIN") as copy,
    ):
        for row in rows:
            marks = f"{row.morning:<2}{row.afternoon:<2}"
            copy.write_row((row.row, row.subject_record_id, row.day, marks))


@action
def record_weeks(
    *, by: Actor, agency: Agency, received: datetime, delivery_id: int
) -> WeeksRecorded:
    """Write the pupil-weeks that the marks put aside have changed, each as its next revision.

    A day that the file leaves out keeps the marks it had. Of two lines for one pupil and day the
    first stands; a later one that says other is returned as a contradiction.
    """
    place = {
        "agency": agency.pk,
        "area": agency.area_id,
        "received": received,
        "delivery": delivery_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIRST)
        cursor.execute(REPEATED)
        repeated = cursor.fetchall()
        cursor.execute(MERGE)
        cursor.execute(UNCHANGED)
        unchanged = cursor.fetchone()[0]
        cursor.execute(INSERT, place)
        other = tuple(
            Contradiction(row, marks, first, first_marks)
            for row, first, marks, first_marks in repeated
            if marks != first_marks
        )
        return WeeksRecorded(unchanged + len(repeated) - len(other), cursor.rowcount, other)


def weeks_with_absence(*, agency: Agency, delivery_id: int, since: date) -> list[PupilWeeks]:
    """The weeks since a day of the pupils whose absence this delivery may have changed."""
    place = {"agency": agency.pk, "since": since, "delivery": delivery_id}
    with connection.cursor() as cursor:
        cursor.execute(WITH_ABSENCE, place)
        return [
            PupilWeeks(subject, tuple(zip(weeks, marks, strict=True)))
            for subject, weeks, marks in cursor.fetchall()
        ]


def first_week_of(*, delivery_id: int) -> date | None:
    """The earliest Monday that a delivery wrote a week for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(week) FROM chronology_attendanceweek WHERE delivery_id = %s", [delivery_id]
        )
        first: date | None = cursor.fetchone()[0]
        return first


def _stage_codes(cursor: Any) -> None:
    rows = [
        (
            code.code,
            code.in_force_from or date.min,
            code.in_force_until or date.max,
            int(code.possible),
            int(code.absent),
            int(code.absent and code.category.name == "UNAUTHORISED"),
            int(code.unexplained),
            int(code.late),
        )
        for code in (*ATTENDANCE_CODES, *REDUCED_CODES)
    ]
    rows.append(("", date.min, date.max, 0, 0, 0, 0, 0))
    cursor.executemany("INSERT INTO staged_code VALUES (%s,%s,%s,%s,%s,%s,%s,%s)", rows)
