"""From details as an agency sent them to the values that linking compares."""

from keepsight.identity.actions import LatestDetails
from keepsight.kernel.linkage.phonetic import sound_of
from keepsight.kernel.linkage.records import (
    normalise_date_of_birth,
    normalise_name,
    normalise_nhs_number,
    normalise_postcode,
    normalise_sex,
    normalise_upn,
)
from keepsight.kernel.vocabulary.content.person import PersonDetails


def latest_details(subject_record_id: int | None, sent: PersonDetails) -> LatestDetails:
    """One spelling for each value; an identifier that is not valid links nothing.

    A value that was not sent, or is not valid, is empty: what an earlier file gave is then kept.
    """
    forename, surname = normalise_name(sent.forename), normalise_name(sent.surname)
    return LatestDetails(
        subject_record_id=subject_record_id,
        forename=forename,
        surname=surname,
        forename_sound=sound_of(forename),
        surname_sound=sound_of(surname),
        date_of_birth=normalise_date_of_birth(sent.date_of_birth),
        sex=normalise_sex(sent.sex),
        nhs_number=normalise_nhs_number(sent.nhs_number),
        upn=normalise_upn(sent.upn),
        postcode=None if sent.address_withheld else normalise_postcode(sent.postcode),
        address_withheld=sent.address_withheld,
        former=_former(sent),
    )


def _former(sent: PersonDetails) -> frozenset[tuple[str, str]]:
    """What was sent as a former surname or number."""
    said = (
        ("upn", normalise_upn(sent.former_upn)),
        ("surname", normalise_name(sent.former_surname)),
    )
    return frozenset((name, value) for name, value in said if value)
