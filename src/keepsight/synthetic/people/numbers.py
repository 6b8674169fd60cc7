"""Identifiers that are valid and belong to nobody: NHS numbers from 9…, UPNs, postcodes."""

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.identifiers import UPN, NHSNumber
from keepsight.synthetic.people.names import Texts

NUMBERS = 10_000_000
"""Numbers from 0 to before this are put in another order."""
HALF_BITS, ROUNDS = 12, 4
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters of a postcode's second half: C, I, K, M, O and V are not used."""


def nhs_numbers(children: NDArray[np.int64], rng: np.random.Generator) -> Texts:
    """A valid NHS number of the synthetic range (9…) for each child's number in the county.

    Different for different children below ten million, in no order that could be seen.
    """
    return np.array([_valid_in(block) for block in shuffled(children, rng).tolist()], object)


def shuffled(numbers: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Each number below ten million put to another one, none twice; the same chance, the same one.

    A Feistel network of random tables (Luby and Rackoff, 1988), walked until it comes back below
    ten million.
    """
    tables = rng.integers(0, 1 << HALF_BITS, (ROUNDS, 1 << HALF_BITS))
    put, low = numbers.astype(np.int64), (1 << HALF_BITS) - 1
    walking = np.ones(len(put), bool)
    while walking.any():
        left, right = put[walking] >> HALF_BITS, put[walking] & low
        for table in tables:
            left, right = right, left ^ table[right]
        put[walking] = (left << HALF_BITS) | right
        walking = put >= NUMBERS
    return put


def _valid_in(block: int) -> str:
    """The first valid number of ten that differ in their ninth digit."""
    for ninth in range(10):
        first_nine = f"9{block:07d}{ninth}"
        digit = NHSNumber.check_digit(first_nine)
        if digit is not None and first_nine != "9" * 9:
            return f"{first_nine}{digit}"
    raise AssertionError("of ten numbers in a row one is valid")


def upns(schools: Texts, years: NDArray[np.int64]) -> Texts:
    """A valid UPN for each child from the first school (authority and establishment) and year.

    The last three digits count the pupils whom one school gave a number in one year.
    """
    given: dict[tuple[str, int], int] = {}
    numbers = []
    for school, year in zip(schools.tolist(), years.tolist(), strict=True):
        serial = given.get((school, year), 0) + 1
        given[school, year] = serial
        rest = f"{school}{year % 100:02d}{serial:03d}"
        numbers.append(UPN.check_letter(rest) + rest)
    return np.array(numbers, object)


def postcodes(count: int, letters: str, rng: np.random.Generator) -> Texts:
    """Postcodes of districts 10 to 29 of an area that does not exist, such as ZZ12 3AB."""
    district, sector = rng.integers(10, 30, count), rng.integers(0, 10, count)
    first, second = rng.integers(0, len(INWARD_LETTERS), (2, count))
    return np.array(
        [
            f"{letters}{d} {s}{INWARD_LETTERS[a]}{INWARD_LETTERS[b]}"
            for d, s, a, b in zip(district, sector, first, second, strict=True)
        ],
        object,
    )


def with_wrong_check_letter(upn: str) -> str:
    """The UPN with another first letter, so that its check fails."""
    return ("B" if upn[0] != "B" else "C") + upn[1:]
