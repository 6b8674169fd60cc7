"""One day's extract of four agencies' records of children, with who each is: for measuring linkage.

The children, and how each agency comes to know them, are those of the made-up county; here every
record is one row, and nothing happens. Shares of children that an agency knows are those of
`reference/linkage.md` where it gives them, otherwise our own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.districts import District, districts
from keepsight.synthetic.people.accuracy import ACCURACY, Accuracy
from keepsight.synthetic.people.columns import Days, People
from keepsight.synthetic.people.households import populate
from keepsight.synthetic.people.knowing import Known, know
from keepsight.synthetic.people.names import Texts
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream

TODAY = date(2026, 1, 15)
SHARES = (
    (AgencyKind.HEALTH, 0.95),
    (AgencyKind.SCHOOL, 0.75),
    (AgencyKind.CHILDRENS_SOCIAL_CARE, 0.30),
    (AgencyKind.POLICE, 0.25),
)
RECORDS_A_CHILD = 2.29
"""What these shares, and children held twice, come to."""

NHS_IN_SOCIAL_CARE = 0.55
SEX_SLIP = 0.004
"""Share of records with the other sex (our own assumption)."""

LOOKED_AFTER = 0.2
"""Share of the children whom social care knows that live where it placed them."""


@dataclass(frozen=True, slots=True)
class Extracts:
    """Records column by column; a text is empty and a birth `NaT` where the agency says none.

    The former ones are those that the agency held before it learnt of a new one.
    `child` and `household` are the truth, and so are the child's `ethnicity` and `looked_after`,
    by which error is measured and nothing else.
    """

    agency: NDArray[np.int64]
    forename: Texts
    surname: Texts
    birth: Days
    sex: NDArray[np.str_]
    nhs: Texts
    upn: Texts
    postcode: Texts
    former_surname: Texts
    former_postcode: Texts
    child: NDArray[np.int64]
    household: NDArray[np.int64]
    ethnicity: Texts
    looked_after: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.child)


def extracts(records: int, seed: int) -> Extracts:
    """About so many records of an area, in no order that tells anything; the same for a seed."""
    found = [
        part
        for district in districts(round(records / RECORDS_A_CHILD), seed)
        for part in _of_district(district)
    ]
    order = stream(seed, "extracts").permutation(sum(map(len, found)))
    return Extracts(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in found])[order]
            for field in fields(Extracts)
        }
    )


def _of_district(district: District) -> Iterator[Extracts]:
    period = Period(TODAY)
    people = populate(district, period)
    rng = stream(district.seed, "extracts")
    looked_after = np.zeros(len(people), bool)
    held: list[Known] = []
    for kind, share in SHARES:
        members = np.flatnonzero(rng.random(len(people)) < share)
        known = know(
            people, members.tolist(), kind.value, kind, district, period, accuracy=_accuracy(kind)
        ).on(TODAY)
        if kind is AgencyKind.CHILDRENS_SOCIAL_CARE:
            looked_after[members[rng.random(len(members)) < LOOKED_AFTER]] = True
            placed = looked_after[known.members]
            known.postcode[placed] = rng.permutation(people.postcode)[known.members[placed]]
        wrong = rng.random(len(known)) < SEX_SLIP
        known.sex[wrong] = np.where(known.sex[wrong] == "F", "M", "F")
        held.append(known)
    # Who is looked after is known once social care’s records are made, and true of all agencies’.
    for number, known in enumerate(held):
        yield _extract(number, known, people, district, looked_after)


def _extract(
    agency: int, known: Known, people: People, district: District, looked_after: NDArray[np.bool_]
) -> Extracts:
    child = known.members
    return Extracts(
        agency=np.full(len(known), agency),
        forename=known.forename,
        surname=known.surname,
        birth=known.birth,
        sex=known.sex.astype("U1"),
        nhs=known.nhs,
        upn=known.upn,
        postcode=known.postcode,
        former_surname=_former(known.earlier_surname, known.surname, known.told_name),
        former_postcode=_former(known.earlier_postcode, known.postcode, known.told_address),
        child=people.number[child],
        household=people.household[child] + district.first,
        ethnicity=people.ethnicity[child],
        looked_after=looked_after[child],
    )


def _former(earlier: Texts, now: Texts, told: Days) -> Texts:
    """What the agency held until it learnt of a change, if it did and holds another now."""
    changed = (told <= np.datetime64(TODAY)) & (earlier != now)
    return np.where(changed, earlier, "")


def _accuracy(kind: AgencyKind) -> Accuracy:
    if kind is AgencyKind.CHILDRENS_SOCIAL_CARE:
        return replace(ACCURACY[kind], nhs_held=NHS_IN_SOCIAL_CARE)
    return ACCURACY[kind]
