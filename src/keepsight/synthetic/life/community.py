"""Youth justice, children's homes, housing and the charity in ordinary times."""

from keepsight.synthetic.happenings import (
    CharityReport,
    Happenings,
    HousingCall,
    YouthJusticeContact,
)
from keepsight.synthetic.life.choices import (
    age_on,
    aged,
    at_a_moment,
    on_a_day,
    one_of,
    times,
)
from keepsight.synthetic.life.policing import RESPONSIBLE
from keepsight.synthetic.life.wording import (
    CHARITY_REPORTS,
    HOUSING_CALLS,
    YOUTH_JUSTICE,
)
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period, in_office_hours, on_weekday
from keepsight.synthetic.randomness import stream

YOUTH_JUSTICE_A_YEAR, HOUSING_A_YEAR, CHARITY_A_YEAR = 0.015, 0.02, 0.02
"""A child a year (our own assumptions)."""


def ordinary_community(people: People, period: Period, seed: int) -> Happenings:
    """Contacts, calls and reports."""
    return Happenings(
        youth_justice=_youth_justice(people, period, seed),
        housing_calls=_housing(people, period, seed),
        charity_reports=_charity(people, period, seed),
    )


def _youth_justice(people: People, period: Period, seed: int) -> list[YouthJusticeContact]:
    rng, may, found = stream(seed, "youth justice"), aged(people, 11, 17, period), []
    for person in times(may, YOUTH_JUSTICE_A_YEAR, period, rng):
        kind, offence, text = one_of(YOUTH_JUSTICE, rng)
        day = on_weekday(in_office_hours(at_a_moment(people, person, period, rng))).date()
        if age_on(people, person, day) >= RESPONSIBLE:
            found.append(
                YouthJusticeContact(person=person, day=day, kind=kind, offence=offence, text=text)
            )
    return found


def _housing(people: People, period: Period, seed: int) -> list[HousingCall]:
    rng, found = stream(seed, "housing"), []
    for person in times(aged(people, 0, 17, period), HOUSING_A_YEAR, period, rng):
        kind, text = one_of(HOUSING_CALLS, rng)
        called = in_office_hours(at_a_moment(people, person, period, rng))
        found.append(HousingCall(person=person, called=called, kind=kind, text=text))
    return found


def _charity(people: People, period: Period, seed: int) -> list[CharityReport]:
    rng, found = stream(seed, "charity"), []
    for person in times(aged(people, 9, 17, period), CHARITY_A_YEAR, period, rng):
        kind, text = one_of(CHARITY_REPORTS, rng)
        day = on_a_day(people, person, period, rng)
        found.append(CharityReport(person=person, day=day, kind=kind, text=text))
    return found
