"""Names that would tell where a child is, and what is said in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from keepsight.kernel.vocabulary.agencies import TELL_NO_PLACE, AgencyKind

ASK_SOCIAL_CARE = "Ask children’s social care"
FEED_WITHHELD = "A feed whose name is withheld"


def agency_named(agency: str, kind: str, *, masked: bool) -> str:
    """An agency's name, or only its kind where the name would tell where a child is."""
    if masked and AgencyKind(kind) not in TELL_NO_PLACE:
        return f"{AgencyKind(kind).in_words.capitalize()} (name withheld)"
    return agency


@dataclass(frozen=True, slots=True)
class Masked:
    """Whether names that would tell where the child is are kept from this viewer's agency."""

    agency_id: int
    withheld: bool

    def keeps(self, agency_id: int) -> bool:
        """Whether what another agency calls the child, its feeds and its remarks stay unsaid.

        Unlike a name they are hidden of every other agency: a file, a number or a value that was
        sent wrongly may say where the child is, whoever sent it.
        """
        return self.withheld and agency_id != self.agency_id

    def named(self, agency_id: int, name: str, kind: str) -> str:
        """An agency's name, or only its kind."""
        return agency_named(name, kind, masked=self.keeps(agency_id))

    def agency(self, row: Sequence[Any], name: int, agency_id: int, kind: int) -> str:
        """The agency of a row, whose name, id and kind stand at these places."""
        return self.named(row[agency_id], row[name], row[kind])
