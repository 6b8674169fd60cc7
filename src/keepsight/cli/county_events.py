"""A made-up county’s files as events in memory, as they were known on any day of its time.

They are read by the readers that intake uses, and linked once by all that was received. As at
night, nothing that is closely held is there; as if every agency had agreed to share the rest.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend as DuckDB

from keepsight.cli.county_records import Records
from keepsight.cli.errors import Unusable
from keepsight.engines.event_tables import create_event_tables
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.intake.files import head_of
from keepsight.intake.reading.reader import Reader
from keepsight.intake.reading.wire import Asked, Marks
from keepsight.intake.recognise import source_for
from keepsight.intake.rows import Context, Fact, FileRefused, Part, UnknownFormat
from keepsight.intake.spool import scratch
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.entities.kinds import key_of
from keepsight.kernel.entities.naming import mentions_of
from keepsight.kernel.vocabulary.agencies import CONFIDENTIAL_AGENCIES
from keepsight.kernel.vocabulary.attendance import count_of
from keepsight.kernel.vocabulary.content.base import Content, Tier
from keepsight.synthetic.county import County, Delivery, load_county

Tell = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

NOT_IN_FILES = frozenset({"absence_spell", "alert_considered"})
"""What no agency sends: Keepsight works it out or records it itself."""

TABLES = """
CREATE TABLE said (place BIGINT, feed VARCHAR, agency VARCHAR, subject_key VARCHAR,
  source_key VARCHAR, received DATE, withdrawn BOOLEAN, retold BOOLEAN, kind VARCHAR, day DATE,
  last_day DATE, content VARCHAR, mentions VARCHAR[][]);
