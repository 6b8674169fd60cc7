"""The children of a district, column by column: what every other part of the county reads."""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.people.names import Texts

Days = NDArray[np.datetime64]
NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """One row a child, column by column; a day is `NaT` and a text empty where there is none.

    `number` is the child's number in the whole county. `arrived` and `left` are the days on which
    a child came to live in this district, or went to live in another, within the period; a child
    `from_afar` came from no other district of the county.
    `forename`, `surname` and `postcode` are today's; `former_surname` and `former_postcode` were
    theirs until `renamed` and `moved`. `other_postcode` is a second home, such as that of a parent
    who lives apart. `also_written` is another spelling of the forename. `disability` holds codes
    of the children in need census, with a space between them. A child `on_no_roll` was never at
    a school here, and one who is `unknown` never at any agency at all.
    """

    number: NDArray[np.int64]
    household: NDArray[np.int64]
    birth: Days
    sex: NDArray[np.str_]
    forename: Texts
    also_written: Texts
    surname: Texts
    former_surname: Texts
    renamed: Days
    postcode: Texts
    former_postcode: Texts
    other_postcode: Texts
    moved: Days
    arrived: Days
    from_afar: NDArray[np.bool_]
    left: Days
    ethnicity: Texts
    disability: Texts
    sen: NDArray[np.str_]
    free_meals: NDArray[np.bool_]
    unaccompanied: NDArray[np.bool_]
    on_no_roll: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
    primary: NDArray[np.int64]
    secondary: NDArray[np.int64]
    special: NDArray[np.int64]
    nhs: Texts
    upn: Texts

    def __len__(self) -> int:
        return len(self.number)

    def ages(self, on: date) -> NDArray[np.int64]:
        """Whole years of age on a day, good to a day."""
        return ages_of(self.birth, on)

    def born(self, person: int) -> date:
        born: date = self.birth[person].astype(object)
        return born

    def lives_here(self, person: int, day: date) -> bool:
        """Whether the child was born and lived in the district on a day."""
        on = np.datetime64(day)
        arrived, left = self.arrived[person], self.left[person]
        here = (np.isnat(arrived) or arrived <= on) and (np.isnat(left) or on < left)
        return bool(here and self.birth[person] <= on)

    def only(self, rows: NDArray[np.int64]) -> "People":
        """These rows, in this order."""
        return People(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def joined(self, other: "People") -> "People":
        """These people and then the others; households stay apart."""
        columns = {
            field.name: np.concatenate([getattr(self, field.name), getattr(other, field.name)])
            for field in fields(self)
        }
        columns["household"][len(self) :] += 1 + int(self.household.max(initial=-1))
        return People(**columns)


def ages_of(birth: Days, on: date) -> NDArray[np.int64]:
    """Whole years of age on a day, good to a day."""
    days = (np.datetime64(on) - birth).astype(np.int64)
    return np.asarray(days * 4 // 1461, np.int64)
