"""Which rows about single children an analyst may read, under names that lead to nobody.

A row says of a child an age band and which indicators were met. It is left out where fewer than a
threshold of children are alike, and where the list held against the table of counts would say a
number that the table does not.
"""

import hashlib
import hmac
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keepsight.kernel.statistics.small_numbers import SmallNumber

BANDS = ((0, 4), (5, 9), (10, 12), (13, 15), (16, 17))
"""Ages in whole years, first and last."""

UNKNOWN_AGE = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a row says of a child: whoever shares it cannot be told apart."""

    age_band: str
    indicators: tuple[str, ...]


def age_band(born: date | None, on: date) -> str:
    """In which band of years a child is on a day."""
    if born is None or born > on:
        return UNKNOWN_AGE
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    for first, last in BANDS:
        if first <= age <= last:
            return f"{first} to {last}"
    return "18 or over"


def pseudonym(child: uuid.UUID, key: bytes) -> str:
    """A name that stands for a child in one release: without the key it leads nowhere."""
    return hmac.new(key, child.bytes, hashlib.sha256).hexdigest()[:16]


def released(
    rows: Mapping[uuid.UUID, Likeness],
    totals: Mapping[str, int | None],
    small: SmallNumber,
) -> dict[uuid.UUID, Likeness]:
    """The children who may be listed. `totals` is what the table of counts says of each indicator.

    Of each indicator the children who are left out are none, or as many as the threshold: else the
    table less the list would say a small number. Nothing is listed under an indicator of which
    the table says nothing.
    """
    classes = Counter(rows.values())
    kept = {each for each, count in classes.items() if count >= small.least}
    while (fault := _fault(classes, kept, totals, small)) is not None:
        kept.remove(fault)
    return {child: likeness for child, likeness in rows.items() if likeness in kept}


def _fault(
    classes: Mapping[Likeness, int],
    kept: set[Likeness],
    totals: Mapping[str, int | None],
    small: SmallNumber,
) -> Likeness | None:
    """A class that must go so that nothing follows, the smallest first."""
    for indicator in sorted({name for each in kept for name in each.indicators}):
        holding = [each for each in kept if indicator in each.indicators]
        total = totals.get(indicator)
        listed = sum(classes[each] for each in holding)
        if total is None or small.hides(total - listed):
            return min(holding, key=lambda each: _order(classes, each))
    return None


def _order(classes: Mapping[Likeness, int], likeness: Likeness) -> tuple[int, str, Sequence[str]]:
    return classes[likeness], likeness.age_band, likeness.indicators
