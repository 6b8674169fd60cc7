"""Ordinary work of a council's children's social care: referrals and what comes of them.

Referrals come to households, siblings together. Flows begin two years before the period, so that
on its first day as many cases are open as on any other. Rates: the data card; shares within a case
that it does not name are our own assumptions.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from keepsight.kernel.calendar import add_working_days
from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Assessment, Case, Enquiry, ProtectionPlan
from keepsight.synthetic.life.care import LookedAfter
from keepsight.synthetic.life.choices import YEAR_DAYS, in_working_days, one_of, pick
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream

LEAD_IN = timedelta(days=2 * YEAR_DAYS)
FAMILY_SHAPE = 0.1
"""Shape of the gamma law of families' rates: the smaller, the fewer families have them all."""
MORE_REFERRALS = 1.24
"""Referrals made, compared with those that begin a case: a case that is open already takes some."""
SIBLING_TOO = 0.65
NO_FURTHER_ACTION, UNDECIDED, DECIDED_LATE, NEVER_TOLD = 0.07, 0.02, 0.12, 0.12
ASSESSED_LATE = 0.16
ENQUIRIES, CONFERENCES, CONFERENCES_LATE, PLANS = 0.375, 0.37, 0.21, 0.88
CLOSED_AFTER_ASSESSMENT, PLAN_DAYS, PROTECTION_DAYS = 0.5, 220, 260
REVIEWS_LATE = 0.07
SOURCES = (("6", 0.28), ("2A", 0.21), ("1A", 0.1), ("3E", 0.05), ("3F", 0.05), ("3B", 0.05),
           ("5B", 0.1), ("5D", 0.03), ("4", 0.03), ("7", 0.03), ("8", 0.04), ("9", 0.02),
           ("10", 0.01))  # fmt: skip
NEEDS = (("N1", 0.57), ("N5", 0.15), ("N4", 0.09), ("N2", 0.08), ("N6", 0.03), ("N3", 0.04),
         ("N8", 0.03), ("N9", 0.01))  # fmt: skip
FACTORS = (("4B", 0.3), ("3B", 0.3), ("3A", 0.15), ("1B", 0.15), ("2B", 0.15), ("16A", 0.15),
           ("17A", 0.15), ("4A", 0.2), ("14A", 0.06), ("15A", 0.05), ("18C", 0.06), ("7A", 0.05),
           ("5A", 0.04), ("6A", 0.03), ("20", 0.1), ("13A", 0.01))  # fmt: skip
FROM_TEN = (("10A", 0.05), ("11A", 0.032), ("12A", 0.004), ("19B", 0.02), ("24A", 0.03))
"""Factors of children from ten in ordinary assessments; exploitation is 11A, 12A and 24A."""
ASSESSED_AGAIN, AGAIN_AFTER = 0.25, 120
"""Share of plans during which the child is assessed a second time, days after the first or more."""
CATEGORIES = (("NEG", 0.5), ("EMO", 0.37), ("PHY", 0.08), ("SAB", 0.05))


def ordinary_cases(
    people: People, cared_for: LookedAfter, district: District, period: Period
) -> list[Case]:
    """Cases that were open at some time in the period, and the referrals that came to nothing."""
    rng, busy = stream(district.seed, "cases"), dict[int, date]()
    desk = _CaseWork(people, district, period, rng)
    cases = [
        desk.in_care(person, started, ended)
        for person, started, ended in zip(
            cared_for.person.tolist(),
            cared_for.started.astype(object),
            cared_for.ended.astype(object),
            strict=True,
        )
    ]
    busy.update({case.person: case.closed or date.max for case in cases})
    for day, person in _referrals(people, period, rng):
        if busy.get(person, date.min) >= day:
            continue
        case = desk.work(person, day)
        busy[person] = case.closed or date.max
        if busy[person] >= period.start:
            cases.append(case)
    return cases


