"""What the police write down in ordinary times."""

from datetime import datetime, timedelta

import numpy as np

from keepsight.synthetic.happenings import Crime, Happenings, Notice, Sighting
from keepsight.synthetic.life.choices import age_on, aged, at_a_moment, one_of, pick, times
from keepsight.synthetic.life.vehicles import vehicle
from keepsight.synthetic.life.wording import (
    CRIMES,
    FLAGGED,
    NAMED,
    NOTICE_WEIGHTS,
    NOTICES,
    OUTCOMES,
    PUBLIC_PLACES,
    SEEN_WITH,
    SHOPS,
    TOWNS,
    WRONGLY_FLAGGED,
)
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream

RESPONSIBLE = 10
"""Age of criminal responsibility in England (Children and Young Persons Act 1933, section 50)."""
NOTICES_A_YEAR, CRIMES_A_YEAR, SIGHTINGS_A_YEAR = 0.045, 0.03, 0.012
"""A child a year (our own assumptions); crimes and sightings of children from ten."""
UNTIL_REPORTED = 900
"""Minutes from a crime to its report, on average (our own assumption)."""
UNLIKE = 0.35
"""Shape of the gamma law by which families and children differ in all this."""
NAMED_PLACE, IN_A_TOWN, AT_A_SHOP, IN_A_VEHICLE = 0.35, 0.04, 0.3, 0.12
"""Share of crimes at a place with a name, or in another town; of sightings at a shop, in a car."""
SEEN_BY = (("Patrol", 0.75), ("Public", 0.15), ("Licensing", 0.05), ("ANPR", 0.05))


def ordinary_policing(people: People, period: Period, seed: int) -> Happenings:
    """Public protection notices, crime reports, sightings."""
    return Happenings(
        notices=_notices(people, period, seed),
        crimes=_crimes(people, period, seed),
        sightings=_sightings(people, period, seed),
    )


def _notices(people: People, period: Period, seed: int) -> list[Notice]:
    rng, may = stream(seed, "notices"), aged(people, 0, 17, period)
    choices = tuple(zip(NOTICES, NOTICE_WEIGHTS, strict=True))
    found = []
    for person in times(may, NOTICES_A_YEAR * rng.gamma(UNLIKE, 1 / UNLIKE, len(may)), period, rng):
        concern, text = pick(choices, rng)
        raised = at_a_moment(people, person, period, rng)
        if "child" in concern.lower() and age_on(people, person, raised.date()) < RESPONSIBLE:
            concern, text = NOTICES[0]
        found.append(Notice(person=person, raised=raised, concern=concern, text=text))
    return found


def _crimes(people: People, period: Period, seed: int) -> list[Crime]:
    rng, may = stream(seed, "crimes"), aged(people, 10, 17, period)
    choices = tuple((row[:3], row[3]) for row in CRIMES)
    found = []
    for person in times(may, CRIMES_A_YEAR * rng.gamma(UNLIKE, 1 / UNLIKE, len(may)), period, rng):
        role, offence, place = pick(choices, rng)
        happened = at_a_moment(people, person, period, rng)
        reported = happened + timedelta(minutes=int(rng.exponential(UNTIL_REPORTED)))
        if role == "Suspect" and age_on(people, person, reported.date()) < RESPONSIBLE:
            role, offence, place = CRIMES[0][:3]
        found.append(
            Crime(
                person=person,
                happened=happened,
                reported=reported,
                role=role,
                offence=offence,
                place=_place(place, rng),
                exploitation_flag=offence in FLAGGED and bool(rng.random() < WRONGLY_FLAGGED),
                outcome=one_of(OUTCOMES[role], rng),
            )
        )
    return found


def _place(kind: str, rng: np.random.Generator) -> str:
    """A place of a kind: by its name at times, and at times far away."""
    if kind not in NAMED or rng.random() > NAMED_PLACE:
        return kind
    where = one_of(TOWNS if rng.random() < IN_A_TOWN / NAMED_PLACE else NAMED[kind], rng)
    return where[:1].upper() + where[1:]


def too_young(person: int, raised: datetime, offence: str) -> Notice:
    """What is written instead of a crime report of a suspect who is under ten."""
    text = f"Under ten, so not dealt with for {offence[:1].lower()}{offence[1:]}; parents told."
    return Notice(person=person, raised=raised, concern="Behaviour of the child", text=text)


def _sightings(people: People, period: Period, seed: int) -> list[Sighting]:
    rng, may = stream(seed, "sightings"), aged(people, 10, 17, period)
    return [
        Sighting(
            person=person,
            seen=at_a_moment(people, person, period, rng),
            place=one_of(SHOPS if rng.random() < AT_A_SHOP else PUBLIC_PLACES, rng),
            vehicle=vehicle(rng) if rng.random() < IN_A_VEHICLE else "",
            company=pick(SEEN_WITH, rng),
            told_by=pick(SEEN_BY, rng),
        )
        for person in times(may, SIGHTINGS_A_YEAR, period, rng)
    ]
