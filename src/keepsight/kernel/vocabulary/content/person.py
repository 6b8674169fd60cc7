"""Who an agency says that somebody is. No indicator can read any of this."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails(Content):
    """Names, birth date, identifiers and address as one agency sent them.

    Identifiers are kept as sent, valid or not: `identity` decides what it can use.
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
    address_withheld: bool = False

    def over(self, earlier: "PersonDetails") -> "PersonDetails":
        """These details, and of earlier ones what these do not state.

        Where the address is withheld nothing earlier tells of it.
        """
        said = earlier.to_json() | self.to_json()
        if self.address_withheld:
            said = {name: value for name, value in said.items() if name not in self.whereabouts}
        return PersonDetails.from_json(said | {"address_withheld": self.address_withheld})


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
