"""Who is sought, in the words and the spelling that the Personal Demographics Service takes."""

import re
from dataclasses import dataclass
from datetime import date

from keepsight.kernel.linkage.records import (
    normalise_date_of_birth,
    normalise_name,
    normalise_postcode,
    normalise_sex,
)

REMARK = re.compile(r"\([^()]*\)")
"""What is typed in brackets behind a name: “(formerly …)”, “(AKA …)” (`formats.md` section 5)."""

NOT_OF_A_NAME = re.compile(r"[^\w\s'’.-]|_|\d")
"""A star would be a wildcard, which finds other people (PDS FHIR, search for a patient)."""

GENDERS = {"M": "male", "F": "female"}
"""FHIR’s words; a gender that is not known is not asked for, because it would be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Somebody whose number is to be found. What is not known is empty."""

    given: tuple[str, ...] = ()
    family: str = ""
    born: date | None = None
    gender: str = ""
    postcode: str = ""

    @property
    def enough(self) -> bool:
        """The least that any search takes: a family name and a date of birth (PDS FHIR)."""
        return bool(self.family) and self.born is not None


def sought(
    *,
    forename: str | None,
    surname: str | None,
    born: date | None,
    sex: str | None = None,
    postcode: str | None = None,
) -> Sought:
    """Somebody as a record names them: brackets go, given names are split (`formats.md` 5).

    What cannot be a name, a birth or an address (“Baby”, 1 January 1900, ZZ99) is not asked for.
    """
    return Sought(
        given=tuple(_name(forename).split()),
        family=_name(surname),
        born=normalise_date_of_birth(born),
        gender=GENDERS.get(normalise_sex(sex) or "", ""),
        postcode=normalise_postcode(postcode) or "",
    )


def _name(text: str | None) -> str:
    plain = NOT_OF_A_NAME.sub(" ", REMARK.sub(" ", text or ""))
    name = " ".join(plain.split())
    return name if normalise_name(name) else ""
