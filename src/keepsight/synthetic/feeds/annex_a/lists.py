"""The rows of the lists that come from cases: contacts to protection plans (lists 1 to 7)."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from keepsight.synthetic.desk import Desk
from keepsight.synthetic.feeds.annex_a import columns
from keepsight.synthetic.happenings import Case
from keepsight.synthetic.people.knowing import Known, Rows

HALF_A_YEAR, A_YEAR = timedelta(days=183), timedelta(days=365)
TEAMS = (
    "Duty Team",
    "Unit 1",
    "Unit 2",
    "Children with Disabilities Team",
    "Children in Care Team",
)

Row = list[object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the lists of one workbook are made from, as known on the day before `until`."""

    desk: Desk
    known: Known
    rows: Rows
    until: date

    @property
    def cases(self) -> Iterator[Case]:
        return (case for case in self.desk.happenings.cases if case.referral < self.until)

    def by_then(self, day: date | None) -> date | None:
        return day if day is not None and day < self.until else None

    def recent(self, day: date | None, within: timedelta = HALF_A_YEAR) -> bool:
        return day is not None and self.until - within <= day < self.until

    def child(self, person: int, day: date) -> Row:
        """The columns with which each list begins."""
        known, at = self.known, self.rows.on(person, day)
        birth = None if np.isnat(known.birth[at]) else known.birth[at].astype(object)
        age = None if birth is None else round((self.until - birth).days / 365.25, 1)
        return [
            known.key[at],
            columns.GENDER[str(known.sex[at])],
            columns.ETHNICITY[known.ethnicity[at] or "NOBT"],
            birth,
            age,
        ]

    def disability(self, person: int) -> str:
        return columns.YES if self.desk.people.disability[person] else columns.NO

    def lot(self, person: int) -> int:
        """Chance for what nothing else decides, which stays with the child from list to list."""
        return _lot("child", self.desk.district.seed, person)

    def family(self, person: int) -> int:
        """The same number for children of one family, as the council counts families."""
        household = int(self.desk.people.household[person])
        return _lot("family", self.desk.district.seed, household) % 10_000_000

    def allocated(self, person: int, team: int) -> Row:
        locality = self.family(person) % 4 + 1
        worker = f"Worker {self.desk.district.authority}-{self.lot(person) % 97:02d}"
        return [f"Locality {locality} {TEAMS[team]}", worker]


def _lot(kind: str, seed: int, number: int) -> int:
    return zlib.crc32(f"{kind} {seed} {number}".encode())


def contacts(scope: Scope) -> Iterator[Row]:
    for contact in scope.desk.happenings.contacts:
        if scope.recent(contact.day):
            who = scope.child(contact.person, contact.day)
            yield [*who, contact.day, columns.SOURCE[contact.source]]


def early_help(scope: Scope) -> Iterator[Row]:
    for each in scope.desk.happenings.early_help:
        if scope.recent(each.started):
            who = scope.child(each.person, each.started)
            yield [*who, each.started, scope.by_then(each.completed), each.organisation]


def referrals(scope: Scope) -> Iterator[Row]:
    before = _times_by_person((case.person, case.referral) for case in scope.cases)
    for case in scope.cases:
        if scope.recent(case.referral):
            yield [
                *scope.child(case.person, case.referral),
                case.referral,
                columns.SOURCE[case.source],
                "Yes" if scope.by_then(case.no_further_action) else "No",
                _within_a_year(before[case.person], case.referral),
                *scope.allocated(case.person, 0),
            ]


def assessments(scope: Scope) -> Iterator[Row]:
    for case in scope.cases:
        for done in case.assessments:
            if scope.recent(done.started) or scope.recent(done.authorised):
                authorised = scope.by_then(done.authorised)
                supported = case.plan_started is not None or case.protection is not None
                yield [
                    *scope.child(case.person, case.referral),
                    scope.disability(case.person),
                    done.started,
                    "Yes",
                    authorised,
                    ("Yes" if supported else "No") if authorised else "",
                    *scope.allocated(case.person, 1),
                ]


def enquiries(scope: Scope) -> Iterator[Row]:
    begun = _times_by_person((c.person, e.started) for c in scope.cases for e in c.enquiries)
    held = _times_by_person(
        (c.person, e.conference) for c in scope.cases for e in c.enquiries if e.conference
    )
    for case in scope.cases:
        for enquiry in case.enquiries:
            if not scope.recent(enquiry.started):
                continue
            conference = scope.by_then(enquiry.conference)
            plan = case.protection is not None and case.protection.started == conference
            yield [
                *scope.child(case.person, case.referral),
                scope.disability(case.person),
                enquiry.started,
                "No" if enquiry.conference_needed else "Yes",
                conference,
                ("Yes" if plan else "No") if conference else "",
                _within_a_year(begun[case.person], enquiry.started),
                _within_a_year(held.get(case.person, []), conference) if conference else 0,
                *scope.allocated(case.person, 2),
            ]


def in_need(scope: Scope) -> Iterator[Row]:
    cared_for = {
        placement.person
        for placement in scope.desk.happenings.placements
        if placement.started < scope.until and not scope.by_then(placement.ended)
    }
    for case in scope.cases:
        closed = scope.by_then(case.closed)
        if closed and not scope.recent(closed):
            continue
        seen = (closed or scope.until) - timedelta(days=1 + scope.lot(case.person) % 30)
        yield [
            *scope.child(case.person, case.referral),
            scope.disability(case.person),
            case.referral,
            columns.NEED[case.need],
            max(seen, case.referral),
            closed,
            case.closure_reason if closed else "",
            columns.STATUS[_status(scope, case, closed, case.person in cared_for)],
            *scope.allocated(case.person, 1),
        ]


def _status(scope: Scope, case: Case, closed: date | None, cared_for: bool) -> str:
    if closed:
        return "closed"
    if cared_for:
        return "looked after"
    plan = case.protection
    if plan and plan.started < scope.until and not scope.by_then(plan.ended):
        return "protection"
    return "plan" if scope.by_then(case.plan_started) else "assessment"


def protection(scope: Scope) -> Iterator[Row]:
    for case in scope.cases:
        plan = case.protection
        if plan is None or plan.started >= scope.until:
            continue
        ended = scope.by_then(plan.ended)
        if ended and not scope.recent(ended, A_YEAR):
            continue
        reviews = [day for day in plan.reviews if day < scope.until]
        visit = (ended or scope.until) - timedelta(days=1 + scope.lot(case.person) % 14)
        yield [
            *scope.child(case.person, case.referral),
            scope.disability(case.person),
            plan.started,
            columns.CATEGORY[plan.category],
            columns.CATEGORY[plan.category],
            max(visit, plan.started),
            columns.YES if scope.lot(case.person) % 5 else columns.NO,
            reviews[-1] if reviews else None,
            ended,
            columns.NO,
            0,
            *scope.allocated(case.person, 2),
        ]


def _times_by_person(pairs: Iterator[tuple[int, date]]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for person, day in pairs:
        found.setdefault(person, []).append(day)
    return found


def _within_a_year(days: list[date], day: date) -> int:
    """How many of the days lie in the twelve months before a day."""
    return sum(day - A_YEAR < each < day for each in days)
