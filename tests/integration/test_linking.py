"""Linking everything anew: children keep their ids, judgements bind, and people are asked."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations

import pytest

from keepsight.identity.actions import own_record, register_subjects, update_details
from keepsight.identity.details import latest_details
from keepsight.identity.forgetting import forget_records
from keepsight.identity.matching import match_arrived
from keepsight.identity.models import FormerDetail, Link, LinkedPair, LinkQuestion, Unmatched
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.linking import (
    MAYA,
    children,
    judge,
    lift,
    linked_anew,
    open_questions,
    partition,
    sent,
)
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER, World, make_world

COUNCIL, POLICE, SCHOOL, HEALTH = (
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.POLICE,
    AgencyKind.SCHOOL,
    AgencyKind.HEALTH,
)
NHS, OTHER_NHS = "9000000009", "9000000017"
UPN = "Z997200119003"


@pytest.fixture
def world(database: None) -> Iterator[World]:
    made = make_world()
    with acting_as("batch"):
        yield made


def three(world: World) -> tuple[int, int, int]:
    """Three records of one child, two of them with its number."""
    return (
        sent(world, "a", COUNCIL, **MAYA, nhs_number=NHS),
        sent(world, "b", SCHOOL, **MAYA, nhs_number=NHS),
        sent(world, "c", POLICE, **MAYA),
    )


def test_a_second_run_writes_nothing(world: World) -> None:
    three(world)
    sent(world, "d", HEALTH, **MAYA | {"forename": "Odette"})
    first = linked_anew()
    assert partition() == {frozenset("abc"), frozenset("d")}
    rows = list(Link.objects.order_by("pk").values())
    pairs = set(LinkedPair.objects.values_list("pk", flat=True))
    assert len(pairs) == 3
    again = linked_anew()
    assert (first.links_begun, again.links_begun, again.links_ended) == (4, 0, 0)
    assert list(Link.objects.order_by("pk").values()) == rows
    assert set(LinkedPair.objects.values_list("pk", flat=True)) == pairs
    assert not Unmatched.objects.exists()


def test_a_child_keeps_its_id_when_others_come_or_go(world: World) -> None:
    one, _, three_ = three(world)
    linked_anew()
    before = children()
    sent(world, "d", HEALTH, **MAYA, nhs_number=NHS)
    linked_anew()
    assert set(children().values()) == {before["a"]}
    judge(one=one, other=three_, verdict="not_same")
    linked_anew()
    assert children()["a"] == children()["b"] == before["a"] != children()["c"]


def test_not_the_same_lifted_ends_where_it_began(world: World) -> None:
    one, _, other = three(world)
    linked_anew()
    before = children()
    said = judge(one=one, other=other, verdict="not_same")
    linked_anew()
    assert len(partition()) == 2
    lift(judgement=said)
    linked_anew()
    assert children() == before


def test_the_same_joins_across_two_numbers_and_lifted_each_is_who_it_was(world: World) -> None:
    one = sent(world, "a", COUNCIL, **MAYA, nhs_number=NHS)
    other = sent(world, "b", SCHOOL, **MAYA, nhs_number=OTHER_NHS)
    linked_anew()
    before = children()
    assert len(set(before.values())) == 2
    said = judge(one=one, other=other, verdict="same")
    linked_anew()
    assert len(partition()) == 1
    link = Link.objects.get(recorded_until=None, subject_record=other)
    assert (link.weight, link.reasons) == (None, ["a person said that they are one child"])
    lift(judgement=said)
    linked_anew()
    assert children() == before


def test_what_was_begun_here_for_a_child_goes_where_the_child_goes(world: World) -> None:
    one = sent(world, "a", COUNCIL, **MAYA, nhs_number=NHS)
    other = sent(world, "b", SCHOOL, **MAYA, nhs_number=OTHER_NHS)
    sent(world, "c", POLICE, **MAYA, nhs_number=NHS)
    linked_anew()
    before = children()
    agency = world.agencies[HEALTH]
    own_record(by=TESTER, agency=agency, child_id=before["b"], received=NOW)
    assert linked_anew().links_begun == 0
    said = judge(one=one, other=other, verdict="same")
    linked_anew()
    assert set(children().values()) == {before["a"]}
    lift(judgement=said)
    linked_anew()
    assert children() == before | {f"keepsight-{before['b']}": before["b"]}


def test_a_replaced_number_is_known_as_a_former_one_and_asked_about(world: World) -> None:
    sent(world, "a", COUNCIL, **MAYA, nhs_number=NHS)
    other = sent(world, "b", SCHOOL, **MAYA, nhs_number=OTHER_NHS)
    linked_anew()
    assert open_questions() == set()
    agreed = NOW + timedelta(days=1)
    sent(world, "b", SCHOOL, **MAYA, nhs_number=NHS, received=agreed)
    assert FormerDetail.objects.get().value == OTHER_NHS
    linked_anew()
    assert partition() == {frozenset("ab")}
    sent(world, "c", POLICE, **MAYA, nhs_number=OTHER_NHS)
    linked_anew()
    assert partition() == {frozenset("ab"), frozenset("c")}
    assert open_questions() == {("two_numbers", frozenset({"a", "c"}))}
    forget_records(by=TESTER, subjects=[other])
    assert not FormerDetail.objects.exists()


def test_a_surname_and_postcode_that_are_replaced_are_known_with_their_day(world: World) -> None:
    """Neither name, address nor number agrees with what the police know; what was before does."""
    sent(world, "a", COUNCIL, **MAYA)
    sent(world, "b", POLICE, **MAYA)
    changed = {"surname": "Thistlewick", "postcode": "ZZ11 2CD"}
    later = NOW + timedelta(days=40)
    sent(world, "a", COUNCIL, **MAYA | changed, received=later)
    said = FormerDetail.objects.order_by("column").values_list("column", "value", "until")
    assert list(said) == [("postcode", "ZZ10 1AB", later), ("surname", "ravengarth", later)]
    linked_anew()
    assert partition() == {frozenset("ab")}
    because = Link.objects.get(subject_record__key="b", recorded_until=None).reasons
    assert "a surname that the other had before" in because
    assert "a postcode that the other had before" in because


def test_a_correction_that_takes_a_change_back_leaves_one_former_value(world: World) -> None:
    sent(world, "a", COUNCIL, **MAYA)
    for days, surname in ((1, "Thistlewick"), (2, "Ravengarth"), (3, "Thistlewick")):
        moment = NOW + timedelta(days=days)
        sent(world, "a", COUNCIL, **MAYA | {"surname": surname}, received=moment)
    said = dict(FormerDetail.objects.values_list("value", "until"))
    assert said == {
        "ravengarth": NOW + timedelta(days=3),
        "thistlewick": NOW + timedelta(days=2),
    }


def test_no_former_postcode_outlives_its_address_being_withheld(world: World) -> None:
    sent(world, "a", COUNCIL, **MAYA)
    moved = MAYA | {"postcode": "ZZ11 2CD"}
    sent(world, "a", COUNCIL, **moved, received=NOW + timedelta(days=1))
    hidden = MAYA | {"postcode": None, "address_withheld": True, "surname": "Thistlewick"}
    sent(world, "a", COUNCIL, **hidden, received=NOW + timedelta(days=2))
    assert list(FormerDetail.objects.values_list("value", flat=True)) == ["ravengarth"]


def test_a_former_surname_that_is_sent_as_such_is_matched_anew(world: World) -> None:
    """Its agency says only now under which name the police may know the child."""
    changed = MAYA | {"surname": "Thistlewick"}
    subject = sent(world, "a", COUNCIL, **changed)
    sent(world, "b", POLICE, **MAYA | {"postcode": None})
    linked_anew()
    assert partition() == {frozenset("a"), frozenset("b")}
    later = NOW + timedelta(days=1)
    sent(world, "a", COUNCIL, **changed, former_surname="Ravengarth", received=later)
    assert FormerDetail.objects.values_list("value", "until").get() == ("ravengarth", None)
    assert Unmatched.objects.filter(pk=subject).exists()
    assert match_arrived(by=TESTER, subject_id=subject)
    live = partition()
    linked_anew()
    assert partition() == live == {frozenset("ab")}


def test_a_former_upn_that_is_sent_as_such_is_known(world: World) -> None:
    now, former = "H801200001001", "G801200001008"
    sent(world, "a", COUNCIL, **MAYA, upn=now, former_upn=former)
    sent(world, "b", SCHOOL, **MAYA, upn=former)
    linked_anew()
    assert len(partition()) == 2
    assert open_questions() == {("two_numbers", frozenset("ab"))}


def test_a_question_is_raised_once_and_closed_when_it_no_longer_stands(world: World) -> None:
    sent(world, "a", COUNCIL, **MAYA, nhs_number=NHS)
    sent(world, "b", SCHOOL, **MAYA | {"forename": "Odette"}, nhs_number=NHS)
    assert linked_anew().questions == 1
    assert open_questions() == {("one_number_two_names", frozenset("ab"))}
    assert linked_anew().questions == 0
    question = LinkQuestion.objects.get()
    assert question.reasons[0]["levels"][0]["words"] == "same NHS number"
    sent(world, "b", SCHOOL, **MAYA | {"forename": "Maya"}, received=NOW + timedelta(days=1))
    linked_anew()
    assert open_questions() == set()
    assert partition() == {frozenset("ab")}


def test_who_was_unsure_is_asked_again_when_the_evidence_changes(world: World) -> None:
    one = sent(world, "a", COUNCIL, **MAYA, nhs_number=NHS)
    other = sent(world, "b", SCHOOL, **MAYA | {"forename": "Odette"}, nhs_number=NHS)
    linked_anew()
    judge(one=one, other=other, verdict="unsure")
    linked_anew()
    assert open_questions() == set()
    sent(world, "b", SCHOOL, **MAYA | {"forename": "Odile"}, received=NOW + timedelta(days=1))
    linked_anew()
    assert len(partition()) == 2


def test_one_agencys_two_ids_are_reported(world: World) -> None:
    sent(world, "a", COUNCIL, **MAYA, nhs_number=NHS)
    sent(world, "b", COUNCIL, **MAYA, nhs_number=NHS)
    linked_anew()
    assert partition() == {frozenset("ab")}
    assert open_questions() == {("possible_duplicate", frozenset("ab"))}


@pytest.mark.parametrize(("key", "asked"), [("P2", ["possible_duplicate"]), (UPN, [])])
def test_a_pupil_whom_a_format_names_by_the_number_is_no_duplicate(
    world: World, key: str, asked: list[str]
) -> None:
    sent(world, "P1", SCHOOL, **MAYA, upn=UPN)
    sent(world, key, SCHOOL, **MAYA, upn=UPN)
    linked_anew()
    assert partition() == {frozenset({"P1", key})}
    assert [kind for kind, _ in open_questions()] == asked


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_what_was_said_before_is_the_same_in_whatever_order_it_arrives(
    world: World, order: tuple[int, ...]
) -> None:
    """The files of three days: the last day stands, and the others are known as before."""
    files = [
        (NOW + timedelta(days=day), MAYA | {"surname": surname, "postcode": postcode})
        for day, surname, postcode in (
            (1, "Ravengarth", "ZZ10 1AB"),
            (2, "Thistlewick", "ZZ11 2CD"),
            (3, "Marrowby", "ZZ12 3EF"),
        )
    ]
    for place in order:
        received, said = files[place]
        sent(world, "a", COUNCIL, **said, received=received)
    known = set(FormerDetail.objects.values_list("column", "value"))
    assert known == {
        *(("surname", "ravengarth"), ("surname", "thistlewick")),
        *(("postcode", "ZZ10 1AB"), ("postcode", "ZZ11 2CD")),
    }


def test_what_one_delivery_says_twice_leaves_what_it_said_first(world: World) -> None:
    agency = world.agencies[COUNCIL]
    [subject] = register_subjects(by=TESTER, agency=agency, keys=["a"], received=NOW).values()
    twice = [
        latest_details(subject, PersonDetails(**MAYA | {"surname": surname}))
        for surname in ("Ravengarth", "Thistlewick")
    ]
    update_details(by=TESTER, details=twice, received=NOW)
    assert FormerDetail.objects.values_list("column", "value").get() == ("surname", "ravengarth")
