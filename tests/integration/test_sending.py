"""Reports that cannot wait: on the record once, acknowledged, and each refusal in a sentence."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client as Browser

from keepsight.chronology.models import Delivery, Event, EventContent, EventPlace
from keepsight.identity.models import SubjectRecord
from keepsight.intake.models import Receipt
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.report_rules import RULES
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.files import police as police_file
from tests.factories.log import entries
from tests.factories.roles import acting_as
from tests.factories.sending import PERSON, REPORTS, SENDERS, System, system_of
from tests.factories.world import make_feed, make_world, receive

FIRST = sorted(set(REPORTS) - {"found-reports"})
SAYS = {
    "missing-reports": {"category": "missing"},
    "emergency-attendances": {
        "reason": "Injury to the hand",
        "concern": "unexplained_injury",
        "left_before_seen": False,
    },
    "school-concerns": {"summary": "Came in with a new telephone and would not say from whom."},
    # What officers wrote is kept apart, with what tells where somebody is.
    "police-notices": {"concern": "Out late with adults"},
}
KEYS = {
    "missing-reports": "missing|M/26/0101",
    "emergency-attendances": "encounter|ED-7781",
    "school-concerns": "concern|SC-12",
    "police-notices": "notice|PPN-3|N401",
}


@pytest.fixture
def police(database: None) -> System:
    return system_of(make_world(), AgencyKind.POLICE)


@pytest.mark.parametrize("kind", FIRST)
def test_a_report_is_on_the_record_when_it_is_acknowledged(database: None, kind: str) -> None:
    world = make_world()
    answer = system_of(world, SENDERS[kind]).send(kind)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    with acting_as("batch"):
        event = Event.objects.get(pk=told["event_id"])
        content = EventContent.objects.get(pk=event.pk).content
        person = SubjectRecord.objects.get(pk=event.subject_record_id)
        delivery = Delivery.objects.get(pk=event.delivery_id)
    assert (event.agency_id, told["duplicate"]) == (world.agencies[SENDERS[kind]].pk, False)
    assert (event.source_key, content) == (KEYS[kind], SAYS[kind])
    assert (person.key, person.nhs_number) == (PERSON["reference"], PERSON["nhs_number"])
    counts = (delivery.rows_read, delivery.rows_new, delivery.rows_unchanged)
    assert counts == (2, 2, 0)


def test_a_found_report_ends_the_episode_and_keeps_what_was_said_of_it(police: System) -> None:
    missing = police.send("missing-reports").json()
    answer = police.send("found-reports")
    assert answer.status_code == 201, answer.content
    with acting_as("batch"):
        began, ended = Event.objects.filter(source_key=KEYS["missing-reports"]).order_by("revision")
        place = EventPlace.objects.get(pk=ended.pk).whereabouts
    assert (began.pk, began.occurred_until) == (missing["event_id"], None)
    assert ended.pk == answer.json()["event_id"]
    assert (ended.occurred, ended.occurred_until) == (began.occurred, ended.occurred_until)
    assert ended.occurred_until is not None
    assert place == {"missing_from": "Home", "found_at": "Bus station"}


def test_the_same_key_and_report_are_the_same_acknowledgement(police: System) -> None:
    first = police.send("missing-reports", key="K-1")
    turned = dict(reversed(REPORTS["missing-reports"].items()))
    turned["reported_missing_at"] = "2026-03-15T22:40:00+01:00"
    again = police.send("missing-reports", turned, key="K-1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert police.read(first.json()["status_url"]).content == first.content
    with acting_as("batch"):
        assert Event.objects.filter(kind="missing_episode").count() == 1
        assert Receipt.objects.count() == 1


def test_the_same_fact_under_another_key_is_said_to_stand(police: System) -> None:
    first = police.send("missing-reports").json()
    again = police.send("missing-reports")
    told = again.json()
    assert (again.status_code, told["duplicate"]) == (200, True)
    assert (told["event_id"], told["received_at"]) == (first["event_id"], first["received_at"])


def test_the_same_key_for_another_report_is_a_conflict(police: System) -> None:
    police.send("missing-reports", key="K-1")
    other = REPORTS["missing-reports"] | {"missing_from": "School"}
    answer = police.send("missing-reports", other, key="K-1")
    assert answer.status_code == 409
    assert answer.json()["title"] == "key used"
    police.send("missing-reports", key="K-2")
    assert police.send("police-notices", key="K-2").status_code == 409


def test_eight_at_once_with_one_key_are_one_event(police: System) -> None:
    def send(_: int) -> tuple[int, bytes]:
        try:
            one = System(police.client, police.token)
            answer = one.send("missing-reports", key="one-key")
            return answer.status_code, answer.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(send, range(8)))
    assert {status for status, _ in answers} == {201}
    assert len(answers) == 1
    with acting_as("batch"):
        assert Event.objects.filter(kind="missing_episode").count() == 1


def faults(answer: Any) -> dict[str, str]:
    assert answer["Content-Type"] == "application/problem+json"
    return {each["field"]: each["rule"] for each in answer.json()["errors"]}


WRONG: tuple[tuple[dict[str, Any], dict[str, str]], ...] = (
    ({"reference": ""}, {"reference": "empty"}),
    ({"reference": 7}, {"reference": "text"}),
    ({"reference": "x" * 201}, {"reference": "too_long"}),
    ({"reference": "a\x00b"}, {"reference": "characters"}),
    ({"reference": "\ud800"}, {"reference": "characters"}),
    ({"reported_missing_at": "2026-03-15"}, {"reported_missing_at": "time"}),
    ({"reported_missing_at": "2026-03-15T21:40:00"}, {"reported_missing_at": "time"}),
    ({"reported_missing_at": "2026-02-30T21:40:00Z"}, {"reported_missing_at": "time"}),
    ({"reported_missing_at": 1773610800}, {"reported_missing_at": "text"}),
    ({"reported_missing_at": "2026-03-17T21:40:00Z"}, {"reported_missing_at": "future"}),
    ({"reported_missing_at": "0001-01-01T00:00:00+14:00"}, {"reported_missing_at": "long_ago"}),
    ({"category": "lost"}, {"category": "one_of"}),
    ({"religion": "none"}, {"religion": "unknown_field"}),
    ({"person": "N401"}, {"person": "object"}),
    ({"person": {}}, {"person.reference": "required"}),
    ({"person": PERSON | {"nhs_number": "9000000008"}}, {"person.nhs_number": "identifier"}),
    ({"person": PERSON | {"upn": "A1"}}, {"person.upn": "identifier"}),
    ({"person": PERSON | {"date_of_birth": "2027-01-01"}}, {"person.date_of_birth": "birth"}),
    ({"person": PERSON | {"date_of_birth": "31/12/2010"}}, {"person.date_of_birth": "day"}),
    ({"person": PERSON | {"ethnicity": "any"}}, {"person.ethnicity": "unknown_field"}),
)


def test_each_fault_of_a_report_is_named_with_its_rule_and_its_remedy(police: System) -> None:
    for said, expected in WRONG:
        answer = police.send("missing-reports", REPORTS["missing-reports"] | said)
        assert (answer.status_code, faults(answer)) == (422, expected), said
        for fault in answer.json()["errors"]:
            assert fault["message"].endswith("."), fault
            assert fault["remedy"].endswith("."), fault
    empty = police.send("missing-reports", {})
    assert set(faults(empty).values()) == {"required"}
    with acting_as("batch"):
        assert Event.objects.count() == 0


def test_a_department_is_left_after_it_was_entered(database: None) -> None:
    hospital = system_of(make_world(), AgencyKind.HEALTH)
    early = REPORTS["emergency-attendances"] | {"left_at": "2026-03-16T00:10:00+00:00"}
    assert faults(hospital.send("emergency-attendances", early)) == {"the report": "order"}
    quoted = REPORTS["emergency-attendances"] | {"left_before_seen": "yes"}
    answer = hospital.send("emergency-attendances", quoted)
    assert faults(answer) == {"left_before_seen": "yes_or_no"}


@pytest.mark.parametrize("key", ["", "two words", "k" * 201, "schlüssel"])
def test_a_key_is_visible_characters_and_not_too_many(police: System, key: str) -> None:
    answer = police.send("missing-reports", key=key)
    assert (answer.status_code, faults(answer)) == (422, {"Idempotency-Key": "key"})


BODIES = (
    (b"{", "application/json", 400),
    (b"[]", "application/json", 400),
    (b"[" * 60_000, "application/json", 400),
    (b'{"reference": NaN}', "application/json", 400),
    (b'{"reference": "a", "reference": "b"}', "application/json", 400),
    (b"\xff", "application/json", 400),
    (b"{}", "text/plain", 415),
    (b"{}", "application/json; charset=latin-1", 415),
    (b"reference=1", "application/x-www-form-urlencoded", 415),
    (b" " * 65_537, "application/json", 413),
    (b" " * 3_000_000, "application/json", 413),
)


@pytest.mark.parametrize(("body", "kind", "status"), BODIES)
def test_what_is_no_report_is_refused_unread(
    police: System, body: bytes, kind: str, status: int
) -> None:
    answer = police.browser.post(
        "/api/v1/missing-reports",
        body,
        content_type=kind,
        headers={"Authorization": f"Bearer {police.token}", "Idempotency-Key": "k"},
    )
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["remedy"]


def test_who_is_found_was_missing_and_is_the_same_person(police: System) -> None:
    assert police.send("found-reports").json()["title"] == "no missing report"
    police.send("missing-reports")
    other = REPORTS["found-reports"] | {"person": {"reference": "N402"}}
    assert police.send("found-reports", other).json()["title"] == "another person"
    early = REPORTS["found-reports"] | {"returned_at": "2026-03-15T20:00:00Z"}
    assert police.send("found-reports", early).json()["title"] == "found before missing"
    with acting_as("batch"):
        assert Event.objects.filter(kind="missing_episode").count() == 1
        assert set(SubjectRecord.objects.values_list("key", flat=True)) == {"N401"}


@pytest.mark.parametrize("kind", ["emergency-attendances", "school-concerns"])
def test_an_agency_sends_what_its_kind_sends(police: System, kind: str) -> None:
    answer = police.send(kind)
    assert (answer.status_code, answer.json()["title"]) == (403, "not this agency")
    (refused,) = entries("refuse")
    assert (refused["actor_name"], refused["role"]) == ("A records system", "client")


def test_nothing_is_sent_by_a_feed_for_existence_only(database: None) -> None:
    hospital = system_of(make_world(), AgencyKind.HEALTH, Cohort.EXISTENCE)
    answer = hospital.send("emergency-attendances")
    assert (answer.status_code, answer.json()["title"]) == (403, "feed shut")
    assert "existence only" in answer.json()["detail"]
    with acting_as("batch"):
        assert Event.objects.count() == 0


def test_what_tells_of_sexual_health_is_held_as_that(database: None) -> None:
    hospital = system_of(make_world(), AgencyKind.HEALTH)
    said = REPORTS["emergency-attendances"] | {"reason": "Seen for Sexual Health advice"}
    told = hospital.send("emergency-attendances", said).json()
    with acting_as("batch"):
        event = Event.objects.get(pk=told["event_id"])
    assert (event.kind, event.tier) == ("sexual_health_attendance", "confidential")


def test_a_report_does_not_wait_long_for_a_file_of_its_agency(police: System) -> None:
    with connections["batch"].cursor() as other:
        other.execute("SELECT id FROM agencies_agency WHERE kind = 'police'")
        other.execute("SELECT pg_advisory_lock(42, %s)", [other.fetchone()[0]])
        answer = police.send("missing-reports", key="later")
        other.execute("SELECT pg_advisory_unlock_all()")
    assert (answer.status_code, answer.json()["title"]) == (503, "agency busy")
    assert int(answer["Retry-After"]) > 0
    assert police.send("missing-reports", key="later").status_code == 201


def test_the_door_describes_itself_to_anybody(database: None) -> None:
    told = Browser().get("/api/openapi.json").json()
    assert {f"/api/v1/{kind}" for kind in REPORTS} < set(told["paths"])
    assert "religion" not in json.dumps(told)


def test_every_rule_has_a_sentence_and_a_remedy() -> None:
    assert len({each.rule for each in RULES}) == len(RULES)
    for each in RULES:
        assert each.says.endswith(".")
        assert each.remedy.endswith((".", "…”."))


def test_a_file_and_a_report_of_the_same_fact_are_one_event(database: None, tmp_path: Path) -> None:
    world = make_world()
    feed = make_feed(world.agencies[AgencyKind.POLICE], "police_missing")
    early = police_file(tmp_path, "M/26/0101,15/03/2026 21:40,", name="early.csv")
    late = police_file(tmp_path, "M/26/0101,15/03/2026 21:40,16/03/2026 06:15", name="late.csv")
    ada = {"person": {"reference": "U1", "forename": "Ada"}}
    missing = REPORTS["missing-reports"] | ada
    found = {"reference": "M/26/0101", "returned_at": "2026-03-16T06:15:00Z"} | ada
    police = system_of(world, AgencyKind.POLICE)
    assert police.send("missing-reports", missing).status_code == 201
    (counts,) = [each.counts for each in receive(feed, early)]
    assert (counts.read, counts.new, counts.unchanged) == (2, 1, 1), "the person’s details are new"
    assert police.send("found-reports", found).status_code == 201
    (counts,) = [each.counts for each in receive(feed, late)]
    assert (counts.read, counts.unchanged) == (2, 2)
    again = police.send("found-reports", found)
    assert (again.status_code, again.json()["duplicate"]) == (200, True)
    with acting_as("batch"):
        assert Event.objects.filter(kind="missing_episode").count() == 2
        assert SubjectRecord.objects.get().postcode == "ZZ1 1AA"
