"""Who an agency says that somebody is. No indicator can read any of this."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails(Content):
    """Names, birth date, identifiers and address as one agency sent them.

    Identifiers are kept as sent, valid or not: `identity` decides what it can use. A field that is
    empty was left out; `address_withheld` is yes or no only where the sender's format can say so.
    """

    kind: ClassVar[str] = "person_details"
    title: ClassVar[str] = "Personal details received"
    heading: ClassVar[Category] = Category.PERSON
    readable: ClassVar[bool] = False
    timeless: ClassVar[bool] = True
    whereabouts: ClassVar[frozenset[str]] = frozenset({"address", "postcode", "phone"})

    forename: str | None = None
    surname: str | None = None
    preferred_name: str | None = None
    former_surname: str | None = None
    date_of_birth: date | None = None
    sex: str | None = None
    ethnicity: str | None = None
    disabilities: tuple[str, ...] = ()
    nhs_number: str | None = None
    upn: str | None = None
    former_upn: str | None = None
    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    address_withheld: bool | None = None

    def under(self, later: "PersonDetails") -> "PersonDetails":
        """Both together: what the later states replaces, what it leaves out is kept.

        A narrower feed that gives no postcode does not take one away. An address that the later
        withholds takes away where the earlier says that the person is.
        """
        said = {name: getattr(later, name) for name in later.to_json()}
        kept = self
        if later.address_withheld:
            kept = replace(self, address=None, postcode=None, phone=None)
        return replace(kept, **said)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressGiven(Content):
    """One of the addresses at which a person lives, where an agency sends them apart."""

    kind: ClassVar[str] = "address_given"
    title: ClassVar[str] = "Address received"
    heading: ClassVar[Category] = Category.PERSON
    readable: ClassVar[bool] = False
    timeless: ClassVar[bool] = True
    whereabouts: ClassVar[frozenset[str]] = frozenset({"postcode"})

    postcode: str | None = None
