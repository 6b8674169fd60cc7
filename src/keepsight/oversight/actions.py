"""An area's action plan, written and published here; and the nightly figures."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.models import Count

from keepsight.access.clock import now, today
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.casework.models import Obligation
from keepsight.engines.indicators import ChildFinding
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.cohorts import (
    ASSESSED,
    MISSING_FROM_HOME,
    MISSING_FROM_SCHOOL,
    SEVERAL_SIGNS,
)
from keepsight.kernel.roles import Role
from keepsight.oversight.models import ActionPlan, AreaFigure, PlanAction
from keepsight.oversight.reading import alert_figures

AREAS = """
SELECT DISTINCT l.child_id, l.area_id FROM identity_link l
JOIN agencies_agency a ON a.id = l.agency_id AND a.kind IN ('childrens_social_care', 'school')
WHERE l.recorded_until IS NULL AND l.child_id = ANY(%s)"""


class PlanRefused(ValueError):
    """Something that cannot be done to a plan; the message is for the person who tried."""


@action
def write_plan(*, by: Viewer, title: str, review_by: date) -> int:
    """Begin a new action plan for the viewer's area; the one before it stays on record."""
    _require_lead(by)
    if not title.strip():
        raise PlanRefused("Give the plan a title.")
    if review_by <= today():
        raise PlanRefused("The plan must be reviewed on a day that is still to come.")
    plan = ActionPlan.objects.create(
        area_id=by.area_id, title=title.strip(), written=today(), review_by=review_by
    )
    record(by=by.actor, notes=[Note(act=Act.WRITE, what=f"action plan {plan.pk}")])
    return int(plan.pk)


@action
def add_action(
    *, by: Viewer, plan_id: int, title: str, agency_id: int, person: str, due: date
) -> int:
    """Add an action: every one has an owner agency, a person and a day."""
    plan = _plan(by, plan_id)
    if not title.strip() or not person.strip():
        raise PlanRefused("Say what will be done and who answers for it.")
    if not Agency.objects.filter(pk=agency_id, area_id=plan.area_id).exists():
        raise PlanRefused("Choose an agency of this area to own the action.")
    added = PlanAction.objects.create(
        plan=plan, title=title.strip(), agency_id=agency_id, person=person.strip(), due=due
    )
    record(by=by.actor, notes=[Note(act=Act.WRITE, what=f"plan action {added.pk}")])
    return int(added.pk)


@action
def complete_action(*, by: Viewer, action_id: int, evidence: str) -> None:
    """Mark an action done: only with the evidence that it was."""
    _require_lead(by)
    if not evidence.strip():
        raise PlanRefused("Say what shows that this was done: an action is not done on paper only.")
    changed = PlanAction.objects.filter(pk=action_id, plan__area_id=by.area_id, done=None).update(
        done=today(), evidence=evidence.strip()
    )
    if not changed:
        raise PlanRefused("There is no such open action in your area’s plan.")
    record(by=by.actor, notes=[Note(act=Act.WRITE, what=f"plan action {action_id} done")])


@action
def publish_plan(*, by: Viewer, plan_id: int) -> None:
    """Publish a plan: it must have actions, each owned and dated."""
    plan = _plan(by, plan_id)
    if not plan.actions.exists():
        raise PlanRefused("A plan with no actions cannot be published.")
    plan.published = today()
    plan.save()
    record(by=by.actor, notes=[Note(act=Act.WRITE, what=f"action plan {plan.pk} published")])


@action
def write_figures(*, by: Actor, findings: Sequence[ChildFinding], as_of: date) -> int:
    """Write an area's counts as of a day: obligations by agency, and children nobody assessed."""
    rows = [
        *_obligation_figures(as_of),
        *_cohort_figures(findings, as_of),
        *alert_figures(as_of),
    ]
    AreaFigure.objects.filter(as_of=as_of).delete()
    AreaFigure.objects.bulk_create(rows, batch_size=1000)
    record(by=by, notes=[Note(act=Act.WRITE, what=f"{len(rows)} area figures as of {as_of}")])
    return len(rows)


def _obligation_figures(as_of: date) -> list[AreaFigure]:
    counted = Obligation.objects.values("area_id", "agency_id", "state").annotate(n=Count("pk"))
    return [
        AreaFigure(
            area_id=row["area_id"],
            agency_id=row["agency_id"],
            figure=f"obligations_{row['state']}",
            as_of=as_of,
            value=row["n"],
            recorded=now(),
        )
        for row in counted
    ]


def _cohort_figures(findings: Sequence[ChildFinding], as_of: date) -> list[AreaFigure]:
    members: dict[str, set[str]] = defaultdict(set)
    signs: dict[str, set[str]] = defaultdict(set)
    alerts = {indicator.code for indicator in CATALOGUE}
    for finding in findings:
        members[finding.code].add(finding.child_id)
        if finding.code in alerts:
            signs[finding.child_id].add(finding.code)
    several = {child for child, codes in signs.items() if len(codes) >= SEVERAL_SIGNS.value}
    unassessed = several - members[ASSESSED.code]
    groups = {
        "missing_from_school": members[MISSING_FROM_SCHOOL.code],
        "missing_from_school_unassessed": members[MISSING_FROM_SCHOOL.code] & unassessed,
        "missing_from_home": members[MISSING_FROM_HOME.code],
        "missing_from_home_unassessed": members[MISSING_FROM_HOME.code] & unassessed,
    }
    areas = _areas(set().union(*groups.values()))
    counts: dict[tuple[int, str], int] = defaultdict(int)
    for figure, children in groups.items():
        for child in children:
            for area in areas.get(uuid.UUID(child), ()):
                counts[area, figure] += 1
    return [
        AreaFigure(area_id=area, figure=figure, as_of=as_of, value=value, recorded=now())
        for (area, figure), value in counts.items()
    ]


def _areas(children: set[str]) -> dict[uuid.UUID, list[int]]:
    found: dict[uuid.UUID, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(AREAS, [[uuid.UUID(child) for child in children]])
        for child, area in cursor.fetchall():
            found[child].append(area)
    return found


def _plan(by: Viewer, plan_id: int) -> ActionPlan:
    _require_lead(by)
    plan = ActionPlan.objects.filter(pk=plan_id, area_id=by.area_id).first()
    if plan is None:
        raise PlanRefused("There is no such plan in your area.")
    return plan


def _require_lead(by: Viewer) -> None:
    if by.role is not Role.PARTNERSHIP_LEAD:
        raise PlanRefused("Only the area’s partnership lead can change its action plan.")
