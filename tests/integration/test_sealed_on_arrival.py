"""What tells of adoption is sealed as it comes in: nobody sees it until a seal names them."""

from datetime import timedelta
from pathlib import Path

from django.db import connection

from keepsight.chronology.queries import timeline
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.roles import acting_as, looking
from tests.factories.world import NOW, make_child, make_feed, make_world, receive, settle_scopes

EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
    "\n{key},01/02/2026,S,C2,N1,U6,PR1,,,,,,\n"
)
DECISIONS = (
    "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
    "{key},,02/02/2026,,0,,,\n"
)


def test_a_decision_on_adoption_is_there_and_nobody_of_the_council_sees_it(
    database: None, tmp_path: Path
) -> None:
    world = make_world()
    council = world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE]
    child = make_child((council, PersonDetails(forename="Ada", surname="Example")))
    feed = make_feed(council, "ssda903")
    for number, text in enumerate((EPISODES, DECISIONS)):
        path = tmp_path / f"{number}.csv"
        path.write_text(text.format(key=f"{child}-0"), encoding="utf-8")
        [outcome] = receive(feed, path, NOW + timedelta(hours=number))
        assert outcome.counts.new == 1
    settle_scopes()
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute("SELECT kind, tier FROM chronology_event WHERE kind <> 'person_details'")
        assert sorted(cursor.fetchall()) == [
            ("adoption_decided", "sealed"),
            ("placement", "ordinary"),
        ]
    with looking(world.people[AgencyKind.CHILDRENS_SOCIAL_CARE]) as viewer:
        assert [entry.kind for entry in timeline(viewer, child)] == ["placement"]
