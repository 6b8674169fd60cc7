"""Checking a return: child by child, so that memory stays flat."""

from collections.abc import Iterable, Iterator

from keepsight.kernel.checks.cin.across import Across
from keepsight.kernel.checks.cin.case_rules import CASE_RULES, CASES_RULES
from keepsight.kernel.checks.cin.child_rules import CHILD_RULES
from keepsight.kernel.checks.cin.file_rules import GENERAL, NUMBERED, rule_for
from keepsight.kernel.checks.cin.plan_rules import (
    CIN_PLAN_RULES,
    COUNT_RULES,
    PLANS_RULES,
    PROTECTION_RULES,
)
from keepsight.kernel.checks.cin.return_rules import ACROSS_RULES, HEADER_RULES
from keepsight.kernel.checks.cin.work_rules import (
    ASSESSMENT_RULES,
    ENQUIRY_RULES,
    TOGETHER_RULES,
)
from keepsight.kernel.checks.days import iso_day
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Fault, Finding, Rule, findings, found
from keepsight.kernel.checks.structure import Seen, Walk, Wrong
from keepsight.kernel.checks.year import ReturnYear
from keepsight.kernel.formats import cin_census
from keepsight.kernel.formats.schema import Element, Type
from keepsight.kernel.formats.tree import Node

FRAME = Element(
    name="Message",
    type=Type.GROUP,
    children=(
        Element(name="Header", type=Type.GROUP, required=True),
        Element(
            name="Children",
            type=Type.GROUP,
            required=True,
            children=(Element(name="Child", type=Type.GROUP, many=True),),
        ),
    ),
)
"""A message without what is in its header and its children, which are looked at one by one."""

INNER: dict[str, tuple[Rule, ...]] = {
    "Assessments": ASSESSMENT_RULES,
    "CINPlanDates": CIN_PLAN_RULES,
    "Section47": ENQUIRY_RULES,
    "ChildProtectionPlans": PROTECTION_RULES,
}

_CHILD = (*CHILD_RULES, *CASES_RULES, *COUNT_RULES)
_CASE = (*CASE_RULES, *TOGETHER_RULES, *PLANS_RULES)
_EVERY = (
    *GENERAL.values(), *NUMBERED, *HEADER_RULES, *_CHILD, *_CASE,
    *ASSESSMENT_RULES, *ENQUIRY_RULES, *CIN_PLAN_RULES, *PROTECTION_RULES, *ACROSS_RULES,
)  # fmt: skip
RULES: tuple[Rule, ...] = tuple({(each.code, each.says): each for each in _EVERY}.values())
"""Every rule of the census; a number that is about two kinds of record stands twice."""


class Checking:
    """One return as it passes by: its header first, then each child, then what is left of it."""

    def __init__(self) -> None:
        self.header = Record("Header", iso_day)
        self.across = Across(ReturnYear(None))
        self.children = 0
        self._of_the_year(ReturnYear(None))

    def take_header(self, node: Node) -> Iterator[Finding]:
        """The header: it says which year the return is of."""
        walk = Walk(None)
        walk.group(node, cin_census.HEADER, self.header)
        for source in self.header.each("Source"):
            for name, texts in source.values.items():
                self.header.values.setdefault(name, texts)
        self._of_the_year(ReturnYear(self.header.day("ReferenceDate")))
        yield from dict.fromkeys(
            [*_seen(walk.seen), *findings(HEADER_RULES, self.header, self.year)]
        )

    def take_child(self, node: Node) -> Iterator[Finding]:
        """One child, with all of its cases."""
        self.children += 1
        ids = node.child("ChildIdentifiers")
        named = ids.child("LAchildID") if ids else None
        key = named.text.strip() if named else ""
        child = Record(f"Child {self.children}", iso_day, key, self.header)
        walk = Walk(self.year.ends, cin_census.NOT_TAKEN)
        walk.group(node, cin_census.CHILD, child)
        yield from dict.fromkeys([*_seen(walk.seen), *self._of_child(child)])
        yield from self.across.add(child)

    def end(self, frame: Node) -> Iterator[Finding]:
        """What stands around the header and the children, and what is so of all of them."""
        walk = Walk(None)
        record = Record("Message", iso_day)
        walk.group(Node(frame.name, frame.text, frame.children, frame.loose), FRAME, record)
        yield from _seen(seen for seen in walk.seen if seen.wrong is not Wrong.EMPTY)
        if not self.children:
            yield found(GENERAL[Wrong.MISSING], record, Fault("Child"))
        yield from self.across.end(self.header)

    def _of_child(self, child: Record) -> Iterator[Finding]:
        yield from findings(self._child, child, self.year)
        for case in child.each("CINdetails"):
            yield from findings(self._case, case, self.year)
            for kind, rules in self._inner.items():
                for block in case.each(kind):
                    yield from findings(rules, block, self.year)

    def _of_the_year(self, year: ReturnYear) -> None:
        """Hold what follows to the rules that are in force for returns of the year."""
        self.year = self.across.year = year
        self._child = _in_force(_CHILD, year)
        self._case = _in_force(_CASE, year)
        self._inner = {kind: _in_force(rules, year) for kind, rules in INNER.items()}


def _in_force(rules: Iterable[Rule], year: ReturnYear) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.in_force(year.year))


def _seen(faults: Iterable[Seen]) -> Iterator[Finding]:
    for seen in faults:
        rule = rule_for(seen.wrong, seen.field)
        yield found(rule, seen.record, Fault(seen.field, detail=seen.detail, value=seen.value))
