"""What forbids that two records are one child, however alike they look.

Twins and siblings are the main cause of false links among children: they share surname, date
of birth and address, so that only the forename and their numbers tell them apart.
"""

from rapidfuzz.distance import OSA, JaroWinkler

from keepsight.kernel.linkage.levels import SOUNDING_ALIKE
from keepsight.kernel.linkage.nicknames import same_name
from keepsight.kernel.linkage.phonetic import sound_of
from keepsight.kernel.linkage.records import NO_AGENCY, LinkageRecord

NEAR_SPELLING = 0.88
"""Jaro-Winkler likeness from which a forename may be a slip of the other (our own measurement)."""

SHORT_FORM = 3
"""Letters from which the beginning of a name counts as a short form of it."""

FAR_OVER = 35.0
"""Bits of weight that outvote the twin guard: more than names, date and address can give."""


def conflict(one: LinkageRecord, other: LinkageRecord, weight: float | None = None) -> str | None:
    """Why two records must not be one child, in words, or `None` if nothing forbids it.

    `weight` is the model's, in bits, where the pair was scored. Different valid NHS numbers or
    permanent UPNs forbid at any weight; looking like twins gives way only to `FAR_OVER`.
    """
    if _differ(one.nhs_number, other.nhs_number):
        return "They have two different valid NHS numbers."
    if _differ(one.permanent_upn, other.permanent_upn):
        return "They have two different valid UPNs."
    if looks_like_twins(one, other) and (weight is None or weight < FAR_OVER):
        return (
            "They have the same surname and date of birth but different forenames, as twins do, "
            "and share no identifier."
        )
    return None


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


def _share_identifier(one: LinkageRecord, other: LinkageRecord) -> bool:
    return (one.nhs_number is not None and one.nhs_number == other.nhs_number) or (
        one.upn is not None and one.upn == other.upn
    )
