"""How a rule of the looked-after return is written, as one row."""

from datetime import date

from keepsight.kernel.checks.conditions import Is
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Rule, Severity
from keepsight.kernel.checks.year import years_on
from keepsight.kernel.vocabulary.code_sets import Mark

NUMBERED = "DfE children looked after return, validation rule"
GUIDE = "DfE children looked after return, guide and specification"
OWN = "KS"
"""Begins the code of a rule that Keepsight reads in the guide, or whose number it does not know."""

LAST_YEAR = "last year"
"""Under this name a child's record holds one inner record: the same child a year before."""


def rule(
    code: str,
    about: str,
    says: str,
    remedy: str,
    *fields: str,
    breaks: Breaks | None = None,
    query: bool = False,
    mark: Mark | None = None,
    first: int = 0,
    last: int = 0,
) -> Rule:
    """One rule about a table, or about “a child”; the mark of one that is numbered is V2."""
    own = code.startswith(OWN)
    return Rule(
        code=code,
        says=says,
        remedy=remedy,
        about=about,
        fields=fields,
        source=GUIDE if own else f"{NUMBERED} {code}",
        mark=mark or ("M" if own else "V2"),
        severity=Severity.QUERY if query else Severity.ERROR,
        first_year=first,
        last_year=last,
        breaks=breaks,
    )


def aged(field: str, *, least: int = 0, under: int = 200) -> Is:
    """Whether the child is of such an age, in whole years, on the day of a field."""

    def condition(record: Record) -> bool:
        day, born = record.day(field), record.near("DOB")
        return bool(day and born) and of_age(born, day, least, under)

    return condition


def of_age(born: date | None, day: date | None, least: int, under: int = 200) -> bool:
    """Whether somebody is at least so old on a day, and not yet so old."""
    if not born or not day:
        return False
    return years_on(born, least) <= day < years_on(born, under)


def in_order(child: Record, table: str, field: str) -> list[Record]:
    """The lines of a table of one child that have a day, by that day."""
    dated = [(day, line) for line in child.each(table) if (day := line.day(field))]
    return [line for _, line in sorted(dated, key=lambda each: each[0])]


def tables(child: Record) -> dict[str, list[Record]]:
    """The lines of this year's tables about a child."""
    return {name: lines for name, lines in child.inner.items() if name != LAST_YEAR}
