"""Writing who it is about: subject records as they come, and the links between them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import connection

from keepsight.access.actions import note_withheld
from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.identity.matching_functions import NEW_IDENTITY
from keepsight.identity.models import Link
from keepsight.kernel.vocabulary.agencies import CONFIDENTIAL_AGENCIES, AgencyKind

SAID = (
    "forename",
    "surname",
    "forename_sound",
    "surname_sound",
    "date_of_birth",
    "sex",
    "nhs_number",
    "upn",
    "postcode",
    "address_withheld",
)
UNNESTED = (
    "unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[],"
    " %s::text[], %s::text[], %s::boolean[]"
)

REGISTER = f"""
INSERT INTO identity_subjectrecord
  (agency_id, area_id, tier, first_received, key, details_received, {", ".join(SAID)})
SELECT %s, %s, %s, %s, key, CASE WHEN said THEN %s::timestamptz END, {", ".join(SAID[:-1])},
  coalesce(address_withheld, false)
FROM {UNNESTED}, %s::text[], %s::boolean[]) AS d ({", ".join(SAID)}, key, said)
RETURNING key, id"""

UPDATE = f"""
UPDATE identity_subjectrecord s
SET {", ".join(f"{name} = n.{name}" for name in SAID)}, details_received = %s
FROM (
  SELECT s.id, coalesce(d.forename, s.forename) AS forename,
    coalesce(d.surname, s.surname) AS surname,
    CASE WHEN d.forename IS NULL THEN s.forename_sound ELSE d.forename_sound END AS forename_sound,
    CASE WHEN d.surname IS NULL THEN s.surname_sound ELSE d.surname_sound END AS surname_sound,
    coalesce(d.date_of_birth, s.date_of_birth) AS date_of_birth, coalesce(d.sex, s.sex) AS sex,
    coalesce(d.nhs_number, s.nhs_number) AS nhs_number, coalesce(d.upn, s.upn) AS upn,
    CASE WHEN coalesce(d.address_withheld, s.address_withheld) THEN NULL
      ELSE coalesce(d.postcode, s.postcode) END AS postcode,
    coalesce(d.address_withheld, s.address_withheld) AS address_withheld
  FROM {UNNESTED}, %s::bigint[]) AS d ({", ".join(SAID)}, id)
  JOIN identity_subjectrecord s ON s.id = d.id) n
WHERE s.id = n.id AND (s.details_received IS NULL OR (s.details_received <= %s
  AND ({", ".join(f"s.{name}" for name in SAID)})
    IS DISTINCT FROM ({", ".join(f"n.{name}" for name in SAID)})))"""
"""A record of which nothing is said that was not known is left as it is: most are, every day."""

FORMER = f"""
WITH noted AS (
  INSERT INTO identity_formerdetail (subject_record_id, "column", value, recorded)
  SELECT s.id, d.name, d.value, %s
  FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS d (id, name, value)
  JOIN identity_subjectrecord s ON s.id = d.id
    AND CASE d.name WHEN 'upn' THEN s.upn WHEN 'nhs_number' THEN s.nhs_number
      WHEN 'surname' THEN s.surname ELSE s.postcode END IS DISTINCT FROM d.value
    AND NOT (d.name = 'postcode' AND s.address_withheld)
    AND NOT {NEW_IDENTITY.format(subject="s.id")}
  ON CONFLICT (subject_record_id, "column", value) DO NOTHING
  RETURNING subject_record_id)
