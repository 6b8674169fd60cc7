"""Exploited children's records as they unfold over months, on top of their ordinary lives."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Happenings, Placement
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.stories.beats import Absent, Beat, Moved, OffRoll
from keepsight.synthetic.stories.beats.reading import Window
from keepsight.synthetic.stories.choose import Storyline
from keepsight.synthetic.stories.own import one_after_another, take_own
from keepsight.synthetic.stories.remaining import Kept, remaining
from keepsight.synthetic.stories.teller import Teller

LEFT_OUT = 0.15
"""Share of a shape's beats that do not happen to a child: no two stories are the same."""
ALWAYS = (Absent, OffRoll, Moved)
"""Beats on which others rest, which happen to every child of the shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of a storyline in one district.

    `answers` is what the council made of each referral, with the day of it; `records` what was
    added to what happened.
    """

    story: Storyline
    answers: tuple[tuple[date, str], ...]
    records: Happenings

    def as_it_remained(self, kept: Kept) -> "Told":
        """With those of its records that are left in what happened."""
        return replace(self, records=remaining(self.records, kept))


def unfold(
    stories: Iterable[Storyline],
    people: People,
    happenings: Happenings,
    district: District,
    period: Period,
    homes: int,
) -> tuple[Told, ...]:
    """Tell the stories, adding their records to what happens in the district anyway.

    Each beat has chance of its own, so that a story that is told in two districts, before and
    after a move, is the same story.
    """
    chosen = list(stories)
    persons = [story.person for story in chosen]
    cases = take_own(happenings.cases, persons)
    placements = take_own(happenings.placements, persons)
    told = []
    for story in chosen:
        teller = _teller(story, people, district, period, homes)
        teller.cases = cases[story.person]
        teller.placements = _as_story_begins(placements[story.person], story)
        for number, beat in enumerate(sorted(story.shape.beats, key=_moves_first)):
            teller.rng = stream(district.county_seed, "beat", str(story.number), str(number))
            if teller.rng.random() >= LEFT_OUT or isinstance(beat, ALWAYS):
                beat.tell(teller)
        happenings.add(teller.happenings)
        happenings.cases += one_after_another(teller.cases)
        happenings.placements += teller.placements
        told.append(Told(story=story, answers=tuple(teller.answers), records=teller.happenings))
    return tuple(told)


def _teller(
    story: Storyline, people: People, district: District, period: Period, homes: int
) -> Teller:
    return Teller(
        person=story.person,
        girl=people.sex[story.person] == "F",
        born=people.born(story.person),
        concern=story.shape.concern,
        since=story.since,
        until=story.until,
        cast=story.cast,
        noticing=story.noticing,
        lateness=district.lateness,
        homes=homes,
        interviews=story.shape.interviews,
        said=story.shape.said,
        period=period,
        rng=stream(district.county_seed, "story", str(story.number)),
        cases=[],
        placements=[],
    )


def _as_story_begins(placements: list[Placement], story: Storyline) -> list[Placement]:
    """A child's placements up to the one in which the story begins: its moves are the story's."""
    if not story.shape.in_care:
        return placements
    before = [each for each in placements if each.started <= story.since]
    return [*before[:-1], replace(before[-1], ended=None, reason_ended="", reason_changed="")]


def _moves_first(beat: Beat) -> tuple[bool, Window]:
    """Where a child lives on a day must be known before anything is written down there."""
    return not isinstance(beat, Moved), beat.at
