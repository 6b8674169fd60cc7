"""What is put before a person: two records of which the model may not say whether they are one."""

from dataclasses import dataclass
from enum import StrEnum

from keepsight.kernel.linkage.judged import Two


class Kind(StrEnum):
    """Why a person is asked."""

    BETWEEN = "between"
    EITHER = "either"
    TWO_NUMBERS = "two_numbers"
    ONE_NUMBER_TWO_NAMES = "one_number_two_names"
    DOES_NOT_HOLD = "does_not_hold"
    POSSIBLE_DUPLICATE = "possible_duplicate"


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """Two subject records, why they are in question, and their weight in bits if they were scored.

    A possible duplicate may be linked all the same: its agency holds it under two of its own ids.
    """

    kind: Kind
    subjects: Two
    weight: float | None = None


def kept_by_its_number(*records: tuple[str, str | None]) -> bool:
    """Whether one of an agency's records is kept under the very UPN that all of them hold.

    Each is its key and its UPN. A common transfer file names a pupil by the UPN and by nothing
    else, so its record beside the school's own is no duplicate (CTF guide, `UPN`).
    """
    numbers = {upn for _, upn in records}
    return len(numbers) == 1 and any(key == upn for key, upn in records)
