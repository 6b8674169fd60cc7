"""What forbids that two records are one child, however alike they look.

Twins and siblings are the main cause of false links among children: they share surname, date
of birth and address, so that only the forename and their numbers tell them apart.
"""

from collections.abc import Mapping
from enum import Enum, auto

from rapidfuzz.distance import OSA, JaroWinkler

from keepsight.kernel.linkage.levels import SOUNDING_ALIKE
from keepsight.kernel.linkage.nicknames import same_name
from keepsight.kernel.linkage.phonetic import sound_of
from keepsight.kernel.linkage.questions import Kind
from keepsight.kernel.linkage.records import NO_AGENCY, LinkageRecord
from keepsight.kernel.linkage.thresholds import LINK_WITHIN_AGENCY

NEAR_SPELLING = 0.88
"""Jaro-Winkler likeness from which a forename may be a slip of the other (our own measurement)."""

SHORT_FORM = 3
"""Letters from which the beginning of a name counts as a short form of it."""

FAR_OVER = 35.0
"""Bits of weight that outvote the twin guard: more than names, date and address can give."""


class Ground(Enum):
    """What forbids that the model joins two records, the weightiest first."""

    NHS_NUMBERS = auto()
    UPNS = auto()
    FORMER_NUMBER = auto()
    TWO_NAMES = auto()
    TWINS = auto()
    ONE_AGENCY = auto()


WHY: Mapping[Ground, str] = {
    Ground.NHS_NUMBERS: "They have two different valid NHS numbers.",
    Ground.UPNS: "They have two different valid UPNs.",
    Ground.FORMER_NUMBER: "The number of one is a former number of the other.",
    Ground.TWO_NAMES: (
        "They have one number but different forenames, as when a twin’s number was copied."
    ),
    Ground.TWINS: (
        "They have the same surname and date of birth but different forenames, as twins do, "
        "and share no identifier."
    ),
    Ground.ONE_AGENCY: "One agency holds them under two of its own ids.",
}

ASKED: Mapping[Ground, Kind] = {
    Ground.FORMER_NUMBER: Kind.TWO_NUMBERS,
    Ground.TWO_NAMES: Kind.ONE_NUMBER_TWO_NAMES,
    Ground.ONE_AGENCY: Kind.POSSIBLE_DUPLICATE,
}
"""The grounds on which a person may know better. Other numbers and twins are simply apart."""


def conflict(one: LinkageRecord, other: LinkageRecord, weight: float | None = None) -> str | None:
    """Why the model must not join two records, in words, or `None` if nothing forbids it.

    `weight` is the model's, in bits, where the pair was scored. Different valid NHS numbers or
    permanent UPNs forbid at any weight; looking like twins gives way only to `FAR_OVER`.
    """
    ground = numbers_differ(one, other) or forbids(one, other, weight)
    return WHY[ground] if ground else None


def numbers_differ(one: LinkageRecord, other: LinkageRecord) -> Ground | None:
    """Two different valid numbers of one kind, unless one is known to have been the other's."""
    for ground, mine, theirs in (
        (Ground.NHS_NUMBERS, one.nhs_number, other.nhs_number),
        (Ground.UPNS, one.permanent_upn, other.permanent_upn),
    ):
        if _differ(mine, theirs):
            known = mine in other.former_numbers or theirs in one.former_numbers
            return Ground.FORMER_NUMBER if known else ground
    return None


def forbids(one: LinkageRecord, other: LinkageRecord, weight: float | None) -> Ground | None:
    """What forbids it apart from the numbers themselves."""
    if one_number_on_two_names(one, other):
        return Ground.TWO_NAMES
    if looks_like_twins(one, other) and (weight is None or weight < FAR_OVER):
        return Ground.TWINS
    within = one.agency == other.agency != NO_AGENCY
    if within and (weight is None or weight < LINK_WITHIN_AGENCY):
        return Ground.ONE_AGENCY
    return None


def one_number_on_two_names(one: LinkageRecord, other: LinkageRecord) -> bool:
    """One permanent number, and two forenames of which neither is the other's surname."""
    return (
        _share_number(one, other)
        and different_forenames(one.forename, other.forename)
        and one.forename != other.surname
        and other.forename != one.surname
    )


def looks_like_twins(one: LinkageRecord, other: LinkageRecord) -> bool:
    """Same surname and date of birth, forenames that are not one name, no shared identifier."""
    return (
        one.date_of_birth is not None
        and one.date_of_birth == other.date_of_birth
        and one.surname is not None
        and one.surname == other.surname
        and not _share_identifier(one, other)
        and _two_forenames(one, other)
    )


def _two_forenames(one: LinkageRecord, other: LinkageRecord) -> bool:
    """Whether the forenames are those of two children.

    A near spelling is another name where the sexes differ too (Daniel, Daniela), and what is no
    single slip is another name where one agency holds both: it tells them apart itself.
    """
    first, second = one.forename, other.forename
    if one.agency == other.agency != NO_AGENCY and no_single_slip(first, second):
        return True
    if _differ(one.sex, other.sex) and not_one_name(first, second):
        return True
    return different_forenames(first, second)


def different_forenames(one: str | None, other: str | None) -> bool:
    """Whether both are known and neither a near spelling nor a form of the other."""
    if not one or not other or not not_one_name(one, other):
        return False
    near = SOUNDING_ALIKE if sound_of(one) == sound_of(other) else NEAR_SPELLING
    return JaroWinkler.similarity(one, other) < near


def no_single_slip(one: str | None, other: str | None) -> bool:
    """Whether they are not one name, and more than one letter apart."""
    return bool(one and other and OSA.distance(one, other) > 1) and not_one_name(one, other)


def not_one_name(one: str | None, other: str | None) -> bool:
    """Whether both are known and neither is the other, its beginning, or a known form of it."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=lambda name: (len(name), name))
    begins = short == long or (len(short) >= SHORT_FORM and long.startswith(short))
    return not begins and not same_name(one, other)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _share_number(one: LinkageRecord, other: LinkageRecord) -> bool:
    return (one.nhs_number is not None and one.nhs_number == other.nhs_number) or (
        one.permanent_upn is not None and one.permanent_upn == other.permanent_upn
    )


def _share_identifier(one: LinkageRecord, other: LinkageRecord) -> bool:
    return (one.nhs_number is not None and one.nhs_number == other.nhs_number) or (
        one.upn is not None and one.upn == other.upn
    )
