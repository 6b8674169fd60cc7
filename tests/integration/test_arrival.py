"""What follows from a report, child by child: the same as the night would find, and at once."""

from datetime import timedelta

from keepsight.chronology.models import DirtyChild
from keepsight.detection.models import Alert
from keepsight.identity.models import Link
from keepsight.jobs.working import work
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from tests.factories.roles import acting_as
from tests.factories.sending import DETAILS, system_of
from tests.factories.world import NOW, make_child, make_event, make_world, settle_scopes


def test_a_missing_report_of_a_known_child_is_an_alert_without_a_night(database: None) -> None:
    world = make_world()
    council = world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE]
    child = make_child((council, DETAILS))
    for days in (20, 40):
        occurred = NOW - timedelta(days=days)
        make_event(child, council, MissingEpisode(category="missing"), occurred=occurred)
    settle_scopes()
    assert system_of(world, AgencyKind.POLICE).send("missing-reports").status_code == 201
    with acting_as("batch"):
        assert Link.objects.filter(child_id=child, recorded_until=None).count() == 2
        assert work(once=True) == 1
        assert [each.problem for each in DirtyChild.objects.all()] == [""]
        alerts = Alert.objects.filter(child_id=child, no_longer_met=None)
        assert [each.indicator for each in alerts] == ["repeat_missing"]
