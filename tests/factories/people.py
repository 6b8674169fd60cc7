"""Made-up subject records of four agencies with the truth known: families, twins, slips, gaps."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from keepsight.engines.linkage_extract import COLUMNS
from keepsight.kernel.identifiers import UPN as PupilNumber
from keepsight.kernel.identifiers import UPN_LETTERS
from keepsight.kernel.linkage.records import (
    LinkageRecord,
    normalise_name,
    normalise_nhs_number,
    normalise_postcode,
    normalise_upn,
)
from keepsight.synthetic.districts import districts
from keepsight.synthetic.people.households import populate
from keepsight.synthetic.people.names import mistyped, nickname, surnames
from keepsight.synthetic.people.numbers import upns
from keepsight.synthetic.period import Period

HEALTH, SCHOOL, POLICE, SOCIAL_CARE = 1, 2, 3, 4


ODD = [
    {"forename": "محمد", "surname": "علي", "date_of_birth": date(2011, 2, 3)},
    {"forename": "محمود", "surname": "علي", "date_of_birth": date(2011, 3, 2)},
    {"forename": "x" * 300, "surname": "y" * 300, "date_of_birth": date(2011, 2, 3)},
    {"forename": "x" * 299, "surname": "y" * 300, "date_of_birth": date(2011, 2, 4)},
    {"surname": "only"},
    {"surname": "only", "forename": "a"},
    {"surname": "only", "forename": "ab", "postcode": "ZZ9 9ZZ"},
    {"surname": "only", "forename": "ab", "postcode": "ZZ9 9ZA", "sex": "F"},
    {},
    {"upn": "A801400001001", "forename": "ab"},
    {"upn": "A80140000100A", "forename": "ab"},
    {"upn": "A80140000100A", "forename": "ac", "surname": "only"},
]
"""Names in another script, of 300 characters, alone, or none; numbers that are temporary."""


@dataclass(frozen=True)
class Habits:
    """How much an agency holds, and how often it is wrong: shares from 0 to 1."""

    held: float
    twice: float
    names: bool
    nhs: float
    upn: float
    postcode: float
    slips: float


HABITS = {
    HEALTH: Habits(0.95, 0.02, True, 0.98, 0.0, 0.97, 0.02),
    SCHOOL: Habits(0.75, 0.03, True, 0.0, 0.97, 0.95, 0.03),
    POLICE: Habits(0.12, 0.15, True, 0.0, 0.0, 0.85, 0.09),
    SOCIAL_CARE: Habits(0.15, 0.05, False, 0.3, 0.75, 0.6, 0.02),
}


CARELESS = {POLICE: frozenset({"date_of_birth", "forename"}), SCHOOL: frozenset({"surname"})}


def county(children: int, seed: int) -> tuple[list[LinkageRecord], dict[int, int]]:
    """Records, and each subject's child."""
    rng = np.random.default_rng(seed)
    district = replace(districts(children, seed)[0], children=children)
    people = populate(district, Period(date(2025, 9, 1)))
    years = people.birth.astype("datetime64[Y]").astype(int) + 1974
    schools = np.array([f"{800 + c % 3}{4000 + c % 90}" for c in range(children)], object)
    numbers = upns(schools, years)
    other_surname = surnames(np.full(children, "british", object), rng)
    records: list[LinkageRecord] = []
    truth: dict[int, int] = {}
    for agency, habits in HABITS.items():
        for child in np.flatnonzero(rng.random(children) < habits.held).tolist():
            for _ in range(1 + int(rng.random() < habits.twice)):
                record = _record(
                    len(records) + 1, agency, habits, people, child, numbers[child],
                    other_surname[child], rng,
                )  # fmt: skip
                truth[record.subject] = child
                records.append(record)
    return records, truth


def table_of(records):
    """The records as the table that Splink weighs."""
    rows = list(records)
    columns = {name: [_plain(getattr(row, name)) for row in rows] for name in COLUMNS.names}
    return pa.table(columns, schema=COLUMNS)


def _plain(value):
    return sorted(value) if isinstance(value, frozenset) else value


def _record(subject, agency, habits, people, child, upn, other_surname, rng):
    def slipped(text):
        return mistyped(text, rng) if rng.random() < habits.slips else text

    forename = people.forename[child]
    if rng.random() < habits.slips * 2:
        forename = nickname(forename, rng)
    surname, former_surnames = people.surname[child], frozenset()
    if rng.random() < habits.slips:
        surname, former_surnames = other_surname, _known(surname, normalise_name, rng)
    moved = rng.random() < 0.3
    postcode = people.former_postcode[child] if moved else people.postcode[child]
    earlier = people.postcode[child] if moved else people.former_postcode[child]
    former_postcodes = _known(earlier, normalise_postcode, rng)
    if rng.random() < habits.slips:
        postcode = _nearby(postcode, rng)
    sex = str(people.sex[child])
    if rng.random() < 0.004:
        sex = "M" if sex == "F" else "F"
    if rng.random() < 0.02:
        upn = _temporary(upn, rng)
    return LinkageRecord(
        subject=subject,
        agency=agency,
        forename=normalise_name(slipped(forename)) if habits.names else None,
        surname=normalise_name(slipped(surname)) if habits.names else None,
        date_of_birth=_birth(people.birth[child].astype(date), habits.slips, rng),
        sex=sex,
        nhs_number=normalise_nhs_number(people.nhs[child]) if rng.random() < habits.nhs else None,
        upn=normalise_upn(upn) if rng.random() < habits.upn else None,
        postcode=normalise_postcode(postcode) if rng.random() < habits.postcode else None,
        former_surnames=former_surnames if habits.names else frozenset(),
        former_postcodes=former_postcodes,
        careless=CARELESS.get(agency, frozenset()),
    )


def _known(text, normalise, rng):
    """What a record said before, where its agency kept that: half of the time."""
    value = normalise(text) if rng.random() < 0.5 else None
    return frozenset([value] if value else [])


def _nearby(postcode, rng):
    """Another postcode of the same sector, or of the same district."""
    last = "ABDEFGHJLN"[int(rng.integers(10))]
    if rng.random() < 0.5:
        return postcode[:-1] + last
    return f"{postcode[:-3]}{int(rng.integers(10))}{postcode[-2]}{last}"


def _birth(day, slips, rng):
    kind = rng.random()
    if kind < slips / 3 and day.day <= 12:
        return date(day.year, day.day, day.month)
    if kind < slips * 2 / 3:
        return day + timedelta(days=int(rng.choice([-10, -1, 1, 10])))
    if kind < slips * 0.8:
        return day + timedelta(days=int(rng.integers(20, 300)))
    if kind < slips * 0.85:
        return day - timedelta(days=int(rng.integers(400, 900)))
    return day


def _temporary(upn, rng):
    rest = upn[1:12] + UPN_LETTERS[int(rng.integers(len(UPN_LETTERS)))]
    return PupilNumber.check_letter(rest) + rest
