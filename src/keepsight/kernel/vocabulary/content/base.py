"""The shape that every event's content has, and how it becomes JSON and comes back."""

from dataclasses import Field, dataclass, fields
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, ClassVar, Self, get_args, get_type_hints

from keepsight.kernel.vocabulary.categories import CLOSELY_HELD, Category


class Tier(StrEnum):
    """How closely a kind of event is held. Existence of the higher two is itself content."""

    ORDINARY = "ordinary"
    CONFIDENTIAL = "confidential"
    SEALED = "sealed"


class Standing(StrEnum):
    """What an event can mean for exploitation (`domain.md` 5b). Harm is never called risk."""

    HARM = "harm"
    CONCERN = "concern"
    CONTEXT = "context"
    RECORD = "record"

    @property
    def in_words(self) -> str:
        return STANDING_TITLES[self]


STANDING_TITLES = {
    Standing.HARM: "Can be evidence of harm",
    Standing.CONCERN: "Raises concern",
    Standing.CONTEXT: "Context",
    Standing.RECORD: "On record",
}


class ContentError(ValueError):
    """A value that this kind of event cannot hold; the message names field, value and reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Base of all event content. Subclasses name their kind, title, heading and standing.

    Fields may be `str`, `int`, `bool`, `date` (each also optional) or `tuple[str, ...]`. An
    indicator may read every field, except of a kind that is not `readable`. `whereabouts` names
    the fields that tell where a child can be found: they are kept apart, and withheld with an
    address that is protected. What is `timeless` does not happen: a file only states how it is, so
    that a later file which states the same says nothing new, whatever its day. What is `sealed` is
    so wherever it is held.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    heading: ClassVar[Category]
    whereabouts: ClassVar[frozenset[str]] = frozenset()
    standing: ClassVar[Standing] = Standing.RECORD
    readable: ClassVar[bool] = True
    timeless: ClassVar[bool] = False
    sealed: ClassVar[bool] = False
    source: ClassVar[str] = ""

    def __post_init__(self) -> None:
        for name, plain, optional in _checks(type(self)):
            value = getattr(self, name)
            if not (optional if value is None else _fits(value, plain)):
                raise ContentError(
                    f"{self.kind}: {name} cannot be {value!r}; it takes {_said(plain)}."
                )

    @property
    def filed_under(self) -> Category:
        """The category of this very event: its kind's heading, or another for what it says."""
        return self.heading

    @property
    def held(self) -> Tier:
        """How closely this very event is held."""
        if self.sealed:
            return Tier.SEALED
        return Tier.CONFIDENTIAL if self.filed_under in CLOSELY_HELD else Tier.ORDINARY

    def sentence(self) -> str:
        """The event in one line of plain English, for a timeline."""
        return self.title

    def to_json(self) -> dict[str, Any]:
        """Only what was said: empty fields are left out, dates become ISO text."""
        said = {}
        for name, plain, _ in _checks(type(self)):
            value = getattr(self, name)
            if value is not None and value != ():
                said[name] = value if plain is str else _plain(value)
        return said

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """The reverse of `to_json`; an unknown field is an error, never dropped."""
        types = {name: plain for name, plain, _ in _checks(cls)}
        unknown = sorted(raw.keys() - types.keys())
        if unknown:
            raise ContentError(f"{cls.kind} has no field {', '.join(unknown)}.")
        return cls(**{name: _revived(value, types[name]) for name, value in raw.items()})


def field_types(content: type[Content]) -> tuple[tuple[Field[Any], Any], ...]:
    """A content class's fields with their resolved types, in order."""
    if content not in _FIELD_TYPES:
        _FIELD_TYPES[content] = _resolved(content)
    return _FIELD_TYPES[content]


_FIELD_TYPES: dict[type[Content], tuple[tuple[Field[Any], Any], ...]] = {}


def _resolved(content: type[Content]) -> tuple[tuple[Field[Any], Any], ...]:
    hints = get_type_hints(content)
    return tuple((field, hints[field.name]) for field in fields(content))


def _checks(content: type[Content]) -> tuple[tuple[str, Any, bool], ...]:
    """Each field's name, its type without the option of absence, and whether it has that option."""
    if content not in _CHECKS:
        _CHECKS[content] = tuple(
            (field.name, base_type(expected), _optional(expected))
            for field, expected in field_types(content)
        )
    return _CHECKS[content]


_CHECKS: dict[type[Content], tuple[tuple[str, Any, bool], ...]] = {}


def base_type(expected: Any) -> Any:
    """`int` for `int | None`: the type without its option of absence."""
    if isinstance(expected, UnionType):
        return next(part for part in get_args(expected) if part is not type(None))
    return expected


def _optional(expected: Any) -> bool:
    return isinstance(expected, UnionType) and type(None) in get_args(expected)


def _fits(value: object, plain: Any) -> bool:
    if type(value) is plain:
        return True
    if plain == tuple[str, ...]:
        return isinstance(value, tuple) and all(isinstance(part, str) for part in value)
    return False


def _said(expected: Any) -> str:
    names = {str: "text", int: "a whole number", bool: "yes or no", date: "a date"}
    return names.get(base_type(expected), "a list of texts")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _revived(value: Any, plain: Any) -> Any:
    if value is not None and plain is date:
        return date.fromisoformat(value)
    return tuple(value) if plain == tuple[str, ...] else value
