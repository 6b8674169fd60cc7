"""Reports that cannot wait: on the record once, acknowledged, and what follows from them."""

import pytest

from keepsight.chronology.models import Event
from tests.factories.roles import acting_as
from tests.factories.sending import REPORTS, SENDERS, system_of
from tests.factories.world import make_world


@pytest.mark.parametrize("kind", sorted(set(REPORTS) - {"found-reports"}))
def test_a_report_is_on_the_record_when_it_is_acknowledged(database: None, kind: str) -> None:
    world = make_world()
    answer = system_of(world, SENDERS[kind]).send(kind)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    with acting_as("batch"):
        event = Event.objects.get(pk=told["event_id"])
    assert (event.agency_id, told["duplicate"]) == (world.agencies[SENDERS[kind]].pk, False)
