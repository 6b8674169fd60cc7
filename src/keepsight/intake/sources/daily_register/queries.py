"""The questions to DuckDB that make weeks of a register's lines; `weeks` asks them in order.

The file is read once for each question and kept nowhere: reading it costs a fraction of what
writing its lines into a table does. A day with its two marks, a `way` of writing them, is known by
a number made of the three texts.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from keepsight.kernel.formats.daily_register import DAILY_REGISTER

NAMES = ", ".join(f'"{name}"' for name in DAILY_REGISTER.names)
DETAILS = tuple(f'"{name}"' for name in DAILY_REGISTER.names[:6])
COUNTS = ("possible", "absent", "unauthorised", "unexplained", "late")
WEEKDAYS = range(1, 6)
WAY = {
    "way": pa.uint64(),
    "date": pa.string(),
    "am": pa.string(),
    "pm": pa.string(),
    "day": pa.date32(),
    "fit": pa.bool_(),
    "monday": pa.date32(),
    "weekday": pa.int8(),
    "marks": pa.string(),
} | {name: pa.int8() for name in COUNTS}
"""A way of writing a day and its marks, and what `marks.Meaning` says of it."""

HASHED = "hash({}, {}, {})".format
"""The number of a way."""

NUMBERED = """
CREATE OR REPLACE VIEW numbered AS SELECT row_number() OVER () + 1 AS n, * FROM line"""
"""The heading is line 1; DuckDB gives the lines in the order of the file."""

OF_LINE = HASHED('"Date"', '"AM"', '"PM"')
STANDING = f"""
CREATE OR REPLACE VIEW stood AS SELECT {{pupil}} AS pupil, {OF_LINE} AS way FROM line"""
STANDING_NUMBERED = f"""
CREATE OR REPLACE VIEW stood_numbered AS
SELECT n, {{pupil}} AS pupil, {OF_LINE} AS way, hash({", ".join(DETAILS)}) AS said, {NAMES}
FROM numbered"""

STOOD = {
    "n": pa.int64(),
    **{name: pa.string() for name in ("pupil", "date", "am", "pm")},
    "way": pa.uint64(),
}
"""A line that was read in Python, and stands."""

NONE_STOOD = (
    "CREATE OR REPLACE TABLE stood"
    " (n BIGINT, pupil VARCHAR, date VARCHAR, am VARCHAR, pm VARCHAR, way UBIGINT)",
    "CREATE OR REPLACE VIEW stood_numbered AS SELECT * FROM stood",
)
STANDS = "INSERT INTO stood SELECT * FROM given"
WAYS_OF_LINES = f"""
SELECT {HASHED("date", "am", "pm")} AS way, date, am, pm, blank FROM (
  SELECT "Date" AS date, "AM" AS am, "PM" AS pm, bool_or("PupilID" = '') AS blank,
    bit_xor(hash({", ".join(DETAILS)})) AS looked_at
  FROM line GROUP BY ALL)
WHERE looked_at IS NOT NULL"""
"""Every value of the file is looked at, so that what DuckDB cannot read is found before any of it
is used; `blank` where a line names no pupil.
"""

SPACE = " || ".join(f"chr({code})" for code in range(0x3001) if chr(code).isspace())
"""What Python takes off the ends of a text."""

WITHOUT_PADDING = f'trim("PupilID", {SPACE})'
PADDED = f"SELECT count(*) FROM once WHERE pupil <> trim(pupil, {SPACE})"

WITH_A_DAY = "SEMI JOIN (SELECT way FROM way WHERE day IS NOT NULL) USING (way)"
ONCE = f"""
CREATE OR REPLACE TABLE once AS
SELECT pupil, min(n) AS n, min(said) = max(said) AS same, arg_min("Date", n) AS date,
  {", ".join(f"any_value({name}) AS {name}" for name in DETAILS)}
