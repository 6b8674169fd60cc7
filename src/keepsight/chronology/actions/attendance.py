"""Pupil-weeks from a register's rows: one bulk event a week, and spells of absence as events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO

from django.db import connection

from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.kernel.vocabulary.attendance import ATTENDANCE_CODES
from keepsight.kernel.vocabulary.reduced_codes import REDUCED_CODES

BLOCK = 1 << 20

STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS staged_week (
  key text, week date, d1 text, d2 text, d3 text, d4 text, d5 text, possible int, absent int,
  unauthorised int, unexplained int, late int) ON COMMIT DROP;
TRUNCATE staged_week"""

COPY = "COPY staged_week FROM STDIN (FORMAT csv)"

MERGE = """
DROP TABLE IF EXISTS merged_week;
ANALYZE staged_week;
CREATE TEMPORARY TABLE merged_week ON COMMIT DROP AS
SELECT s.id AS subject_record_id, w.*, k.revision AS known, k.marks AS before,
  coalesce(d1, substr(k.marks, 1, 4), '    ') || coalesce(d2, substr(k.marks, 5, 4), '    ')
  || coalesce(d3, substr(k.marks, 9, 4), '    ') || coalesce(d4, substr(k.marks, 13, 4), '    ')
  || coalesce(d5, substr(k.marks, 17, 4), '    ') AS marks
FROM staged_week w
JOIN identity_subjectrecord s ON s.agency_id = %(agency)s AND s.key = w.key
LEFT JOIN LATERAL (
  SELECT a.revision, rpad(a.marks, 20) AS marks FROM chronology_attendanceweek a
  WHERE a.subject_record_id = s.id AND a.week = w.week ORDER BY a.revision DESC LIMIT 1) k ON true;
ANALYZE merged_week"""


def _days(saying: str) -> str:
    """A count over the five days of a week: `d` is what the file says, `b` what was known."""
    each = (
        saying.replace("{d}", f"d{day}").replace("{b}", f"substr(before, {day * 4 - 3}, 4)")
        for day in range(1, 6)
    )
    return "coalesce(sum(" + " + ".join(f"coalesce(({one})::int, 0)" for one in each) + "), 0)"


COUNT = f"""
SELECT {_days("{d} IS NOT NULL")}, {_days("{d} = {b}")}, {_days("rtrim({b}) <> '' AND {d} <> {b}")}
FROM merged_week"""
"""Days that the file gives, those that say what was known, and those that say otherwise of it."""

WITH_SCHOOL = """
SELECT week FROM staged_week
WHERE translate(concat(d1, d2, d3, d4, d5), ' #', '') <> '' GROUP BY week ORDER BY week"""
"""Weeks in which something but “school closed” was marked."""

COLUMNS = (
    "subject_record_id, agency_id, area_id, tier, week, revision, marks, possible, absent,"
    " unauthorised, unexplained, late, received, delivery_id"
)
INSERT_NEW = f"""
INSERT INTO chronology_attendanceweek ({COLUMNS})
SELECT subject_record_id, %(agency)s, %(area)s, 'ordinary', week, 1, marks, possible, absent,
  unauthorised, unexplained, late, %(received)s, %(delivery)s
FROM merged_week WHERE known IS NULL"""

INSERT_CHANGED = f"""
INSERT INTO chronology_attendanceweek ({COLUMNS})
SELECT w.subject_record_id, %(agency)s, %(area)s, 'ordinary', w.week, w.known + 1, w.marks,
  sum(c.possible), sum(c.absent), sum(c.unauthorised), sum(c.unexplained), sum(c.late),
  %(received)s, %(delivery)s
FROM merged_week w
CROSS JOIN generate_series(0, 9) AS session
JOIN staged_code c ON c.code = rtrim(substr(w.marks, session * 2 + 1, 2))
  AND w.week >= c.in_from AND w.week <= c.in_until
WHERE w.known IS NOT NULL AND w.marks <> w.before
GROUP BY w.subject_record_id, w.week, w.known, w.marks"""

