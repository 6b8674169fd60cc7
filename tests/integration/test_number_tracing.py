"""Records without an NHS number are asked about; what is answered is kept, and used with care."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from keepsight.access.actions import protect_address, seal_child
from keepsight.access.models import SubjectPlace
from keepsight.audit.writing import action
from keepsight.identity.forgetting import forget_records
from keepsight.identity.linking import link_records
from keepsight.identity.models import Link, LinkQuestion, SubjectRecord, Tracing
from keepsight.identity.tracing import asking
from keepsight.identity.tracing.asking import records_to_ask
from keepsight.identity.tracing.keeping import IN_WORDS
from keepsight.identity.tracing.questioning import FOUND_POSSIBLE
from keepsight.identity.tracing.running import ask_about
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.log import entries
from tests.factories.pds_shapes import Person, number, outcome
from tests.factories.roles import acting_as, looking
from tests.factories.tracing_office import (
    BORN,
    HEALTH,
    HIDDEN,
    NOWHERE,
    NUMBER,
    OTHER,
    POLICE,
    TESTINA,
    Office,
    kept,
    knows,
    numbers,
    open_office,
    record,
)
from tests.factories.world import TESTER, make_child, make_feed


@pytest.fixture
def office(database: None, tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


def test_a_match_joins_what_names_alone_would_not_and_says_that_it_was_traced(
    office: Office,
) -> None:
    subject = knows(office.police, TESTINA)
    married = PersonDetails(
        forename="Testina", surname="Sampleton", date_of_birth=BORN, nhs_number=NUMBER
    )
    other = knows(office.world.agencies[HEALTH], married)
    assert children_of(subject, other) == 2
    run = office.ask()
    assert dict(run.outcomes) == {"matched": 1}
    [row] = kept()
    assert (row.subject_record_id, row.nhs_number, row.service) == (subject, NUMBER, "PDS")
    assert (row.step, row.searches, row.restricted) == ("non-fuzzy", 2, False)
    assert record(subject).nhs_number is None
    assert numbers() == {subject: NUMBER}
    assert children_of(subject, other) == 1
    with acting_as("batch"):
        links = Link.objects.filter(recorded_until=None)
        assert any(IN_WORDS in reason for link in links for reason in link.reasons)


def children_of(*subjects: int) -> int:
    """Into how many children linking makes these records."""
    with acting_as("batch"):
        link_records(by=TESTER)
        links = Link.objects.filter(subject_record__in=subjects, recorded_until=None)
        return links.values("child").distinct().count()


def test_that_it_is_told_is_written_down_before_and_names_nobody(office: Office) -> None:
    subject = knows(office.police, TESTINA)
    office.ask()
    [told] = entries("export")
    assert (told["subject_record_id"], told["what"]) == (subject, "details told to PDS")
    assert told["purpose"]
    answered = [each for each in entries("write") if each["what"] == "answer of PDS: matched"]
    assert [each["subject_record_id"] for each in answered] == [subject]
    assert "madeup" not in str(entries()).casefold()
    assert NUMBER not in str(entries())
    with acting_as("batch"):
        [asked] = records_to_ask(agencies=[office.police.pk], numbers=False, limit=9) or [None]
    assert asked is None


def test_nobody_is_asked_about_twice_until_the_details_change(office: Office) -> None:
    subject = knows(office.police, TESTINA)
    office.ask()
    assert office.ask().asked == 0
    knows(office.police, PersonDetails(forename="Othera"), days=1)
    assert numbers() == {}
    assert office.ask().asked == 1
    assert kept()[-1].outcome == "none"
    assert office.ask().asked == 0
    knows(office.police, PersonDetails(forename="Testina"), days=2)
    assert dict(office.ask().outcomes) == {"matched": 1}
    assert numbers() == {subject: NUMBER}


def test_whoever_was_not_matched_is_asked_about_again_after_half_a_year(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    knows(office.police, PersonDetails(forename="No", surname="Body", date_of_birth=BORN))
    assert dict(office.ask().outcomes) == {"none": 1}
    assert office.ask().asked == 0
    monkeypatch.setattr(asking, "ASK_AGAIN", timedelta(0))
    assert office.ask().asked == 1


def test_what_the_agency_sends_itself_comes_before_what_was_traced(office: Office) -> None:
    subject = knows(office.police, TESTINA)
    office.ask()
    knows(office.police, PersonDetails(nhs_number=OTHER), days=1)
    assert record(subject).nhs_number == OTHER
    assert numbers() == {}


def test_what_is_only_possible_joins_nobody(office: Office) -> None:
    knows(office.police, TESTINA)
    office.service.people[:] = [
        Person(nhs_number=OTHER, given=("Testina",), family="Midup", born="2011-03-04")
    ]
    assert dict(office.ask().outcomes) == {"possible": 1}
    [row] = kept()
    assert (row.nhs_number, row.score) == (OTHER, 0.93)
    assert numbers() == {}


def test_what_is_possible_is_asked_of_a_person_and_asked_no_more_once_it_is_gone(
    office: Office,
) -> None:
    subject = knows(office.police, TESTINA)
    office.service.people[:] = [
        Person(nhs_number=OTHER, given=("Testina",), family="Midup", born="2011-03-04")
    ]
    carrier = PersonDetails(forename="Testina", surname="Sampleton", nhs_number=OTHER)
    other = knows(office.world.agencies[HEALTH], carrier)
    assert questions(subject, other) == []
    office.ask()
    [question] = questions(subject, other)
    assert children_of(subject, other) == 2
    assert (question.kind, question.weight) == (LinkQuestion.Kind.BETWEEN, None)
    assert question.reasons[0]["levels"] == [{"words": FOUND_POSSIBLE, "bits": 0.0}]
    knows(office.police, PersonDetails(surname="Changed"), days=1)
    assert questions(subject, other) == []


def questions(one: int, other: int) -> list[LinkQuestion]:
    """What is asked of two records after linking."""
    children_of(one, other)
    key = ",".join(map(str, sorted((one, other))))
    with acting_as("batch"):
        return list(LinkQuestion.objects.filter(records_key=key, closed=None))


def test_of_a_restricted_patient_the_address_is_withheld(office: Office) -> None:
    child = make_child((office.police, NOWHERE))
    with acting_as("batch"):
        subject = SubjectRecord.objects.get().pk
    assert office.ask().restricted == 1
    found = record(subject)
    assert (found.address_withheld, found.postcode) == (True, None)
    assert [each.nhs_number for each in kept()] == [HIDDEN]
    with acting_as("batch"):
        assert SubjectPlace.objects.get(child_id=child).withheld


@pytest.mark.parametrize("hide", ["seal", "protect", "nothing"])
def test_a_sealed_child_is_asked_of_nobody_and_a_protected_one_without_a_postcode(
    office: Office, hide: str
) -> None:
    child = make_child((office.police, NOWHERE))
    with acting_as("batch"):
        if hide == "seal":
            seal_child(by=TESTER, child_id=child, agency_id=0, people=[1], because="test")
        if hide == "protect":
            protect_address(by=TESTER, child_id=child, agency_id=0, because="test")
    office.service.people.clear()
    assert office.ask().asked == (0 if hide == "seal" else 1)
    sent = {name for each in office.service.asked for name, _ in each.parameters}
    assert ("address-postalcode" in sent) == (hide == "nothing")


@pytest.mark.parametrize(
    ("kind", "cohort"),
    [
        (AgencyKind.SEXUAL_HEALTH, Cohort.KNOWN),
        (AgencyKind.HOUSING, Cohort.EXISTENCE),
        (AgencyKind.HOUSING, None),
    ],
    ids=["closely held", "existence only", "no feed"],
)
def test_records_that_no_feed_allows_to_be_told_are_not(
    office: Office, kind: AgencyKind, cohort: Cohort | None
) -> None:
    agency = office.world.agencies[kind]
    if cohort:
        make_feed(agency, "police_missing", cohort=cohort)
    knows(agency, TESTINA)
    assert office.ask().asked == 0
    assert office.service.asked == []


def test_what_was_answered_before_the_service_stopped_is_kept(office: Office) -> None:
    first = knows(office.police, TESTINA, "U1")
    knows(office.police, NOWHERE, "U2")
    office.service.answers_first(200, outcome("TOO_MANY_MATCHES"))
    with acting_as("batch"):
        records = records_to_ask(agencies=[office.police.pk], numbers=False, limit=9)
        ask_about(records[:1], tracer=office.pds, by=TESTER)
        office.service.answers_first(403, outcome("ACCESS_DENIED"))
        run = ask_about(records[1:], tracer=office.pds, by=TESTER)
    assert "lets Keepsight in no more" in run.stopped
    assert [each.subject_record_id for each in kept()] == [first]
    assert len(entries("export")) == 2


def test_an_answer_without_a_known_shape_is_not_kept_and_five_end_the_run(office: Office) -> None:
    for each in range(7):
        knows(office.police, TESTINA, f"U{each}")
        office.service.answers_first(200, b"<html>")
    run = office.ask()
    assert (run.not_understood, run.asked, kept()) == (5, 5, [])
    assert "no JSON" in run.stopped


def test_a_number_that_an_agency_sent_is_checked_and_never_changed(office: Office) -> None:
    old = number(40_000_000)
    office.service.superseded[old] = NUMBER
    sent = PersonDetails(forename="Testina", surname="Madeup", date_of_birth=BORN, nhs_number=old)
    subject = knows(office.police, sent)
    assert office.ask().asked == 0
    assert dict(office.ask(numbers=True).outcomes) == {"superseded": 1}
    [row] = kept()
    assert (row.nhs_number, row.differ) == (NUMBER, ["family name"])
    assert record(subject).nhs_number == old
    assert numbers() == {}


def test_what_was_asked_can_be_shown_and_not_read(office: Office) -> None:
    knows(office.police, TESTINA)
    with acting_as("batch"):
        [asked] = records_to_ask(agencies=[office.police.pk], numbers=False, limit=9)
    office.ask()
    [row] = kept()
    assert bytes(row.asked) == asked.hashed(bytes(row.salt))
    assert bytes(row.asked) != asked.hashed(b"")


def test_what_is_forgotten_takes_its_answers_along(office: Office) -> None:
    subject = knows(office.police, TESTINA)
    office.ask()
    with acting_as("batch"):
        forget_records(by=TESTER, subjects=[subject])
    assert kept() == []


@pytest.mark.access
def test_no_page_reads_what_a_service_answered(office: Office) -> None:
    knows(office.police, TESTINA)
    office.ask()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        looking(office.world.people[POLICE]),
    ):
        Tracing.objects.count()
    transaction.get_connection().close()


@action
def _rewrite(*, by: object) -> None:
    Tracing.objects.update(outcome="matched")


def test_an_answer_is_not_rewritten(office: Office) -> None:
    knows(office.police, TESTINA)
    office.ask()
    with acting_as("batch"), pytest.raises(ProgrammingError, match="permission denied"):
        _rewrite(by=TESTER)
