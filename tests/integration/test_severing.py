"""An old identity is cut from a new one for good: by whatever way, nothing leads across."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from keepsight.access.clock import today
from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act, AuditEntry
from keepsight.audit.writing import action
from keepsight.identity.actions import register_subjects, update_details
from keepsight.identity.details import latest_details
from keepsight.identity.emergency import Sought, break_glass
from keepsight.identity.finding import children_of_agency
from keepsight.identity.judging import JudgingRefused, judge, lift
from keepsight.identity.linking import link_records
from keepsight.identity.models import FormerDetail, Link, LinkQuestion, Severance, SubjectRecord
from keepsight.identity.queries import links_of
from keepsight.identity.raising import RaisedQuestion, raise_questions
from keepsight.identity.reviewing import question
from keepsight.identity.sending import join_arrived
from keepsight.identity.severing import SeveringRefused, sever, severable
from keepsight.identity.tracing.asking import records_to_ask
from keepsight.kernel.roles import Role
from tests.factories.browsing import signed_in
from tests.factories.reviewing import (
    COUNCIL,
    POLICE,
    SCHOOL,
    WHY,
    Desk,
    details_of,
    links_now,
    make_desk,
    subjects_of,
)
from tests.factories.roles import acting_as, looking
from tests.factories.world import TESTER, make_person

pytestmark = pytest.mark.access
BECAUSE = "An adoption order was made."
NUMBER = "9000000009"


@dataclass
class Cut:
    """A child whose council and school records are of the old identity, the police’s of the new."""

    desk: Desk
    old: uuid.UUID
    new: uuid.UUID
    old_records: list[int]
    new_record: int
    joined: int
    """The question by which a person had once made them one child."""


@pytest.fixture
def cut(database: None) -> Cut:
    desk = make_desk()
    old = desk.child(COUNCIL, SCHOOL, nhs_number=NUMBER)
    came = desk.subjects[desk.child(POLICE, nhs_number=NUMBER)][0]
    kept = desk.subjects[old]
    joined = desk.asks(kept[0], came)
    with looking(desk.steward) as viewer:
        judge(by=viewer, question_id=joined, groups={kept[0]: 0, came: 0}, reason=WHY)
    lead = make_person(desk.world.agencies[COUNCIL], Role.GOVERNANCE_LEAD)
    with looking(lead) as viewer:
        new = sever(by=viewer, child_id=old, new_identity=[came], reason=BECAUSE)
    return Cut(desk, old, new, kept, came, joined)


def test_the_new_identity_is_a_child_whom_nobody_knew(cut: Cut) -> None:
    assert subjects_of(cut.old) == cut.old_records
    assert subjects_of(cut.new) == [cut.new_record]
    with acting_as("batch"):
        assert Link.objects.filter(child_id=cut.new).count() == 1


def test_no_run_of_the_model_links_them_again(cut: Cut) -> None:
    before = links_now()
    with acting_as("batch"):
        link_records(by=TESTER)
    now = links_now()
    assert {now[each] for each in cut.old_records}.isdisjoint({now[cut.new_record]})
    assert now[cut.new_record] == before[cut.new_record]


def test_what_the_new_identity_was_called_before_is_forgotten(database: None) -> None:
    desk = make_desk()
    old = desk.child(COUNCIL, POLICE)
    [came] = [each for each in desk.subjects[old] if _agency_of(each) == POLICE]
    renamed = latest_details(came, details_of(surname="Newname"))
    with acting_as("batch"):
        update_details(by=TESTER, details=[renamed], received=timezone.now())
        assert FormerDetail.objects.get(subject_record=came).value == "example"
    lead = make_person(desk.world.agencies[COUNCIL], Role.GOVERNANCE_LEAD)
    with looking(lead) as viewer:
        sever(by=viewer, child_id=old, new_identity=[came], reason=BECAUSE)
    known = FormerDetail.objects.filter(subject_record=came)
    with acting_as("batch"):
        assert not known.exists()
        late = latest_details(came, details_of())
        update_details(by=TESTER, details=[late], received=timezone.now() - timedelta(days=99))
        assert not known.exists(), "a file that came late names the old identity"
        for surname in ("Example", "Newname"):
            again = latest_details(came, details_of(surname=surname, former_surname="Example"))
            update_details(by=TESTER, details=[again], received=timezone.now())
        assert SubjectRecord.objects.get(pk=came).surname == "newname"
        assert not known.exists(), "nor does one that says it again and takes it back"


def _agency_of(subject: int) -> str:
    with acting_as("batch"):
        return SubjectRecord.objects.get(pk=subject).agency.kind


def test_of_neither_identity_is_anything_told_to_a_tracing_service(cut: Cut) -> None:
    [somebody] = cut.desk.subjects[cut.desk.child(POLICE, nhs_number=NUMBER)]
    with acting_as("batch"):
        agencies = list(Agency.objects.values_list("pk", flat=True))
        asked = records_to_ask(agencies=agencies, numbers=True, limit=100)
    assert [each.subject_record_id for each in asked] == [somebody]


def test_a_record_that_arrives_is_matched_within_one_identity_only(cut: Cut) -> None:
    """By the number that both have it joins the new one: the old is out of reach."""
    with acting_as("batch"):
        subject = _arrived(by=TESTER, agency=cut.desk.world.agencies[SCHOOL])
        join_arrived(by=TESTER, subject_id=subject)
    assert links_now()[subject] == cut.new


@action
def _arrived(*, by: Actor, agency: Agency) -> int:
    received = timezone.now()
    subject = register_subjects(by=by, agency=agency, keys=["late"], received=received)["late"]
    details = latest_details(subject, details_of(nhs_number=NUMBER))
    update_details(by=by, details=[details], received=received)
    return subject


def test_nobody_reviews_records_across_it_and_no_question_is_raised(cut: Cut) -> None:
    asked = RaisedQuestion(
        kind=LinkQuestion.Kind.BETWEEN,
        records=frozenset({cut.old_records[0], cut.new_record}),
        model_version="test",
    )
    with acting_as("batch"):
        assert raise_questions(by=TESTER, questions=[asked]) == 0
    with looking(cut.desk.steward) as viewer:
        assert question(viewer, cut.joined) is None
        with pytest.raises(JudgingRefused):
            lift(by=viewer, question_id=cut.joined, decision_id=1, reason=WHY)
        with pytest.raises(JudgingRefused):
            judge(
                by=viewer,
                question_id=cut.joined,
                groups={cut.old_records[0]: 0, cut.new_record: 0},
                reason=WHY,
            )


def test_a_severance_is_never_lifted(cut: Cut) -> None:
    with acting_as("batch"):
        assert Severance.objects.count() == 1
        assert not [field for field in Severance._meta.get_fields() if "lift" in field.name]


def test_the_past_of_the_old_identity_does_not_show_the_new(cut: Cut) -> None:
    officer = cut.desk.world.people[POLICE]
    with looking(officer) as viewer:
        assert links_of(viewer, cut.old) == []
        assert links_of(viewer, cut.old, today()) == []
        assert [link.subject_record_id for link in links_of(viewer, cut.new)] == [cut.new_record]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM identity_link WHERE child_id = %s", [cut.old])
            assert cursor.fetchone() == (0,)


def test_a_search_finds_each_identity_at_its_own_agency_only(cut: Cut) -> None:
    found = {}
    for kind in (SCHOOL, POLICE):
        with looking(cut.desk.world.people[kind]) as viewer:
            found[kind] = {line.child_id for line in children_of_agency(viewer, search=NUMBER)}
    assert found == {SCHOOL: {cut.old}, POLICE: {cut.new}}


def test_by_the_old_name_and_number_an_emergency_finds_nobody_certain(cut: Cut) -> None:
    """Both have the number still: that two are found is no one child."""
    with looking(cut.desk.world.people[SCHOOL]) as viewer:
        sought = Sought(nhs_number=NUMBER)
        assert (
            break_glass(by=viewer, reason="The child is missing and may be hurt.", sought=sought)
            is None
        )


def test_the_log_names_neither_child(cut: Cut) -> None:
    with acting_as("batch"):
        entry = AuditEntry.objects.get(act=Act.WRITE, what="severed an identity")
    assert (entry.child_id, entry.subject_record_id) == (None, None)
    assert entry.detail == {"tier": "sealed"}
    assert entry.reason == BECAUSE


def test_no_page_is_given_which_records_were_cut(cut: Cut) -> None:
    with looking(cut.desk.steward), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('identity_severance', 'SELECT')")
        assert cursor.fetchone() == (False,)
        cursor.execute(
            "SELECT has_column_privilege('identity_subjectrecord', 'severance_id', 'SELECT')"
        )
        assert cursor.fetchone() == (False,)


def test_only_the_lead_of_a_council_that_knows_the_child_may(cut: Cut) -> None:
    agencies = cut.desk.world.agencies
    child = cut.desk.child(SCHOOL, POLICE)
    mine = cut.desk.subjects[child][:1]
    for person in (
        cut.desk.steward,
        cut.desk.world.people[COUNCIL],
        make_person(agencies[SCHOOL], Role.GOVERNANCE_LEAD),
        make_person(agencies[COUNCIL], Role.GOVERNANCE_LEAD),
    ):
        with looking(person) as viewer:
            assert severable(viewer, child) == []
            with pytest.raises(SeveringRefused):
                sever(by=viewer, child_id=child, new_identity=mine, reason=BECAUSE)


def test_the_pages_ask_who_it_is_and_show_the_new_reference_once(cut: Cut) -> None:
    child = cut.desk.child(COUNCIL, POLICE)
    lead = make_person(cut.desk.world.agencies[COUNCIL], Role.GOVERNANCE_LEAD)
    unsure = signed_in(lead, confirmed=False).get(reverse("choose-identity"))
    assert unsure.status_code == 302
    browser = signed_in(lead)
    chosen = browser.post(reverse("choose-identity"), {"child": str(child)})
    address = reverse("sever-identity", args=[child])
    assert chosen["Location"] == address
    assert "Merle" not in browser.get(address).content.decode()
    of_police = cut.desk.subjects[child][1]
    done = browser.post(address, {"records": [of_police], "reason": BECAUSE})
    assert str(links_now()[of_police]) in done.content.decode()
    assert browser.get(address).status_code == 404
    with acting_as("batch"):
        assert SubjectRecord.objects.exclude(severance=None).count() == len(cut.old_records) + 1