def _referrals(people: People, period: Period, rng: np.random.Generator) -> list[tuple[date, int]]:
    """Days and children, in order of days, from two years before the period."""
    homes, begin = int(people.household.max(initial=0)) + 1, period.start - LEAD_IN
    days = (period.today - begin).days
    rates = rng.gamma(FAMILY_SHAPE, 1 / FAMILY_SHAPE, homes) * MORE_REFERRALS
    expected = per_child("referrals") * len(people) / homes / _mean_involved(people, homes)
    home = np.repeat(np.arange(homes), rng.poisson(rates * expected * days / YEAR_DAYS))
    day = rng.integers(0, days, len(home))
    first = np.searchsorted(people.household, home)
    size = np.bincount(people.household, minlength=homes)[home]
    chosen = first + rng.integers(0, size)
    found = [
        (begin + timedelta(days=int(when)), member)
        for when, start, many, one in zip(day, first, size, chosen, strict=True)
        for member in range(int(start), int(start + many))
        if member == one or rng.random() < SIBLING_TOO
    ]
    return sorted((d, person) for d, person in found if people.born(person) < d)


def _mean_involved(people: People, homes: int) -> float:
    """Children in one referral, on average over households."""
    size = np.bincount(people.household, minlength=homes)
    return float((1 + SIBLING_TOO * (size - 1)).mean())


