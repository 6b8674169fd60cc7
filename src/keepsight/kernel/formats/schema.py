"""The words that a file's schema is written in: elements of an XML file, columns of a table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from keepsight.kernel.vocabulary.code_sets import CodeSet, Mark


class Type(StrEnum):
    """What a value is. A `FLAG` is 0 or 1, also written false or true."""

    TEXT = "text"
    DAY = "day"
    FLAG = "flag"
    COUNT = "count"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a text must look like: a regular expression, and what it means as a noun phrase."""

    pattern: str
    means: str

    def fits(self, text: str) -> bool:
        return re.fullmatch(self.pattern, text, re.ASCII) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of an XML format, its children in the order that the format demands.

    A value is right when any of its code sets has it, so that older returns can be read.
    """

    name: str
    type: Type = Type.TEXT
    required: bool = False
    many: bool = False
    codes: tuple[CodeSet, ...] = ()
    shape: Shape | None = None
    children: tuple["Element", ...] = ()
    places: dict[str, int] = field(init=False, repr=False, compare=False)
    """Each child's place in the order, which also says which names are known."""

    def __post_init__(self) -> None:
        places = {child.name: place for place, child in enumerate(self.children)}
        if len(places) != len(self.children):
            raise ValueError(f"{self.name} names one child twice.")
        object.__setattr__(self, "places", places)

    def child(self, name: str) -> "Element":
        """One child; raises `KeyError` for a name that the format does not have here."""
        return self.children[self.places[name]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table; with `taken` off Keepsight has no purpose for it and leaves it."""

    name: str
    type: Type = Type.TEXT
    required: bool = False
    codes: tuple[CodeSet, ...] = ()
    taken: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table known by its exact set of columns, in any order and either case."""

    name: str
    title: str
    columns: tuple[Column, ...]
    source: str
    mark: Mark = "V"

    def has_heading(self, heading: Iterable[str]) -> bool:
        """Whether these column names are this table's, none missing and none more."""
        names = [name.strip().casefold() for name in heading]
        return sorted(names) == sorted(column.name.casefold() for column in self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def codes(self) -> dict[str, tuple[CodeSet, ...]]:
        """The code sets of each column that has any."""
        return {column.name: column.codes for column in self.columns if column.codes}
