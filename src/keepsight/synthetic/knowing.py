"""How each agency knows a child: its own number, its own slips, its own gaps.

Shares are our own assumptions, set where the kinds of agency are known to differ: health holds
NHS numbers, schools hold UPNs, police and charities take names and dates by word of mouth.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.names import Texts, mistyped, nickname
from keepsight.synthetic.people import People
from keepsight.synthetic.randomness import stream

KEY_PRIME = 10_000_019
KEY_STRIDE = 7_919


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """Shares of an agency's records that hold a slip, a nickname, or a gap."""

    prefix: str
    slip: float = 0.01
    nickname: float = 0.05
    birth_slip: float = 0.01
    birth_held: float = 1.0
    stale_address: float = 0.3
    postcode_held: float = 0.97
    upn_held: float = 0.0
    nhs_held: float = 0.0


ACCURACY = {
    AgencyKind.SCHOOL: Accuracy(prefix="P", upn_held=0.98, nickname=0.06),
    AgencyKind.CHILDRENS_SOCIAL_CARE: Accuracy(prefix="C", upn_held=0.85, birth_slip=0.008),
    AgencyKind.HEALTH: Accuracy(prefix="H", nhs_held=0.98, slip=0.015, nickname=0.02),
    AgencyKind.SEXUAL_HEALTH: Accuracy(
        prefix="S", nhs_held=0.6, nickname=0.1, postcode_held=0.6, birth_slip=0.02
    ),
    AgencyKind.POLICE: Accuracy(
        prefix="U", slip=0.04, nickname=0.15, birth_held=0.92, birth_slip=0.03, stale_address=0.6
    ),
    AgencyKind.VOLUNTARY: Accuracy(
        prefix="Y", slip=0.03, nickname=0.3, birth_held=0.96, postcode_held=0.85
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One agency's records of some children, column by column.

    A birth is `NaT` and a text is empty where the agency does not hold it.
    """

    members: NDArray[np.int64]
    key: Texts
    forename: Texts
    surname: Texts
    sex: NDArray[np.str_]
    birth: NDArray[np.datetime64]
    postcode: Texts
    upn: Texts
    nhs: Texts
    ethnicity: Texts

    def row_of(self) -> dict[int, int]:
        """The row of each child, by the child's number in the county."""
        return {int(person): row for row, person in enumerate(self.members)}


def know(
    people: People,
    upns: Texts,
    members: NDArray[np.int64],
    agency: str,
    kind: AgencyKind,
    seed: int,
    prefix: str = "",
) -> Known:
    """The agency's records of the children numbered in `members`, in that order."""
    accuracy, rng = ACCURACY[kind], stream(seed, "knowing", agency)
    offset, count = int(rng.integers(KEY_PRIME)), len(members)
    keys = (members * KEY_STRIDE + offset) % KEY_PRIME
    stale = rng.random(count) < accuracy.stale_address
    address = np.where(stale, people.former_postcode[members], people.postcode[members])
    return Known(
        members=members,
        key=np.array([f"{prefix}{accuracy.prefix}{key:08d}" for key in keys], object),
        forename=_slipped(_called(people.forename[members], accuracy, rng), accuracy, rng),
        surname=_slipped(people.surname[members], accuracy, rng),
        sex=people.sex[members],
        birth=_births(people.birth[members], accuracy, rng),
        postcode=_held(address, accuracy.postcode_held, rng),
        upn=_held(upns[members], accuracy.upn_held, rng),
        nhs=_held(people.nhs[members], accuracy.nhs_held, rng),
        ethnicity=people.ethnicity[members],
    )


def _called(names: Texts, accuracy: Accuracy, rng: np.random.Generator) -> Texts:
    called = names.copy()
    for row in np.flatnonzero(rng.random(len(names)) < accuracy.nickname):
        called[row] = nickname(called[row], rng)
    return called


def _slipped(names: Texts, accuracy: Accuracy, rng: np.random.Generator) -> Texts:
    written = names.copy()
    for row in np.flatnonzero(rng.random(len(names)) < accuracy.slip):
        written[row] = mistyped(written[row], rng)
    return written


def _births(
    births: NDArray[np.datetime64], accuracy: Accuracy, rng: np.random.Generator
) -> NDArray[np.datetime64]:
    """Days of birth, some with day and month changed about, or a day out, and some not held."""
    written = births.copy()
    for row in np.flatnonzero(rng.random(len(births)) < accuracy.birth_slip):
        year, month, day = str(births[row]).split("-")
        if int(day) <= 12 and day != month and f"{year}-{day}-{month}" < str(births.max()):
            written[row] = np.datetime64(f"{year}-{day}-{month}")
        else:
            written[row] = births[row] - np.timedelta64(1, "D")
    written[rng.random(len(births)) >= accuracy.birth_held] = np.datetime64("NaT")
    return written


def _held(values: Texts, share: float, rng: np.random.Generator) -> Texts:
    return np.where(rng.random(len(values)) < share, values, "")
