"""People decide about links: at once, by two where it is restricted, and undone to what it was."""

import uuid

import pytest
from django.db import connection

from keepsight.access.actions import keep_apart
from keepsight.agencies.models import Person
from keepsight.audit.models import Act, AuditEntry
from keepsight.identity.judging import (
    JudgingRefused,
    Outcome,
    answer_ask,
    ask_agency,
    confirm,
    judge,
    lift,
)
from keepsight.identity.linking import link_records
from keepsight.identity.models import Judgement, Link, LinkQuestion
from keepsight.identity.reviewing import asked_of_agency, question, questions
from keepsight.kernel.roles import Role
from tests.factories.reviewing import (
    CLINIC,
    COUNCIL,
    POLICE,
    SCHOOL,
    WHY,
    Desk,
    links_now,
    make_desk,
    raised,
    subjects_of,
)
from tests.factories.roles import acting_as, looking
from tests.factories.world import TESTER, make_person

pytestmark = pytest.mark.access


@pytest.fixture
def desk(database: None) -> Desk:
    return make_desk()


def decide(person: Person, asked: int, *groups: tuple[int, ...], sure: bool = True) -> Outcome:
    numbers = {subject: number for number, group in enumerate(groups) for subject in group}
    with looking(person) as viewer:
        return judge(by=viewer, question_id=asked, groups=numbers, reason=WHY, sure=sure)


def undo(person: Person, asked: int) -> Outcome:
    with looking(person) as viewer:
        found = question(viewer, asked)
        assert found is not None
        assert found.standing is not None
        decided = found.standing.decision_id
        return lift(by=viewer, question_id=asked, decision_id=decided, reason="It was another.")


def two_children(desk: Desk) -> tuple[uuid.UUID, uuid.UUID, int]:
    """A child of two records and one of one, and whether the police’s are of one child."""
    large = desk.child(COUNCIL, POLICE)
    small = desk.child(SCHOOL)
    return large, small, desk.asks(desk.subjects[large][1], desk.subjects[small][0])


def test_one_child_by_the_smallest_step(desk: Desk) -> None:
    large, small, asked = two_children(desk)
    kept, came = desk.subjects[large], desk.subjects[small]
    assert decide(desk.steward, asked, (kept[1], came[0])) is Outcome.DONE
    assert subjects_of(large) == sorted([*kept, *came])
    with acting_as("batch"):
        moved = Link.objects.get(subject_record_id=came[0], recorded_until=None)
        assert moved.decided_by == desk.steward.name
        assert Link.objects.filter(subject_record_id__in=kept).count() == len(kept)


def test_what_a_person_linked_the_model_leaves(desk: Desk) -> None:
    large, small, asked = two_children(desk)
    decide(desk.steward, asked, (desk.subjects[large][1], desk.subjects[small][0]))
    before = links_now()
    with acting_as("batch"):
        link_records(by=TESTER)
    assert {s: c for s, c in links_now().items() if s == desk.subjects[small][0]} == {
        desk.subjects[small][0]: before[desk.subjects[small][0]]
    }


def test_undone_every_link_stands_as_it_stood(desk: Desk) -> None:
    large, small, asked = two_children(desk)
    before = links_now()
    decide(desk.steward, asked, (desk.subjects[large][1], desk.subjects[small][0]))
    assert links_now() != before
    assert undo(desk.second, asked) is Outcome.DONE
    assert links_now() == before
    with acting_as("batch"):
        rows = Link.objects.filter(subject_record_id=desk.subjects[small][0]).order_by("pk")
        assert [row.decided_by for row in rows] == ["model", desk.steward.name, "model"]
        assert rows[0].reasons == rows[2].reasons
        assert not Judgement.objects.filter(lifted=None).exists()
        assert LinkQuestion.objects.get(pk=asked).closed is None


def test_kept_apart_one_child_becomes_two(desk: Desk) -> None:
    child = desk.child(COUNCIL, SCHOOL, POLICE)
    one, other, third = desk.subjects[child]
    asked = desk.asks(one, other, kind=LinkQuestion.Kind.DOES_NOT_HOLD)
    decide(desk.steward, asked, (one,), (other,))
    now = links_now()
    assert now[one] == now[third] == child
    assert now[other] != child
    undo(desk.steward, asked)
    assert subjects_of(child) == [one, other, third]


