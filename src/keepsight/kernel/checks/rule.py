"""A rule as a row of a table, and a finding: one place where a return breaks one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.year import ReturnYear
from keepsight.kernel.vocabulary.code_sets import Mark


class Severity(StrEnum):
    """An error must be put right. A query may be right: somebody has to look, and say why."""

    ERROR = "error"
    QUERY = "query"


class Fault(NamedTuple):
    """Where a rule is broken: a field of the record looked at, or of `record` where that is given.

    `detail` is a sentence that says more than the rule does. `value` is the field's own value
    unless one is given.
    """

    field: str
    record: Record | None = None
    detail: str = ""
    value: str | None = None


Breaks = Callable[[Record, ReturnYear], Iterable[Fault]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a return may not say, and what to do about it.

    `says` is the sentence of a finding, `remedy` what to do. `first_year` and `last_year` are the
    years in which the returns end that the rule is for, both included; 0 is open. `breaks` finds
    the faults in one record of the kind `about`; a rule without it is found while a file is read.
    """

    code: str
    says: str
    remedy: str
    about: str
    fields: tuple[str, ...]
    source: str
    mark: Mark
    severity: Severity = Severity.ERROR
    first_year: int = 0
    last_year: int = 0
    breaks: Breaks | None = None

    def in_force(self, year: int | None) -> bool:
        """Whether returns of a year are held to it; where the year is not known, any return is."""
        return year is None or self.first_year <= year <= (self.last_year or year)


class Finding(NamedTuple):
    """One place in a return that breaks a rule; `child` is the sender's own id, if it is known."""

    rule: str
    severity: Severity
    row: str
    child: str
    field: str
    value: str
    says: str
    remedy: str


def found(rule: Rule, record: Record, fault: Fault) -> Finding:
    """The finding that a fault in a record is."""
    where = fault.record or record
    value = fault.value if fault.value is not None else where.shown(fault.field)
    says = f"{rule.says} {fault.detail}".strip()
    return Finding(
        rule.code, rule.severity, where.row, where.child, fault.field, value, says, rule.remedy
    )


def findings(rules: Iterable[Rule], record: Record, year: ReturnYear) -> Iterable[Finding]:
    """What these rules find in one record."""
    for rule in rules:
        if rule.breaks is not None:
            for fault in rule.breaks(record, year):
                yield found(rule, record, fault)
