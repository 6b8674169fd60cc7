"""A link that is undone leaves every page, export and right exactly as before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from keepsight.engines.embedded import ServerAddress
from keepsight.identity.judging import Outcome, judge, lift
from keepsight.identity.models import Link
from keepsight.identity.queries import links_of
from keepsight.identity.reviewing import question
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.roles import Role
from tests.factories.building import build
from tests.factories.fixed_world import COUNCIL, FIXED
from tests.factories.known_world import KnownWorld, PersonPlan
from tests.factories.reviewing import WHY, links_now, raised
from tests.factories.roles import acting_as, looking
from tests.factories.seeing import everything, rights
from tests.factories.signing_in import in_database

pytestmark = pytest.mark.access

PLAN = replace(FIXED, people=(*FIXED.people, PersonPlan(COUNCIL, Role.RECORDS_STEWARD)))


@pytest.fixture
def world(database: None) -> KnownWorld:
    return build(PLAN)


def of_one_child(world: KnownWorld, child: int, agency: str) -> int:
    with acting_as("batch"):
        links = Link.objects.filter(child_id=world.children[child], recorded_until=None)
        return int(links.get(agency__kind=agency, area=world.areas[0]).subject_record_id)


@pytest.mark.parametrize(
    ("one", "other"),
    [((1, "health"), (5, "police")), ((0, "school"), (2, "police"))],
    ids=["excluded and allocated", "front door and alert"],
)
def test_what_is_undone_leaves_nothing_behind(
    world: KnownWorld, one: tuple[int, str], other: tuple[int, str]
) -> None:
    steward = world.people[-1]
    subjects = of_one_child(world, *one), of_one_child(world, *other)
    asked = raised(*subjects)
    concerned = [world.children[child] for child, _ in (one, other)]
    before, links = everything(world, asked, concerned), links_now()
    assert before[steward.email, "link-question", (asked,)][0] == 200
    with looking(steward) as viewer:
        groups = dict.fromkeys(subjects, 0)
        done = judge(by=viewer, question_id=asked, groups=groups, reason=WHY)
        assert done is Outcome.DONE
    between = rights(world)
    assert {key for key in between if before[key] != between[key]}, "linking changes something"
    with looking(steward) as viewer:
        found = question(viewer, asked)
        assert found is not None
        assert found.standing is not None
        decided = found.standing.decision_id
        lift(by=viewer, question_id=asked, decision_id=decided, reason="They are two.")
    assert links_now() == links
    after = everything(world, asked, concerned)
    assert [(key, before[key], after[key]) for key in before if before[key] != after[key]] == []


def test_known_on_a_day_between_the_link_of_that_day_is_shown(
    world: KnownWorld, server: ServerAddress
) -> None:
    steward, officer = world.people[-1], world.people[3]
    own, came = of_one_child(world, 0, "police"), of_one_child(world, 2, "police")
    asked = raised(own, came)
    with looking(steward) as viewer:
        judge(by=viewer, question_id=asked, groups={own: 0, came: 0}, reason=WHY)
    in_database(server, EARLIER)
    with looking(steward) as viewer:
        found = question(viewer, asked)
        assert found is not None
        assert found.standing is not None
        decided = found.standing.decision_id
        lift(by=viewer, question_id=asked, decision_id=decided, reason="They are two.")
    shown = {}
    with looking(officer) as viewer:
        for ago in (3, 1, 0):
            day = day_in_london(timezone.now()) - timedelta(days=ago)
            links = links_of(viewer, world.children[0], day)
            shown[ago] = {
                link.subject_record_id for link in links if link.agency_id == viewer.agency_id
            }
    assert shown == {3: {own}, 1: {own, came}, 0: {own}}


EARLIER = """
SET session_replication_role = replica;
UPDATE identity_link SET recorded_from = recorded_from - interval '2 days',
  recorded_until = recorded_until - interval '2 days'
WHERE recorded_from > now() - interval '1 hour' OR recorded_until > now() - interval '1 hour'"""
"""As if what was done just now had been done the day before yesterday."""
