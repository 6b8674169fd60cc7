"""What the law and guidance asked for in each case, by when, and whether it was done.

Worked out from what happened, by plain arithmetic of its own, so that the product's clocks can be
held against it. Limits: `domain.md` section 3, rows 1, 2, 5, 9, 14 and 18.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from keepsight.kernel.calendar import add_working_days
from keepsight.synthetic.happenings import Case, Happenings
from keepsight.synthetic.period import Period

RETURN_INTERVIEW, DECISION, ANSWER, ASSESSMENT, CONFERENCE, REVIEW = (
    "return home interview", "referral decision", "answer to the referrer", "assessment",
    "initial conference", "first review conference",
)  # fmt: skip
HOURS = timedelta(hours=72)
DECISION_DAYS, ANSWER_DAYS, ASSESSMENT_DAYS, CONFERENCE_DAYS = 1, 3, 45, 15
REVIEW_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing that was owed for a child. `met` is empty where it has not been done."""

    person: int
    duty: str
    started: datetime
    due: datetime
    met: datetime | None

    def missed_by(self, today: date) -> bool:
        """Done late, or not done though the time for it has passed."""
        done = self.met or datetime.combine(today, time.min)
        return done > self.due


def owed(happenings: Happenings, period: Period) -> Iterator[Owed]:
    """Everything that began to be owed within the period."""
    for each in (*_interviews(happenings), *_of_cases(happenings)):
        if period.start <= each.started.date() < period.today:
            yield each


def _interviews(happenings: Happenings) -> Iterator[Owed]:
    held = {(each.person, each.returned): each.held for each in happenings.interviews if each.held}
    for episode in happenings.missing:
        if episode.reported and episode.back:
            yield Owed(
                person=episode.person,
                duty=RETURN_INTERVIEW,
                started=episode.back,
                due=episode.back + HOURS,
                met=held.get((episode.person, episode.back)),
            )


def _of_cases(happenings: Happenings) -> Iterator[Owed]:
    for case in happenings.cases:
        yield _days(case, DECISION, case.referral, DECISION_DAYS, case.decided)
        yield _days(case, ANSWER, case.referral, ANSWER_DAYS, case.told_referrer)
        if case.assessments and not case.no_further_action:
            done = case.assessments[0].authorised
            yield _days(case, ASSESSMENT, case.referral, ASSESSMENT_DAYS, done)
        for enquiry in case.enquiries:
            if enquiry.conference_needed:
                yield _days(case, CONFERENCE, enquiry.started, CONFERENCE_DAYS, enquiry.conference)
        yield from _review(case)


def _review(case: Case) -> Iterator[Owed]:
    plan = case.protection
    if plan is None:
        return
    due = months_after(plan.started, REVIEW_MONTHS)
    if plan.ended is None or plan.ended > due:
        first = plan.reviews[0] if plan.reviews else None
        yield Owed(
            person=case.person,
            duty=REVIEW,
            started=_at(plan.started),
            due=_end_of(due),
            met=_at(first) if first else None,
        )


def _days(case: Case, duty: str, started: date, working_days: int, met: date | None) -> Owed:
    return Owed(
        person=case.person,
        duty=duty,
        started=_at(started),
        due=_end_of(add_working_days(started, working_days)),
        met=_at(met) if met else None,
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