def test_three_records_are_sorted_into_two_children(desk: Desk) -> None:
    children = [desk.child(kind) for kind in (COUNCIL, POLICE, SCHOOL)]
    one, other, third = (desk.subjects[child][0] for child in children)
    asked = desk.asks(one, other, third)
    decide(desk.steward, asked, (one, third), (other,))
    now = links_now()
    assert now[one] == now[third] == children[0]
    assert now[other] == children[1]
    with acting_as("batch"):
        said = Judgement.objects.filter(lifted=None).values_list("one_id", "other_id", "verdict")
        assert set(said) == {
            (*sorted((one, other)), "not_same"),
            (*sorted((one, third)), "same"),
            (*sorted((other, third)), "not_same"),
        }


def test_not_sure_changes_no_link_and_closes_the_question(desk: Desk) -> None:
    large, small, asked = two_children(desk)
    before = links_now()
    decide(desk.steward, asked, (desk.subjects[large][1],), (desk.subjects[small][0],), sure=False)
    assert links_now() == before
    with acting_as("batch"):
        assert Judgement.objects.get(lifted=None).verdict == "unsure"
        assert LinkQuestion.objects.get(pk=asked).outcome == "decided"


@pytest.mark.parametrize("why", ["confidential", "withheld"])
def test_what_is_restricted_takes_two_people(desk: Desk, why: str) -> None:
    ordinary = desk.child(SCHOOL)
    closely = desk.child(CLINIC) if why == "confidential" else desk.child(POLICE, withheld=True)
    one, other = desk.subjects[ordinary][0], desk.subjects[closely][0]
    asked = desk.asks(one, other)
    agency = desk.world.agencies[CLINIC if why == "confidential" else POLICE]
    first = make_person(agency, Role.RECORDS_STEWARD)
    second = make_person(agency, Role.RECORDS_STEWARD)
    before = links_now()
    assert decide(first, asked, (one, other)) is Outcome.WAITS
    assert links_now() == before
    for person in (first, second):
        with looking(person) as viewer:
            found = question(viewer, asked)
            assert found is not None
            assert found.standing is not None
            decided = found.standing.decision_id
            if person == first:
                with pytest.raises(JudgingRefused):
                    confirm(by=viewer, question_id=asked, decision_id=decided)
            else:
                done = confirm(by=viewer, question_id=asked, decision_id=decided)
                assert done is Outcome.DONE
    now = links_now()
    assert now[one] == now[other]
    undo(first, asked)
    assert links_now() == before


def test_keeping_restricted_records_apart_takes_one(desk: Desk) -> None:
    one, other = (
        desk.subjects[desk.child(POLICE, withheld=True)][0],
        desk.subjects[desk.child(SCHOOL)][0],
    )
    assert decide(desk.steward, desk.asks(one, other), (one,), (other,)) is Outcome.DONE


def test_a_confidential_record_is_for_a_reviewer_of_its_agency_only(desk: Desk) -> None:
    one, other = desk.subjects[desk.child(CLINIC)][0], desk.subjects[desk.child(SCHOOL)][0]
    asked = desk.asks(one, other)
    own = make_person(desk.world.agencies[CLINIC], Role.RECORDS_STEWARD)
    for person, shown in ((desk.steward, False), (own, True)):
        with looking(person) as viewer:
            assert bool(questions(viewer)) is shown
            assert (question(viewer, asked) is not None) is shown
    with pytest.raises(JudgingRefused):
        decide(desk.steward, asked, (one, other))


def test_who_is_kept_from_one_child_sees_no_question(desk: Desk) -> None:
    large, _, asked = two_children(desk)
    with acting_as("batch"):
        keep_apart(
            by=TESTER,
            person_id=desk.steward.pk,
            child_id=large,
            ground="family",
            because="a niece",
        )
    with looking(desk.steward) as viewer:
        assert questions(viewer) == []
        assert question(viewer, asked) is None
    with looking(desk.second) as viewer:
        assert question(viewer, asked) is not None


def test_who_is_kept_from_one_child_is_kept_from_both_when_linked(desk: Desk) -> None:
    large, small, asked = two_children(desk)
    officer = desk.world.people[POLICE]
    with acting_as("batch"):
        keep_apart(
            by=TESTER, person_id=officer.pk, child_id=small, ground="family", because="an uncle"
        )
    decide(desk.steward, asked, (desk.subjects[large][1], desk.subjects[small][0]))
    with looking(officer) as viewer:
        assert not _links_seen(viewer.agency_id)
    undo(desk.steward, asked)
    with looking(officer) as viewer:
        assert _links_seen(viewer.agency_id)


