"""In which order questions about links are put before a steward."""

from dataclasses import replace

from keepsight.identity.models import LinkQuestion
from keepsight.identity.raising import RaisedQuestion, raise_questions
from keepsight.identity.reviewing import questions
from keepsight.kernel.roles import Role
from tests.factories.building import build
from tests.factories.fixed_world import COUNCIL, FIXED
from tests.factories.known_world import PersonPlan
from tests.factories.roles import acting_as, looking
from tests.factories.world import TESTER

PLAN = replace(FIXED, people=(*FIXED.people, PersonPlan(COUNCIL, Role.RECORDS_STEWARD)))


def test_what_one_agency_may_hold_twice_comes_last(database: None) -> None:
    world = build(PLAN)
    own = world.people[-1].agency_id
    rows = [row for row in world.rows if row.table == "identity_link" and row.held.agency == own]
    subjects = sorted(row.subject for row in rows if row.subject is not None)[:3]
    kinds = (LinkQuestion.Kind.POSSIBLE_DUPLICATE, LinkQuestion.Kind.BETWEEN)
    for kind, other in zip(kinds, subjects[1:], strict=True):
        asked = RaisedQuestion(
            kind=kind, records=frozenset({subjects[0], other}), model_version="test"
        )
        with acting_as("batch"):
            raise_questions(by=TESTER, questions=[asked], whole=False)
    with looking(world.people[-1]) as viewer:
        assert [each.kind for each in questions(viewer)] == [kind.label for kind in kinds[::-1]]
