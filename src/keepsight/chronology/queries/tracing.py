"""Which agencies’ records may be shown to a tracing service, by what governs their feeds."""

from keepsight.agencies.models import Agency
from keepsight.chronology.models import Feed
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.tracing.allowing import may_trace
from keepsight.kernel.vocabulary.agencies import AgencyKind


def agencies_that_may_trace() -> list[int]:
    """The ids of agencies of which every feed that is switched on allows it."""
    feeds: dict[int, list[tuple[bool, Cohort | None]]] = {}
    for agency, state, cohort in Feed.objects.values_list("agency_id", "state", "cohort"):
        stated = (state == Feed.State.ON, Cohort(cohort) if cohort else None)
        feeds.setdefault(agency, []).append(stated)
    kinds = Agency.objects.filter(pk__in=feeds).order_by("pk").values_list("pk", "kind")
    return [pk for pk, kind in kinds if may_trace(AgencyKind(kind), feeds[pk])]