def _links_seen(agency: int) -> bool:
    return Link.objects.filter(agency_id=agency).only("id").exists()


def test_somebody_of_another_role_is_refused_by_the_database_too(desk: Desk) -> None:
    large, small, asked = two_children(desk)
    worker = desk.world.people[COUNCIL]
    with pytest.raises(JudgingRefused):
        decide(worker, asked, (desk.subjects[large][1], desk.subjects[small][0]))
    with looking(worker), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM identity_question_records(%s)", [asked])
        assert cursor.fetchone() == (0,)


def test_what_rests_on_a_decision_is_undone_first(desk: Desk) -> None:
    large, small, asked = two_children(desk)
    third = desk.child(SCHOOL, forename="Merla")
    decide(desk.steward, asked, (desk.subjects[large][1], desk.subjects[small][0]))
    later = raised(desk.subjects[small][0], desk.subjects[third][0], whole=False)
    decide(desk.steward, later, (desk.subjects[small][0],), (desk.subjects[third][0],))
    decide_again = raised(desk.subjects[small][0], desk.subjects[large][0], whole=False)
    decide(desk.steward, decide_again, (desk.subjects[large][0],), (desk.subjects[small][0],))
    with pytest.raises(JudgingRefused, match="later"):
        undo(desk.steward, asked)
    undo(desk.steward, decide_again)
    assert undo(desk.steward, asked) is Outcome.DONE


def test_an_agency_is_asked_about_its_own_record_and_no_other(desk: Desk) -> None:
    _, small, asked = two_children(desk)
    subject = desk.subjects[small][0]
    with looking(desk.steward) as viewer:
        ask_agency(by=viewer, question_id=asked, subject_id=subject)
        ask_agency(by=viewer, question_id=asked, subject_id=subject)
        assert questions(viewer)[0].waits_for_agency
    officers = {
        kind: make_person(desk.world.agencies[kind], Role.DATA_OFFICER) for kind in (SCHOOL, POLICE)
    }
    with looking(officers[POLICE]) as viewer:
        assert asked_of_agency(viewer) == []
    with looking(officers[SCHOOL]) as viewer:
        [own] = asked_of_agency(viewer)
        assert own.name == "Merle Example"
        answer_ask(by=viewer, ask_id=own.ask_id, answer="right")
        assert asked_of_agency(viewer) == []
    with looking(desk.steward) as viewer:
        found = question(viewer, asked)
        assert found is not None
        assert [side.answer for side in found.records if side.subject == subject] == [
            "It is right as it stands"
        ]


def test_every_sight_and_every_decision_is_written_down(desk: Desk) -> None:
    large, small, asked = two_children(desk)
    with looking(desk.steward) as viewer:
        question(viewer, asked)
    decide(desk.steward, asked, (desk.subjects[large][1], desk.subjects[small][0]))
    undo(desk.steward, asked)
    with acting_as("batch"):
        entries = AuditEntry.objects.filter(person_id=desk.steward.pk)
        for child in (large, small):
            told = entries.filter(child_id=child)
            assert told.filter(act=Act.SEE, what="details that linking compares").exists()
            assert told.filter(act=Act.WRITE, what="decided about links", reason=WHY).exists()
            assert told.filter(act=Act.WRITE, what="undid a decision about links").exists()


def test_a_question_is_raised_once_and_closed_when_it_no_longer_stands(desk: Desk) -> None:
    large, small, asked = two_children(desk)
    pair = desk.subjects[large][1], desk.subjects[small][0]
    assert raised(*pair) == asked
    other = raised(desk.subjects[large][0], desk.subjects[small][0])
    with acting_as("batch"):
        assert LinkQuestion.objects.get(pk=asked).outcome == "gone"
        assert LinkQuestion.objects.get(pk=other).closed is None


def test_where_one_address_is_withheld_no_other_postcode_is_shown(desk: Desk) -> None:
    one = desk.subjects[desk.child(POLICE, withheld=True)][0]
    other = desk.subjects[desk.child(SCHOOL)][0]
    asked = desk.asks(one, other)
    with looking(desk.steward) as viewer:
        found = question(viewer, asked)
    assert found is not None
    assert {side.postcode for side in found.records} == {None}
    assert "School" in {side.agency.split(" (")[0] for side in found.records}
    assert found.household == ()
