"""Exploited children's records as they unfold over months, on top of their ordinary lives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.stories.beats import Absent, Moved, OffRoll
from keepsight.synthetic.stories.choose import Storyline
from keepsight.synthetic.stories.teller import Teller

LEFT_OUT = 0.15
"""Share of a shape's beats that do not happen to a child: no two stories are the same."""
ALWAYS = (Absent, OffRoll, Moved)
"""Beats on which others rest, which happen to every child of the shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of a storyline in one district.

    `suspicions` has the first day on which each kind of agency wrote that it thinks of
    exploitation; `responses` what the council made of each referral; `records` what was added.
    """

    story: Storyline
    suspicions: dict[str, date]
    responses: tuple[str, ...]
    records: Happenings


def unfold(
    stories: Iterable[Storyline],
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
    cases = _own(happenings.cases, chosen)
    placements = _own(happenings.placements, chosen)
    told = []
    for story in chosen:
        teller = Teller(
            person=story.person,
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
            cases=cases[story.person],
            placements=placements[story.person],
        )
        for number, beat in enumerate(_in_order(story)):
            teller.rng = stream(district.county_seed, "beat", str(story.number), str(number))
            if teller.rng.random() >= LEFT_OUT or isinstance(beat, ALWAYS):
                beat.tell(teller)
        happenings.add(teller.happenings)
        told.append(
            Told(
                story=story,
                suspicions=teller.suspicions,
                responses=tuple(teller.responses),
                records=teller.happenings,
            )
        )
    happenings.cases += [case for story in chosen for case in cases[story.person]]
    happenings.placements += [each for story in chosen for each in placements[story.person]]
    return tuple(told)


def _in_order(story: Storyline) -> list:
    return sorted(story.shape.beats, key=lambda beat: beat.at)


def _own(records: list, stories: list[Storyline]) -> dict[int, list]:
    """The ordinary records of those children, taken out of the list."""
    own: dict[int, list] = {story.person: [] for story in stories}
    for record in records:
        if record.person in own:
            own[record.person].append(record)
    records[:] = [record for record in records if record.person not in own]
    return own
