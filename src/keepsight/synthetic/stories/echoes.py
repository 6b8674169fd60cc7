"""Innocent signs: children in whose records something reads like a storyline, and is none.

They get single beats of the same tables, in the same words, so that no wording tells a story from
an ordinary life, and now and then an agency suspects a child who is not exploited.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.stories.beats import (
    Beat,
    Hospital,
    Housing,
    Log,
    PoliceNotice,
    Seen,
    Worker,
    YouthJustice,
)
from keepsight.synthetic.stories.cast import draw_cast
from keepsight.synthetic.stories.choose import EXPLOITED, Storyline
from keepsight.synthetic.stories.shape import GOOD, NOTHING_SAID
from keepsight.synthetic.stories.shapes import SHAPES
from keepsight.synthetic.stories.teller import AGENCIES, Teller

FOR_EACH = 8
"""Children with innocent signs for each child who is exploited (our own assumption)."""
WRONGLY_SUSPECTED = 0.06
"""Share of them whom the agencies suspect (our own assumption)."""
MOST_SIGNS, WEEKS, AGES = 3, 26, (9, 16)
SIGNS = (Hospital, Housing, Log, PoliceNotice, Seen, Worker, YouthJustice)
"""Beats that can happen to a child who is not exploited, without what goes before and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A child who is not exploited and in whose records something reads as if.

    `suspicions` has the first day on which each kind of agency wrote that it thinks so.
    """

    person: int
    suspicions: dict[str, date]
    records: Happenings


def echo(
    people: People,
    stories: tuple[Storyline, ...],
    happenings: Happenings,
    district: District,
    period: Period,
) -> tuple[Echo, ...]:
    """Add the innocent signs of a district to what happens in it."""
    rng, told = stream(district.seed, "echoes"), []
    beats = [beat for shape in SHAPES for beat in shape.beats if isinstance(beat, SIGNS)]
    for person in _who(people, stories, district, period, rng):
        teller = _teller(person, district, period, rng)
        for number in rng.integers(0, len(beats), int(rng.integers(1, MOST_SIGNS + 1))):
            beat: Beat = beats[int(number)]
            beat.tell(teller)
        happenings.add(teller.happenings)
        told.append(Echo(person=person, suspicions=teller.suspicions, records=teller.happenings))
    return tuple(told)


def _who(
    people: People,
    stories: tuple[Storyline, ...],
    district: District,
    period: Period,
    rng: np.random.Generator,
) -> list[int]:
    ages = people.ages(period.start + timedelta(days=period.days // 2))
    may = (ages >= AGES[0]) & (ages <= AGES[1]) & ~people.on_no_roll
    may &= np.isnat(people.arrived) & np.isnat(people.left)
    may[[story.person for story in stories]] = False
    rows = np.flatnonzero(may)
    count = min(len(rows), max(1, round(FOR_EACH * EXPLOITED * district.children)))
    return sorted(rng.choice(rows, count, replace=False).tolist())


def _teller(person: int, district: District, period: Period, rng: np.random.Generator) -> Teller:
    length = timedelta(weeks=WEEKS)
    latest = max(1, (period.today - period.start - length).days)
    since = period.start + timedelta(days=int(rng.integers(0, latest)))
    suspected = rng.random() < WRONGLY_SUSPECTED
    return Teller(
        person=person,
        since=since,
        until=since + length,
        cast=draw_cast(rng),
        noticing=frozenset(AGENCIES if suspected else ()),
        lateness=district.lateness,
        homes=1,
        interviews=GOOD,
        said=NOTHING_SAID,
        period=period,
        rng=rng,
        cases=[],
        placements=[],
    )
