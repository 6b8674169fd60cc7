"""Ordinary life, at published rates: what makes it hard to see who is exploited."""

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.life.care import LookedAfter, placements
from keepsight.synthetic.life.community import ordinary_community
from keepsight.synthetic.life.education import ordinary_schooling
from keepsight.synthetic.life.front_door import ordinary_contacts, ordinary_early_help
from keepsight.synthetic.life.health import ordinary_health
from keepsight.synthetic.life.missing import ordinary_missing
from keepsight.synthetic.life.policing import ordinary_policing
from keepsight.synthetic.life.referrals import ordinary_cases
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period

__all__ = ["ordinary_happenings"]


def ordinary_happenings(
    people: People, cared_for: LookedAfter, district: District, period: Period, homes: int
) -> Happenings:
    """What happens to a district's children in ordinary times.

    `homes` is the number of the district's children's homes. What is told of a child on a day
    when it did not live in the district is dropped later.
    """
    seed, cases = district.seed, ordinary_cases(people, cared_for, district, period)
    placed = placements(people, cared_for, homes, period, seed)
    happenings = Happenings(
        cases=cases,
        placements=placed,
        contacts=ordinary_contacts(people, cases, district, period),
        early_help=ordinary_early_help(people, district, period),
    )
    happenings.add(ordinary_health(people, period, seed))
    happenings.add(ordinary_missing(people, placed, period, seed))
    happenings.add(ordinary_schooling(people, period, seed))
    happenings.add(ordinary_policing(people, period, seed))
    happenings.add(ordinary_community(people, period, seed))
    return happenings
