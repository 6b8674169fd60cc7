"""An indicator: a rule with its code, version, question, reason, source and time in force."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from keepsight.kernel.entities.company import HARMING
from keepsight.kernel.entities.naming import KINDS_THAT_NAME
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.conditions import IndicatorError
from keepsight.kernel.indicators.nodes import Truth, parts, rests_on_events
from keepsight.kernel.indicators.selecting import Select, Shared
from keepsight.kernel.vocabulary.content.base import Standing
from keepsight.kernel.vocabulary.events import CONFIDENTIAL_KINDS

NEVER_SAID = ("at risk", "risk of", "risk score", "score of", "likelihood", "probability")
"""A sign that a child is being exploited is never worded as a chance (IICSA 2022, rec. 3)."""


class Mark(StrEnum):
    """How far a statement was confirmed against its source (`domain.md`, how to read the marks)."""

    READ = "V"
    READ_SECOND_HAND = "V2"
    UNCONFIRMED = "M"
    UNCERTAIN = "M?"
    DERIVED = "D"

    @property
    def meaning(self) -> str:
        return MARK_MEANINGS[self]


MARK_MEANINGS = {
    Mark.READ: "read in the source",
    Mark.READ_SECOND_HAND: "read in a page that quotes the source",
    Mark.UNCONFIRMED: "not confirmed against the source",
    Mark.UNCERTAIN: "not confirmed against the source, and the number is uncertain",
    Mark.DERIVED: "worked out from figures in the source",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number that a rule turns on: its unit, what it is for, and where it comes from."""

    value: int | Fraction
    unit: str
    meaning: str
    source: str
    mark: Mark
    in_force_from: date
    in_force_until: date | None = None


CATALOGUE_AUTHOR = "Keepsight catalogue"
"""Who answers for the rules that come with Keepsight; an area names the role of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a version changed of the one before it, and when."""

    version: int
    made: date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A rule in the open. `in_force_until` is the last day on which it is used.

    `author` is the role of whoever answers for it, and no person; `history` what each version since
    the first changed, the oldest first.

    `question` is what a person is asked to think about, `reason` why it matters, `changes` what
    would change it. `concern` groups it with others that one person reads together, and `standing`
    is what it can mean: harm, a concern, or context. It never says how likely anything is, and it
    always rests on an event.
    """

    code: str
    version: int
    title: str
    question: str
    reason: str
    changes: str
    source: str
    mark: Mark
    concern: Concern
    standing: Standing
    rule: Truth
    in_force_from: date
    in_force_until: date | None = None
    thresholds: tuple[Threshold, ...] = ()
    author: str = CATALOGUE_AUTHOR
    history: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        self._check_words()
        if self.standing is Standing.RECORD:
            raise IndicatorError(f"{self.code}: “on record” is no reason to ask anybody to think.")
        if self.version < 1:
            raise IndicatorError(f"{self.code}: versions begin at 1.")
        if [each.version for each in self.history] != list(range(2, self.version + 1)):
            raise IndicatorError(
                f"{self.code}: the history says of each version from 2 to {self.version} what it"
                " changed, and of no other."
            )
        if self.in_force_until is not None and self.in_force_until < self.in_force_from:
            raise IndicatorError(f"{self.code}: it ends before it is in force.")
        if not rests_on_events(self.rule):
            raise IndicatorError(
                f"{self.code}: the rule can be met by no event at all, and an alert needs evidence."
            )

    def _check_words(self) -> None:
        changed = (each.what for each in self.history)
        words = (self.title, self.question, self.reason, self.changes, self.author, *changed)
        if not all(text.strip() for text in (self.code, self.source, *words)):
            raise IndicatorError(f"{self.code}: code, words and source are all needed.")
        for phrase in NEVER_SAID:
            if any(phrase in text.lower() for text in words):
                raise IndicatorError(f"{self.code}: an indicator never says “{phrase}”.")

    def in_force(self, day: date) -> bool:
        ended = self.in_force_until is not None and self.in_force_until < day
        return self.in_force_from <= day and not ended

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind of event that the rule reads."""
        return frozenset(part.kind for part in parts(self.rule) if isinstance(part, Select))

    @property
    def reads_of_others(self) -> frozenset[str]:
        """Every kind of event by which other children come into it, where something is shared."""
        by = {kind for part in parts(self.rule) if isinstance(part, Shared) for kind in part.by}
        naming = {event for kind in by for event in KINDS_THAT_NAME[kind]}
        return frozenset(naming | HARMING if by else ()) - CONFIDENTIAL_KINDS
