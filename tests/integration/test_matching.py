"""One record matched as it arrives, with everything known: joined, asked about, or by itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import numpy as np
import psycopg.errors
import pytest
from django.db import ProgrammingError, connections

from keepsight.engines.linkage import columns_of
from keepsight.engines.linkage_model import model_in_force
from keepsight.identity import matching
from keepsight.identity.compared import every_record
from keepsight.identity.matching import match_arrived
from keepsight.identity.models import Link, LinkQuestion, Unmatched
from keepsight.jobs import arrival
from keepsight.jobs.working import work
from keepsight.kernel.linkage.bulk.blocking import blocked
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.linking import (
    MAYA,
    SENDERS,
    children,
    judge,
    linked_anew,
    open_questions,
    partition,
    sent,
)
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER, World, make_world

COUNCIL, POLICE, SCHOOL = (
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.POLICE,
    AgencyKind.SCHOOL,
)
NHS, OTHER_NHS, UPN = "9000000009", "9000000017", "H801200001001"
TOGETHER = 6


@pytest.fixture
def world(database: None) -> Iterator[World]:
    """A world that was linked once, and in which one child is known."""
    made = make_world()
    with acting_as("batch"):
        sent(made, "a", COUNCIL, **MAYA)
        linked_anew()
        yield made


def matched(subject: int) -> None:
    assert match_arrived(by=TESTER, subject_id=subject)


def test_a_record_joins_the_child_that_it_is_and_the_night_agrees(world: World) -> None:
    matched(sent(world, "b", POLICE, **MAYA))
    assert partition() == {frozenset("ab")}
    link = Link.objects.get(recorded_until=None, subject_record__key="b")
    assert link.weight is not None
    assert link.reasons[0] == "same date of birth"
    assert not Unmatched.objects.exists()
    assert linked_anew().links_begun == 0


def test_a_stranger_and_one_of_whom_nothing_is_said_are_children_of_their_own(world: World) -> None:
    other = MAYA | {"forename": "Odette", "surname": "Fenfold", "postcode": "ZZ11 2AB"}
    matched(sent(world, "b", POLICE, **other))
    matched(sent(world, "c", SCHOOL))
    assert partition() == {frozenset("a"), frozenset("b"), frozenset("c")}
    assert linked_anew().links_begun == 0


def test_a_twin_is_a_child_of_its_own_and_nobody_is_asked(world: World) -> None:
    matched(sent(world, "b", POLICE, **MAYA | {"forename": "Odette"}))
    assert len(partition()) == 2
    assert open_questions() == set()


def test_who_would_join_two_children_joins_neither_and_is_asked_about(world: World) -> None:
    known = {name: MAYA[name] for name in ("date_of_birth", "sex")}
    sent(world, "b", SCHOOL, **known, upn=UPN)
    linked_anew()
    assert len(partition()) == 2
    matched(sent(world, "c", POLICE, **MAYA, upn=UPN))
    assert partition() == {frozenset("a"), frozenset("b"), frozenset("c")}
    asked = {("between", frozenset("ac")), ("between", frozenset("bc"))}
    assert open_questions() == asked
    words = [level["words"] for level in LinkQuestion.objects.last().reasons[0]["levels"]]
    assert "same date of birth" in words
    linked_anew()
    assert partition() == {frozenset("abc")}
    assert open_questions() == set()


def test_who_may_be_either_of_two_joins_neither_by_day_or_by_night(world: World) -> None:
    sent(world, "b", COUNCIL, **MAYA | {"forename": "Odette"})
    linked_anew()
    assert partition() == {frozenset("a"), frozenset("b")}
    matched(sent(world, "c", POLICE, **MAYA | {"forename": None}))
    three = {frozenset("a"), frozenset("b"), frozenset("c")}
    asked = {("either", frozenset("ac")), ("either", frozenset("bc"))}
    assert (partition(), open_questions()) == (three, asked)
    assert linked_anew().links_begun == 0
    assert (partition(), open_questions()) == (three, asked)


def test_one_number_on_two_names_links_nothing_and_is_asked(world: World) -> None:
    sent(world, "b", SCHOOL, **MAYA, nhs_number=NHS)
    linked_anew()
    matched(sent(world, "c", POLICE, **MAYA | {"forename": "Odette"}, nhs_number=NHS))
    assert partition() == {frozenset("ab"), frozenset("c")}
    assert open_questions() == {("one_number_two_names", frozenset("bc"))}


def test_what_people_judged_binds_an_arrival(world: World) -> None:
    known = sent(world, "a", COUNCIL, **MAYA)
    subject = sent(world, "b", POLICE, **MAYA)
    said = sent(world, "c", SCHOOL, **MAYA | {"forename": "Odette"})
    judge(one=known, other=subject, verdict="not_same")
    judge(one=known, other=said, verdict="same")
    matched(subject)
    matched(said)
    assert partition() == {frozenset("ac"), frozenset("b")}


def test_a_record_that_is_alone_moves_when_more_is_known_and_one_among_others_stays(
    world: World,
) -> None:
    sent(world, "b", SCHOOL, **MAYA, nhs_number=NHS)
    linked_anew()
    subject = sent(world, "c", POLICE, forename="Maya")
    matched(subject)
    assert len(partition()) == 2
    later = NOW + timedelta(days=1)
    sent(world, "c", POLICE, **MAYA, nhs_number=NHS, received=later)
    matched(subject)
    assert partition() == {frozenset("abc")}
    sent(world, "c", POLICE, nhs_number=OTHER_NHS, received=later + timedelta(days=1))
    matched(subject)
    assert partition() == {frozenset("abc")}
    linked_anew()
    assert partition() == {frozenset("ab"), frozenset("c")}


def test_many_at_once_of_one_child_end_as_one_child(world: World) -> None:
    for each in range(3):
        said = MAYA | {"forename": "Odette", "surname": f"Ashd{'o' * each}wn"}
        subjects = [
            sent(world, f"{each}-{kind.value}", kind, **said) for kind in SENDERS[:TOGETHER]
        ]
        begin = Barrier(TOGETHER)
        with ThreadPoolExecutor(TOGETHER) as threads:
            done = threads.map(_at_once, [begin] * TOGETHER, subjects)
            assert list(done) == [True] * TOGETHER
        ours = {child for key, child in children().items() if key.startswith(f"{each}-")}
        assert len(ours) == 1


def _at_once(begin: Barrier, subject: int) -> bool:
    with acting_as("batch"):
        begin.wait()
        try:
            return match_arrived(by=TESTER, subject_id=subject)
        finally:
            connections["default"].close()


def test_before_the_first_linkage_a_record_waits(database: None) -> None:
    world = make_world()
    with acting_as("batch"):
        matched(sent(world, "a", COUNCIL, **MAYA))
        assert partition() == set()


def test_what_a_file_changed_is_matched_one_by_one_unless_it_is_much(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(world, "b", POLICE, **MAYA)
    sent(world, "c", SCHOOL, **MAYA)
    monkeypatch.setattr(matching, "FEW", 1)
    assert work([arrival.match], once=True) == 0
    monkeypatch.setattr(matching, "FEW", 2)
    assert work([arrival.match], once=True) == 2
    assert partition() == {frozenset("abc")}


def test_the_database_meets_whom_the_blocking_rules_bring_together(world: World) -> None:
    for number, kind in enumerate(SENDERS):
        for name in ("Maya", "Mayla", "Odette"):
            said = MAYA | {"forename": name, "sex": "F", "upn": UPN if number % 3 else None}
            said["postcode"] = f"ZZ1{number % 2} 1AB"
            said["date_of_birth"] = MAYA["date_of_birth"] + timedelta(days=400 * (number % 4))
            said["surname"] = ("Ravengarth", "Raven", "Fenfold")[number % 3]
            sent(world, f"{name}-{number}", kind, **said)
    table = columns_of(every_record()[None])
    pairs = blocked(table, model_in_force().blocking)
    met: dict[int, set[int]] = {int(subject): set() for subject in table.subjects}
    both = np.stack([table.subjects[pairs.left], table.subjects[pairs.right]], axis=1)
    for one, other in both.tolist():
        met[one].add(other)
        met[other].add(one)
    assert {subject: candidates(subject) for subject in met} == met
    assert any(met.values())


def candidates(subject: int) -> set[int]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT id FROM identity_candidates(%s)", [subject])
        return {found for (found,) in cursor.fetchall()}


def test_the_pages_may_not_ask_who_may_be_one_child(database: None) -> None:
    for name in ("identity_candidates", "identity_hold_blocks", "identity_gather"):
        with connections["default"].cursor() as cursor, pytest.raises(ProgrammingError) as refused:
            cursor.execute(f"SELECT {name}(1)")
        assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
