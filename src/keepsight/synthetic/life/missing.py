"""Missing episodes in ordinary times, and what follows a return."""

from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.happenings import Happenings, Missing, Placement, ReturnInterview
from keepsight.synthetic.life.choices import YEAR_DAYS, at_a_moment, one_of, pick
from keepsight.synthetic.life.wording import (
    ALIASES,
    FLATS,
    HOTELS,
    NOTHING_NEW,
    OUTDOORS,
    SHOPS,
    TOWNS,
)
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period, at, in_office_hours
from keepsight.synthetic.randomness import stream

FROM_HOME = per_child("missing_children") * 0.12
"""Besides these are the looked-after (a fifth of the children), and the exploited."""
TIMES_FROM_HOME, AGAIN_AND_AGAIN, MANY_TIMES = 1.4, 0.1, 5.0
CARE_CHILDREN, CARE_TIMES = 0.44, 1.5
AWAY = 0.3
HELD, LATE, DECLINED, NONE = "in time", "late", "declined", "none"
RETURN_INTERVIEWS = ((HELD, 0.55), (LATE, 0.15), (DECLINED, 0.15), (NONE, 0.15))
"""How often an interview follows a return, and when (our own assumption)."""
HOURS = 21
"""Mean length of an episode, less two: 87 % are over within 48 hours."""

AWAY_FROM_HERE = tuple(f"House of an adult in {town}" for town in TOWNS)
FOUND = (
    (("Returned by self",), 0.3),
    (("Home of a friend", "Home of a relative", "Home of an older friend"), 0.28),
    (("Street near home", "Railway station", "Fast-food restaurant", "Retail park"), 0.15),
    (OUTDOORS, 0.11), (SHOPS, 0.06), (FLATS, 0.04), (HOTELS, 0.03),
    (("Railway station, 70 miles away", "Empty house on Foundry Row"), 0.01),
    (AWAY_FROM_HERE, 0.02),
)  # fmt: skip
COMPANY = (
    ("", 0.60), ("Two friends of the same age", 0.1), ("A cousin", 0.05),
    ("An older teenager", 0.03),
    ("An older friend from school", 0.05), ("Two other young people", 0.03),
    ("Three older young people", 0.015), ("Four young people, some older", 0.015),
    ("An adult met online", 0.01), ("{who} known as “{alias}”", 0.1),
)  # fmt: skip
WHO = ("A man", "A man", "A woman", "An older teenager")
SUMMARIES = (
    "Stayed with a friend after an argument at home.",
    "Lost track of time and had no battery.",
    "Wanted to see a parent and did not ask.",
    "Said little; would speak again with the same worker.",
    "Was at a party and missed the last bus.",
    "Did not want to go back to the placement; says that it is too strict.",
    "Walked about with friends; phone was off to avoid being called home.",
    "Says that everything is fine and that there is nothing to talk about.",
    "Was with somebody from school and that person’s older brother.",
    "Says that a friend’s mother let everybody stay.",
    "Would not say where; says that nothing happened.",
    "Angry about a phone that was taken away.",
    "Was collected by car by a friend’s relative.",
    *NOTHING_NEW,
)


def ordinary_missing(
    people: People, placements: list[Placement], period: Period, seed: int
) -> Happenings:
    """One-off episodes from home, repeated ones from care, and the interviews after them."""
    happenings, rng, in_care = Happenings(), stream(seed, "missing"), _InCare(placements)
    looked_after = np.array(sorted(in_care.spans), np.int64)
    for person, count, from_care in _who(people, looked_after, period, rng):
        for _ in range(count):
            episode = _episode(people, person, in_care if from_care else None, period, rng)
            happenings.missing.append(episode)
            response = pick(RETURN_INTERVIEWS, rng)
            said = one_of(SUMMARIES, rng)
            happenings.interviews += interview_after(episode, response, said, period, rng)
    return happenings


