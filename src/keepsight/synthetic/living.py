"""One district lives through the period: its children, what happens to them, who is exploited."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.life import ordinary_happenings
from keepsight.synthetic.life.care import looked_after_children
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.people.households import as_they_were, populate
from keepsight.synthetic.period import Period
from keepsight.synthetic.schools.rolls import Enrolments, Finder, enrol
from keepsight.synthetic.stories import Echo, Storyline, Told, choose, echo, unfold

CHILDREN_A_HOME = 7_500
"""One children's home for so many children of the district (our own assumption)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A district after the period. `people` are its children, and after them those who left it."""

    district: District
    period: Period
    people: People
    homes: int
    enrolments: Enrolments
    happenings: Happenings
    told: tuple[Told, ...]
    echoes: tuple[Echo, ...]


def live(district: District, neighbour: District, period: Period) -> Lived:
    """What happens in a district, whose children move to and fro with the neighbour."""
    own, theirs = populate(district, period), populate(neighbour, period)
    people = own.joined(as_they_were(theirs))
    homes = max(1, round(district.children / CHILDREN_A_HOME))
    cared_for = looked_after_children(own, period, district.seed)
    happenings = ordinary_happenings(people, cared_for, district, period, homes)
    stories = (
        *choose(own, cared_for, district, period),
        *_of_leavers(people, theirs, district, neighbour, period),
    )
    told = unfold(stories, happenings, district, period, homes)
    echoes = echo(people, stories, happenings, district, period)
    here, lists = _Here(people), (happenings, *(each.records for each in (*told, *echoes)))
    for records in lists:
        records.keep(here)
    enrolments = enrol(people, district, period, happenings.roll_changes)
    finder = enrolments.finder()
    for records in lists:
        _keep_at_school(records, finder)
    return Lived(
        district=district,
        period=period,
        people=people,
        homes=homes,
        enrolments=enrolments,
        happenings=happenings,
        told=told,
        echoes=echoes,
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


def _keep_at_school(records: Happenings, finder: Finder) -> None:
    """Forget what a school would have written of a child who was not on its roll that day."""
    for kind in (records.concerns, records.exclusions):
        kind[:] = [each for each in kind if finder.school(each.person, each.day) is not None]
    changes = records.roll_changes
    changes[:] = [each for each in changes if finder.left(each.person, each.left)]


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