FROM stood_numbered {{with_a_day}} WHERE pupil <> '' GROUP BY pupil"""
"""Each pupil, with the line that comes first and, where all lines say the `same`, what they say."""

SAYING_THE_SAME = f"""
SELECT n, true, {", ".join(DETAILS)}, date, '', '' FROM once WHERE same ORDER BY n"""
SAY_OTHERWISE = "SELECT count(*) FROM once WHERE NOT same"
SAYING_OTHERWISE = f"""
WITH told AS (
  SELECT n, before IS NULL AS first FROM (
    SELECT n, said, lag(said) OVER (PARTITION BY pupil ORDER BY n) AS before
    FROM stood_numbered {WITH_A_DAY}
    SEMI JOIN (SELECT pupil FROM once WHERE NOT same) USING (pupil))
  WHERE before IS DISTINCT FROM said)
SELECT n, first, {NAMES} FROM numbered JOIN told USING (n) ORDER BY n"""
"""Where such a pupil comes first, and wherever the file says something else than just before."""

FAULTY = f"""
SELECT n, {NAMES} FROM stood_numbered
WHERE pupil = '' OR way NOT IN (SELECT way FROM way WHERE fit) ORDER BY n"""

DAYS_TO_WEEKS = f"""
CREATE OR REPLACE TABLE week AS
SELECT pupil, monday,
  {", ".join(f"max(way) FILTER (weekday = {day}) AS w{day}" for day in WEEKDAYS)},
  count(*)::INT AS days, count(*) > bit_count(bit_or(1 << weekday)) AS repeated
FROM stood JOIN way USING (way) WHERE fit AND pupil <> '' GROUP BY pupil, monday"""

REPEATED_MARKS = """
CREATE OR REPLACE TEMP TABLE many AS
SELECT m.*, min(n) OVER (PARTITION BY pupil, day) AS first_n,
  arg_min(marks, n) OVER (PARTITION BY pupil, day) AS first_marks
FROM (
  SELECT n, pupil, way, day, monday, weekday, marks
  FROM stood_numbered JOIN way USING (way) WHERE fit) m
SEMI JOIN (SELECT pupil, monday FROM week WHERE repeated) r USING (pupil, monday)"""
"""All lines of the weeks in which some day is there twice; of each day the first line stands."""

WITHOUT_REPEATED = "DELETE FROM week WHERE repeated"
FIRST_OF_EACH_DAY = f"""
INSERT INTO week
SELECT pupil, monday,
  {", ".join(f"max(way) FILTER (weekday = {day})" for day in WEEKDAYS)}, count(*)::INT, false
FROM many WHERE n = first_n GROUP BY pupil, monday"""

SAID_AGAIN = "SELECT count(*) FROM many WHERE n <> first_n AND marks = first_marks"
SAID_OTHERWISE = """
SELECT n, pupil, day, marks, first_n, first_marks FROM many
WHERE n <> first_n AND marks <> first_marks ORDER BY n"""

MARKS = "SELECT coalesce(sum(days), 0) FROM week"
WEEKS = f"""
SELECT pupil, week.monday, {", ".join(f"way{day}.marks" for day in WEEKDAYS)},
  {", ".join("+".join(f"coalesce(way{day}.{n}, 0)" for day in WEEKDAYS) for n in COUNTS)}
FROM week {" ".join(f"LEFT JOIN way way{day} ON way{day}.way = w{day}" for day in WEEKDAYS)}"""


def lines(path: Path, order: Sequence[int]) -> str:
    """The file's lines as text, each value under the register's own name for its column."""
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(order)))
    named = ", ".join(
        f"coalesce(c{place}, '') AS \"{name}\""
        for name, place in zip(DAILY_REGISTER.names, order, strict=True)
    )
    return (
        f"CREATE OR REPLACE VIEW line AS SELECT {named} FROM read_csv({_quoted(path)},"
        " header = false, skip = 1,"
        f" auto_detect = false, columns = {{{columns}}}, delim = ',', quote = '\"', escape = '\"',"
        " strict_mode = true, null_padding = false, ignore_errors = false, encoding = 'utf-8',"
        " max_line_size = 1100000, buffer_size = 8000000)"
    )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