class _CaseWork:
    """What one council makes of its referrals."""

    def __init__(
        self, people: People, district: District, period: Period, rng: np.random.Generator
    ) -> None:
        self.people, self.period, self.rng = people, period, rng
        self.lateness = district.lateness

    def late(self, share: float) -> bool:
        return bool(self.rng.random() < share * self.lateness)

    def work(self, person: int, referral: date) -> Case:
        """A referral: turned down, not yet decided, or assessed."""
        rng, past = self.rng, self.period.past
        case = Case(
            person=person, referral=referral, source=pick(SOURCES, rng), need=pick(NEEDS, rng)
        )
        wait = int(rng.integers(2, 16)) if self.late(DECIDED_LATE) else int(rng.integers(0, 2))
        decided = past(in_working_days(referral, wait))
        recent = referral > self.period.today - timedelta(days=60)
        if decided is None or self.late(UNDECIDED * (8 if recent else 0.1)):
            return case
        told = (
            None
            if self.late(NEVER_TOLD)
            else past(in_working_days(decided, int(rng.integers(0, 3))))
        )
        case = replace(case, decided=decided, told_referrer=told)
        if rng.random() < NO_FURTHER_ACTION:
            return replace(case, no_further_action=decided, closed=decided, closure_reason="RC7")
        return self._assess(case, decided)

    def in_care(self, person: int, started: date, ended: date | None) -> Case:
        """The case of a looked-after child: from some weeks before care began to its end."""
        rng, people = self.rng, self.people
        came = people.arrived[person].astype(object) or date.min
        first = max(people.born(person), came)
        referral = max(first, started - timedelta(days=int(rng.integers(1, 70))))
        need = "N8" if people.unaccompanied[person] else "N1"
        day = in_working_days(referral, 1)
        case = Case(
            person=person,
            referral=referral,
            source="5B" if people.unaccompanied[person] else pick(SOURCES, rng),
            need=need,
            decided=day,
            told_referrer=None if self.late(NEVER_TOLD) else in_working_days(day, 1),
        )
        finished = self._finished(case, day)
        assessed = Assessment(
            started=day,
            authorised=finished,
            factors=self._factors(person) if finished else (),
        )
        after = (
            in_working_days(ended + timedelta(days=int(rng.integers(0, 60))), 0) if ended else None
        )
        closed = self.period.past(after)
        return replace(
            case, assessments=(assessed,), closed=closed, closure_reason="RC7" if closed else ""
        )

    def _finished(self, case: Case, started: date) -> date | None:
        long = (
            int(self.rng.integers(46, 75))
            if self.late(ASSESSED_LATE)
            else int(self.rng.integers(12, 46))
        )
        least = add_working_days(started, 5)
        return self.period.past(max(add_working_days(case.referral, long), least))

    def _assess(self, case: Case, started: date) -> Case:
        rng, past = self.rng, self.period.past
        finished = self._finished(case, started)
        enquiry = self._enquire(started) if rng.random() < ENQUIRIES else None
        case = replace(
            case,
            assessments=(
                Assessment(
                    started=started,
                    authorised=finished,
                    factors=self._factors(case.person) if finished else (),
                ),
            ),
            enquiries=(enquiry,) if enquiry else (),
        )
        if finished is None:
            return case
        if enquiry and enquiry.conference and rng.random() < PLANS:
            return self._protect(case, enquiry.conference)
        if enquiry and enquiry.conference_needed and not enquiry.conference:
            return case
        if enquiry is None and rng.random() < CLOSED_AFTER_ASSESSMENT:
            why = "RC9" if rng.random() < 0.3 else "RC8"
            return replace(case, closed=finished, closure_reason=why)
        # A case with a conference that led to no plan ends after it.
        least = max(finished, enquiry.conference if enquiry and enquiry.conference else finished)
        length = timedelta(days=1 + int(rng.exponential(PLAN_DAYS)))
        closed = past(in_working_days(least + length, 0))
        case = replace(
            case, plan_started=finished, closed=closed, closure_reason="RC7" if closed else ""
        )
        return self._assessed_again(case, finished)

    def _assessed_again(self, case: Case, after: date) -> Case:
        """A long plan may be looked at afresh."""
        rng = self.rng
        started = in_working_days(after + timedelta(days=AGAIN_AFTER + int(rng.integers(120))), 0)
        if rng.random() > ASSESSED_AGAIN or started >= min(
            case.closed or date.max, self.period.today
        ):
            return case
        ended = add_working_days(started, int(rng.integers(12, 46)))
        finished = self.period.past(min(ended, case.closed or date.max))
        again = Assessment(
            started=started,
            authorised=finished,
            factors=self._factors(case.person) if finished else (),
        )
        return replace(case, assessments=(*case.assessments, again))

    def _enquire(self, started: date) -> Enquiry:
        needed = bool(self.rng.random() < CONFERENCES)
        day = conference_by(started, self.late(CONFERENCES_LATE), self.rng)
        return Enquiry(
            started=started,
            conference_needed=needed,
            conference=self.period.past(day) if needed else None,
        )

    def _protect(self, case: Case, conference: date) -> Case:
        length = timedelta(days=60 + int(self.rng.exponential(PROTECTION_DAYS - 60)))
        ended = self.period.past(in_working_days(conference + length, 0))
        plan = ProtectionPlan(
            started=conference,
            ended=ended,
            category=pick(CATEGORIES, self.rng),
            reviews=reviews_of(conference, ended or self.period.today, self.late, self.rng),
        )
        after = ended + timedelta(days=int(self.rng.integers(0, 90))) if ended else None
        closed = self.period.past(in_working_days(after, 0)) if after else None
        return replace(case, protection=plan, closed=closed, closure_reason="RC7" if closed else "")

    def _factors(self, person: int) -> tuple[str, ...]:
        rng = self.rng
        found = [code for code, share in FACTORS if rng.random() < share]
        if self.people.unaccompanied[person]:
            found.append("9A")
        if self.people.born(person) + timedelta(days=10 * YEAR_DAYS) < self.period.today:
            found += [code for code, share in FROM_TEN if rng.random() < share]
        return tuple(sorted(found)) or (one_of(("20", "16A", "4B"), rng),)


def conference_by(started: date, late: bool, rng: np.random.Generator) -> date:
    """The day of an initial conference: within 15 working days of the enquiry's start, or later."""
    return add_working_days(started, int(rng.integers(16, 40) if late else rng.integers(8, 16)))


def reviews_of(
    conference: date, until: date, late: Callable[[float], bool], rng: np.random.Generator
) -> tuple[date, ...]:
    """Review conferences: the first within three months, then within six; some of them later."""
    held, day = [], conference + timedelta(days=int(rng.integers(75, 92)))
    while day < until:
        put_off = timedelta(days=14) if late(REVIEWS_LATE) else timedelta(0)
        held.append(in_working_days(day + put_off, 0))
        day += timedelta(days=int(rng.integers(160, 183)))
    return tuple(each for each in held if each < until)
