"""A nightly copy of many children, grown from that of a small made-up county.

Each child of the grown copy is a child of the county again, one who was at school throughout, with
all its records. As that county says less of a child in two years than an area does, most have the
records of other children of the county beside their own, but no second school. Days are moved by
up to ten either way, all of a child's alike. Parts are of a month each, as they would have come.
What events name is named again among as many children as the county has, and is another thing
among the next as many: a nation does not share one car.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from keepsight.chronology.relations import COPIED

WEEKS_OF_TWO_YEARS = 70
EVENTS_OF_A_CHILD = 20
MOST = 4
"""Other children whose records one child may have too."""

COUNTY = """
CREATE TABLE present AS SELECT * FROM all_links WHERE held_until IS NULL;
CREATE TABLE pupils AS SELECT child_id, row_number() OVER (ORDER BY child_id) - 1 AS place
FROM present JOIN all_weeks USING (subject_record_id)
GROUP BY child_id HAVING count(DISTINCT week) >= {weeks};
CREATE TABLE known AS SELECT child_id, row_number() OVER (ORDER BY child_id) - 1 AS place
FROM (SELECT DISTINCT child_id FROM present)"""

A_CHILD = """
SELECT count(*) / count(DISTINCT p.child_id) FROM {whose} p JOIN present l USING (child_id)
LEFT JOIN all_events e USING (subject_record_id)"""

DRAWN = """
CREATE TABLE drawn AS
WITH own AS (SELECT c, CAST(hash(c) % {pupils} AS BIGINT) AS place FROM range({children}) r(c)),
others AS (
  SELECT c, d, CAST(hash(c * 31 + d) % {known} AS BIGINT) AS place
  FROM range({children}) r(c), range(1, {most} + 1) s(d)
  WHERE hash(c * 37 + d) % 1000 < {share})
SELECT c, 0 AS draw, child_id FROM own JOIN pupils USING (place)
UNION ALL SELECT c, d, child_id FROM others JOIN known USING (place)"""

RECORDS = """
CREATE TABLE records AS
SELECT (c * ({most} + 1) + draw) * (SELECT max(subject_record_id) + 1 FROM present)
    + l.subject_record_id AS subject_record_id,
  l.subject_record_id AS was, CAST(CAST(md5(CAST(c AS VARCHAR)) AS UUID) AS VARCHAR) AS child_id,
  l.agency_id, l.held_from, l.withheld, c, draw, CAST(hash(c) % 21 AS INTEGER) - 10 AS moved
FROM drawn JOIN present l USING (child_id)"""

LINKS = """
SELECT subject_record_id, child_id, agency_id, held_from, CAST(NULL AS DATE) AS held_until,
  withheld
FROM records ORDER BY subject_record_id"""

MONTHS = """
SELECT DISTINCT date_trunc('month', received)::DATE FROM {table} ORDER BY 1"""

OF_MONTH = "received >= DATE '{month}' AND received < DATE '{month}' + INTERVAL 1 MONTH"

EVENTS = """
SELECT {after} + row_number() OVER () AS id, r.subject_record_id, r.agency_id,
  e.source_key || '~' || r.c || '.' || r.draw AS source_key, e.revision, e.withdrawn, e.kind,
  e.day + r.moved AS day, e.last_day + r.moved AS last_day, e.received + r.moved AS received,
  e.content,
  replace(e.mentions, '"]', '~' || r.c // (SELECT count(*) FROM pupils) || '"]') AS mentions
FROM (SELECT * FROM all_events WHERE {month}) e
JOIN records r ON r.was = e.subject_record_id"""

WEEKS = """
SELECT {after} + row_number() OVER () AS id, r.subject_record_id, w.week, w.revision, w.received,
  w.possible, w.absent, w.unauthorised, w.unexplained, w.late
FROM (SELECT * FROM all_weeks WHERE {month}) w
JOIN records r ON r.was = w.subject_record_id AND r.draw = 0"""


@dataclass(frozen=True, slots=True)
class Grown:
    """How much a grown copy holds."""

    children: int
    records: int
    events: int
    weeks: int


def grow(county: Path, folder: Path, children: int) -> Grown:
    """Write the copy of so many children into a folder, from a county's copy in another."""
    folder.mkdir(mode=0o700, parents=True)
    with duckdb.connect(config={"temp_directory": str(folder / "spill")}) as duck:
        duck.execute("SET preserve_insertion_order = false")
        for table, parts in COPIED.items():
            duck.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{county / parts}')")
        _run(duck, COUNTY.format(weeks=WEEKS_OF_TWO_YEARS))
        words = {"children": children, "most": MOST, "share": round(1000 * _share(duck))}
        words |= {whose: _count(duck, whose) for whose in ("pupils", "known")}
        _run(duck, DRAWN.format(**words))
        _run(duck, RECORDS.format(**words))
        records = _write(duck, LINKS, folder / "links.parquet")
        events = sum(_parts(duck, "events", EVENTS, folder))
        weeks = sum(_parts(duck, "weeks", WEEKS, folder))
    return Grown(children, records, events, weeks)


def _share(duck: duckdb.DuckDBPyConnection) -> float:
    """How often each further draw is made, so that a child has so many events in the mean."""
    own, others = (
        duck.execute(A_CHILD.format(whose=whose)).fetchall()[0][0] for whose in ("pupils", "known")
    )
    return float(min(1.0, max(0.0, (EVENTS_OF_A_CHILD - own) / others / MOST)))


def _parts(duck: duckdb.DuckDBPyConnection, name: str, query: str, folder: Path) -> Iterator[int]:
    after = 0
    for (month,) in duck.execute(MONTHS.format(table=f"all_{name}")).fetchall():
        part = folder / f"{name}-{after}-x.parquet"
        said = query.format(after=after, month=OF_MONTH.format(month=month))
        rows = _write(duck, said, part)
        part.rename(folder / f"{name}-{after}-{after + rows}.parquet")
        after += rows
        yield rows


def _write(duck: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    duck.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    path.chmod(0o600)
    return _count(duck, f"read_parquet('{path}')")


def _count(duck: duckdb.DuckDBPyConnection, table: str) -> int:
    [(rows,)] = duck.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(rows)


def _run(duck: duckdb.DuckDBPyConnection, statements: str) -> None:
    for statement in statements.split(";"):
        duck.execute(statement)
