"""Ordinary life: injuries and illness, one-off missing episodes, and what follows a return.

Rates are of `domain.md` section 7 where it has them; the others say so. Most children with a
sign are not exploited, and that is what makes it hard to see those who are.
"""

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.happenings import (
    CLINIC,
    ED,
    SEXUAL_HEALTH_CLINIC,
    Happenings,
    Missing,
    ReturnInterview,
    Visit,
)
from keepsight.synthetic.people import People
from keepsight.synthetic.period import Period, in_office_hours, on_weekday
from keepsight.synthetic.randomness import stream

YEAR_DAYS = 365
VISITS_A_YEAR = (
    ("Fall", ED, 0, 17, 0.13),
    ("Sports injury", ED, 6, 17, 0.12),
    ("Fever", ED, 0, 6, 0.20),
    ("Asthma", ED, 2, 17, 0.03),
    ("Assault", ED, 12, 17, 0.004),
    ("Alcohol intoxication", ED, 13, 17, 0.004),
    ("Self-harm", ED, 11, 17, 0.005),
    ("Overdose", ED, 12, 17, 0.002),
    ("Unexplained injury", ED, 0, 17, 0.001),
    ("Review by a consultant", CLINIC, 0, 17, 0.35),
    ("Sexual health", SEXUAL_HEALTH_CLINIC, 13, 17, 0.05),
)
"""Reason, setting, youngest, oldest, visits a child a year: our own assumptions, save injuries."""

LEFT_BEFORE_SEEN = 0.03
MISSING_A_YEAR = 0.005
LOOKED_AFTER_MISSING_A_YEAR = 0.11
LOOKED_AFTER_EPISODES = 6.8
AWAY = 0.3
RETURN_INTERVIEWS = (("in time", 0.55), ("late", 0.15), ("declined", 0.15), ("none", 0.15))
"""How often an interview follows a return, and when (our own assumption)."""

FOUND = ("Home of a friend", "Home of a relative", "Park", "Shopping centre", "Returned by self")
SUMMARIES = (
    "Stayed with a friend after an argument at home.",
    "Lost track of time and had no battery.",
    "Wanted to see a parent and did not ask.",
    "Said little; would speak again with the same worker.",
)


def ordinary_life(
    people: People, looked_after: NDArray[np.int64], period: Period, seed: int
) -> Happenings:
    """The visits, missing episodes and interviews of children in ordinary times."""
    happenings = Happenings(visits=_visits(people, period, seed))
    rng, in_care = stream(seed, "missing"), set(looked_after.tolist())
    for person, count in _who_goes_missing(people, looked_after, period, rng):
        from_care = person in in_care
        for _ in range(count):
            episode = _episode(person, from_care, period, rng)
            happenings.missing.append(episode)
            happenings.interviews += interview_after(episode, _draw_response(rng), period, rng)
    return happenings


def interview_after(
    episode: Missing,
    response: str,
    period: Period,
    rng: np.random.Generator,
    summary: str | None = None,
) -> list[ReturnInterview]:
    """What follows a return: an interview in time, late, declined, or none at all."""
    if episode.back is None:
        return []
    said = summary or SUMMARIES[int(rng.integers(len(SUMMARIES)))]
    if response == "none":
        return [
            ReturnInterview(person=episode.person, returned=episode.back, outcome="Not offered")
        ]
    # Each step waits at most 15 hours for the morning: in time stays under 72 hours in all.
    offered = _after(episode.back, rng.uniform(4, 22))
    hours = rng.uniform(2, 18) if response == "in time" else rng.uniform(75, 400)
    held = period.past_moment(_after(offered, hours))
    if period.past_moment(offered) is None or (response != "declined" and held is None):
        return []
    declined = response == "declined"
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


def _visits(people: People, period: Period, seed: int) -> list[Visit]:
    rng, ages = stream(seed, "visits"), people.ages(period.today)
    visits = []
    for reason, setting, youngest, oldest, yearly in VISITS_A_YEAR:
        may = np.flatnonzero((ages >= youngest) & (ages <= oldest))
        times = rng.poisson(yearly * period.days / YEAR_DAYS, len(may))
        for person in np.repeat(may, times).tolist():
            start = _since_birth(period.moment(rng), people, person)
            if setting != ED:
                start = on_weekday(in_office_hours(start))
            left = setting == ED and bool(rng.random() < LEFT_BEFORE_SEEN)
            visits.append(
                Visit(
                    person=person,
                    start=start,
                    setting=setting,
                    reason=reason,
                    left_before_seen=left,
                )
            )
    return visits


def _since_birth(moment: datetime, people: People, person: int) -> datetime:
    born = people.birth[person].astype(object)
    return moment if moment.date() > born else datetime.combine(born, moment.time())


def _who_goes_missing(
    people: People, looked_after: NDArray[np.int64], period: Period, rng: np.random.Generator
) -> list[tuple[int, int]]:
    share, ages = period.days / YEAR_DAYS, people.ages(period.today)
    older = np.flatnonzero(ages >= 10)
    yearly = MISSING_A_YEAR * len(people) / max(1, len(older))
    once = older[rng.random(len(older)) < yearly * share]
    in_care = looked_after[ages[looked_after] >= 10]
    # Missing from care falls on the older children, and clusters: most go once or twice.
    yearly = LOOKED_AFTER_MISSING_A_YEAR * len(looked_after) / max(1, len(in_care))
    often = in_care[rng.random(len(in_care)) < min(0.9, yearly * share * 1.5)]
    counts = rng.geometric(1 / (LOOKED_AFTER_EPISODES * share), len(often))
    return [(int(p), 1) for p in once] + list(zip(often.tolist(), counts.tolist(), strict=True))


def _episode(person: int, from_care: bool, period: Period, rng: np.random.Generator) -> Missing:
    left = period.moment(rng)
    back = left + timedelta(minutes=int(60 * min(200, 2 + rng.exponential(14))))
    return Missing(
        person=person,
        left=left,
        back=period.past_moment(back),
        origin="Placement" if from_care else "Home",
        away=from_care and bool(rng.random() < AWAY),
        found_at=FOUND[int(rng.integers(len(FOUND)))],
    )


def _draw_response(rng: np.random.Generator) -> str:
    names = [name for name, _ in RETURN_INTERVIEWS]
    return str(rng.choice(names, p=[share for _, share in RETURN_INTERVIEWS]))
