"""The questions to DuckDB that make weeks of a register's lines; `weeks` asks them in order."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from keepsight.kernel.formats.daily_register import DAILY_REGISTER

NAMES = ", ".join(f'"{name}"' for name in DAILY_REGISTER.names)
COUNTS = ("possible", "absent", "unauthorised", "unexplained", "late")
WAY = {
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

STOOD = {"n": pa.int64()} | {name: pa.string() for name in ("pupil", "date", "am", "pm")}
"""A line that was read in Python, and stands."""

LINE = "line (n BIGINT, pupil VARCHAR, date VARCHAR, am VARCHAR, pm VARCHAR, said UBIGINT)"
EMPTY_LINES = f"CREATE OR REPLACE TABLE {LINE}"
WAYS = "SELECT DISTINCT date, am, pm FROM line"

TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
WITH readable AS (
  SELECT n, pupil, said FROM line JOIN way USING (date, am, pm)
  WHERE day IS NOT NULL AND pupil <> ''),
once AS (
  SELECT pupil, min(n) AS n, min(said) = max(said) AS same FROM readable GROUP BY pupil)
SELECT n, true AS first FROM once WHERE same
UNION ALL
SELECT n, before IS NULL FROM (
  SELECT n, said, lag(said) OVER (PARTITION BY pupil ORDER BY n) AS before
  FROM readable SEMI JOIN (SELECT pupil FROM once WHERE NOT same) USING (pupil))
WHERE before IS DISTINCT FROM said"""
"""Where a pupil comes first, and wherever the file says something else of them than just before."""

FAULTY = """
CREATE OR REPLACE TEMP TABLE faulty AS
SELECT n FROM line LEFT JOIN way USING (date, am, pm) WHERE pupil = '' OR NOT fit"""

WHOLE = """
SELECT {table}.*, {names}
FROM (SELECT row_number() OVER () + 1 AS n, * FROM ({read})) JOIN {table} USING (n) ORDER BY n"""
"""Some lines with all that the file says in them."""

MARKED = f"""
SELECT n, pupil, day, monday, weekday, marks, {", ".join(COUNTS)}
FROM line JOIN way USING (date, am, pm) WHERE fit AND pupil <> ''"""

DAYS_TO_WEEKS = f"""
CREATE OR REPLACE TABLE week AS
SELECT pupil, monday,
  {", ".join(f"max(marks) FILTER (weekday = {day}) AS d{day}" for day in range(1, 6))},
  {", ".join(f"sum({name})::INT AS {name}" for name in COUNTS)},
  count(*)::INT AS days, count(*) > bit_count(bit_or(1 << weekday)) AS repeated
FROM ({MARKED}) GROUP BY pupil, monday"""

REPEATED_MARKS = f"""
CREATE OR REPLACE TEMP TABLE many AS
SELECT m.*, min(n) OVER (PARTITION BY pupil, day) AS first_n,
  arg_min(marks, n) OVER (PARTITION BY pupil, day) AS first_marks
FROM ({MARKED}) m SEMI JOIN (SELECT pupil, monday FROM week WHERE repeated) r
USING (pupil, monday)"""
"""All lines of the weeks in which some day is there twice; of each day the first line stands."""

WITHOUT_REPEATED = "DELETE FROM week WHERE repeated"
FIRST_OF_EACH_DAY = f"""
INSERT INTO week
SELECT pupil, monday,
  {", ".join(f"max(marks) FILTER (weekday = {day})" for day in range(1, 6))},
  {", ".join(f"sum({name})::INT" for name in COUNTS)}, count(*)::INT, false
FROM many WHERE n = first_n GROUP BY pupil, monday"""

SAID_AGAIN = "SELECT count(*) FROM many WHERE n <> first_n AND marks = first_marks"
SAID_OTHERWISE = """
SELECT n, pupil, day, marks, first_n, first_marks FROM many
WHERE n <> first_n AND marks <> first_marks ORDER BY n"""

MARKS = "SELECT coalesce(sum(days), 0) FROM week"
WEEKS = f"""
SELECT pupil, monday, d1, d2, d3, d4, d5, {", ".join(COUNTS)} FROM week ORDER BY pupil, monday"""


def reading(path: Path, order: Sequence[int]) -> str:
    """The file's lines as text, each value under the register's own name for its column."""
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(order)))
    named = ", ".join(
        f"coalesce(c{place}, '') AS \"{name}\""
        for name, place in zip(DAILY_REGISTER.names, order, strict=True)
    )
    return (
        f"SELECT {named} FROM read_csv({_quoted(path)}, header = false, skip = 1,"
        f" auto_detect = false, columns = {{{columns}}}, delim = ',', quote = '\"', escape = '\"',"
        " strict_mode = true, null_padding = false, ignore_errors = false, encoding = 'utf-8',"
        " max_line_size = 1100000, buffer_size = 8000000)"
    )


def lines_of(path: Path, order: Sequence[int]) -> str:
    """The file's lines as a table: the heading is line 1."""
    details = ", ".join(f'"{name}"' for name in DAILY_REGISTER.names[:6])
    return (
        "CREATE OR REPLACE TABLE line AS SELECT row_number() OVER () + 1 AS n,"
        f' trim("PupilID", {SPACE}) AS pupil, "Date" AS date, "AM" AS am, "PM" AS pm,'
        f" hash({details}) AS said FROM ({reading(path, order)})"
    )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


SPACE = " || ".join(f"chr({code})" for code in range(0x3001) if chr(code).isspace())
"""What Python takes off the ends of a text."""
