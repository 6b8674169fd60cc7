"""One district lives through the period: its children, what happens to them, who is exploited."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from keepsight.synthetic.districts import District
from keepsight.synthetic.happened import Happened
from keepsight.synthetic.life import ordinary_happenings
from keepsight.synthetic.life.care import looked_after_children
from keepsight.synthetic.life.home_log import home_notes, log_missing
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.people.households import as_they_were, populate
from keepsight.synthetic.period import Period
from keepsight.synthetic.schools.rolls import enrol
from keepsight.synthetic.stories import InnocentSigns, Storyline, Told, add_innocent, choose, unfold
from keepsight.synthetic.stories.remaining import kept_in
from keepsight.synthetic.tidying import keep_what_schools_could_write, take_out_what_cannot_be

CHILDREN_A_HOME, FEWEST_HOMES = 7_500, 2
"""One children's home for so many children of the district (our own assumption)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """What happened in a district, and the truth about it."""

    happened: Happened
    told: tuple[Told, ...]
    innocent: tuple[InnocentSigns, ...]


def live(district: District, neighbour: District, period: Period) -> Lived:
    """What happens in a district, whose children move on to the neighbour."""
    own, theirs = populate(district, period), populate(neighbour, period)
    people = own.joined(as_they_were(theirs))
    homes = max(FEWEST_HOMES, round(district.children / CHILDREN_A_HOME))
    cared_for = looked_after_children(own, period, district.seed)
    happenings = ordinary_happenings(people, cared_for, district, period, homes)
    stories = (
        *choose(own, cared_for, district, period),
        *_of_leavers(people, theirs, district, neighbour, period),
    )
    told = unfold(stories, people, happenings, district, period, homes)
    innocent = add_innocent(people, stories, happenings, district, period, homes)
    # Where a child lives, and so which home writes of it, is known after its story is told.
    happenings.home_entries += home_notes(happenings.placements, period, district.seed)
    happenings.keep(_Here(people))
    take_out_what_cannot_be(happenings, people, period, district.seed)
    enrolments = enrol(people, district, period, happenings.roll_changes)
    keep_what_schools_could_write(happenings, enrolments.finder())
    log_missing(happenings, district.seed)
    kept = kept_in(happenings)
    return Lived(
        happened=Happened(
            district=district,
            period=period,
            people=people,
            homes=homes,
            enrolments=enrolments,
            happenings=happenings,
        ),
        told=tuple(each.as_it_remained(kept) for each in told),
        innocent=tuple(each.as_it_remained(kept) for each in innocent),
    )


def _of_leavers(
    people: People, theirs: People, district: District, neighbour: District, period: Period
) -> list[Storyline]:
    """The beginnings of stories whose children live in the neighbour's district now."""
    cared_for = looked_after_children(theirs, period, neighbour.seed)
    rows = {
        int(number): row for row, number in enumerate(people.number) if row >= district.children
    }
    return [
        replace(story, person=rows[story.number])
        for story in choose(theirs, cared_for, neighbour, period)
        if story.shape.crossed_border
    ]


class _Here:
    """Whether something that happened to a child on a day happened in this district."""

    def __init__(self, people: People) -> None:
        moved = ~np.isnat(people.arrived) | ~np.isnat(people.left)
        self.people, self.movers = people, set(np.flatnonzero(moved).tolist())
        self.unknown = set(np.flatnonzero(people.unknown).tolist())

    def __call__(self, person: int, day: date) -> bool:
        if person in self.unknown:
            return False
        return person not in self.movers or self.people.lives_here(person, day)
