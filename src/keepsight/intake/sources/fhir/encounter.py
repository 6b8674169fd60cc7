"""A FHIR Encounter as the kind of attendance that it was."""

from collections.abc import Mapping
from typing import Any

from keepsight.intake.fields import Unfit
from keepsight.intake.readers.fhir import Resource
from keepsight.intake.rows import Context, Fact, Remark
from keepsight.intake.sources.fhir.checks import moment, remark_if_ahead, subject_key
from keepsight.intake.sources.fhir.codes import (
    CONCERNS,
    IN_ERROR,
    LEFT_BEFORE_SEEN,
    MENTAL_HEALTH,
    NOT_YET_HAPPENED,
    SEXUAL_HEALTH,
)
from keepsight.intake.sources.fhir.concepts import closely_held, concepts, means, text_of
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.health import (
    EmergencyAttendance,
    HealthContact,
    HospitalStay,
    MentalHealthContact,
    SexualHealthAttendance,
)

Json = Mapping[str, Any]


def encounter_fact(resource: Resource, encounter: Json, context: Context) -> Fact:
    """One attendance, stay or contact; raises `Unfit` where it has no id, patient or day.

    One that was entered in error is withdrawn.
    """
    if not encounter.get("id"):
        raise Unfit("id", "", "The encounter has no id, so a later correction could not be told.")
    period = encounter.get("period", {})
    occurred, day_only = moment("period.start", period.get("start", ""))
    until = moment("period.end", period["end"])[0] if period.get("end") else None
    if until and until < occurred:
        raise Unfit("period.end", period["end"], "The encounter ends before it starts.")
    return Fact(
        row=resource.row,
        subject_key=subject_key(encounter.get("subject", {})),
        source_key=f"encounter|{encounter['id']}",
        occurred=occurred,
        content=_content(encounter),
        occurred_until=until,
        day_only=day_only,
        remarks=tuple(_remarks(encounter) + remark_if_ahead("period.start", occurred, context)),
        withdrawn=encounter.get("status") == IN_ERROR,
    )


def _content(encounter: Json) -> Content:
    """The kind of attendance. What is closely held comes first: it must never be told as less."""
    reason = _reason(encounter)
    status = encounter.get("status")
    held_as = closely_held(
        concepts(encounter, "type", "serviceType"), concepts(encounter, "reasonCode")
    )
    if held_as == SEXUAL_HEALTH.meaning:
        return SexualHealthAttendance(reason=reason)
    if held_as == MENTAL_HEALTH.meaning:
        return MentalHealthContact(reason=reason, status=status)
    kind = encounter.get("class", {}).get("code")
    if status in NOT_YET_HAPPENED or kind not in {"EMER", "IMP", "ACUTE", "NONAC"}:
        return HealthContact(reason=reason, status=status)
    if kind == "EMER":
        return EmergencyAttendance(
            reason=reason,
            concern=_concern(encounter),
            left_before_seen=_left_before_seen(encounter),
        )
    return HospitalStay(reason=reason)


def _remarks(encounter: Json) -> list[Remark]:
    status = encounter.get("status", "")
    if status in NOT_YET_HAPPENED:
        return [Remark("status", status, f"The encounter is {status}: it has not taken place.")]
    return []


def _reason(encounter: Json) -> str | None:
    texts = [text_of(concept) for concept in encounter.get("reasonCode", [])]
    return "; ".join(text for text in texts if text) or None


def _concern(encounter: Json) -> str | None:
    reasons = encounter.get("reasonCode", [])
    found = (row.meaning for row in CONCERNS for reason in reasons if means(reason, row))
    return next(found, None)


def _left_before_seen(encounter: Json) -> bool:
    disposition = encounter.get("hospitalization", {}).get("dischargeDisposition", {})
    return means(disposition, LEFT_BEFORE_SEEN)