def interview_after(
    episode: Missing, response: str, said: str, period: Period, rng: np.random.Generator
) -> list[ReturnInterview]:
    """What follows a return: an interview in time, late, declined, or none at all."""
    if episode.back is None:
        return []
    if response == NONE:
        none = ReturnInterview(person=episode.person, returned=episode.back, outcome="Not offered")
        return [none] if period.past_moment(none.recorded) else []
    # Each step waits at most 15 hours for the morning: in time stays under 72 hours in all.
    offered = _after(episode.back, rng.uniform(4, 22))
    hours = rng.uniform(2, 18) if response == HELD else rng.uniform(75, 400)
    held = period.past_moment(_after(offered, hours))
    if period.past_moment(offered) is None or (response != DECLINED and held is None):
        return []
    declined = response == DECLINED
    return [
        ReturnInterview(
            person=episode.person,
            returned=episode.back,
            offered=offered,
            outcome="Declined" if declined else "Held",
            held=None if declined else held,
            independent=bool(rng.random() < 0.9),
            summary="" if declined else said,
        )
    ]


def _after(moment: datetime, hours: float) -> datetime:
    """The first minute of office hours at or after so many hours."""
    later = moment + timedelta(minutes=int(60 * hours))
    return in_office_hours(later.replace(second=0, microsecond=0))


class _InCare:
    """Whether a child was in a placement on a day."""

    def __init__(self, placements: list[Placement]) -> None:
        self.spans: dict[int, list[tuple[date, date]]] = {}
        for each in placements:
            span = (each.started, each.ended or date.max)
            self.spans.setdefault(each.person, []).append(span)

    def __call__(self, person: int, day: date) -> bool:
        return any(start <= day < end for start, end in self.spans.get(person, ()))

    def day(self, person: int, period: Period, rng: np.random.Generator) -> date:
        """A day of the period on which the child was in care."""
        first = max(period.start, min(start for start, _ in self.spans[person]))
        last = min(period.today, max(end for _, end in self.spans[person]))
        return first + timedelta(days=int(rng.integers(max(1, (last - first).days))))


def _who(
    people: People, looked_after: NDArray[np.int64], period: Period, rng: np.random.Generator
) -> list[tuple[int, int, bool]]:
    """Who goes missing in the period, how often, and whether from care."""
    years, ages = period.days / YEAR_DAYS, people.ages(period.today)
    older = np.flatnonzero(ages >= 9)
    yearly = FROM_HOME * len(people) / max(1, len(older))
    once = older[rng.random(len(older)) < yearly * years]
    again = rng.random(len(once)) < AGAIN_AND_AGAIN
    counts = rng.geometric(1 / np.where(again, MANY_TIMES, TIMES_FROM_HOME))
    in_care = looked_after[ages[looked_after] >= 10]
    yearly = per_child("care_missing") * len(looked_after) / max(1, len(in_care))
    # A child who goes missing from care often does so in both years: fewer children, more times.
    often = in_care[rng.random(len(in_care)) < min(0.9, yearly * years * CARE_CHILDREN)]
    mean = max(1.0, per_child("care_missing_times") * years * CARE_TIMES)
    each = rng.geometric(1 / mean, len(often))
    home = [
        (person, count, False) for person, count in zip(once.tolist(), counts.tolist(), strict=True)
    ]
    care = [
        (person, count, True) for person, count in zip(often.tolist(), each.tolist(), strict=True)
    ]
    return home + care


def _episode(
    people: People, person: int, in_care: _InCare | None, period: Period, rng: np.random.Generator
) -> Missing:
    left = (
        at(in_care.day(person, period, rng), rng)
        if in_care
        else at_a_moment(people, person, period, rng)
    )
    from_care = in_care is not None and in_care(person, left.date())
    back = period.past_moment(left + timedelta(minutes=int(60 * (2 + rng.exponential(HOURS)))))
    return Missing(
        person=person,
        left=left,
        back=back,
        origin="Placement" if from_care else "Home",
        away=from_care and bool(rng.random() < AWAY),
        found_at=one_of(pick(FOUND, rng), rng) if back else "",
        found_with=_company(rng) if back else "",
    )


def _company(rng: np.random.Generator) -> str:
    return pick(COMPANY, rng).format(who=one_of(WHO, rng), alias=one_of(ALIASES, rng))
