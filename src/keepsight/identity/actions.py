"""Writing who it is about: subject records as they come, and the links between them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from keepsight.access.actions import note_withheld
from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.identity.models import Link
from keepsight.kernel.vocabulary.agencies import CONFIDENTIAL_AGENCIES, AgencyKind

REGISTER = """
INSERT INTO identity_subjectrecord (agency_id, area_id, tier, first_received, key, address_withheld)
SELECT %s, %s, %s, %s, key, false FROM unnest(%s::text[]) AS k (key) RETURNING key, id"""

UPDATE = """
UPDATE identity_subjectrecord s SET
  forename = coalesce(d.forename, s.forename), surname = coalesce(d.surname, s.surname),
  forename_sound = CASE WHEN d.forename IS NULL THEN s.forename_sound ELSE d.forename_sound END,
  surname_sound = CASE WHEN d.surname IS NULL THEN s.surname_sound ELSE d.surname_sound END,
  date_of_birth = coalesce(d.date_of_birth, s.date_of_birth), sex = coalesce(d.sex, s.sex),
  nhs_number = coalesce(d.nhs_number, s.nhs_number), upn = coalesce(d.upn, s.upn),
  postcode = CASE WHEN coalesce(d.address_withheld, s.address_withheld) THEN NULL
    ELSE coalesce(d.postcode, s.postcode) END,
  address_withheld = coalesce(d.address_withheld, s.address_withheld), details_received = %s
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[],
  %s::text[], %s::text[], %s::text[], %s::boolean[]) AS d (id, forename, surname, forename_sound,
  surname_sound, date_of_birth, sex, nhs_number, upn, postcode, address_withheld)
WHERE s.id = d.id AND (s.details_received IS NULL OR s.details_received <= %s)"""

FORMER = """
INSERT INTO identity_formernumber (subject_record_id, number, recorded)
SELECT s.id, d.number, %s FROM unnest(%s::bigint[], %s::text[]) AS d (id, number)
JOIN identity_subjectrecord s ON s.id = d.id AND s.upn IS DISTINCT FROM d.number
ON CONFLICT (subject_record_id, number) DO NOTHING"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestDetails:
    """What an agency sent last about a person, normalised; identifiers only if valid.

    What is empty was not sent: `address_withheld` too, where the format cannot say it.
    """

    subject_record_id: int
    forename: str | None = None
    surname: str | None = None
    forename_sound: str | None = None
    surname_sound: str | None = None
    date_of_birth: date | None = None
    sex: str | None = None
    nhs_number: str | None = None
    upn: str | None = None
    postcode: str | None = None
    address_withheld: bool | None = None
    former_upn: str | None = None

    def under(self, later: "LatestDetails") -> "LatestDetails":
        """Both together: what the later states replaces, what it leaves out is kept.

        How a name sounds comes with the name, and no postcode outlives its being withheld.
        """
        said = {name: getattr(later, name) for name in self.__dataclass_fields__}
        stated = {name: value for name, value in said.items() if value is not None}
        for name in ("forename", "surname"):
            if name in stated:
                stated[f"{name}_sound"] = said[f"{name}_sound"]
        both = replace(self, **stated)
        return replace(both, postcode=None) if both.address_withheld else both


def tier_of(agency: Agency) -> str:
    """How closely all of an agency's records are held."""
    return "confidential" if AgencyKind(agency.kind) in CONFIDENTIAL_AGENCIES else "ordinary"


@action
def register_subjects(
    *, by: Actor, agency: Agency, keys: Sequence[str], received: datetime
) -> dict[str, int]:
    """The ids of an agency's subject records by its own keys; makes those that are new."""
    known = _ids(agency, keys)
    missing = [key for key in dict.fromkeys(keys) if key not in known]
    if not missing:
        return known
    values = [agency.pk, agency.area_id, tier_of(agency), received, missing]
    with connection.cursor() as cursor:
        cursor.execute(REGISTER, values)
        return known | dict(cursor.fetchall())


def _ids(agency: Agency, keys: Sequence[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, id FROM identity_subjectrecord WHERE agency_id = %s AND key = ANY(%s)",
            [agency.pk, list(keys)],
        )
        return dict(cursor.fetchall())


@action
def update_details(*, by: Actor, details: Sequence[LatestDetails], received: datetime) -> int:
    """Keep the latest details of each subject record; older ones never overwrite newer.

    Field by field: what was not sent this time stays as it was sent before.
    """
    latest: dict[int, LatestDetails] = {}
    for each in details:
        before = latest.get(each.subject_record_id)
        latest[each.subject_record_id] = before.under(each) if before else each
    columns = [
        [getattr(each, name) for each in latest.values()]
        for name in LatestDetails.__dataclass_fields__
        if name != "former_upn"
    ]
    former = [each for each in latest.values() if each.former_upn]
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [received, *columns, received])
        changed = cursor.rowcount
        if former:
            subjects = [each.subject_record_id for each in former]
            cursor.execute(FORMER, [received, subjects, [each.former_upn for each in former]])
    stated = {
        subject: each.address_withheld
        for subject, each in latest.items()
        if each.address_withheld is not None
    }
    note_withheld(by=by, subjects=list(stated), withheld=list(stated.values()))
    return changed


@action
def own_record(*, by: Actor, agency: Agency, child_id: uuid.UUID, received: datetime) -> int:
    """The agency's own subject record of a child; makes one, linked by a person, if it has none.

    The database lets an agency link only a child to whom it has a relation.
    """
    links = Link.objects.filter(child_id=child_id, agency=agency, recorded_until=None)
    found = links.order_by("pk").first()
    if found is not None:
        return int(found.subject_record_id)
    key = f"keepsight-{child_id}"
    subject = register_subjects(by=by, agency=agency, keys=[key], received=received)[key]
    Link.objects.create(
        subject_record_id=subject,
        child_id=child_id,
        agency=agency,
        area_id=agency.area_id,
        tier=tier_of(agency),
        reasons=["begun in Keepsight for this child"],
        model_version="",
        decided_by=by.name,
        recorded_from=received,
    )
    return subject
