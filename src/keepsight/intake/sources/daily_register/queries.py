"""The questions to DuckDB that make weeks of a register's lines; `weeks` asks them in order."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from keepsight.kernel.formats.daily_register import DAILY_REGISTER

NAMES = ", ".join(f'"{name}"' for name in DAILY_REGISTER.names)
DETAILS = ", ".join(f'"{name}"' for name in DAILY_REGISTER.names[:6])
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

READ = f"""
CREATE OR REPLACE VIEW stood AS
SELECT rowid + 2 AS n, {{pupil}} AS pupil, "Date" AS date, "AM" AS am, "PM" AS pm,
  hash({DETAILS}) AS said FROM line"""
"""The heading is line 1; DuckDB keeps the lines in the order of the file."""

STOOD = {"n": pa.int64()} | {name: pa.string() for name in ("pupil", "date", "am", "pm")}
"""A line that was read in Python, and stands."""

NONE_STOOD = (
    "CREATE OR REPLACE TABLE stood (n BIGINT, pupil VARCHAR, date VARCHAR, am VARCHAR, pm VARCHAR)"
)
WAYS = "SELECT DISTINCT date, am, pm FROM stood"

SPACE = " || ".join(f"chr({code})" for code in range(0x3001) if chr(code).isspace())
"""What Python takes off the ends of a text."""

WITHOUT_ENDS = "(?s)[!-~]?|[!-~].*[!-~]"
"""A text with nothing at its ends to take off, told much faster than by taking it off."""

PADDED = f"""
SELECT count(*) FROM (
  SELECT DISTINCT "PupilID" AS id FROM line
  WHERE NOT regexp_full_match("PupilID", '{WITHOUT_ENDS}'))
WHERE id <> trim(id, {SPACE})"""
WITHOUT_PADDING = f"""
CREATE OR REPLACE TABLE line AS SELECT *, trim("PupilID", {SPACE}) AS pupil FROM line"""

TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
WITH readable AS (
  SELECT n, pupil, said FROM stood JOIN way USING (date, am, pm)
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
SELECT n FROM stood JOIN way USING (date, am, pm) WHERE pupil = '' OR NOT fit"""

WHOLE = f"""
SELECT {{table}}.*, {NAMES} FROM line JOIN {{table}} ON line.rowid + 2 = n ORDER BY n"""
"""Some lines with all that the file says in them."""

MARKED = f"""
SELECT n, pupil, day, monday, weekday, marks, {", ".join(COUNTS)}
FROM stood JOIN way USING (date, am, pm) WHERE fit AND pupil <> ''"""

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


def read(path: Path, order: Sequence[int]) -> str:
    """Keep the file's lines as text, each value under the register's own name for its column."""
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(order)))
    named = ", ".join(
        f"coalesce(c{place}, '') AS \"{name}\""
        for name, place in zip(DAILY_REGISTER.names, order, strict=True)
    )
    return (
        f"CREATE OR REPLACE TABLE line AS SELECT {named} FROM read_csv({_quoted(path)},"
        " header = false, skip = 1,"
        f" auto_detect = false, columns = {{{columns}}}, delim = ',', quote = '\"', escape = '\"',"
        " strict_mode = true, null_padding = false, ignore_errors = false, encoding = 'utf-8',"
        " max_line_size = 1100000, buffer_size = 8000000)"
    )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
