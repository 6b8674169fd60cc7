"""What a subject record brings to linkage, in one spelling.

Two agencies that mean the same name, date or number must write the same text here. An
identifier that is not valid is left out: a wrong one must neither join nor part two records.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from keepsight.kernel.identifiers import UPN, IdentifierError, NHSNumber, Postcode

UNSPLIT_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
"""Letters that Unicode does not decompose into a plain letter and an accent."""

NAMES_OF_NOBODY = frozenset({"unknown", "not known", "baby", "none", "no name", "na", "tbc"})
"""What is typed where no name is known; newborn children stand as "Baby" in health records."""

SEXES = {"m": "M", "male": "M", "1": "M", "f": "F", "female": "F", "2": "F"}
"""Person stated gender codes and words (NHS Data Dictionary; CIN census item N00097: mark M)."""

EARLIEST_BIRTH = date(1901, 1, 1)
"""Earlier dates are fillers: systems write 1 January 1900 where none is known."""

NO_AGENCY = -1
"""Stands for an agency that is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRecord:
    """One subject record, already normalised. What an agency does not hold is `None`.

    `former_numbers` are NHS numbers and UPNs that are known to have been this person's before;
    `former_surnames` and `former_postcodes` are what the record said of them before. `careless` are
    the columns that its agency often has wrong.
    """

    subject: int
    agency: int
    forename: str | None = None
    surname: str | None = None
    date_of_birth: date | None = None
    sex: str | None = None
    nhs_number: str | None = None
    upn: str | None = None
    postcode: str | None = None
    former_numbers: frozenset[str] = frozenset()
    former_surnames: frozenset[str] = frozenset()
    former_postcodes: frozenset[str] = frozenset()
    careless: frozenset[str] = frozenset()

    @property
    def permanent_upn(self) -> str | None:
        """The UPN unless it is temporary: a temporary one may differ for the same pupil."""
        return self.upn if self.upn and self.upn[-1].isdigit() else None


@lru_cache(maxsize=1 << 15)
def normalise_name(text: str | None) -> str | None:
    """Lower-case letters and single spaces, without accents, apostrophes or hyphens."""
    folded = unicodedata.normalize("NFKD", (text or "").casefold()).translate(UNSPLIT_LETTERS)
    plain = re.sub(r"['’‘`\u0300-\u036f]", "", folded)
    name = " ".join("".join(c if c.isalpha() else " " for c in plain).split())
    return name if name and name not in NAMES_OF_NOBODY else None


def normalise_sex(text: str | None) -> str | None:
    """`M` or `F`; anything else says nothing about whether two records are one person."""
    return SEXES.get((text or "").strip().casefold())


def normalise_date_of_birth(day: date | None) -> date | None:
    """The day, unless it is a filler."""
    return day if day and day >= EARLIEST_BIRTH else None


def normalise_nhs_number(text: str | None) -> str | None:
    """Ten digits if they are a valid NHS number, else `None`."""
    try:
        return NHSNumber.parse(text or "").value
    except IdentifierError:
        return None


def normalise_upn(text: str | None) -> str | None:
    """Thirteen characters if they are a valid UPN, permanent or temporary, else `None`."""
    try:
        return UPN.parse(text or "").value
    except IdentifierError:
        return None


def normalise_postcode(text: str | None) -> str | None:
    """The postcode with its space, unless it is malformed or stands for no known address."""
    try:
        postcode = Postcode.parse(text or "")
    except IdentifierError:
        return None
    return None if postcode.placeholder else postcode.value
