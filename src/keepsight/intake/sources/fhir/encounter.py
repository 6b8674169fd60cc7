"""A FHIR Encounter as the kind of attendance that it was."""

from collections.abc import Iterator, Mapping
from typing import Any

from keepsight.intake.fields import Unfit
from keepsight.intake.readers.fhir import Resource
from keepsight.intake.rows import Context, Fact, Remark
from keepsight.intake.sources.fhir.checks import moment, remark_if_ahead, subject_key
from keepsight.intake.sources.fhir.codes import (
    CONCERNS,
    LEFT_BEFORE_SEEN,
    NOT_YET_HAPPENED,
    SEXUAL_HEALTH,
    SNOMED,
    Meaning,
)
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.health import (
    EmergencyAttendance,
    HealthContact,
    HospitalStay,
    SexualHealthAttendance,
)

Json = Mapping[str, Any]


def encounter_fact(resource: Resource, encounter: Json, context: Context) -> Fact:
    """One attendance, stay or contact; raises `Unfit` where it has no id, patient or day."""
    if not encounter.get("id"):
        raise Unfit("id", "", "The encounter has no id, so a later correction could not be told.")
    if encounter.get("status") == "entered-in-error":
        raise Unfit("status", "entered-in-error", "The sender says that it was entered in error.")
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
    )


def _content(encounter: Json) -> Content:
    """The kind of attendance. Sexual health comes first: what it is must never be told as less."""
    reason = _reason(encounter)
    concepts = list(_concepts(encounter, "type", "serviceType", "reasonCode"))
    if any(_means(concept, SEXUAL_HEALTH) for concept in concepts):
        return SexualHealthAttendance(reason=reason)
    kind = encounter.get("class", {}).get("code")
    status = encounter.get("status")
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


def _concepts(encounter: Json, *names: str) -> Iterator[Json]:
    for name in names:
        found = encounter.get(name, [])
        yield from found if isinstance(found, list) else [found]


def _reason(encounter: Json) -> str | None:
    texts = [_text(concept) for concept in encounter.get("reasonCode", [])]
    return "; ".join(text for text in texts if text) or None


def _text(concept: Json) -> str:
    displays = (coding.get("display", "") for coding in concept.get("coding", []))
    return concept.get("text") or next(filter(None, displays), "")


def _concern(encounter: Json) -> str | None:
    reasons = encounter.get("reasonCode", [])
    found = (row.meaning for row in CONCERNS for reason in reasons if _means(reason, row))
    return next(found, None)


def _left_before_seen(encounter: Json) -> bool:
    disposition = encounter.get("hospitalization", {}).get("dischargeDisposition", {})
    return _means(disposition, LEFT_BEFORE_SEEN)


def _means(concept: Json, meaning: Meaning) -> bool:
    words = concept.get("text", "")
    for coding in concept.get("coding", []):
        if coding.get("system") == SNOMED and coding.get("code") in meaning.codes:
            return True
        words += " " + coding.get("display", "")
    said = words.casefold()
    return any(word in said for word in meaning.words)
