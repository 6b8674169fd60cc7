"""FHIR R4 resources in the manner of UK Core.

SNOMED CT codes are given where we know one (mark M); the reason's text is always there.
"""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

from keepsight.kernel.calendar import LONDON
from keepsight.synthetic.happenings import (
    CLINIC,
    ED,
    SEXUAL_HEALTH_CLINIC,
    Appointment,
    HealthFlag,
    Visit,
)
from keepsight.synthetic.people.knowing import Known

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
VERIFICATION = (
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
)
VERIFICATION_CODES = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"
ACT_CODES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
SNOMED = "http://snomed.info/sct"
SNOMED_CODES = {
    "Assault": "52684005",
    "Alcohol intoxication": "25702006",
    "Overdose": "55680006",
    "Self-harm": "248062006",
    "Fall": "1912002",
    "Fever": "386661006",
    "Asthma": "195967001",
}
CLASSES = {ED: "emergency", CLINIC: "ambulatory"}
LEFT = "left before being seen"
STAY, APPOINTMENT = timedelta(minutes=150), timedelta(minutes=40)

Resource = dict[str, Any]


def patient(known: Known, row: int) -> Resource:
    """Who the service's record says the child is; what it does not hold is left out."""
    found: Resource = {"resourceType": "Patient", "id": known.key[row]}
    if known.nhs[row]:
        found["identifier"] = [_nhs_number(known.nhs[row])]
    name = {"use": "official", "family": known.surname[row], "given": [known.forename[row]]}
    found["name"] = [name]
    found["gender"] = "female" if known.sex[row] == "F" else "male"
    if not np.isnat(known.birth[row]):
        found["birthDate"] = str(known.birth[row])
    if known.postcode[row]:
        found["address"] = [{"use": "home", "postalCode": known.postcode[row]}]
    return found


def encounter(reference: str, visit: Visit, of: str) -> Resource:
    """An attendance of the patient `of`."""
    setting = ED if visit.setting == ED else CLINIC
    found = _encounter(reference, setting, of, visit.start, visit.start + STAY)
    if visit.setting == SEXUAL_HEALTH_CLINIC:
        found["serviceType"] = {"text": visit.reason}
    else:
        found["reasonCode"] = [_reason(visit.reason)]
    if visit.left_before_seen:
        found["hospitalization"] = {"dischargeDisposition": {"text": LEFT}}
    return found


def appointment(reference: str, booked: Appointment, status: str, of: str) -> Resource:
    """A booked appointment; a child who was not brought has the status noshow."""
    came = {"fulfilled": "accepted", "noshow": "declined"}.get(status, "needs-action")
    return {
        "resourceType": "Appointment",
        "id": reference,
        "status": status,
        "serviceType": [{"text": booked.service}],
        "created": booked.asked.isoformat(),
        "start": _instant(booked.start),
        "end": _instant(booked.start + APPOINTMENT),
        "participant": [{"actor": {"reference": f"Patient/{of}"}, "status": came}],
    }


def kept(reference: str, booked: Appointment, of: str) -> Resource:
    """The encounter of an appointment that was kept."""
    found = _encounter(reference, CLINIC, of, booked.start, booked.start + APPOINTMENT)
    return {**found, "serviceType": {"text": booked.service}}


def flag(reference: str, raised: HealthFlag, of: str) -> Resource:
    """A flag on a health record."""
    return {
        "resourceType": "Flag",
        "id": reference,
        "status": "active",
        "code": {"text": raised.text},
        "subject": {"reference": f"Patient/{of}"},
        "period": {"start": raised.since.isoformat()},
    }


def _encounter(reference: str, setting: str, of: str, start: datetime, end: datetime) -> Resource:
    return {
        "resourceType": "Encounter",
        "id": reference,
        "status": "finished",
        "class": {"system": ACT_CODES, "code": setting, "display": CLASSES[setting]},
        "subject": {"reference": f"Patient/{of}"},
        "period": {"start": _instant(start), "end": _instant(end)},
    }


def _nhs_number(number: str) -> Resource:
    verified = {
        "system": VERIFICATION_CODES,
        "code": "01",
        "display": "Number present and verified",
    }
    status = {"url": VERIFICATION, "valueCodeableConcept": {"coding": [verified]}}
    return {"extension": [status], "system": NHS_NUMBER, "value": number}


def _reason(text: str) -> Resource:
    if text not in SNOMED_CODES:
        return {"text": text}
    return {
        "coding": [{"system": SNOMED, "code": SNOMED_CODES[text], "display": text}],
        "text": text,
    }


def _instant(moment: datetime) -> str:
    return moment.replace(tzinfo=LONDON).isoformat()
