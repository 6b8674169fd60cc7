"""Attendances at hospitals and clinics as FHIR R4 in the manner of UK Core, one resource a line.

SNOMED CT codes are given where we know one (mark M); the reason's text is always there.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.calendar import LONDON
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.feeds.desk import Desk, rounds
from keepsight.synthetic.happenings import CLINIC, ED, SEXUAL_HEALTH_CLINIC, Visit
from keepsight.synthetic.knowing import Known
from keepsight.synthetic.places import SEXUAL_HEALTH, TRUST

SOURCE = "fhir"
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
STAY = timedelta(minutes=150)

Resource = dict[str, Any]


def write_health(desk: Desk) -> Iterator[Delivery]:
    """A file a month from the trust, and one from the sexual health service."""
    trust, clinic = {ED, CLINIC}, {SEXUAL_HEALTH_CLINIC}
    yield from _write(desk, TRUST, AgencyKind.HEALTH, trust, desk.living_in(0) | desk.living_in(1))
    here = desk.living_in(0)
    yield from _write(desk, SEXUAL_HEALTH, AgencyKind.SEXUAL_HEALTH, clinic, here)


def _write(
    desk: Desk, agency: str, kind: AgencyKind, settings: set[str], served: NDArray[np.bool_]
) -> Iterator[Delivery]:
    last = desk.period.today - timedelta(days=1)
    visits = sorted(
        (
            visit
            for visit in desk.happenings.visits
            if visit.setting in settings and served[visit.person] and visit.start.date() < last
        ),
        key=lambda visit: (visit.start, visit.person, visit.reason),
    )
    known = desk.know(agency, kind, (visit.person for visit in visits))
    numbered = list(enumerate(visits, start=1))
    for since, until in rounds(desk.period, 30, last):
        after, before = datetime.combine(since, time.min), datetime.combine(until, time.min)
        month = [(number, visit) for number, visit in numbered if after <= visit.start < before]
        lines = _lines(month, known)
        yield desk.deliver(until, agency, SOURCE, "attendances.ndjson", lines)


def _lines(month: Sequence[tuple[int, Visit]], known: Known) -> Iterator[str]:
    """Each patient once, then the encounters, then three faulty lines."""
    place = known.row_of()
    patients = [_patient(known, place[p]) for p in sorted({visit.person for _, visit in month})]
    encounters = [_encounter(n, visit, known.key[place[visit.person]]) for n, visit in month]
    for resource in (*patients, *encounters):
        yield _line(resource)
    if encounters:
        yield from _faults(patients[0], encounters[0])


def _line(resource: Resource) -> str:
    return json.dumps(resource, separators=(",", ":"), ensure_ascii=False) + "\n"


def _patient(known: Known, row: int) -> Resource:
    patient: Resource = {"resourceType": "Patient", "id": known.key[row]}
    if known.nhs[row]:
        patient["identifier"] = [_nhs_number(known.nhs[row])]
    name = {"use": "official", "family": known.surname[row], "given": [known.forename[row]]}
    patient["name"] = [name]
    patient["gender"] = "female" if known.sex[row] == "F" else "male"
    patient["birthDate"] = str(known.birth[row])
    if known.postcode[row]:
        patient["address"] = [{"use": "home", "postalCode": known.postcode[row]}]
    return patient


def _nhs_number(number: str) -> Resource:
    verified = {
        "system": VERIFICATION_CODES,
        "code": "01",
        "display": "Number present and verified",
    }
    status = {"url": VERIFICATION, "valueCodeableConcept": {"coding": [verified]}}
    return {"extension": [status], "system": NHS_NUMBER, "value": number}


def _encounter(number: int, visit: Visit, patient: str) -> Resource:
    setting = ED if visit.setting == ED else CLINIC
    encounter: Resource = {
        "resourceType": "Encounter",
        "id": f"{patient[0]}E{number:07d}",
        "status": "finished",
        "class": {"system": ACT_CODES, "code": setting, "display": CLASSES[setting]},
        "subject": {"reference": f"Patient/{patient}"},
        "period": {"start": _instant(visit.start), "end": _instant(visit.start + STAY)},
    }
    if visit.setting == SEXUAL_HEALTH_CLINIC:
        encounter["serviceType"] = {"text": visit.reason}
    else:
        encounter["reasonCode"] = [_reason(visit.reason)]
    if visit.left_before_seen:
        encounter["hospitalization"] = {"dischargeDisposition": {"text": LEFT}}
    return encounter


def _reason(text: str) -> Resource:
    if text not in SNOMED_CODES:
        return {"text": text}
    return {
        "coding": [{"system": SNOMED, "code": SNOMED_CODES[text], "display": text}],
        "text": text,
    }


def _instant(moment: datetime) -> str:
    return moment.replace(tzinfo=LONDON).isoformat()


def _faults(patient: Resource, encounter: Resource) -> Iterator[str]:
    """Second, faulty copies: no such day twice, and an encounter of nobody."""
    start, year = encounter["period"]["start"], encounter["period"]["start"][:4]
    impossible = {"start": f"{year}-02-31{start[10:]}"}
    yield _line({**encounter, "id": f"{encounter['id']}-2", "period": impossible})
    nobody = {key: value for key, value in encounter.items() if key != "subject"}
    yield _line({**nobody, "id": f"{encounter['id']}-3"})
    yield _line({**patient, "birthDate": f"{patient['birthDate'][:4]}-02-31"})
