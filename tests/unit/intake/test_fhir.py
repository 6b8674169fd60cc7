import json

import pytest

from keepsight.intake.rows import Refused
from keepsight.kernel.vocabulary.content.base import Tier

PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9000000009"}],
    "name": [{"use": "official", "family": "Ashdown", "given": ["Merle"]}],
    "birthDate": "2011-04-02",
    "address": [{"use": "home", "line": ["1 Made Up Row"], "postalCode": "ZE1 0AA"}],
    "telecom": [{"system": "phone", "value": "01632960001"}],
}
ENCOUNTER = {
    "resourceType": "Encounter",
    "id": "e1",
    "status": "finished",
    "class": {"code": "EMER"},
    "subject": {"reference": "Patient/p1"},
    "period": {"start": "2025-09-20T23:10:00+01:00"},
}


def test_the_fixture(parts_of, fixture_of):
    patient, emergency, sexual_health, contact = parts_of(fixture_of("fhir/fixture.json"))
    assert patient.content.nhs_number == "9000000009"
    assert patient.content.address == "1 Made Up Row, Lerwick"
    assert emergency.subject_key == patient.subject_key == "h601"
    assert emergency.content.concern == "intoxication"
    assert emergency.content.left_before_seen
    assert emergency.occurred_until is not None
    assert sexual_health.content.kind == "sexual_health_attendance"
    assert contact.day_only


def test_a_restricted_patient_has_no_address_and_no_phone(parts_of):
    restricted = PATIENT | {"meta": {"security": [{"code": "R"}]}}
    (part,) = parts_of(json.dumps(restricted))
    assert part.content.address_withheld
    assert "ZE1" not in repr(part)
    assert "01632" not in repr(part)


@pytest.mark.parametrize("status", ["finished", "planned", "cancelled"])
@pytest.mark.parametrize(
    "said",
    [
        {"serviceType": {"text": "Sexual Health Clinic"}},
        {"type": [{"coding": [{"system": "http://snomed.info/sct", "code": "394808002"}]}]},
        {"reasonCode": [{"text": "Emergency contraception"}]},
    ],
)
def test_sexual_health_is_confidential_however_it_is_said(parts_of, said, status):
    (part,) = parts_of(json.dumps(ENCOUNTER | {"status": status} | said))
    assert part.content.held is Tier.CONFIDENTIAL


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"period": {}}, "does not say on which day"),
        ({"period": {"start": "2025-09"}}, "does not say on which day"),
        ({"subject": {"display": "somebody"}}, "does not refer to a patient"),
        ({"status": "entered-in-error"}, "entered in error"),
        ({"status": ["finished"]}, "not valid FHIR R4"),
        ({"period": {"start": "2025-09-20", "end": "2025-09-19"}}, "ends before it starts"),
    ],
)
def test_an_encounter_that_cannot_stand_is_refused_whole(parts_of, change, reason):
    (part,) = parts_of(json.dumps(ENCOUNTER | change))
    assert isinstance(part, Refused)
    assert reason in part.reason
    assert json.loads(part.raw["Encounter"])["id"] == "e1"


def test_ndjson_and_xml_say_the_same_as_json(parts_of):
    by_line = json.dumps(PATIENT) + "\n" + json.dumps(ENCOUNTER) + "\n"
    xml = """<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Patient>
      <id value="p1"/>
      <identifier><system value="https://fhir.nhs.uk/Id/nhs-number"/><value value="9000000009"/>
      </identifier>
      <name><use value="official"/><family value="Ashdown"/><given value="Merle"/></name>
      <telecom><system value="phone"/><value value="01632960001"/></telecom>
      <birthDate value="2011-04-02"/>
      <address><use value="home"/><line value="1 Made Up Row"/><postalCode value="ZE1 0AA"/>
      </address></Patient></resource></entry>
      <entry><resource><Encounter><id value="e1"/><status value="finished"/>
      <class><code value="EMER"/></class><subject><reference value="Patient/p1"/></subject>
      <period><start value="2025-09-20T23:10:00+01:00"/></period>
      </Encounter></resource></entry></Bundle>"""
    assert [p.content for p in parts_of(by_line)] == [p.content for p in parts_of(xml)]


def test_a_resource_that_is_not_taken_is_refused_by_name(parts_of):
    (part,) = parts_of('<Flag xmlns="http://hl7.org/fhir"><id value="f1"/></Flag>')
    assert part.reason == "Keepsight does not take Flag resources yet."
    assert 'value="f1"' in part.raw["Flag"]


def test_a_number_that_the_sender_has_not_verified_is_remarked_on(parts_of):
    status = {
        "url": "https://fhir.hl7.org.uk/StructureDefinition/"
        "Extension-UKCore-NHSNumberVerificationStatus",
        "valueCodeableConcept": {"coding": [{"code": "03"}]},
    }
    unverified = PATIENT | {"identifier": [PATIENT["identifier"][0] | {"extension": [status]}]}
    (part,) = parts_of(json.dumps(unverified))
    assert "not verified" in part.remarks[0].reason
