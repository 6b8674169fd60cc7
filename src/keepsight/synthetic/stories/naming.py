"""Which records say that an agency thinks of exploitation: read from what was written down."""

from collections.abc import Iterator
from datetime import date

from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.stories.teller import CHARITY, COUNCIL, HEALTH, HOME, POLICE, SCHOOL

CONCERN = "Exploitation concern"
"""The heading under which schools, homes and charities write it."""
FLAG = "Possible exploitation"
"""How a flag of a health service begins."""
SEXUAL, CRIMINAL = "Child sexual exploitation", "Child criminal exploitation"
NOTICES = frozenset({SEXUAL, CRIMINAL})
FACTORS = frozenset({"11A", "12A", "24A"})
"""Factors of an assessment: sexual exploitation, trafficking, criminal exploitation."""

Suspicions = dict[int, dict[str, date]]
"""For each child, the first day on which each kind of agency wrote it."""


def suspicions(happenings: Happenings) -> Suspicions:
    """Everybody of whom any agency wrote it, rightly or not."""
    found: Suspicions = {}
    for person, agency, day in _named(happenings):
        first = found.setdefault(person, {})
        first[agency] = min(day, first.get(agency, day))
    return found


def _named(happenings: Happenings) -> Iterator[tuple[int, str, date]]:
    for agency, records in (
        (SCHOOL, [each for each in happenings.concerns if each.category == CONCERN]),
        (POLICE, [each for each in happenings.notices if each.concern in NOTICES]),
        (POLICE, [each for each in happenings.crimes if each.exploitation_flag]),
        (CHARITY, [each for each in happenings.charity_reports if each.kind == CONCERN]),
        (HOME, [each for each in happenings.home_entries if each.kind == CONCERN]),
        (HEALTH, [each for each in happenings.health_flags if each.text.startswith(FLAG)]),
    ):
        for each in records:
            yield each.person, agency, each.day
    for case in happenings.cases:
        for done in case.assessments:
            if done.authorised and FACTORS & set(done.factors):
                yield case.person, COUNCIL, done.authorised
