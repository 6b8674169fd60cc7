"""Youth justice, children's homes, housing and the charity in ordinary times."""

from datetime import datetime, timedelta

import numpy as np

from keepsight.synthetic.happenings import (
    CharityReport,
    Happenings,
    HomeEntry,
    HousingCall,
    Placement,
    YouthJusticeContact,
)
from keepsight.synthetic.life.care import CHILDRENS_HOME
from keepsight.synthetic.life.choices import (
    YEAR_DAYS,
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
    HOME_ENTRIES,
    HOUSING_CALLS,
    YOUTH_JUSTICE,
)
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period, at, in_office_hours, on_weekday
from keepsight.synthetic.randomness import stream

YOUTH_JUSTICE_A_YEAR, HOUSING_A_YEAR, CHARITY_A_YEAR, HOME_ENTRIES_A_YEAR = 0.015, 0.02, 0.02, 40
"""A child a year; entries of a home, a child who lives there (our own assumptions)."""


def ordinary_community(
    people: People, placements: list[Placement], period: Period, seed: int
) -> Happenings:
    """Contacts, calls, reports and log entries."""
    return Happenings(
        youth_justice=_youth_justice(people, period, seed),
        housing_calls=_housing(people, period, seed),
        charity_reports=_charity(people, period, seed),
        home_entries=_home_log(placements, period, seed),
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


def _home_log(placements: list[Placement], period: Period, seed: int) -> list[HomeEntry]:
    rng, found = stream(seed, "home log"), []
    for placement in placements:
        if placement.place != CHILDRENS_HOME:
            continue
        since = max(placement.started, period.start)
        days = ((placement.ended or period.today) - since).days
        if days <= 0:
            continue
        for number in np.sort(
            rng.integers(0, days, rng.poisson(HOME_ENTRIES_A_YEAR * days / YEAR_DAYS))
        ):
            kind, text = one_of(HOME_ENTRIES, rng)
            found.append(
                HomeEntry(
                    person=placement.person,
                    home=placement.home,
                    written=written_after(at(since + timedelta(days=int(number)), rng)),
                    kind=kind,
                    text=text,
                )
            )
    return found


def written_after(moment: datetime) -> datetime:
    """Homes write up the day at its end."""
    return moment.replace(hour=max(moment.hour, 18))