CREATE TABLE marked (place BIGINT, agency VARCHAR, received DATE, subject_key VARCHAR, week DATE,
  d1 VARCHAR, d2 VARCHAR, d3 VARCHAR, d4 VARCHAR, d5 VARCHAR)"""

SAID = {
    "place": pa.int64(),
    **dict.fromkeys(("feed", "agency", "subject_key", "source_key"), pa.string()),
    "received": pa.date32(),
    **dict.fromkeys(("withdrawn", "retold"), pa.bool_()),
    "kind": pa.string(),
    **dict.fromkeys(("day", "last_day"), pa.date32()),
    "content": pa.string(),
    "mentions": pa.list_(pa.list_(pa.string())),
}

MARKED = """
INSERT INTO marked SELECT {place}, '{agency}', DATE '{received}', key, week, d1, d2, d3, d4, d5
FROM read_csv('{path}', header = false, auto_detect = false, delim = ',', quote = '"',
  columns = {{'key': 'VARCHAR', 'week': 'DATE', 'd1': 'VARCHAR', 'd2': 'VARCHAR', 'd3': 'VARCHAR',
  'd4': 'VARCHAR', 'd5': 'VARCHAR', 'possible': 'INT', 'absent': 'INT', 'unauthorised': 'INT',
  'unexplained': 'INT', 'late': 'INT'}})"""

RETOLD = """
DELETE FROM said WHERE retold AND EXISTS (SELECT 1 FROM said AS other
  WHERE other.agency = said.agency AND other.source_key = said.source_key
    AND other.feed <> said.feed AND other.place < said.place)"""
"""What another feed of the agency had said under the same key stands."""

_DAYS = " || ".join(
    f"coalesce(last_value(d{day} IGNORE NULLS) OVER known, '    ')" for day in range(1, 6)
)
WEEKS = f"""
CREATE TABLE weeks AS SELECT place, agency, subject_key, received, week, {_DAYS} AS marks
FROM marked WINDOW known AS (PARTITION BY agency, subject_key, week ORDER BY place
  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"""
"""Each week with its twenty characters as they stood after each file that said something of it."""

MARKS = """
SELECT DISTINCT rtrim(substr(marks, session * 2 + 1, 2)) AS mark, week
FROM weeks CROSS JOIN range(10) AS sessions(session)"""

COUNTED = """
CREATE TABLE counted AS SELECT place, any_value(agency) AS agency,
  subject_key, any_value(received) AS received, week, sum(possible) AS possible,
  sum(absent) AS absent, sum(unauthorised) AS unauthorised, sum(unexplained) AS unexplained,
  sum(late) AS late
FROM weeks CROSS JOIN range(10) AS sessions(session)
JOIN mark_counts c ON c.mark = rtrim(substr(marks, session * 2 + 1, 2)) AND c.week_of = week
GROUP BY place, subject_key, week"""

NUMBERED = "CAST(hash(agency) >> 1 AS BIGINT)"
"""A number for an agency’s key: rules tell agencies apart and read nothing else of them."""

STANDING_ON = """
SELECT child, agency || ' ' || source_key AS ref, agency, day, last_day, kind, content, mentions
FROM (
  SELECT * FROM said WHERE received <= ?
  QUALIFY row_number() OVER (PARTITION BY agency, source_key ORDER BY place DESC) = 1)
JOIN people USING (agency, subject_key) WHERE NOT withdrawn"""

EVENTS_ON = f"""
INSERT INTO events
SELECT child, ref, {NUMBERED}, day, last_day, kind, content FROM ({STANDING_ON})"""

MENTIONS_ON = f"""
INSERT INTO mentions
SELECT child, ref, named[1], named[2], day, coalesce(last_day, day), true FROM (
  SELECT child, ref, day, last_day, unnest(mentions) AS named FROM ({STANDING_ON}))"""

ATTENDANCE_ON = f"""
INSERT INTO attendance
SELECT child, agency || ' ' || subject_key || ' ' || week, {NUMBERED}, week, week + 4, possible,
  absent, unauthorised, unexplained, late FROM (
  SELECT * FROM counted WHERE received <= ?
  QUALIFY row_number() OVER (PARTITION BY agency, subject_key, week ORDER BY place DESC) = 1)
JOIN people USING (agency, subject_key)"""

ON = {"events": EVENTS_ON, "mentions": MENTIONS_ON, "attendance": ATTENDANCE_ON}


@dataclass(slots=True)
class CountyEvents:
    """What a county’s agencies sent of some kinds of event, held in DuckDB.

    `children` are those whom its agencies are believed to know.
    """

    county: County
    backend: DuckDB
    files: int = 0
    facts: int = 0
    weeks: int = 0
    unread: int = 0
    children: int = 0
    records: Records = field(default_factory=Records)

    def known_on(self, day: date) -> DuckDB:
        """The engine, its event tables holding what had been received by the end of a day."""
        for table, query in ON.items():
            self.backend.con.execute(f"DELETE FROM {table}")
            self.backend.con.execute(query, [day])
        return self.backend


def county_in(folder: Path) -> County:
    """The county of a folder; raises `Unusable` where there is none."""
    try:
        return load_county(folder)
    except (FileNotFoundError, NotADirectoryError):
        raise Unusable(
            f"There is no made-up county in {folder}. Make one: keepsight county make --out"
            f" {folder}."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise Unusable(f"The county in {folder} is not whole. Make it again.") from None


def read_county(county: County, kinds: frozenset[str], until: date, tell: Tell) -> CountyEvents:
    """Every file that a county received until a day, for events of these kinds."""
    backend = ibis.duckdb.connect()
    create_event_tables(backend)
    create_kind_tables(backend)
    backend.con.execute(TABLES)
    read = CountyEvents(county, backend)
    with Reader() as reader:
        wanted = list(_wanted(county, until))
        for place, delivery in enumerate(wanted):
            _take(read, reader, place, delivery, kinds)
            tell("Reading files", place + 1, len(wanted))
    _bring_together(backend)
    read.children = _link(read)
    [(read.weeks,)] = backend.con.execute("SELECT count(*) FROM counted").fetchall()
    return read


def _wanted(county: County, until: date) -> Iterator[Delivery]:
    """Deliveries that came by then, of agencies whose records the night reads."""
    confidential = {each.key for each in county.agencies if each.kind in CONFIDENTIAL_AGENCIES}
    left = {feed.key for feed in county.feeds if feed.agency in confidential}
    return (
        delivery
        for delivery in county.deliveries
        if delivery.feed not in left and delivery.received <= until
    )


def _take(
    read: CountyEvents, reader: Reader, place: int, delivery: Delivery, kinds: frozenset[str]
) -> None:
    feed = read.county.feed(delivery.feed)
    context = Context(delivery.path.name, feed.agency, delivery.received, delivery.received)
    try:
        with delivery.path.open("rb") as file:
            source_for(delivery.path.name, head_of(file))
        with scratch() as folder:
            asked = Asked(delivery.path, feed.source, context, folder)
            for parts in reader.read(asked):
                if not isinstance(parts, Marks):
                    read.records.take(feed.agency, parts)
                    _take_facts(read, place, delivery, feed.agency, _facts(parts, kinds))
                elif "attendance_week" in kinds:
                    _take_marks(read, place, feed.agency, delivery.received, parts.weeks)
    except (UnknownFormat, FileRefused):
        read.unread += 1
    else:
        read.files += 1


def _facts(parts: Iterable[Part], kinds: frozenset[str]) -> list[Fact]:
    return [
        part
        for part in parts
        if isinstance(part, Fact)
        and part.content.kind in kinds
        and part.content.held is Tier.ORDINARY
    ]


def _take_facts(
    read: CountyEvents, place: int, delivery: Delivery, agency: str, facts: list[Fact]
) -> None:
    read.facts += len(facts)
    if not facts:
        return
    columns = {
        "place": [place] * len(facts),
        "feed": [delivery.feed] * len(facts),
        "agency": [agency] * len(facts),
        "subject_key": [each.subject_key for each in facts],
        "source_key": [each.source_key for each in facts],
        "received": [delivery.received] * len(facts),
        "withdrawn": [each.withdrawn for each in facts],
        "retold": [each.retold for each in facts],
        "kind": [each.content.kind for each in facts],
        "day": [day_in_london(each.occurred) for each in facts],
        "last_day": [
            day_in_london(each.occurred_until) if each.occurred_until else None for each in facts
        ],
        "content": [json.dumps(each.content.to_json()) for each in facts],
        "mentions": [_named(read.county, agency, each.content) for each in facts],
    }
    con = read.backend.con
    con.register("arriving", pa.table(columns, schema=pa.schema(SAID)))
    con.execute("INSERT INTO said SELECT * FROM arriving")
    con.unregister("arriving")


def _named(county: County, agency: str, content: Content) -> list[list[str]]:
    """What a fact names, each with its kind and by what it is told apart."""
    area = county.agency(agency).area
    named = [
        (each.kind.value, key_of(each.kind, each.mark, agency=agency, area=area))
        for each in mentions_of(content)
    ]
    return [[kind, entity] for kind, entity in named if entity]


def _take_marks(read: CountyEvents, place: int, agency: str, received: date, weeks: Path) -> None:
    read.backend.con.execute(
        MARKED.format(place=place, agency=agency, received=received, path=_quoted(weeks))
    )


def _bring_together(backend: DuckDB) -> None:
    """What the files said of one fact or one week, in the order in which they came."""
    con = backend.con
    con.execute(RETOLD)
    con.execute(WEEKS)
    counts = [(mark, week, *count_of(mark, week)) for mark, week in con.execute(MARKS).fetchall()]
    con.execute(
        "CREATE TABLE mark_counts (mark VARCHAR, week_of DATE, possible INT, absent INT,"
        " unauthorised INT, unexplained INT, late INT)"
    )
    if counts:
        con.executemany("INSERT INTO mark_counts VALUES (?, ?, ?, ?, ?, ?, ?)", counts)
    con.execute(COUNTED)


def _link(read: CountyEvents) -> int:
    """Say which child each record is believed to be; how many children there are."""
    linked = list(read.records.linked())
    columns = zip(("child", "agency", "subject_key"), zip(*linked, strict=True), strict=False)
    said = {name: pa.array(values, pa.string()) for name, values in columns}
    con = read.backend.con
    con.execute("CREATE TABLE people (child VARCHAR, agency VARCHAR, subject_key VARCHAR)")
    if said:
        con.register("arriving", pa.table(said))
        con.execute("INSERT INTO people SELECT * FROM arriving")
        con.unregister("arriving")
    return len({child for child, _, _ in linked})


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
