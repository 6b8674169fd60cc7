"""What is put before a person: two records of which the model may not say whether they are one."""

from dataclasses import dataclass
from enum import StrEnum

from keepsight.kernel.linkage.judged import Two


class Kind(StrEnum):
    """Why a person is asked."""

    BETWEEN = "between"
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
