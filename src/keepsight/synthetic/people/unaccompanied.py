"""Unaccompanied children: alone, new to the county, with a day of birth that nobody knows."""

from dataclasses import replace

import numpy as np

from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.people.columns import NEVER, People
from keepsight.synthetic.people.families import born_on_the_15th
from keepsight.synthetic.people.names import forenames, spelled_otherwise, surnames
from keepsight.synthetic.period import Period

SHARE_OF_LOOKED_AFTER = 0.09
"""Unaccompanied children among those looked after, 31 March 2025 (mark M)."""
BOYS = 0.95
"""Share of them who are boys (mark M)."""
AGES = ((14, 0.06), (15, 0.14), (16, 0.35), (17, 0.45))
GROUPS = (("AOTH", "afghan", 0.35), ("BAFR", "somali", 0.35), ("OOTH", "arab", 0.2),
          ("OOTH", "turkish", 0.05), ("WOTH", "european", 0.05))  # fmt: skip
"""Ethnic group, community of names, and share (our own assumption)."""
ARRIVED_IN_PERIOD = 0.7


def with_unaccompanied(people: People, period: Period, rng: np.random.Generator) -> People:
    """The same people, some of those who live alone in their household now unaccompanied."""
    count = max(1, round(SHARE_OF_LOOKED_AFTER * per_child("looked_after") * len(people)))
    alone = np.bincount(people.household)[people.household] == 1
    may = np.flatnonzero(alone & (people.ages(period.today) >= 14) & np.isnat(people.arrived))
    may = may[~people.unknown[may]]
    rows = np.sort(rng.choice(may, min(count, len(may)), replace=False))
    changed = {name: getattr(people, name).copy() for name in _CHANGED}
    ages = rng.choice([age for age, _ in AGES], len(rows), p=[share for _, share in AGES])
    which = rng.choice(len(GROUPS), len(rows), p=[share for _, _, share in GROUPS])
    community = np.array([GROUPS[n][1] for n in which], object)
    changed["sex"][rows] = np.where(rng.random(len(rows)) < BOYS, "M", "F")
    changed["birth"][rows] = born_on_the_15th(ages, period.today, rng)
    changed["ethnicity"][rows] = [GROUPS[n][0] for n in which]
    years = changed["birth"][rows].astype("datetime64[Y]").astype(np.int64) + 1970
    name = forenames(changed["sex"][rows], years, community, rng)
    changed["forename"][rows] = name
    changed["also_written"][rows] = [spelled_otherwise(each, rng) for each in name]
    changed["surname"][rows] = changed["former_surname"][rows] = surnames(community, rng)
    changed["former_postcode"][rows] = people.postcode[rows]
    changed["moved"][rows] = changed["renamed"][rows] = NEVER
    day = np.datetime64(period.start) + rng.integers(1, period.days - 7, len(rows))
    recent = rng.random(len(rows)) < ARRIVED_IN_PERIOD
    changed["arrived"][rows] = np.where(recent, day, NEVER)
    changed["from_afar"][rows] = recent
    changed["unaccompanied"][rows] = True
    changed["other_postcode"][rows] = changed["upn"][rows] = ""
    return replace(people, **changed)


_CHANGED = (
    "sex", "birth", "ethnicity", "forename", "also_written", "surname", "former_surname",
    "former_postcode", "other_postcode", "moved", "renamed", "arrived", "from_afar",
    "unaccompanied", "upn",
)  # fmt: skip
