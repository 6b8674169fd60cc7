"""What the council does when it is told: answers of every quality, and moves in care."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from keepsight.kernel.calendar import add_working_days
from keepsight.synthetic.happenings import Assessment, Case, Contact, Enquiry, ProtectionPlan
from keepsight.synthetic.life.care import move
from keepsight.synthetic.life.choices import in_working_days, pick
from keepsight.synthetic.life.referrals import (
    ASSESSED_LATE,
    DECIDED_LATE,
    conference_by,
    reviews_of,
)
from keepsight.synthetic.stories.beats.reading import Window
from keepsight.synthetic.stories.beats.referring import write_referral
from keepsight.synthetic.stories.teller import COUNCIL, SCHOOL, Teller


class Answer(StrEnum):
    """What became of a referral."""

    NONE = "no decision"
    CLOSED = "no further action"
    ASSESSED = "assessed and closed"
    IN_NEED = "child in need plan"
    PROTECTED = "child protection plan"
    LATE_CONFERENCE = "conference late"
    NO_CONFERENCE = "conference not held"


MISREAD = ("14A", "4A", "3A", "17A", "16A", "15A", "20")
"""Factors that an assessment names instead of exploitation."""


@dataclass(frozen=True, slots=True)
class Referral:
    """Somebody refers the child; `by` is the agency that must see it first, or empty.

    With a case open the referral is a contact on it, and an assessment or enquiry is added to it.
    """

    at: Window
    source: str
    by: str
    answers: tuple[tuple[Answer, float], ...]
    factors: tuple[str, ...]

    def tell(self, teller: Teller) -> None:
        if self.by and not teller.suspects(self.by):
            return
        day = teller.day_in(self.at)
        if self.by == SCHOOL:
            day = teller.school_day(day) or teller.period.today
        if not teller.past(day):
            return
        if self.by:
            write_referral(teller, self.by, day)
        answer = pick(self.answers, teller.rng)
        teller.answers.append((day, answer.value))
        case = teller.open_case_on(day)
        contact = Contact(person=teller.person, day=day, source=self.source, referred=case is None)
        teller.happenings.contacts.append(contact)
        if case is None:
            case = Case(person=teller.person, referral=day, source=self.source, need="N1")
            # What would have come by itself is a contact on this case, if it stays open.
            teller.cases.append(case)
        self._answer(teller, case, day, answer)

    def _answer(self, teller: Teller, case: Case, day: date, answer: Answer) -> None:
        decided = self._decided(teller, case, day, answer)
        if decided is None or answer is Answer.NONE:
            return
        case = teller.open_case_on(day) or case
        if case.closed and case.referral != day:
            # An open case that would have ended goes on with what is new.
            teller.change_case(case, lambda each: replace(each, closed=None, closure_reason=""))
            case = teller.open_case_on(day) or case
        if answer is Answer.CLOSED:
            if case.referral == day:
                done = replace(
                    case, no_further_action=decided, closed=decided, closure_reason="RC7"
                )
                teller.change_case(case, lambda _: done)
            return
        assessment = self._assess(teller, day, decided)
        enquiry = self._enquire(teller, decided, answer)
        teller.add_to_case(case, assessments=(assessment,), enquiries=(enquiry,) if enquiry else ())
        self._conclude(teller, teller.open_case_on(day), assessment, enquiry, answer)

    def _decided(self, teller: Teller, case: Case, day: date, answer: Answer) -> date | None:
        """The day of the decision, written on a new case; nothing where none has been made."""
        late = teller.late(DECIDED_LATE * 2)
        wait = int(teller.rng.integers(2, 15) if late else teller.rng.integers(0, 2))
        decided = teller.period.past(in_working_days(day, wait))
        if case.referral == day and decided and answer is not Answer.NONE:
            told = None if teller.late(0.3) else teller.period.past(add_working_days(decided, 1))
            teller.change_case(
                case, lambda each: replace(each, decided=decided, told_referrer=told)
            )
        return decided

    def _assess(self, teller: Teller, referral: date, started: date) -> Assessment:
        late = teller.late(ASSESSED_LATE * 1.5)
        days = int(teller.rng.integers(46, 80) if late else teller.rng.integers(15, 46))
        finished = teller.period.past(add_working_days(referral, days))
        seen = teller.sees(COUNCIL)
        if finished is None:
            return Assessment(started=started, authorised=None, factors=())
        if seen:
            found: tuple[str, ...] = self.factors
        else:
            found = tuple(code for code in self.factors if code not in ("11A", "12A", "13A", "24A"))
        more = tuple(str(each) for each in teller.rng.choice(MISREAD, 2, replace=False))
        return Assessment(
            started=started, authorised=finished, factors=tuple(sorted({*found, *more}))
        )

    def _enquire(self, teller: Teller, started: date, answer: Answer) -> Enquiry | None:
        if answer not in (Answer.PROTECTED, Answer.LATE_CONFERENCE, Answer.NO_CONFERENCE):
            return None
        day = conference_by(started, answer is Answer.LATE_CONFERENCE, teller.rng)
        held = None if answer is Answer.NO_CONFERENCE else teller.period.past(day)
        return Enquiry(started=started, conference_needed=True, conference=held)

    def _conclude(
        self,
        teller: Teller,
        case: Case | None,
        assessment: Assessment,
        enquiry: Enquiry | None,
        answer: Answer,
    ) -> None:
        """A plan, a protection plan, or the end of a case that had none."""
        if case is None or case.protection or case.plan_started:
            return
        cared_for = teller.in_care_on(assessment.authorised or assessment.started) is not None
        if enquiry is not None and enquiry.conference is not None:
            category = "SAB" if "11A" in assessment.factors else "NEG"
            plan = ProtectionPlan(
                started=enquiry.conference,
                ended=None,
                category=category,
                reviews=reviews_of(
                    enquiry.conference, teller.period.today, teller.late, teller.rng
                ),
            )
            teller.change_case(case, lambda each: replace(each, protection=plan))
        elif answer is Answer.IN_NEED and assessment.authorised and not cared_for:
            start = assessment.authorised
            teller.change_case(case, lambda each: replace(each, plan_started=start))
        elif answer is Answer.ASSESSED and assessment.authorised:
            end = assessment.authorised
            teller.change_case(case, lambda each: replace(each, closed=end, closure_reason="RC8"))


@dataclass(frozen=True, slots=True)
class Moved:
    """A looked-after child moved to another placement."""

    at: Window
    place: str
    why: str

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        placement = teller.in_care_on(day)
        open_now = placement is not None and placement.ended is None
        if placement is None or not open_now or not teller.past(day):
            return
        if placement.started + timedelta(days=3) > day:
            return
        row = teller.placements.index(placement)
        teller.placements[row : row + 1] = move(placement, day, self.place, self.why, teller.homes)
