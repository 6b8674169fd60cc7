"""Making the children of a district, and of those who left it: every column of `People`."""

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.districts import District
from keepsight.synthetic.people import circumstances
from keepsight.synthetic.people.columns import NEVER, Days, People, ages_of
from keepsight.synthetic.people.families import name_children
from keepsight.synthetic.people.heritage import TRAVELLING, communities, ethnic_groups
from keepsight.synthetic.people.homes import births, homes, households
from keepsight.synthetic.people.names import Texts
from keepsight.synthetic.people.numbers import nhs_numbers, upns
from keepsight.synthetic.people.unaccompanied import with_unaccompanied
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.schools.terms import september_before, start_of_school_year

CLOSED_SCHOOLS = 2901
"""Establishment numbers of schools that gave UPNs and are no more, so that none is given twice."""


def as_they_were(people: People) -> People:
    """Those of a district's children who came from another, as they were in the one they left."""
    gone = people.only(np.flatnonzero(~np.isnat(people.arrived) & ~people.from_afar))
    before = {field.name: getattr(gone, field.name) for field in fields(gone)}
    before |= {
        "household": np.unique(gone.household, return_inverse=True)[1],
        "postcode": gone.former_postcode,
        "other_postcode": np.full(len(gone), "", object),
        "moved": np.full(len(gone), NEVER),
        "left": gone.arrived,
        "arrived": np.full(len(gone), NEVER),
    }
    return People(**before)


def populate(district: District, period: Period) -> People:
    """The children aged 0 to 17 today who live in a district, siblings beside each other."""
    count, seed, rng = district.children, district.seed, stream(district.seed, "households")
    household, order = households(count, rng)
    birth = births(household, order, period.today, rng)
    sex = np.where(rng.random(count) < per_child("boys"), "M", "F")
    group = ethnic_groups(int(household[-1]) + 1, rng)
    travelling = np.isin(group.astype(str), TRAVELLING)
    live = homes(district, travelling, period, stream(seed, "homes"))
    names = name_children(household, order, sex, birth, communities(group, rng), period, seed)
    means = stream(seed, "circumstances")
    free = circumstances.free_meals(travelling, means)[household]
    sen = circumstances.provision(free, means)
    schools = stream(seed, "schools")
    primary = schools.integers(0, district.primaries, len(group))[household]
    came = np.where(live.from_other_district, live.moved, NEVER)[household]
    hidden = circumstances.unknown(household, ages_of(birth, period.today), means)
    people = People(
        number=district.first + np.arange(count),
        household=household,
        birth=birth,
        sex=sex,
        forename=names.forename,
        also_written=names.also_written,
        surname=names.surname,
        former_surname=names.former_surname,
        renamed=names.renamed,
        postcode=live.postcode[household],
        former_postcode=live.former_postcode[household],
        other_postcode=live.other_postcode[household],
        moved=live.moved[household],
        arrived=came,
        from_afar=np.zeros(count, bool),
        left=np.full(count, NEVER),
        ethnicity=group[household],
        disability=circumstances.disabilities(sen, means),
        sen=sen,
        free_meals=free,
        unaccompanied=np.zeros(count, bool),
        on_no_roll=hidden | (means.random(count) < circumstances.ON_NO_ROLL),
        unknown=hidden,
        primary=primary,
        secondary=schools.integers(0, district.secondaries, len(group))[household],
        special=circumstances.special_schools(sen, district.specials, schools),
        nhs=nhs_numbers(district.first + np.arange(count), stream(district.county_seed, "nhs")),
        upn=_upns(district, primary, birth, came, period),
    )
    return with_unaccompanied(people, period, stream(seed, "unaccompanied"))


def _upns(
    district: District, primary: NDArray[np.int64], birth: Days, came: Days, period: Period
) -> Texts:
    """Pupil numbers as the first school gave them, in the September after the fourth birthday.

    A child who has not started school has none; one who started before it came to the district
    has that of a school of the council from which it `came`.
    """
    here = np.array([f"{district.authority}{2001 + n}" for n in range(district.primaries)])
    there = np.array([f"{district.authority_before}{CLOSED_SCHOOLS + n}" for n in range(50)])
    started = september_before(birth) + 5
    before = ~np.isnat(came) & (september_before(came) >= started)
    schools = np.where(before, there[primary % len(there)], here[primary])
    given = upns(schools.astype(object), started)
    return np.where(started <= start_of_school_year(period.today).year, given, "")
