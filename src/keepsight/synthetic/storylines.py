"""Children who are exploited, as their records unfold in several agencies over months."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.calendar import add_working_days
from keepsight.synthetic.happenings import (
    ED,
    SEXUAL_HEALTH_CLINIC,
    AbsencePattern,
    Assessment,
    Case,
    Enquiry,
    Happenings,
    Missing,
    Placement,
    Visit,
)
from keepsight.synthetic.life import interview_after
from keepsight.synthetic.people import People
from keepsight.synthetic.period import Period, at, in_office_hours, on_weekday
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.shapes import SHAPES, Shape
from keepsight.synthetic.social_care import conference_by, next_placement

ONE_IN, FEWEST = 500, 6
AGES = (11, 15)
"""Ages of the children: those who are on a school's roll on every day of the period."""
STILL_MISSING = 12
"""One storyline in this many has a child who is missing today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyline:
    """The truth about one exploited child: who, in which way, and since when."""

    person: int
    shape: Shape
    since: date


def choose(people: People, period: Period, seed: int) -> tuple[Storyline, ...]:
    """About 1 child in 500, and six at least, of either sex and every household alike."""
    rng, ages = stream(seed, "storylines"), people.ages(period.start)
    may = rng.permutation(np.flatnonzero((ages >= AGES[0]) & (ages < AGES[1])))
    count = min(len(may), max(FEWEST, round(len(people) / ONE_IN)))
    # Girls and boys take turns, so that neither is ever left out of a small county.
    ranked = [may[people.sex[may] == sex].tolist() for sex in ("F", "M")]
    chosen = [p for pair in zip(*ranked, strict=False) for p in pair][:count]
    return tuple(
        Storyline(
            person=int(person),
            shape=SHAPES[number % len(SHAPES)],
            since=_since(SHAPES[number % len(SHAPES)], period, rng),
        )
        for number, person in enumerate(chosen)
    )


def unfold(
    stories: tuple[Storyline, ...],
    people: People,
    looked_after: NDArray[np.int64],
    period: Period,
    seed: int,
) -> Happenings:
    """What happens to these children, and what each agency does or leaves undone."""
    happenings, in_care = Happenings(), set(looked_after.tolist())
    for number, story in enumerate(stories):
        rng = stream(seed, "storyline", str(number))
        missing = number % STILL_MISSING == 0
        happenings.add(_unfold_one(story, story.person in in_care, missing, period, rng))
    return happenings


def _since(shape: Shape, period: Period, rng: np.random.Generator) -> date:
    return period.today - timedelta(weeks=shape.weeks) + timedelta(days=int(rng.integers(-9, 10)))


def _unfold_one(
    story: Storyline, in_care: bool, missing_now: bool, period: Period, rng: np.random.Generator
) -> Happenings:
    shape, person = story.shape, story.person
    origin = "Placement" if in_care or shape.in_care else "Home"
    episodes = _episodes(story, origin, missing_now, period, rng)
    happenings = Happenings(
        missing=episodes,
        visits=_visits(story, period, rng),
        cases=_cases(story, period, rng),
        absence=[
            AbsencePattern(
                person=person,
                since=story.since,
                until=period.today,
                share=shape.unexplained,
                marks=shape.marks,
            )
        ],
    )
    if shape.in_care and not in_care:
        happenings.placements = _placements(story, period, rng)
    for number, episode in enumerate(episodes):
        response = shape.responses[number % len(shape.responses)]
        said = shape.summaries[number % len(shape.summaries)]
        happenings.interviews += interview_after(episode, response, period, rng, said)
    return happenings


def _days(story: Storyline, count: int, period: Period, rng: np.random.Generator) -> list[date]:
    """Days of the story, closer together towards its end."""
    length = (period.today - story.since).days - 6
    shares = np.sort(np.sqrt((np.arange(count) + rng.uniform(0.2, 0.8, count)) / count))
    return [story.since + timedelta(days=3 + int(share * length)) for share in shares]


def _episodes(
    story: Storyline, origin: str, missing_now: bool, period: Period, rng: np.random.Generator
) -> list[Missing]:
    shape = story.shape
    days = _days(story, shape.missing, period, rng)
    episodes: list[Missing] = []
    free = datetime.combine(story.since, datetime.min.time())
    for number, day in enumerate(days):
        left = max(at(day, rng), free)
        back = left + timedelta(minutes=int(60 * rng.uniform(*shape.hours)))
        if period.past_moment(left) is None:
            continue
        free = back + timedelta(hours=5)
        last = number == len(days) - 1
        returned = None if last and missing_now else period.past_moment(back)
        episodes.append(
            Missing(
                person=story.person,
                left=left,
                back=returned,
                origin=origin,
                away=shape.in_care and number % 3 == 0,
                found_at=shape.found[number % len(shape.found)] if returned else "",
                found_with=shape.company[number % len(shape.company)] if returned else "",
            )
        )
    return episodes


def _visits(story: Storyline, period: Period, rng: np.random.Generator) -> list[Visit]:
    shape = story.shape
    reasons = [(ED, reason) for reason in shape.visits]
    reasons += [(SEXUAL_HEALTH_CLINIC, "Sexual health")] * shape.sexual_health
    days = _days(story, len(reasons), period, rng)
    return [
        Visit(
            person=story.person,
            start=at(day, rng) if setting == ED else on_weekday(in_office_hours(at(day, rng))),
            setting=setting,
            reason=reason,
            left_before_seen=shape.left_before_seen and setting == ED and number == 0,
        )
        for number, (day, (setting, reason)) in enumerate(zip(days, reasons, strict=True))
    ]


def _cases(story: Storyline, period: Period, rng: np.random.Generator) -> list[Case]:
    kind = story.shape.case
    if kind == "none":
        return []
    share = 0.75 if kind == "waiting" else 0.35
    length = (period.today - story.since).days
    referral = add_working_days(story.since + timedelta(days=int(share * length)), 0)
    case = Case(
        person=story.person, referral=referral, source=str(rng.choice(["2A", "6"])), need="N1"
    )
    if kind == "waiting":
        return [case]
    decided = period.past(add_working_days(referral, int(rng.integers(1, 9))))
    if kind == "closed":
        ended = "RC7" if decided else ""
        return [replace(case, no_further_action=decided, closed=decided, closure_reason=ended)]
    return [_assessed(case, story.shape, decided, period, rng)]


def _assessed(
    case: Case, shape: Shape, started: date | None, period: Period, rng: np.random.Generator
) -> Case:
    if started is None:
        return case
    finished = period.past(add_working_days(started, int(rng.integers(30, 60))))
    found = shape.factors if finished else ()
    case = replace(
        case,
        assessment=Assessment(started=started, authorised=finished, factors=found),
        plan_started=finished,
    )
    if shape.case != "late conference":
        return case
    held = period.past(conference_by(started, True, rng))
    return replace(
        case,
        plan_started=None,
        enquiry=Enquiry(started=started, conference_needed=True, conference=held),
    )


def _placements(story: Storyline, period: Period, rng: np.random.Generator) -> list[Placement]:
    """Looked after since before the story, and moved three times within it."""
    first = Placement(
        person=story.person,
        started=period.start - timedelta(days=int(rng.integers(60, 400))),
        ended=None,
        reason_new="S",
        legal_status="C2",
        place="U6",
        provider="PR1",
    )
    episodes = [first]
    for number, day in enumerate(_days(story, 3, period, rng)):
        last = episodes[-1]
        why = ("CREQB", "STAND", "PLACE")[number]
        episodes[-1] = replace(last, ended=day, reason_ended="X1", reason_changed=why)
        episodes.append(next_placement(last, day, ("U6", "K2", "K2")[number]))
    return episodes
