"""Checking a return across its tables, child by child."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from keepsight.kernel.checks.days import british_day
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Finding, Rule, findings
from keepsight.kernel.checks.ssda903.across_rules import ACROSS_RULES
from keepsight.kernel.checks.ssda903.child_rules import EPISODES_RULES
from keepsight.kernel.checks.ssda903.file_rules import FILE_RULES
from keepsight.kernel.checks.ssda903.last_year_rules import LAST_YEAR_RULES
from keepsight.kernel.checks.ssda903.line_rules import (
    EPISODE_RULES,
    HEADER_RULES,
    MISSING_RULES,
    REVIEW_RULES,
    WORKER_RULES,
)
from keepsight.kernel.checks.ssda903.outcome_rules import OUTCOME_RULES
from keepsight.kernel.checks.ssda903.table import LAST_YEAR
from keepsight.kernel.checks.ssda903.value_rules import VALUE_RULES
from keepsight.kernel.checks.year import ReturnYear
from keepsight.kernel.formats.schema import Type
from keepsight.kernel.formats.ssda903_more import ALL_TABLES

LINE_RULES = (
    *VALUE_RULES, *EPISODE_RULES, *REVIEW_RULES, *MISSING_RULES, *WORKER_RULES, *OUTCOME_RULES,
)  # fmt: skip
CHILD_RULES = (*EPISODES_RULES, *ACROSS_RULES, *LAST_YEAR_RULES)
RULES: tuple[Rule, ...] = (*FILE_RULES, *LINE_RULES, *HEADER_RULES, *CHILD_RULES)
"""Every rule of the return; a number that is about several columns stands once for each."""

ONE_IN = 50
"""A year that has fewer than one in so many of the days in a return is not the one it is of."""


class Line(NamedTuple):
    """One line: its table, where it stands, and its values by column name."""

    table: str
    row: str
    values: Mapping[str, str]


def check(
    lines: Iterable[Line], year: ReturnYear, before: Iterable[Line] = ()
) -> Iterator[Finding]:
    """Every finding of a return of a year; `before` are the lines of last year's, if given.

    All lines are held, because each table must fit the others.
    """
    children, unknown = _children(lines)
    earlier, _ = _children(before)
    by_table = {
        table.name: _in_force((each for each in LINE_RULES if each.about == table.name), year)
        for table in ALL_TABLES
    }
    header, across = _in_force(HEADER_RULES, year), _in_force(CHILD_RULES, year)
    for line, table in unknown:
        yield from findings(by_table[table], line, year)
    for key, child in children.items():
        if key in earlier:
            child.inner[LAST_YEAR] = [earlier[key]]
        for table, rules in by_table.items():
            for line in child.each(table):
                yield from findings(rules, line, year)
        if child.each("header"):
            yield from findings(header, child, year)
        yield from findings(across, child, year)


def year_of(lines: Iterable[Line]) -> ReturnYear:
    """The year that a return is of, by its days: the latest that has more than a few of them.

    Returns say it nowhere. Raises `ValueError` where no day can be read.
    """
    days = {(table.name, column.name) for table in ALL_TABLES for column in table.columns
            if column.type is Type.DAY and "DOB" not in column.name}  # fmt: skip
    counts = Counter(
        ReturnYear.holding(day).year
        for line in lines
        for name, text in line.values.items()
        if (line.table, name) in days and (day := british_day(text.strip()))
    )
    if not counts:
        raise ValueError("No day of the return can be read.")
    least = max(1, counts.total() // ONE_IN)
    return ReturnYear.ending(max(year for year, count in counts.items() if year and count >= least))


def _children(lines: Iterable[Line]) -> tuple[dict[str, Record], list[tuple[Record, str]]]:
    """The lines under the child that each is about, and those that name none."""
    children: dict[str, Record] = {}
    unknown = []
    for line in lines:
        key = line.values.get("CHILD", "").strip()
        child = children.setdefault(key, Record("header", british_day, key)) if key else None
        record = Record(line.row, british_day, key, child)
        for name, text in line.values.items():
            record.put(name, text)
        if child is None:
            unknown.append((record, line.table))
        elif line.table == "header" and not child.each("header"):
            child.row, child.values = record.row, record.values
        if child is not None:
            child.inner.setdefault(line.table, []).append(record)
    return children, unknown


def _in_force(rules: Iterable[Rule], year: ReturnYear) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.in_force(year.year))
