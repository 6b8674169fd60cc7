"""On which level two values agree, one pair at a time: what `bulk.comparing` says over an area.

Tests hold both to one another, and to Splink's SQL.
"""

from collections.abc import Callable, Collection, Mapping

from rapidfuzz.distance import JaroWinkler

from keepsight.kernel.linkage.levels import (
    ALIKE,
    LEVELS,
    LITTLE_ALIKE,
    NEARLY,
    SOUNDING_ALIKE,
    UNKNOWN,
)
from keepsight.kernel.linkage.nicknames import same_name
from keepsight.kernel.linkage.phonetic import sound_of

Level = int
Compare = Callable[[str, str], Level]
"""Of two values that are both said, and different."""


def number_level(one: str, other: str) -> Level:
    return 0


def upn_level(one: str, other: str) -> Level:
    """Two numbers of which one is temporary say nothing when they differ."""
    return 0 if permanent(one) and permanent(other) else UNKNOWN


def permanent(upn: str) -> bool:
    return upn[-1:].isdigit()


def surname_level(one: str, other: str) -> Level:
    alike = _likeness(one, other)
    if alike >= ALIKE or (alike >= SOUNDING_ALIKE and _sound_alike(one, other)):
        return 2
    return int(alike >= LITTLE_ALIKE)


def forename_level(one: str, other: str) -> Level:
    return 3 if same_name(one, other) else surname_level(one, other)


def date_level(one: str, other: str) -> Level:
    """ISO dates, ten characters each: one apart is one replaced or two neighbours swapped."""
    if one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]:
        return 3
    differ = [i for i in range(10) if one[i] != other[i]]
    if len(differ) == 1 or _neighbours_swapped(one, other, differ):
        return 2
    return int(one[:4] == other[:4])


def postcode_level(one: str, other: str) -> Level:
    district = one.partition(" ")[0] == other.partition(" ")[0]
    return int(district) + int(one[:-2] == other[:-2])


COMPARE: Mapping[str, Compare] = {
    "nhs_number": number_level,
    "upn": upn_level,
    "date_of_birth": date_level,
    "surname": surname_level,
    "forename": forename_level,
    "postcode": postcode_level,
    "sex": number_level,
}


def former_level(
    one: str | None, other: str | None, before_one: Collection[str], before_other: Collection[str]
) -> Level:
    """Of records that now differ: whether one says what the other said, or both said one thing."""
    if not (before_one or before_other) or (one is not None and one == other):
        return UNKNOWN
    if one in before_other or other in before_one:
        return 1
    return UNKNOWN if set(before_one).isdisjoint(before_other) else 0


def mistaken_level(column: str, level: Level) -> Level:
    """Of a pair of which an agency often has the column wrong: whether it nearly agrees there."""
    if not 0 <= level < len(LEVELS[column]) - 1:
        return UNKNOWN
    return int(level >= NEARLY[column])


def siblings_level(found: Mapping[str, Level]) -> Level:
    """One date of birth, two forenames, and one postcode or else one surname."""
    if found["date_of_birth"] != 4 or not 0 <= found["forename"] < 2:
        return UNKNOWN
    if found["postcode"] == 3:
        return 0
    return 1 if found["surname"] >= 2 else UNKNOWN


def _likeness(one: str, other: str) -> float:
    return JaroWinkler.similarity(_bytes(one), _bytes(other))


def _bytes(name: str) -> str:
    """Each byte of UTF-8 as one character, as DuckDB compares names."""
    return name if name.isascii() else name.encode().decode("latin-1")


def _sound_alike(one: str, other: str) -> bool:
    sound = sound_of(one)
    return sound is not None and sound == sound_of(other)


def _neighbours_swapped(one: str, other: str, differ: list[int]) -> bool:
    if len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    first, second = differ
    return one[first] == other[second] and one[second] == other[first]
