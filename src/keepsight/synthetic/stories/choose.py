"""Which children are exploited, in which way, since when, and which agencies see what it means."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.districts import District
from keepsight.synthetic.life.care import LookedAfter
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.stories.cast import Cast, draw_cast
from keepsight.synthetic.stories.shape import Form, Shape
from keepsight.synthetic.stories.shapes import SHAPES
from keepsight.synthetic.stories.teller import AGENCIES

EXPLOITED = 35 / 10_000
"""Children exploited at some time in the period (our own assumption: nobody knows the number).

Ten LSCBs knew of 15 to 23 per 10,000 in a year (`domain.md` section 7); about half of ours are
seen by any agency.
"""
FEWEST = 6
STEREOTYPES = (
    ("a boy who is sexually exploited", 0.6),
    ("a disabled child", 0.65),
    ("a child under twelve", 0.65),
    ("a child of a minority ethnic group", 0.85),
)
"""How much less likely each agency is to see it, as inquiries found; put in so that a difference
by group can be measured. It is our own assumption, and no rule of the product may read it."""
WHITE = ("WBRI", "WIRI", "WOTH")
TOGETHER = timedelta(weeks=8)
"""Children of one network come into it within so long of each other."""
TRIES = 6
ROTATED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyline:
    """The truth about one exploited child: who, in which way, from when until when, with whom.

    `person` is the child's row, `number` its number in the county, `network` counts the networks
    of the district. `noticing` are the agencies that see what the signs mean.
    """

    person: int
    number: int
    shape: Shape
    network: int
    since: date
    until: date
    cast: Cast
    noticing: frozenset[str]


def choose(
    people: People, cared_for: LookedAfter, district: District, period: Period
) -> tuple[Storyline, ...]:
    """About 35 children in 10,000, six at least, in networks of one child or of several."""
    chooser = _Chooser(people, cared_for, district, period)
    count, number = max(FEWEST, round(EXPLOITED * district.children)), 0
    # A shape's weight is of children, so that of its networks is the less, the larger they are.
    weights = np.array([2 * shape.weight / sum(shape.children) for shape in SHAPES])
    rng = stream(district.seed, "shapes")
    stories: list[Storyline] = []
    while len(stories) < count and number < TRIES * count:
        # Where there are fewer stories than shapes, each is taken once, each district from another
        # one on, so that a small county has as many as it can; else their weights decide.
        drawn = int(rng.choice(len(SHAPES), p=weights / weights.sum()))
        turn = (number + ROTATED * district.number) % len(SHAPES)
        shape = SHAPES[turn if count <= len(SHAPES) else drawn]
        stories += chooser.network(shape, number)
        number += 1
    return tuple(stories[:count])


class _Chooser:
    """Picks the children of each network, none of them twice."""

    def __init__(
        self, people: People, cared_for: LookedAfter, district: District, period: Period
    ) -> None:
        self.people, self.district, self.period = people, district, period
        self.free = np.ones(len(people), bool)
        self.in_care_since = np.full(len(people), np.datetime64("NaT"), "datetime64[D]")
        today = np.isnat(cared_for.ended)
        self.in_care_since[cared_for.person[today]] = cared_for.started[today]

    def network(self, shape: Shape, number: int) -> list[Storyline]:
        rng = stream(self.district.seed, "network", str(number))
        length = timedelta(weeks=int(rng.integers(shape.weeks[0], shape.weeks[1] + 1)))
        begin, cast = self._begin(shape, length, rng), draw_cast(rng)
        wanted, stories = int(rng.integers(shape.children[0], shape.children[1] + 1)), []
        for _ in range(wanted):
            since = (
                begin + timedelta(days=int(rng.integers(0, TOGETHER.days))) if stories else begin
            )
            person = self._pick(shape, since, length, rng)
            if person is None:
                break
            self.free[person] = False
            if shape.crossed_border:
                since = self._around_the_move(person, length)
            stories.append(
                Storyline(
                    person=person,
                    number=int(self.people.number[person]),
                    shape=shape,
                    network=number,
                    since=since,
                    until=since + length,
                    cast=cast,
                    noticing=self._noticing(shape, person, since, rng),
                )
            )
        return stories

    def _begin(self, shape: Shape, length: timedelta, rng: np.random.Generator) -> date:
        """So that at least half of the story lies in the period, and most of it before today."""
        latest = self.period.today - length / 2
        earliest = self.period.start + timedelta(days=14)
        days = max(1, (latest - earliest).days)
        # More of them go on today than have ended.
        return earliest + timedelta(days=int(days * rng.beta(2.2, 1.2)))

    def _around_the_move(self, person: int, length: timedelta) -> date:
        arrived: date = self.people.arrived[person].astype(object)
        return arrived - timedelta(days=int(0.48 * length.days))

    def _pick(
        self, shape: Shape, since: date, length: timedelta, rng: np.random.Generator
    ) -> int | None:
        girl = rng.random() < shape.girls
        may = self._may(shape, since, length)
        of_sex = may[self.people.sex[may] == ("F" if girl else "M")]
        choices = of_sex if len(of_sex) or shape.girls in (0.0, 1.0) else may
        return int(choices[rng.integers(len(choices))]) if len(choices) else None

    def _may(self, shape: Shape, since: date, length: timedelta) -> NDArray[np.int64]:
        people, ages = self.people, self.people.ages(since)
        may = self.free & (ages >= shape.ages[0]) & (ages <= shape.ages[1])
        arrived = people.arrived
        if shape.crossed_border:
            room = timedelta(days=int(0.5 * length.days))
            early, late = self.period.start + room, self.period.today - room
            may &= ~people.from_afar & (arrived > np.datetime64(early))
            may &= arrived < np.datetime64(late)
        else:
            may &= np.isnat(arrived) | (arrived < np.datetime64(since))
        if shape.in_care:
            may &= self.in_care_since < np.datetime64(since)
        else:
            may &= np.isnat(self.in_care_since)
        may &= people.unaccompanied == shape.unaccompanied
        may &= (people.disability != "") | (not shape.disabled)
        # Only a child whom nobody has met can leave no record at all, not even of school.
        may &= people.unknown == (shape.key == "never on a roll")
        may &= ~people.on_no_roll | people.unknown
        return np.flatnonzero(may)

    def _noticing(
        self, shape: Shape, person: int, since: date, rng: np.random.Generator
    ) -> frozenset[str]:
        people, born = self.people, self.people.born(person)
        applies = (
            people.sex[person] == "M" and shape.form is Form.SEXUAL,
            bool(people.disability[person]),
            (since - born).days < 12 * 365,
            people.ethnicity[person] not in WHITE,
        )
        chance = shape.seen
        for holds, (_, factor) in zip(applies, STEREOTYPES, strict=True):
            chance *= factor if holds else 1.0
        return frozenset(
            a
            for a, drawn in zip(AGENCIES, rng.random(len(AGENCIES)), strict=True)
            if drawn < chance
        )
