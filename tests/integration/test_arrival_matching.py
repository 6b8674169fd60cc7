"""Whom a pushed report is about: joined where nothing is in doubt, and else left to the night."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connections

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.models import DirtyChild
from keepsight.identity.models import Judgement, Link, SubjectRecord
from keepsight.jobs import arrival
from keepsight.jobs.working import work
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.arriving import (
    AS_KNOWN,
    SCHOOL,
    TEMPORARY,
    UPN,
    children_of,
    known,
    send,
)
from tests.factories.roles import acting_as
from tests.factories.sending import PERSON, REPORTS, system_of
from tests.factories.world import (
    NOW,
    TESTER,
    World,
    make_child,
    make_world,
)


@pytest.fixture
def world(database: None) -> World:
    return make_world()


def another_birth(world: World) -> dict[str, Any]:
    known(world, date_of_birth=date(2011, 4, 3))
    return {}


def two_births_under_the_number(world: World) -> dict[str, Any]:
    known(world)
    make_child((world.agencies[SCHOOL], PersonDetails(**AS_KNOWN | {"date_of_birth": None})))
    return {}


def a_twin(world: World) -> dict[str, Any]:
    known(world)
    return {"forename": "Odette"}


def no_birth(world: World) -> dict[str, Any]:
    known(world)
    return {"date_of_birth": None}


def no_number(world: World) -> dict[str, Any]:
    known(world)
    return {"nhs_number": None}


def another_number_of_the_child(world: World) -> dict[str, Any]:
    known(world, upn=UPN)
    return {"upn": "G801200001008"}


def a_temporary_number(world: World) -> dict[str, Any]:
    known(world, nhs_number=None, upn=TEMPORARY)
    return {"nhs_number": None, "upn": TEMPORARY}


def nobody(world: World) -> dict[str, Any]:
    return {}


WAITS = (
    another_birth,
    two_births_under_the_number,
    a_twin,
    no_birth,
    no_number,
    another_number_of_the_child,
    a_temporary_number,
    nobody,
)


@pytest.mark.parametrize("case", WAITS, ids=lambda case: case.__name__)
def test_what_is_not_certain_waits_for_the_night(
    world: World, case: Callable[[World], dict[str, Any]]
) -> None:
    said = {name: value for name, value in (PERSON | case(world)).items() if value is not None}
    answer = system_of(world, AgencyKind.POLICE).send(
        "missing-reports", REPORTS["missing-reports"] | {"person": said}
    )
    assert answer.status_code == 201, answer.content
    assert children_of() == []
    with acting_as("batch"):
        assert work([arrival.drain], once=True) == 1
        assert DirtyChild.objects.get().drained is not None
    assert children_of() == []


def test_a_permanent_pupil_number_joins_as_an_nhs_number_does(world: World) -> None:
    child = known(world, nhs_number=None, upn=UPN)
    send(system_of(world, AgencyKind.POLICE), upn=UPN)
    assert children_of() == [child]


def test_who_was_said_to_be_two_people_is_not_joined(world: World) -> None:
    child = known(world)
    police = system_of(world, AgencyKind.POLICE)
    said = {name: PERSON[name] for name in ("reference", "forename", "surname")}
    police.send("missing-reports", REPORTS["missing-reports"] | {"person": said})
    with acting_as("batch"):
        _apart(by=TESTER, child_id=child)
    send(police)
    assert children_of() == []


@action
def _apart(*, by: Actor, child_id: uuid.UUID) -> None:
    theirs = Link.objects.get(child_id=child_id).subject_record_id
    ours = SubjectRecord.objects.get(key="N401").pk
    one, other = sorted((theirs, ours))
    Judgement.objects.create(
        one_id=one, other_id=other, verdict="not_same", reason="seen", recorded=NOW
    )


def test_what_is_known_is_filled_in_and_never_overwritten(world: World) -> None:
    police = system_of(world, AgencyKind.POLICE)
    send(police, forename="Merle", nhs_number=None)
    said = {"forename": "Another", "surname": "Other", "nhs_number": "9000000017"}
    send(police, **said)
    with acting_as("batch"):
        record = SubjectRecord.objects.get(key="N401")
    assert (record.forename, record.surname) == ("merle", "ashdown")
    assert record.nhs_number == "9000000017"
    send(police, date_of_birth="2012-01-01", upn=UPN)
    with acting_as("batch"):
        record = SubjectRecord.objects.get(key="N401")
    assert (record.date_of_birth, record.upn) == (date(2011, 4, 2), None)


def test_while_linking_is_at_work_a_record_is_matched_after_it(world: World) -> None:
    child = known(world)
    police = system_of(world, AgencyKind.POLICE)
    with connections["batch"].cursor() as night:
        night.execute("SELECT pg_advisory_lock(43)")
        send(police)
        assert children_of() == []
        night.execute("SELECT pg_advisory_unlock_all()")
    with acting_as("batch"):
        work([arrival.drain], once=True)
    assert children_of() == [child]