INSERT INTO identity_unmatched (subject_record_id, since)
SELECT DISTINCT subject_record_id, now() FROM noted
ON CONFLICT (subject_record_id) DO NOTHING"""
"""What is newly known of a record before may join it to another, so it is matched anew."""

OVERTAKEN = """
SELECT s.id FROM unnest(%s::bigint[]) AS d (id)
JOIN identity_subjectrecord s ON s.id = d.id AND s.details_received > %s"""

REPLACED = ("nhs_number", "upn", "surname", "postcode")
"""The columns of which a record keeps what it said before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestDetails:
    """What an agency sent last about a person, normalised; identifiers only if valid.

    What is empty was not sent: `address_withheld` too, where the format cannot say it. The id is
    empty for one who is registered with them. `former` are columns of `REPLACED`, each with a value
    that was sent as a former one, or before the one that stands here.
    """

    subject_record_id: int | None = None
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
    former: frozenset[tuple[str, str]] = frozenset()

    def under(self, later: "LatestDetails") -> "LatestDetails":
        """Both together: what the later states replaces, what it leaves out is kept.

        How a name sounds comes with the name, and no postcode outlives its being withheld.
        """
        said = {name: getattr(later, name) for name in self.__dataclass_fields__}
        stated = {
            name: value for name, value in said.items() if value is not None and name != "former"
        }
        for name in ("forename", "surname"):
            if name in stated:
                stated[f"{name}_sound"] = said[f"{name}_sound"]
        both = replace(self, **stated, former=self.former | later.former | self._replaced(later))
        return replace(both, postcode=None) if both.address_withheld else both

    def said(self) -> frozenset[tuple[str, str]]:
        """What it says in the columns whose former values are kept."""
        found = {name: getattr(self, name) for name in REPLACED}
        return frozenset((name, value) for name, value in found.items() if value)

    def _replaced(self, later: "LatestDetails") -> frozenset[tuple[str, str]]:
        return frozenset(
            (name, value)
            for name, value in self.said()
            if getattr(later, name) not in (None, value)
        )


NOTHING_SENT = LatestDetails()


def tier_of(agency: Agency) -> str:
    """How closely all of an agency's records are held."""
    return "confidential" if AgencyKind(agency.kind) in CONFIDENTIAL_AGENCIES else "ordinary"


@action
def register_subjects(
    *,
    by: Actor,
    agency: Agency,
    keys: Sequence[str],
    received: datetime,
    details: Mapping[str, LatestDetails] = MappingProxyType({}),
) -> dict[str, int]:
    """The ids of an agency's subject records by its own keys; makes those that are new.

    `details` are what was sent of some of them; they are kept as `update_details` keeps them.
    """
    known = _ids(agency, keys)
    missing = [key for key in dict.fromkeys(keys) if key not in known]
    again = [
        replace(said, subject_record_id=known[key]) for key, said in details.items() if key in known
    ]
    if again:
        update_details(by=by, details=again, received=received)
    if not missing:
        return known
    columns = _columns([details.get(key, NOTHING_SENT) for key in missing])
    place = [agency.pk, agency.area_id, tier_of(agency), received, received]
    with connection.cursor() as cursor:
        said = [key in details for key in missing]
        cursor.execute(REGISTER, [*place, *columns, missing, said])
        new = dict(cursor.fetchall())
    _note_former({new[key]: said for key, said in details.items() if key in new}, received)
    return known | new


def _note_former(details: Mapping[int, LatestDetails], received: datetime) -> None:
    """Keep what a record said before: sent as that, or replaced within one delivery."""
    sent = [(subject, *each) for subject, said in details.items() for each in sorted(said.former)]
    if sent:
        columns = [list(column) for column in zip(*sent, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(FORMER, [received, *columns])


def _overtaken(
    details: Mapping[int, LatestDetails], received: datetime
) -> dict[int, LatestDetails]:
    """Those of records that said something else since: what they say here, they said before."""
    with connection.cursor() as cursor:
        cursor.execute(OVERTAKEN, [list(details), received])
        subjects = [subject for (subject,) in cursor.fetchall()]
    return {
        subject: replace(said, former=said.former | said.said())
        for subject, said in ((each, details[each]) for each in subjects)
    }


def _columns(details: Iterable[LatestDetails]) -> list[list[Any]]:
    """What was sent, as an array for each of `SAID`."""
    rows = list(details)
    return [[getattr(each, name) for each in rows] for name in SAID]


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
        if each.subject_record_id is None:
            raise ValueError("These details name no subject record.")
        before = latest.get(each.subject_record_id)
        latest[each.subject_record_id] = before.under(each) if before else each
    columns = _columns(latest.values())
    overtaken = _overtaken(latest, received)
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [received, *columns, list(latest), received])
        changed = cursor.rowcount
    _note_former(latest | overtaken, received)
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
