"""What the demo's people have been given to do: an allocated case or two, and an inspection."""

from datetime import timedelta

from django.utils import timezone

from keepsight.access.actions import tie_child
from keepsight.agencies.models import Person
from keepsight.audit.actor import system
from keepsight.cli.demo_people import DOMAIN
from keepsight.kernel.looking import Relation
from keepsight.oversight.inspections import open_inspection
from keepsight.oversight.queries import cases_for_a_sample

SETTER = system("demo set-up")
ALLOCATED = 5
SAMPLED = 12
INSPECTION_DAYS = 28


def give_cases() -> None:
    """Allocate some open cases to the worker who has a team, and open an inspection of the area.

    The first is a child whom the demo's school knows too, so that both can be looked at.
    """
    people = {
        each.email.split("@")[0]: each
        for each in Person.objects.select_related("agency", "area", "team").filter(
            email__endswith=f"@{DOMAIN}"
        )
    }
    worker, inspector = people["allocated.worker"], people["inspector"]
    sample = cases_for_a_sample(
        area_id=inspector.area_id,
        agency_id=worker.agency_id,
        most=SAMPLED,
        known_to=people["school"].agency_id,
    )
    for child in sample[:ALLOCATED]:
        because = "allocated when the demo was set up"
        whose = {"child_id": child, "agency_id": worker.agency_id, "because": because}
        tie_child(by=SETTER, person_id=worker.pk, relation=Relation.ALLOCATED, **whose)
        tie_child(by=SETTER, team_id=worker.team_id, relation=Relation.TEAM, **whose)
    if sample:
        open_inspection(
            by=SETTER,
            area=inspector.area,
            title="Joint targeted area inspection",
            inspectors=[inspector],
            children=sample,
            closes=timezone.now() + timedelta(days=INSPECTION_DAYS),
        )
