"""Whose record is whose in a made-up county, told by linkage from what its agencies sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from keepsight.engines.linkage import link
from keepsight.intake.rows import Fact, Part, RegisterRow
from keepsight.kernel.linkage.records import (
    LinkageRecord,
    normalise_date_of_birth,
    normalise_name,
    normalise_nhs_number,
    normalise_postcode,
    normalise_sex,
    normalise_upn,
)
from keepsight.kernel.vocabulary.content.person import PersonDetails

Key = tuple[str, str]
"""An agency, and its own id of a person."""


@dataclass(slots=True)
class Records:
    """Every record of which something came, with what was last said of who it is."""

    details: dict[Key, PersonDetails] = field(default_factory=dict)

    def take(self, agency: str, parts: Iterable[Part]) -> None:
        for part in parts:
            if not isinstance(part, Fact | RegisterRow):
                continue
            key = agency, part.subject_key
            before = self.details.setdefault(key, PersonDetails())
            if isinstance(part, Fact) and isinstance(part.content, PersonDetails):
                self.details[key] = before.under(part.content)

    def linked(self) -> Iterator[tuple[str, str, str]]:
        """A name for the child that each record is believed to be, with the record's key."""
        keys = sorted(self.details)
        agencies = {agency: number for number, (agency, _) in enumerate(keys)}
        records = [
            _record(number, agencies[key[0]], self.details[key]) for number, key in enumerate(keys)
        ]
        for cluster in link(records):
            for subject in cluster.subjects:
                yield f"child {cluster.number}", *keys[subject]


def _record(number: int, agency: int, sent: PersonDetails) -> LinkageRecord:
    former = normalise_upn(sent.former_upn)
    return LinkageRecord(
        subject=number,
        agency=agency,
        forename=normalise_name(sent.forename),
        surname=normalise_name(sent.surname),
        date_of_birth=normalise_date_of_birth(sent.date_of_birth),
        sex=normalise_sex(sent.sex),
        nhs_number=normalise_nhs_number(sent.nhs_number),
        upn=normalise_upn(sent.upn),
        postcode=None if sent.address_withheld else normalise_postcode(sent.postcode),
        former_numbers=frozenset({former} if former else ()),
    )
