"""What is different between a record and the person whom a service knows by a number."""

from enum import StrEnum

from keepsight.kernel.linkage.guard import different_forenames
from keepsight.kernel.linkage.records import normalise_name, normalise_postcode
from keepsight.kernel.tracing.answers import Found
from keepsight.kernel.tracing.sought import Sought


class Field(StrEnum):
    """A detail that both may state."""

    GIVEN = "given name"
    FAMILY = "family name"
    BORN = "date of birth"
    GENDER = "gender"
    POSTCODE = "postcode"


TELLING_APART = frozenset({Field.GIVEN, Field.BORN})
"""What twins, siblings and a clerk’s copy of a number differ in."""


def differences(sought: Sought, found: Found) -> tuple[Field, ...]:
    """The details that both state and that differ: what one does not state is no difference.

    A restricted patient’s address is not given to anybody, so that it is never compared.
    """
    pairs = {
        Field.FAMILY: _apart(normalise_name(sought.family), normalise_name(found.family)),
        Field.GIVEN: different_forenames(_first(sought.given), _first(found.given)),
        Field.BORN: _apart(sought.born, found.born),
        Field.GENDER: _apart(sought.gender, found.gender),
        Field.POSTCODE: not found.restricted
        and _apart(normalise_postcode(sought.postcode), normalise_postcode(found.postcode)),
    }
    return tuple(name for name, differs in pairs.items() if differs)


def _apart(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other


def _first(names: tuple[str, ...]) -> str | None:
    return (normalise_name(names[0]) or "").partition(" ")[0] if names else None
