"""Innocent signs: children in whose records something reads like a storyline, and is none.

They get single beats of the same tables, in the same words, so that no wording tells a story from
an ordinary life: only what can be explained, never what a child or an agency says outright, and
only of children whom the beat's shape could befall.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Case, Happenings, Placement
from keepsight.synthetic.life.choices import one_of
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.stories.beats import (
    Beat,
    Hospital,
    Housing,
    Log,
    NotBrought,
    PoliceNotice,
    Seen,
    Worker,
    YouthJustice,
)
from keepsight.synthetic.stories.cast import draw_cast
from keepsight.synthetic.stories.choose import EXPLOITED, Storyline
from keepsight.synthetic.stories.remaining import Kept, remaining
from keepsight.synthetic.stories.shape import GOOD, NOTHING_SAID, Shape
from keepsight.synthetic.stories.shapes import SHAPES
from keepsight.synthetic.stories.teller import Teller

FOR_EACH = 8
"""Children with innocent signs for each child who is exploited (our own assumption)."""
MOST_SIGNS, WEEKS, AGES = 3, 26, (9, 16)
EXPLAINED = (Hospital, Housing, NotBrought, Seen, YouthJustice)
"""Beats that can always have an innocent reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InnocentSigns:
    """A child who is not exploited and in whose records something reads as if."""

    person: int
    records: Happenings

    def as_it_remained(self, kept: Kept) -> "InnocentSigns":
        """With those of its records that are left in what happened."""
        return replace(self, records=remaining(self.records, kept))


def add_innocent(
    people: People,
    stories: tuple[Storyline, ...],
    happenings: Happenings,
    district: District,
    period: Period,
    homes: int,
) -> tuple[InnocentSigns, ...]:
    """Add the innocent signs of a district to what happens in it."""
    rng, told = stream(district.seed, "innocent signs"), []
    for person in _who(people, stories, district, period, rng):
        teller = _teller(people, person, district, period, homes, rng)
        beats = _beats_for(teller, people, person)
        # An unlucky day of birth leaves some with no shape of their age.
        for _ in range(int(rng.integers(1, MOST_SIGNS + 1)) if beats else 0):
            one_of(beats, rng).tell(teller)
        happenings.add(teller.happenings)
        told.append(InnocentSigns(person=person, records=teller.happenings))
    return tuple(told)


def can_be_explained(beat: Beat) -> bool:
    """Whether a beat, or what an agency writes that sees no further, may mean nothing."""
    if isinstance(beat, Log | Worker):
        return not beat.suspects
    return isinstance(beat, EXPLAINED) or (
        isinstance(beat, PoliceNotice) and (not beat.suspects or beat.misread is not None)
    )


def _fits(shape: Shape, teller: Teller, people: People, person: int) -> bool:
    """Whether the shape could befall the child: nobody is given what is written of others."""
    return (
        shape.ages[0] <= teller.age(teller.since) <= shape.ages[1]
        and (teller.girl or shape.girls < 1)
        and (not teller.girl or shape.girls > 0)
        and not (shape.in_care or shape.unaccompanied or shape.crossed_border)
        and (not shape.disabled or bool(people.disability[person]))
    )


def _beats_for(teller: Teller, people: People, person: int) -> list[Beat]:
    return [
        beat
        for shape in SHAPES
        if _fits(shape, teller, people, person)
        for beat in shape.beats
        if can_be_explained(beat)
    ]


def _who(
    people: People,
    stories: tuple[Storyline, ...],
    district: District,
    period: Period,
    rng: np.random.Generator,
) -> list[int]:
    ages = people.ages(period.start + timedelta(days=period.days // 2))
    may = (ages >= AGES[0]) & (ages <= AGES[1]) & ~people.on_no_roll & ~people.unaccompanied
    may &= np.isnat(people.arrived) & np.isnat(people.left)
    may[[story.person for story in stories]] = False
    rows = np.flatnonzero(may)
    count = min(len(rows), max(1, round(FOR_EACH * EXPLOITED * district.children)))
    return sorted(rng.choice(rows, count, replace=False).tolist())


def _teller(
    people: People,
    person: int,
    district: District,
    period: Period,
    homes: int,
    rng: np.random.Generator,
) -> Teller:
    length = timedelta(weeks=WEEKS)
    latest = max(1, (period.today - period.start - length).days)
    since = period.start + timedelta(days=int(rng.integers(0, latest)))
    cases: list[Case] = []
    placements: list[Placement] = []
    return Teller(
        person=person,
        girl=people.sex[person] == "F",
        born=people.born(person),
        concern="",
        since=since,
        until=since + length,
        cast=draw_cast(rng),
        noticing=frozenset(),
        lateness=district.lateness,
        homes=homes,
        interviews=GOOD,
        said=NOTHING_SAID,
        period=period,
        rng=rng,
        cases=cases,
        placements=placements,
    )
