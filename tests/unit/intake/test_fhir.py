import json

import pytest

from keepsight.intake.rows import Refused
from keepsight.kernel.vocabulary.categories import Category
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
    patient, emergency, sexual_health, contact, *_ = parts_of(fixture_of("fhir/fixture.json"))
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
        ({"status": ["finished"]}, "not valid FHIR R4"),
        ({"period": {"start": "2025-09-20", "end": "2025-09-19"}}, "ends before it starts"),
    ],
)
def test_an_encounter_that_cannot_stand_is_refused_whole(parts_of, change, reason):
    (part,) = parts_of(json.dumps(ENCOUNTER | change))
    assert isinstance(part, Refused)
    assert reason in part.reason
    assert json.loads(part.raw["Encounter"])["id"] == "e1"


def test_appointments_and_flags_of_the_fixture(parts_of, fixture_of):
    *_, missed, booked, flag = parts_of(fixture_of("fhir/fixture.json"))
    assert missed.content.sentence() == "Not brought to a health appointment: Community paediatrics"
    assert missed.content.held is Tier.ORDINARY
    assert booked.content.kind == "appointment"
    assert booked.content.held is Tier.CONFIDENTIAL, "that a child is seen there is content"
    assert not booked.remarks, "an appointment lies ahead"
    assert flag.content.text == "Not brought to three appointments"
    assert {missed.subject_key, booked.subject_key, flag.subject_key} == {"h601"}


APPOINTMENT = {
    "resourceType": "Appointment",
    "id": "a1",
    "status": "booked",
    "serviceType": [{"text": "School nurse"}],
    "start": "2025-10-14T10:00:00+01:00",
    "participant": [{"actor": {"reference": "Patient/p1"}, "status": "accepted"}],
}
FLAG = {
    "resourceType": "Flag",
    "id": "f1",
    "status": "active",
    "code": {"text": "Looked after"},
    "subject": {"reference": "Patient/p1"},
    "period": {"start": "2025-11-03"},
}


def test_what_came_of_an_appointment_supersedes_what_was_booked(parts_of):
    booked, missed = (
        part
        for status in ("booked", "noshow")
        for part in parts_of(json.dumps(APPOINTMENT | {"status": status}))
    )
    assert booked.source_key == missed.source_key
    assert (booked.content.kind, missed.content.kind) == ("appointment", "not_brought")


@pytest.mark.parametrize("resource", [ENCOUNTER, APPOINTMENT, FLAG])
def test_what_was_entered_in_error_is_withdrawn(parts_of, resource):
    (stands,) = parts_of(json.dumps(resource))
    (never,) = parts_of(json.dumps(resource | {"status": "entered-in-error"}))
    assert (stands.withdrawn, never.withdrawn) == (False, True)
    assert stands.source_key == never.source_key


@pytest.mark.parametrize("service", ["CAMHS treatment", "Child mental health team"])
@pytest.mark.parametrize(
    "resource",
    [ENCOUNTER | {"class": {"code": "AMB"}}, APPOINTMENT, APPOINTMENT | {"status": "noshow"}],
)
def test_mental_health_is_confidential_by_its_service(parts_of, resource, service):
    said = {"text": service}
    as_said = [said] if resource["resourceType"] == "Appointment" else said
    (part,) = parts_of(json.dumps(resource | {"serviceType": as_said}))
    assert part.content.filed_under is Category.MENTAL_HEALTH
    assert part.content.held is Tier.CONFIDENTIAL


@pytest.mark.parametrize(
    ("resource", "change", "reason"),
    [
        (APPOINTMENT, {"participant": []}, "No participant of the appointment is a patient"),
        (
            APPOINTMENT,
            {"participant": [{"actor": {"reference": "Location/1"}, "status": "accepted"}]},
            "No participant of the appointment is a patient",
        ),
        (APPOINTMENT, {"start": None}, "does not say on which day"),
        (APPOINTMENT, {"end": "2025-10-13T10:00:00+01:00"}, "ends before it starts"),
        (APPOINTMENT, {"id": None}, "has no id"),
        (FLAG, {"period": {}}, "does not say on which day"),
        (FLAG, {"code": {"coding": [{"code": "1"}]}}, "in words"),
        (FLAG, {"subject": {"display": "somebody"}}, "The flag does not refer to a patient"),
    ],
)
def test_what_cannot_stand_is_refused_whole(parts_of, resource, change, reason):
    (part,) = parts_of(json.dumps(resource | change))
    assert isinstance(part, Refused)
    assert reason in part.reason
    assert part.raw


def test_an_appointment_and_a_flag_as_xml_say_the_same(parts_of):
    xml = """<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Appointment><id value="a1"/>
      <status value="booked"/><serviceType><text value="School nurse"/></serviceType>
      <start value="2025-10-14T10:00:00+01:00"/>
      <participant><actor><reference value="Patient/p1"/></actor><status value="accepted"/>
      </participant></Appointment></resource></entry>
      <entry><resource><Flag><id value="f1"/><status value="active"/>
      <code><text value="Looked after"/></code><subject><reference value="Patient/p1"/></subject>
      <period><start value="2025-11-03"/></period></Flag></resource></entry></Bundle>"""
    by_line = json.dumps(APPOINTMENT) + "\n" + json.dumps(FLAG) + "\n"
    assert [p.content for p in parts_of(by_line)] == [p.content for p in parts_of(xml)]


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
    (part,) = parts_of('<Consent xmlns="http://hl7.org/fhir"><id value="c1"/></Consent>')
    assert part.reason == "Keepsight does not take Consent resources yet."
    assert 'value="c1"' in part.raw["Consent"]


def test_a_number_that_the_sender_has_not_verified_is_remarked_on(parts_of):
    status = {
        "url": "https://fhir.hl7.org.uk/StructureDefinition/"
        "Extension-UKCore-NHSNumberVerificationStatus",
        "valueCodeableConcept": {"coding": [{"code": "03"}]},
    }
    unverified = PATIENT | {"identifier": [PATIENT["identifier"][0] | {"extension": [status]}]}
    (part,) = parts_of(json.dumps(unverified))
    assert "not verified" in part.remarks[0].reason
