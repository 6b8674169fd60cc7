"""Events are appended, corrected by revision, and known from the day they were received."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from keepsight.chronology.queries import timeline
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.roles import acting_as, looking
from tests.factories.world import make_child, make_event, make_world

POLICE = AgencyKind.POLICE
GONE = datetime(2026, 2, 1, 22, tzinfo=LONDON)


def test_a_correction_supersedes_and_the_past_stays_as_it_was_known(database: None) -> None:
    world = make_world()
    police = world.agencies[POLICE]
    child = make_child((police, PersonDetails(forename="Ada", surname="Example")))
    still_missing = MissingEpisode(category="missing", missing_from="home")
    found = MissingEpisode(category="missing", missing_from="home", found_at="bus station")
    make_event(child, police, still_missing, occurred=GONE, key="report 1")
    make_event(
        child,
        police,
        found,
        occurred=GONE,
        until=GONE + timedelta(hours=9),
        received=GONE + timedelta(days=9),
        key="report 1",
    )

    with looking(world.people[POLICE]) as viewer:
        [now] = timeline(viewer, child)
        [then] = timeline(viewer, child, known_on=date(2026, 2, 5))
        before = timeline(viewer, child, known_on=date(2026, 1, 31))

    assert (now.revision, now.sentence) == (2, "Missing from home; found: bus station")
    assert (then.revision, then.sentence) == (1, "Missing from home")
    assert before == []


@pytest.mark.parametrize("role", ["app", "batch"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE chronology_event SET kind = 'x'",
        "DELETE FROM chronology_event",
        "UPDATE chronology_eventcontent SET content = '{}'",
        "DELETE FROM chronology_eventcontent",
        "TRUNCATE chronology_attendanceweek",
        "DELETE FROM audit_auditentry",
    ],
)
def test_the_database_itself_refuses_to_rewrite(database: None, role: str, statement: str) -> None:
    world = make_world()
    police = world.agencies[POLICE]
    child = make_child((police, PersonDetails(surname="Example")))
    make_event(child, police, MissingEpisode(category="missing"), occurred=GONE)
    with (
        acting_as(role),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match=r"append-only|permission denied"),
    ):
        cursor.execute(statement)
