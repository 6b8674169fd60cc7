"""Records as columns of codes: each value once, and for each record the number of its value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from keepsight.kernel.linkage.records import LinkageRecord

Codes: TypeAlias = npt.NDArray[np.int32]
Numbers: TypeAlias = npt.NDArray[np.int64]
Levels: TypeAlias = npt.NDArray[np.int8]
Found: TypeAlias = npt.NDArray[np.bool_]
Weights: TypeAlias = npt.NDArray[np.float64]

NOTHING = -1
"""The code of a record that does not say."""


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
class Table:
    """Subject records in ascending order of `subjects`, with their columns by name.

    `agencies` are those that sent them, `UNKNOWN_AGENCY` where it is not told. `former` holds the
    former numbers of the few subjects of which any are known.
    """

    subjects: Numbers
    columns: Mapping[str, Column]
    agencies: Numbers
    former: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.subjects)

    def only(self, rows: Numbers) -> "Table":
        """These rows, which are in ascending order."""
        columns = {name: Column(c.codes[rows], c.values) for name, c in self.columns.items()}
        return Table(self.subjects[rows], columns, self.agencies[rows], self.former)

    def record(self, place: int) -> LinkageRecord:
        """One record as the guards read it."""
        said: dict[str, Any] = {
            name: column.values[column.codes[place]]
            for name, column in self.columns.items()
            if column.codes[place] >= 0
        }
        if "date_of_birth" in said:
            said["date_of_birth"] = date.fromisoformat(said["date_of_birth"])
        subject = int(self.subjects[place])
        former = self.former.get(subject, frozenset())
        return LinkageRecord(
            subject=subject, agency=int(self.agencies[place]), former_numbers=former, **said
        )


@dataclass(frozen=True, slots=True)
class Pairs:
    """Places in a table, two and two; `left` is the lower."""

    left: Codes
    right: Codes

    def __len__(self) -> int:
        return len(self.left)

    def where(self, chosen: Found) -> "Pairs":
        return Pairs(self.left[chosen], self.right[chosen])


def encode(values: Iterable[str | None]) -> Column:
    """A column of these values, numbered in the order in which they first come."""
    numbers: dict[str, int] = {}
    codes = [
        NOTHING if value is None else numbers.setdefault(value, len(numbers)) for value in values
    ]
    return Column(np.array(codes, np.int32), list(numbers))
