"""What a pair of records weighs, column by column, in the words and bits that a person reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from keepsight.kernel.linkage.judged import Two
from keepsight.kernel.linkage.levels import LEVELS, UNKNOWN
from keepsight.kernel.linkage.model import Model
from keepsight.kernel.linkage.questions import Question


@dataclass(frozen=True, slots=True)
class Evidence:
    """One column of a pair: what was found, and how many bits it speaks for one child."""

    words: str
    bits: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with what speaks for and against."""

    question: Question
    evidence: tuple[Evidence, ...]

    @property
    def subjects(self) -> Two:
        return self.question.subjects


def evidence_of(
    model: Model, found: Mapping[str, int], rarity: Mapping[str, float]
) -> tuple[Evidence, ...]:
    """The columns of which something is known, strongest columns first.

    `rarity` holds the bits that a rare value adds to a column, or a common one takes from it.
    """
    return tuple(
        Evidence(words[found[name]], bits_of(model, name, found[name]) + rarity.get(name, 0.0))
        for name, words in LEVELS.items()
        if found.get(name, UNKNOWN) != UNKNOWN
    )


def bits_of(model: Model, column: str, level: int) -> float:
    """What one level of one column weighs, before rare values weigh more."""
    return 0.0 if level == UNKNOWN else float(model.comparisons[column].bits[level])
