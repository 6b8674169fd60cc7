"""One exploited child's story: the truth, and every record of every agency beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from keepsight.synthetic.district import neighbour_of
from keepsight.synthetic.districts import districts
from keepsight.synthetic.living import Lived, live
from keepsight.synthetic.period import WEEKS, Period
from keepsight.synthetic.reading.entries import Entry, entries_of
from keepsight.synthetic.reading.register import register_of
from keepsight.synthetic.stories import Told
from keepsight.synthetic.stories.naming import Suspicions, suspicions


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened to one child, and what each agency wrote down of it.

    `suspected` has the first day on which each kind of agency wrote that it thinks of
    exploitation, `answers` what the council made of each referral. `entries` hold the child's
    whole life in the period, not the story alone. `going_on` where it has not ended.
    """

    number: int
    child: int
    district: str
    title: str
    form: str
    by: str
    sex: str
    age: int
    looked_after: bool
    disabled: bool
    since: date
    until: date
    going_on: bool
    suspected: dict[str, date]
    answers: tuple[tuple[date, str], ...]
    entries: tuple[Entry, ...]

    def agencies(self) -> list[str]:
        """Those who hold any record of the child, the ones with most records first."""
        held = [entry.agency for entry in self.entries]
        return sorted(set(held), key=lambda agency: (-held.count(agency), agency))


def stories(children: int, seed: int, today: date) -> Iterator[Story]:
    """Every story of the county, district by district, one of each shape first."""
    places, number = districts(children, seed), 0
    for place in places:
        lived = live(place, neighbour_of(place.number, places), Period(today, WEEKS))
        named = suspicions(lived.happened.happenings)
        here = [told for told in lived.told if told.story.person < place.children]
        for told in _one_of_each_first(here):
            number += 1
            yield _story(number, told, lived, named)


def _one_of_each_first(told: Sequence[Told]) -> list[Told]:
    """The first story of each shape, and then the others."""
    first = {each.story.shape.key: each for each in reversed(told)}
    firsts = [each for each in told if first[each.story.shape.key] is each]
    return firsts + [each for each in told if first[each.story.shape.key] is not each]


def _story(number: int, told: Told, lived: Lived, named: Suspicions) -> Story:
    story, happened = told.story, lived.happened
    people = happened.people
    entries = (
        *entries_of(story.person, happened.happenings),
        *register_of(story.person, happened),
    )
    return Story(
        number=number,
        child=story.number,
        district=happened.district.name,
        title=story.shape.title,
        form=story.shape.form.value,
        by=story.shape.by.value,
        sex="girl" if people.sex[story.person] == "F" else "boy",
        age=int(people.ages(story.since)[story.person]),
        looked_after=story.shape.in_care,
        disabled=bool(people.disability[story.person]),
        since=story.since,
        until=story.until,
        going_on=story.until >= happened.period.today,
        suspected=named.get(story.person, {}),
        answers=told.answers,
        entries=tuple(sorted(entries, key=lambda entry: entry.when)),
    )
