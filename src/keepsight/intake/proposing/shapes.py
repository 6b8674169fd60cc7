"""What a column’s values are, told from the values alone: check digits, days, codes, ids, text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keepsight.intake.fields import Identifier
from keepsight.intake.values import DAYS, MOMENTS, NotReadable
from keepsight.kernel.identifiers import UPN, IdentifierError, NHSNumber, Postcode

MOST_OF = 0.9
"""How many of a column’s values must be of a kind for the column to be: our own setting."""

HALF = 0.5
"""The same for days and times, which nothing else is like: what is faulty goes to quarantine."""

LEAST_CHECKED = 3
"""By chance one number in eleven passes the check of an NHS number, and three in a row hardly."""

MOST_CODES = 12
LONGEST_CODE = 40
FLAGS = frozenset({"yes", "no", "y", "n", "true", "false", "t", "f", "0", "1"})
MONTH_FIRST = "The second number is over 12, so the month is first. Export days as yyyy-mm-dd."
BRITISH = "dd/mm/yyyy"
_SLASHED = re.compile(r"(\d\d?)/(\d\d?)/\d{4}")
_ID = re.compile(r"(?=.*\d)[\w/.:#-]{1,40}")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a column holds. `written` names how its days or moments are written."""

    filled: int
    distinct: int
    lines: int
    identifier: str = ""
    day: str = ""
    moment: str = ""
    because: str = ""
    flag: bool = False
    codes: tuple[str, ...] = ()
    id_like: bool = False

    @property
    def unique(self) -> bool:
        """Another in every line."""
        return self.id_like and self.filled == self.distinct == self.lines

    @property
    def when(self) -> bool:
        return bool(self.day or self.moment)


def shape_of(values: Sequence[str], lines: int) -> Shape:
    """The shape of a column with these values that are not empty, of so many lines."""
    distinct = list(dict.fromkeys(values))
    known = {"filled": len(values), "distinct": len(distinct), "lines": lines}
    if not values:
        return Shape(**known, because="It is empty in every line.")
    for name, kind in (("nhs_number", NHSNumber), ("upn", UPN)):
        passed = _passing(values, kind)
        if passed >= max(LEAST_CHECKED, MOST_OF * len(values)):
            because = f"{passed} of {len(values)} values pass the check digit of the {kind.name}."
            return Shape(**known, identifier=name, because=because)
    if (passed := _passing(values, Postcode)) >= MOST_OF * len(values):
        because = f"{passed} of {len(values)} values have the shape of a postcode."
        return Shape(**known, identifier="postcode", because=because)
    if _month_first(values):
        return Shape(**known, because=MONTH_FIRST)
    return _day_or_moment(values, known) or _other(values, distinct, known)


def _passing(values: Sequence[str], kind: Identifier) -> int:
    return sum(map(_reader(kind.parse), values))


def _reader(read: Callable[[str], object]) -> Callable[[str], bool]:
    def reads(value: str) -> bool:
        try:
            read(value)
        except (IdentifierError, NotReadable):
            return False
        return True

    return reads


def _day_or_moment(values: Sequence[str], known: dict[str, int]) -> Shape | None:
    for kind, ways in (("day", DAYS), ("moment", MOMENTS)):
        for written, read in ways.items():
            passed = sum(map(_reader(read), values))
            if passed >= HALF * len(values):
                because = f"{passed} of {len(values)} values are written as {written}."
                if written.startswith(BRITISH):
                    because += _order(values)
                return Shape(**known, because=because, **{kind: written})  # type: ignore[arg-type]
    return None


def _order(values: Sequence[str]) -> str:
    later = sum(int(found[1]) > 12 for value in values if (found := _SLASHED.match(value)))
    if later:
        return f" The first number is over 12 in {later}, so it is the day."
    return " No first number is over 12, so whether the day or the month is first cannot be told."


def _other(values: Sequence[str], distinct: Sequence[str], known: dict[str, int]) -> Shape:
    if {value.casefold() for value in distinct} <= FLAGS:
        return Shape(**known, flag=True, codes=tuple(distinct), because="It says yes or no.")
    few = len(distinct) <= MOST_CODES and max(map(len, distinct)) <= LONGEST_CODE
    repeated = len(distinct) < len(values)
    codes = tuple(distinct) if few and (repeated or len(values) <= MOST_CODES) else ()
    if all(map(_ID.fullmatch, values)):
        often = "another in every line" if len(distinct) == known["lines"] else "some again"
        because = f"It holds numbers or references, {often}."
        return Shape(**known, id_like=True, codes=codes, because=because)
    if codes and repeated:
        because = f"It holds one of few words ({len(codes)}) in {len(values)} lines."
        return Shape(**known, codes=codes, because=because)
    return Shape(**known, codes=codes, because="It holds text.")


def _month_first(values: Sequence[str]) -> bool:
    """Whether days are written as no reader takes them: month, day, year."""
    slashed = [found for value in values if (found := _SLASHED.match(value))]
    if len(slashed) < len(values):
        return False
    return any(int(found[2]) > 12 for found in slashed) and all(
        int(found[1]) <= 12 for found in slashed
    )
