"""What an area answers for, first of all whether it has a plan. Nothing here names a child."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from keepsight.access.clock import today
from keepsight.access.models import SubjectPlace, Tie
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency, Area
from keepsight.casework.models import Obligation
from keepsight.detection.models import Alert
from keepsight.kernel.roles import Permission
from keepsight.kernel.statistics.small_numbers import SmallNumber, threshold_on
from keepsight.kernel.statistics.suppression import suppressed_parts
from keepsight.oversight.models import ActionPlan, AreaFigure, PlanAction
from keepsight.oversight.reading import AreaAlerts, area_alerts


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action of a plan."""

    action_id: int
    title: str
    agency: str
    person: str
    due: date
    done: date | None
    evidence: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """An action plan with its actions."""

    plan_id: int
    title: str
    written: date
    review_by: date
    published: date | None
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True)
class AgencyDuties:
    """How one agency stands with its obligations; nothing where a number is too small to say."""

    agency: str
    due: int | None = 0
    overdue: int | None = 0
    met: int | None = 0
    late: int | None = 0
    met_undated: int | None = 0


@dataclass(frozen=True, slots=True)
class Unassessed:
    """Children missing, and of them those with several signs whom nobody has assessed; nothing
    where a number is too small to say, or would let one be worked out.
    """

    missing_from_school: int | None
    of_whom_several_signs: int | None
    missing_from_home: int | None
    of_whom_several_signs_home: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What waits for somebody in an area."""

    area: str
    alerts: int
    overdue: int
    due: int
    plan: str


@dataclass(frozen=True, slots=True)
class AreaOverview:
    """The area's page."""

    area_id: int
    area_key: str
    name: str
    plan: PlanView | None
    plan_says: str
    plan_state: str
    figures_as_of: date | None
    least: int
    obligations: tuple[AgencyDuties, ...]
    unassessed: Unassessed
    alerts: AreaAlerts


def area_overview(viewer: Viewer, area_id: int) -> AreaOverview | None:
    """The viewer's own area; nothing for any other, as for one that does not exist."""
    area = Area.objects.filter(pk=area_id).first()
    if area is None or viewer.area_id != area_id or not viewer.may(Permission.READ_AREA):
        return None
    plan = ActionPlan.objects.filter(area=area).order_by("-written", "-pk").first()
    state, says = _standing(plan)
    latest = AreaFigure.objects.filter(area=area).order_by("-as_of").first()
    figures = list(AreaFigure.objects.filter(area=area, as_of=latest.as_of)) if latest else []
    small = threshold_on(latest.as_of if latest else today())
    return AreaOverview(
        area_id=area.pk,
        area_key=area.key,
        name=area.name,
        plan=_plan_view(plan) if plan else None,
        plan_says=says,
        plan_state=state,
        figures_as_of=latest.as_of if latest else None,
        least=small.least,
        obligations=_duties(figures, small),
        unassessed=_unassessed(figures, small),
        alerts=area_alerts(area.pk, figures, small),
    )


def standing() -> list[Standing]:
    """How many alerts and obligations wait in each area, as the nightly role counts them."""
    found = []
    for area in Area.objects.exclude(key="unassigned").order_by("name"):
        obligations = Obligation.objects.filter(area=area)
        plan = ActionPlan.objects.filter(area=area).order_by("-written", "-pk").first()
        found.append(
            Standing(
                area=area.name,
                alerts=Alert.objects.filter(area=area, no_longer_met=None)
                .exclude(state=Alert.State.DECIDED)
                .count(),
                overdue=obligations.filter(state=Obligation.State.OVERDUE).count(),
                due=obligations.filter(state=Obligation.State.DUE).count(),
                plan=_standing(plan)[1],
            )
        )
    return found


def cases_for_a_sample(
    *, area_id: int, agency_id: int, most: int, known_to: int | None = None
) -> list[uuid.UUID]:
    """Children with an open case at a council, as the nightly role sees them: first one whom
    `known_to` works with too, then those of an area whose alerts are oldest, then the oldest cases.
    """
    cases = Tie.objects.filter(agency_id=agency_id, relation="case", until=None)
    ids = cases.values("child_id")
    shared = SubjectPlace.objects.filter(agency_id=known_to, involved=True, child_id__in=ids)
    first = shared.order_by("child_id").values_list("child_id", flat=True)[:1]
    alerted = Alert.objects.filter(area_id=area_id, child_id__in=ids).order_by(
        "first_met", "child_id"
    )
    others = cases.order_by("since", "child_id").values_list("child_id", flat=True)
    found = [*first, *alerted.values_list("child_id", flat=True), *others]
    return list(dict.fromkeys(found))[:most]


def published_plan(area_key: str) -> PlanView | None:
    """The latest published plan of an area: for anybody."""
    plans = ActionPlan.objects.filter(area__key=area_key, published__isnull=False)
    plan = plans.order_by("-published", "-pk").first()
    return _plan_view(plan) if plan else None


def _standing(plan: ActionPlan | None) -> tuple[str, str]:
    if plan is None:
        return "none", "There is no action plan."
    if plan.review_by < today():
        return (
            "stale",
            f"The action plan is stale: it was to be reviewed by {_said(plan.review_by)}.",
        )
    if plan.published is None:
        return "unpublished", "There is an action plan, but it has not been published."
    late = PlanAction.objects.filter(plan=plan, done=None, due__lt=today()).count()
    if late:
        actions = "1 action is" if late == 1 else f"{late} actions are"
        return "current", f"There is a published action plan; {actions} overdue."
    return "current", "There is a published action plan, and none of its actions is overdue."


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _plan_view(plan: ActionPlan) -> PlanView:
    actions = plan.actions.select_related("agency").order_by("due", "pk")
    return PlanView(
        plan_id=plan.pk,
        title=plan.title,
        written=plan.written,
        review_by=plan.review_by,
        published=plan.published,
        actions=tuple(
            ActionView(
                action_id=each.pk,
                title=each.title,
                agency=each.agency.name,
                person=each.person,
                due=each.due,
                done=each.done,
                evidence=each.evidence,
                overdue=each.done is None and each.due < today(),
            )
            for each in actions
        ),
    )


def _duties(figures: list[AreaFigure], small: SmallNumber) -> tuple[AgencyDuties, ...]:
    """No total stands beside these counts, so that hiding what is small is enough."""
    counts: dict[int, dict[str, int | None]] = defaultdict(dict)
    for each in figures:
        state = each.figure.removeprefix("obligations_")
        if each.agency_id and state in AgencyDuties.__dataclass_fields__:
            counts[each.agency_id][state] = None if small.hides(each.value) else each.value
    names = dict(Agency.objects.filter(pk__in=counts).values_list("pk", "name"))
    lines = [AgencyDuties(names[agency], **states) for agency, states in counts.items()]
    return tuple(sorted(lines, key=lambda line: line.agency))


def _unassessed(figures: list[AreaFigure], small: SmallNumber) -> Unassessed:
    values = {each.figure: each.value for each in figures if each.agency_id is None}

    def said(where: str) -> tuple[int | None, int | None]:
        missing, several = values.get(where, 0), values.get(f"{where}_unassessed", 0)
        parts = suppressed_parts((several, missing - several), small)
        return parts[-1], parts[0]

    school, home = said("missing_from_school"), said("missing_from_home")
    return Unassessed(*school, *home)
