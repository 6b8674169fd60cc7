"""Adoption. Every such record is sealed: it is for the people named on the child’s seal alone.

Nothing of the adopters is held: Keepsight has no purpose for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content

ADOPTION = "Adoption and Children Act 2002, sections 56 to 65 [M]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed(Content):
    """Base of what is sealed wherever it is held."""

    heading: ClassVar[Category] = Category.SOCIAL_CARE
    readable: ClassVar[bool] = False
    sealed: ClassVar[bool] = True
    source: ClassVar[str] = f"DfE children looked after return (SSDA903); {ADOPTION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionDecided(Sealed):
    """The decision that a child should be placed for adoption, and the match with adopters."""

    kind: ClassVar[str] = "adoption_decided"
    title: ClassVar[str] = "Decision that the child should be placed for adoption"

    matched: date | None = None
    placement_order: date | None = None
    by_foster_carer: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedForAdoption(Sealed):
    """A period of being placed, or to be placed, for adoption."""

    kind: ClassVar[str] = "placed_for_adoption"
    title: ClassVar[str] = "Placed for adoption"

    reason_ended: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionOrderMade(Sealed):
    """A court made an adoption order."""

    kind: ClassVar[str] = "adoption_order_made"
    title: ClassVar[str] = "Adoption order made"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierPermanence(Sealed):
    """Whether a child came into care from an earlier permanent home, adoption among them.

    Where the others were open, one that is not there would tell of an adoption: so all are sealed.
    """

    kind: ClassVar[str] = "earlier_permanence"
    title: ClassVar[str] = "Earlier permanent home"
    timeless: ClassVar[bool] = True

    permanence: str
    authority: str | None = None
    day_as_stated: str | None = None