STAGE_CODES = """
CREATE TEMPORARY TABLE IF NOT EXISTS staged_code (
  code text, in_from date, in_until date, possible int, absent int, unauthorised int,
  unexplained int, late int) ON COMMIT DROP;
TRUNCATE staged_code"""

WITH_ABSENCE = """
SELECT i.subject_record_id FROM chronology_attendanceweek i
WHERE i.delivery_id = %(delivery)s
GROUP BY i.subject_record_id
HAVING sum(i.unauthorised) > 0 OR sum(i.absent) >= 5
UNION
SELECT i.subject_record_id FROM chronology_attendanceweek i
JOIN chronology_event e ON e.subject_record_id = i.subject_record_id
WHERE i.delivery_id = %(delivery)s AND e.kind = 'absence_spell' AND e.occurred >= %(since)s"""

WEEKS = """
SELECT p.id, w.week, w.marks FROM unnest(%(pupils)s::bigint[]) WITH ORDINALITY p (id, place)
CROSS JOIN LATERAL (
  SELECT DISTINCT ON (a.week) a.week, a.marks FROM chronology_attendanceweek a
  WHERE a.subject_record_id = p.id AND a.week >= %(since)s
  ORDER BY a.week, a.revision DESC) w
ORDER BY p.place, w.week"""
"""As `chronology_weekinforce` gives them, but pupil by pupil: in the middle of a large register
PostgreSQL knows too little of the table to choose its index by itself.
"""


@dataclass(frozen=True, slots=True)
class PupilWeeks:
    """One pupil's weeks in force, oldest first: each Monday with its twenty characters."""

    subject_record_id: int
    weeks: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class WeeksRecorded:
    """What `record_weeks` did, in days that the file gives (their sum), and in weeks written.

    `mondays` are of the weeks in which the file says that there was school.
    """

    new: int
    unchanged: int
    superseded: int
    weeks: int
    mondays: tuple[date, ...]


@action
def record_weeks(
    *, by: Actor, agency: Agency, received: datetime, delivery_id: int, weeks: BinaryIO
) -> WeeksRecorded:
    """Write the pupil-weeks that a register changes, each as its next revision.

    `weeks` is CSV without a heading: the agency's key of the pupil, the Monday, four characters
    for each day that the register gives (empty for one that it leaves out, which keeps the marks
    that it had), and what those days count. Pupils are known to the agency already.
    """
    place = {
        "agency": agency.pk,
        "area": agency.area_id,
        "received": received,
        "delivery": delivery_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy(COPY) as copy:
            while block := weeks.read(BLOCK):
                copy.write(block)
        cursor.execute(MERGE, place)
        cursor.execute(COUNT)
        given, unchanged, superseded = map(int, cursor.fetchone())
        cursor.execute(INSERT_NEW, place)
        written = cursor.rowcount
        if unchanged + superseded:
            _stage_codes(cursor)
            cursor.execute(INSERT_CHANGED, place)
            written += cursor.rowcount
        cursor.execute(WITH_SCHOOL)
        mondays = tuple(week for (week,) in cursor.fetchall())
        new = given - unchanged - superseded
        return WeeksRecorded(new, unchanged, superseded, written, mondays)


def pupils_with_absence(*, delivery_id: int, since: date) -> list[int]:
    """The subject records of the pupils whose absence a delivery may have changed."""
    with connection.cursor() as cursor:
        cursor.execute(WITH_ABSENCE, {"since": since, "delivery": delivery_id})
        return [subject for (subject,) in cursor.fetchall()]


def weeks_in_force(*, pupils: Sequence[int], since: date) -> list[PupilWeeks]:
    """These pupils' weeks since a day, as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(WEEKS, {"since": since, "pupils": list(pupils)})
        return [
            PupilWeeks(subject, tuple((week, marks) for _, week, marks in weeks))
            for subject, weeks in groupby(cursor.fetchall(), key=itemgetter(0))
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
    cursor.execute(STAGE_CODES)
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
