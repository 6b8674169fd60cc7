"""Indicators compiled to one Ibis expression that judges every child in one pass.

Each selection of a rule becomes a numbered channel of one long table of matches. The numbers of
all rules are aggregates of that table per child, and the truths are columns over those numbers. Of
the truths it follows which channels are evidence of which rules, and their matches are it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import ibis
from duckdb import DuckDBPyConnection
from ibis import Table

from keepsight.engines.bonds import Column
from keepsight.engines.covers import cover_of
from keepsight.engines.kind_tables import Engine
from keepsight.engines.matches import Keep, matches
from keepsight.engines.measures import number_channels
from keepsight.engines.readings import numbers_by_child, truths_by_child
from keepsight.engines.spark_tables import Spark
from keepsight.kernel.indicators.indicator import Indicator


@dataclass(frozen=True, slots=True)
class ChildFinding:
    """An indicator that a child met on a day, with the ids of the events that met it, in order."""

    child_id: str
    code: str
    version: int
    as_of: date
    evidence: tuple[str, ...]


def evaluate(backend: Engine, indicators: Sequence[Indicator], as_of: date) -> list[ChildFinding]:
    """Every finding about every child of the engine's kind tables, by child and code.

    The tables hold the events in force, as known on the day; `create_kind_tables` made them.
    """
    in_force = _in_force(indicators, as_of)
    if not in_force:
        return []
    asked = compiled(in_force, as_of, keep=backend.keep if isinstance(backend, Spark) else _once)
    return _findings(backend.to_pyarrow(asked).to_pylist(), in_force, as_of)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Indicators compiled for one day, to be put to several relations on DuckDB."""

    in_force: tuple[Indicator, ...]
    as_of: date
    sql: str


def prepare(indicators: Sequence[Indicator], as_of: date) -> Prepared:
    """Compile once what takes longer than running it over few children."""
    in_force = tuple(_in_force(indicators, as_of))
    sql = str(ibis.to_sql(compiled(in_force, as_of), dialect="duckdb")) if in_force else ""
    return Prepared(in_force, as_of, sql)


def evaluate_prepared(connection: DuckDBPyConnection, prepared: Prepared) -> list[ChildFinding]:
    """What `evaluate` says, over the kind tables of this connection."""
    if not prepared.in_force:
        return []
    told = connection.execute(prepared.sql)
    names = [column[0] for column in told.description]
    rows = [dict(zip(names, row, strict=True)) for row in told.fetchall()]
    return _findings(rows, prepared.in_force, prepared.as_of)


def _in_force(indicators: Sequence[Indicator], as_of: date) -> list[Indicator]:
    return [indicator for indicator in indicators if indicator.in_force(as_of)]


def _findings(
    rows: Iterable[Mapping[str, Any]], in_force: Sequence[Indicator], as_of: date
) -> list[ChildFinding]:
    evidence: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for row in rows:
        indicator = in_force[row["rule"]]
        evidence[row["child_id"], indicator.code, indicator.version].append(row["event_id"])
    return [
        ChildFinding(*key, as_of, tuple(sorted(events))) for key, events in sorted(evidence.items())
    ]


def _once(name: str, table: Table) -> Table:
    """Left to the engine, which works out once what a query names more than once."""
    return table


def compiled(indicators: Sequence[Indicator], as_of: date, keep: Keep = _once) -> Table:
    """A row per child, rule and event that is evidence of it; the rule by its place among them."""
    rules = [indicator.rule for indicator in indicators]
    channels = number_channels(rules)
    found = keep("found", matches(channels, as_of, cover_of(rules), keep))
    reading = truths_by_child(rules, numbers_by_child(rules, found))
    reasons = {
        number * len(channels) + channel: met
        for number, rule in enumerate(rules)
        for channel, met in reading.reasons(rule).items()
    }
    meeting = reading.children.filter(reduce(or_, map(reading.met, dict.fromkeys(rules))))
    joined = found.join(_met(meeting, reasons, len(channels)), ["child_id", "channel"])
    return joined.select("child_id", "event_id", "rule").distinct()


def _met(children: Table, reasons: Mapping[int, Column], channels: int) -> Table:
    """A row per child, rule and channel whose events are evidence, from a column for each."""
    held = ibis.array([met.ifelse(number, -1).cast("int64") for number, met in reasons.items()])
    listed = children.select("child_id", reason=held.unnest())
    listed = listed.filter(listed.reason >= 0)
    return listed.select(
        "child_id",
        rule=(listed.reason // channels).cast("int64"),
        channel=(listed.reason % channels).cast("int64"),
    )
