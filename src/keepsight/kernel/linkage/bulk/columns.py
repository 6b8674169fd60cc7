"""Records as columns of codes: each value once, and for each record the number of its value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from keepsight.kernel.linkage.records import NO_AGENCY, LinkageRecord

Codes: TypeAlias = npt.NDArray[np.int32]
Numbers: TypeAlias = npt.NDArray[np.int64]
Levels: TypeAlias = npt.NDArray[np.int8]
Found: TypeAlias = npt.NDArray[np.bool_]
Weights: TypeAlias = npt.NDArray[np.float64]

NOTHING = -1
"""The code of a record that does not say."""

AGENCY = "agency"
"""The column, where a table has it, that tells the number of the agency that sent each record."""


@dataclass(frozen=True, slots=True)
class Column:
    """`values` without repetition; `codes` has an entry a record, `NOTHING` where it says none."""

    codes: Codes
    values: Sequence[str]

    def derived(self, of: Callable[[str], str | None]) -> "Column":
        """The column of what each value comes to, such as its first letter."""
        found = encode(of(value) for value in self.values)
        # The code -1 picks the last entry, which is what stands for nothing.
        codes = np.append(found.codes, np.int32(NOTHING))
        return Column(codes[self.codes], found.values)

    def frequencies(self) -> Weights:
        """For each value, its share of the records that say one."""
        counts = np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))
        shares: Weights = counts / max(counts.sum(), 1)
        return shares


@dataclass(frozen=True, slots=True)
class Before:
    """What some records said in a column before: the place of each in the table, and the code."""

    places: Codes
    codes: Codes

    def only(self, rows: Numbers, size: int) -> "Before":
        """Of these rows of a table of that size, as they are then numbered."""
        place = np.full(size, NOTHING, np.int32)
        place[rows] = np.arange(len(rows), dtype=np.int32)
        kept = place[self.places] >= 0
        return Before(place[self.places[kept]], self.codes[kept])


class Way(StrEnum):
    """How a column is compared that no subject record has: see `Table.further`."""

    TEXT = "text"
    CODE = "code"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class Table:
    """Subject records in ascending order of `subjects`, with their columns by name.

    `further` are columns beyond those of a subject record, such as a number of another scheme in
    a labelled sample. The model weighs them only where it was learnt from such a table. `former`
    holds the former numbers of the few subjects of which any are known, `before` by column what
    some records said there before. `careless` tells by column of which records the agency often
    has it wrong.
    """

    subjects: Numbers
    columns: Mapping[str, Column]
    further: Mapping[str, Way] = field(default_factory=dict)
    former: Mapping[int, frozenset[str]] = field(default_factory=dict)
    before: Mapping[str, Before] = field(default_factory=dict)
    careless: Mapping[str, Found] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.subjects)

    def only(self, rows: Numbers) -> "Table":
        """These rows, which are in ascending order."""
        columns = {name: Column(c.codes[rows], c.values) for name, c in self.columns.items()}
        before = {name: each.only(rows, len(self)) for name, each in self.before.items()}
        careless = {name: each[rows] for name, each in self.careless.items()}
        return Table(self.subjects[rows], columns, self.further, self.former, before, careless)

    @property
    def agencies(self) -> Numbers:
        """For each record the agency that sent it, `NO_AGENCY` where it is not told."""
        if AGENCY not in self.columns:
            return np.full(len(self), NO_AGENCY, np.int64)
        column = self.columns[AGENCY]
        numbers = np.array([int(value) for value in column.values] + [NO_AGENCY], np.int64)
        # The code -1 picks the last entry, which is what stands for nothing.
        return numbers[column.codes]

    def record(self, place: int) -> LinkageRecord:
        """One record as the guards read it."""
        said: dict[str, Any] = {
            name: column.values[column.codes[place]]
            for name, column in self.columns.items()
            if column.codes[place] >= 0 and name not in self.further
        }
        if "date_of_birth" in said:
            said["date_of_birth"] = date.fromisoformat(said["date_of_birth"])
        subject, agency = int(self.subjects[place]), int(said.pop(AGENCY, NO_AGENCY))
        former = self.former.get(subject, frozenset())
        return LinkageRecord(subject=subject, agency=agency, former_numbers=former, **said)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Places in a table, two and two; `left` is the lower."""

    left: Codes
    right: Codes

    def __len__(self) -> int:
        return len(self.left)

    def where(self, chosen: Found) -> "Pairs":
        return Pairs(self.left[chosen], self.right[chosen])


def with_before(column: Column, earlier: Sequence[tuple[int, str]]) -> tuple[Column, Before]:
    """The column with values that nobody says now too, and what records said in it before.

    `earlier` are places of records with a value that each said.
    """
    numbers = {value: code for code, value in enumerate(column.values)} if earlier else {}
    codes = [numbers.setdefault(value, len(numbers)) for _, value in earlier]
    places = [place for place, _ in earlier]
    before = Before(np.array(places, np.int32), np.array(codes, np.int32))
    return (Column(column.codes, list(numbers)) if earlier else column), before


def encode(values: Iterable[str | None]) -> Column:
    """A column of these values, numbered in the order in which they first come."""
    numbers: dict[str, int] = {}
    codes = [
        NOTHING if value is None else numbers.setdefault(value, len(numbers)) for value in values
    ]
    return Column(np.array(codes, np.int32), list(numbers))
