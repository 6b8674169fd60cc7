"""A duty: something the law or guidance requires within a time, as a dated row with its source."""

from dataclasses import KW_ONLY, dataclass, fields
from datetime import date
from enum import StrEnum

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Content


class Force(StrEnum):
    """What stands behind a limit (`domain.md` section 3)."""

    LAW = "L"
    STATUTORY_GUIDANCE = "SG"
    GUIDANCE = "G"
    LOCAL_PRACTICE = "LP"

    @property
    def in_words(self) -> str:
        return self.name.replace("_", " ").lower()


class Mark(StrEnum):
    """How far a row was checked against its source (`domain.md`, “How to read the marks”)."""

    READ = "V"
    READ_SECOND_HAND = "V2"
    FROM_MEMORY = "M"
    UNCERTAIN = "M?"


class Unit(StrEnum):
    """What a limit is counted in. Hours never pause; days run out at the end of the day."""

    WORKING_DAYS = "working_days"
    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"


class Moment(StrEnum):
    """Which end of an event starts a clock."""

    BEGAN = "began"
    ENDED = "ended"


class DutyError(ValueError):
    """A duty that cannot be; the message names the duty and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time allowed, such as 1 working day or 72 hours."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        _refuse_unless(self.amount > 0, f"A limit is 1 or more, not {self.amount}.")

    def __str__(self) -> str:
        words = self.unit.value.replace("_", " ")
        return f"{self.amount} {words.removesuffix('s') if self.amount == 1 else words}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of an event's content having one value, such as `declined` being true."""

    field: str
    value: str | int | bool

    def given_by(self, content: Content) -> bool:
        return bool(getattr(content, self.field) == self.value)


@dataclass(frozen=True, slots=True)
class Start:
    """The event that starts a clock. `phrase` names it in a sentence: “the return”.

    `one_per_episode`: several agencies' records of one missing episode start one clock.
    """

    content: type[Content]
    phrase: str
    _: KW_ONLY
    moment: Moment = Moment.BEGAN
    one_per_episode: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """An event that stops a clock. `phrase` says that it happened: “a conference was held”.

    `unless` names an answer with which it does not stop. `note` is said of a stop that only shows
    that the duty was done.
    """

    content: type[Content]
    phrase: str
    _: KW_ONLY
    unless: Answer | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An event that does not stop a clock, and is named in the reason with why it does not."""

    content: type[Content]
    phrase: str
    why_not: str
    _: KW_ONLY
    only_if: Answer | None = None
    adds: tuple[tuple[Answer, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UndatedOutcome:
    """An answer on the starting event which says that the duty was done, but not when."""

    answer: Answer
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One version of one clock; `requirement` is one sentence, `missing` what a late one lacks.

    `in_force_until` is the last day, or empty. `same_agency`: only the agency whose event started
    the clock can stop it. Raises `DutyError` for a row that cannot be.
    """

    code: str
    version: int
    title: str
    requirement: str
    starts: Start
    stops: tuple[Stop, ...]
    limit: Limit
    force: Force
    citation: str
    mark: Mark
    in_force_from: date
    in_force_until: date | None = None
    responsible: AgencyKind
    missing: str
    mentions: tuple[Mention, ...] = ()
    undated: UndatedOutcome | None = None
    same_agency: bool = False

    def __post_init__(self) -> None:
        self._refuse_blank("code", "title", "requirement", "citation", "missing")
        self._check(self.code.isidentifier(), "the code is not one word in lower case")
        self._check(self.requirement.endswith("."), "the requirement is not a whole sentence")
        self._check(self.version > 0, "versions count from 1")
        self._check(bool(self.stops), "nothing stops its clock")
        self._check(self._period_is_possible(), "it goes out of force before it comes into force")
        for content, answer in self._answers():
            known = {field.name for field in fields(content)}
            self._check(answer.field in known, f"{content.kind} has no field “{answer.field}”")

    def in_force(self, day: date) -> bool:
        """Whether a clock that starts on `day` runs by this version."""
        return self.in_force_from <= day <= (self.in_force_until or date.max)

    def _period_is_possible(self) -> bool:
        return self.in_force_until is None or self.in_force_from <= self.in_force_until

    def _answers(self) -> list[tuple[type[Content], Answer]]:
        read = [(stop.content, stop.unless) for stop in self.stops]
        read += [(mention.content, mention.only_if) for mention in self.mentions]
        read += [(m.content, answer) for m in self.mentions for answer, _ in m.adds]
        read += [(self.starts.content, self.undated.answer)] if self.undated else []
        return [(content, answer) for content, answer in read if answer is not None]

    def _refuse_blank(self, *names: str) -> None:
        for name in names:
            self._check(bool(getattr(self, name).strip()), f"its {name} is empty")

    def _check(self, holds: bool, problem: str) -> None:
        _refuse_unless(holds, f"Duty “{self.code}” version {self.version}: {problem}.")


def _refuse_unless(holds: bool, message: str) -> None:
    if not holds:
        raise DutyError(message)
