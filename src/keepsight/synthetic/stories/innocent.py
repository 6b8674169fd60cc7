"""Innocent signs: children in whose records something reads like a storyline, and is none.

They get single beats of the same tables, in the same words, so that no wording tells a story from
an ordinary life: only what can be explained, and only of children whom the beat's shape could
befall. Of a few of them an agency thinks that they are exploited, and is mistaken.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.life.choices import one_of
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.stories.beats import (
    Absent,
    Answer,
    Beat,
    Clinic,
    Gone,
    HomeLog,
    Hospital,
    Housing,
    Log,
    NotBrought,
    PoliceNotice,
    Referral,
    Seen,
    Suspended,
    Worker,
    YouthJustice,
)
from keepsight.synthetic.stories.cast import draw_cast
from keepsight.synthetic.stories.choose import EXPLOITED, Storyline
from keepsight.synthetic.stories.own import one_after_another, take_own
from keepsight.synthetic.stories.remaining import Kept, remaining
from keepsight.synthetic.stories.shape import GOOD, NOTHING_SAID, Shape
from keepsight.synthetic.stories.shapes import SHAPES
from keepsight.synthetic.stories.teller import AGENCIES, Teller

FOR_EACH = 8
"""Children with innocent signs for each child who is exploited (our own assumption)."""
OFTENER_IN_CARE = 10
"""How much oftener a looked-after child is one of them."""
MISTAKEN = 0.2
"""Share of them whom one agency takes for exploited."""
MOST_SIGNS, WEEKS, AGES = 3, 26, (9, 16)
SELDOM = 0.12
"""Weight of going missing beside other signs, so that no more children do than are published."""
EXPLAINED = (
    Absent, Clinic, Gone, Hospital, Housing, NotBrought, Seen, Suspended, YouthJustice,
)  # fmt: skip
"""Beats that can always have an innocent reason."""
NOT_SO = ((Answer.CLOSED, 0.6), (Answer.ASSESSED, 0.4))
"""What a council finds when it looks."""


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
    persons = _who(people, stories, happenings, district, period, rng)
    cases = take_own(happenings.cases, persons)
    placements = take_own(happenings.placements, persons)
    for person in persons:
        teller = _teller(people, person, district, period, homes, rng)
        teller.cases, teller.placements = cases[person], placements[person]
        _live_through(teller, people, person)
        happenings.add(teller.happenings)
        happenings.cases += one_after_another(teller.cases)
        happenings.placements += teller.placements
        told.append(InnocentSigns(person=person, records=teller.happenings))
    return tuple(told)


def _live_through(teller: Teller, people: People, person: int) -> None:
    """Some of the beats of one shape that could befall the child."""
    shapes = [shape for shape in SHAPES if _fits(shape, teller, people, person)]
    if not shapes:
        return
    shape, rng = one_of(shapes, teller.rng), teller.rng
    teller.concern, teller.said = shape.concern, shape.said[:1]
    beats = [beat for beat in shape.beats if can_be_explained(beat)]
    weights = np.array([SELDOM if isinstance(beat, Gone) else 1.0 for beat in beats])
    count = min(len(beats), int(rng.integers(1, MOST_SIGNS + 1)))
    drawn = rng.choice(len(beats), count, replace=False, p=weights / weights.sum())
    chosen = [beats[number] for number in drawn]
    if teller.mistaken:
        chosen += [beat for beat in shape.beats if _mistaken(beat, teller)]
    for beat in sorted(chosen, key=lambda each: each.at):
        _as_it_was(beat).tell(teller)


def can_be_explained(beat: Beat) -> bool:
    """Whether a beat, or what an agency writes that sees no further, may mean nothing."""
    if isinstance(beat, HomeLog | Log | Worker):
        return not beat.suspects or bool(beat.misread and beat.misread[1])
    return isinstance(beat, EXPLAINED) or (
        isinstance(beat, PoliceNotice) and (not beat.suspects or beat.misread is not None)
    )


def _mistaken(beat: Beat, teller: Teller) -> bool:
    """Whether a beat is one in which the mistaken agency writes of exploitation."""
    if isinstance(beat, Referral):
        return beat.by in teller.mistaken
    return isinstance(beat, PoliceNotice) and beat.misread is None and beat.suspects


def _as_it_was(beat: Beat) -> Beat:
    """A child goes missing once; a referral comes to nothing that would be exploitation."""
    if isinstance(beat, Gone):
        return replace(beat, times=1, still=False)
    return replace(beat, answers=NOT_SO, factors=()) if isinstance(beat, Referral) else beat


def _fits(shape: Shape, teller: Teller, people: People, person: int) -> bool:
    """Whether the shape could befall the child: nobody is given what is written of others."""
    return (
        shape.ages[0] <= teller.age(teller.since) <= shape.ages[1]
        and any(can_be_explained(beat) for beat in shape.beats)
        and (teller.girl or shape.girls < 1)
        and (not teller.girl or shape.girls > 0)
        and shape.in_care == (teller.in_care_on(teller.since) is not None)
        and shape.unaccompanied == bool(people.unaccompanied[person])
        and not shape.crossed_border
        and (not shape.disabled or bool(people.disability[person]))
    )


def _who(
    people: People,
    stories: tuple[Storyline, ...],
    happenings: Happenings,
    district: District,
    period: Period,
    rng: np.random.Generator,
) -> list[int]:
    ages = people.ages(period.start + timedelta(days=period.days // 2))
    may = (ages >= AGES[0]) & (ages <= AGES[1]) & ~people.on_no_roll
    may &= (np.isnat(people.arrived) | people.unaccompanied) & np.isnat(people.left)
    may[[story.person for story in stories]] = False
    weights = may.astype(float)
    weights[list({each.person for each in happenings.placements})] *= OFTENER_IN_CARE
    count = max(1, round(FOR_EACH * EXPLOITED * district.children))
    count = min(count, int(np.count_nonzero(weights)))
    drawn = rng.choice(len(people), count, replace=False, p=weights / weights.sum())
    return sorted(drawn.tolist())


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
    mistaken = [one_of(AGENCIES, rng)] if rng.random() < MISTAKEN else []
    return Teller(
        person=person,
        girl=people.sex[person] == "F",
        born=people.born(person),
        concern="",
        since=since,
        until=since + length,
        cast=draw_cast(rng),
        noticing=frozenset(),
        mistaken=frozenset(mistaken),
        lateness=district.lateness,
        homes=homes,
        interviews=GOOD,
        said=NOTHING_SAID,
        period=period,
        rng=rng,
        cases=[],
        placements=[],
    )
