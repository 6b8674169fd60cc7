"""Making a planned world real, through the same actions as in earnest."""

import itertools
import uuid
from datetime import date, timedelta

from django.db import connection

from keepsight.agencies.actions import register_agency, register_area
from keepsight.agencies.models import Agency, Area, Person
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.casework.models import Obligation
from keepsight.chronology.actions.deliveries import open_delivery, register_feed
from keepsight.chronology.actions.events import NewEvent, lock_agency, record_events
from keepsight.chronology.actions.scopes import refresh_scopes
from keepsight.chronology.models import AttendanceWeek, Delivery
from keepsight.detection.models import Alert, AlertEvidence
from keepsight.identity.actions import register_subjects, tier_of
from keepsight.identity.models import Child, Link
from keepsight.intake.models import QuarantinedRow
from keepsight.kernel.duties import DUTIES
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.visibility import Relation
from keepsight.kernel.vocabulary.agencies import AgencyKind, Role
from keepsight.kernel.vocabulary.content.base import Content, Tier
from keepsight.kernel.vocabulary.content.education import SchoolConcern
from keepsight.kernel.vocabulary.content.health import SexualHealthAttendance
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.social_care import CaseClosed, ReferralReceived
from tests.factories.known_world import (
    KINDS,
    OPEN_CASES,
    KnownWorld,
    PersonPlan,
    Place,
    RecordPlan,
    WorldPlan,
)
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER

BEGAN = NOW - timedelta(days=300)
TEXTS: dict[Tier, Content] = {
    Tier.ORDINARY: MissingEpisode(category="missing"),
    Tier.CONFIDENTIAL: SexualHealthAttendance(),
    Tier.SEALED: SchoolConcern(summary="sealed by a court"),
}
_numbers = itertools.count(1)


def build(plan: WorldPlan) -> KnownWorld:
    """Make the plan real, in two days: what is known, then what ends; scopes follow each."""
    with acting_as("batch"):
        return _build(by=TESTER, plan=plan)


@action
def _build(*, by: Actor, plan: WorldPlan) -> KnownWorld:
    world = KnownWorld()
    number = next(_numbers)
    for index, name in enumerate(("north", "south")):
        area = register_area(by=by, key=f"{name}-{number}", name=f"{name.title()} {number}")
        world.areas.append(area)
        for kind in KINDS:
            world.agencies[index, kind] = _agency(by, area, kind)
    world.people = [_person(world, each) for each in plan.people]
    world.children = [Child.objects.create(recorded=BEGAN).pk for _ in range(plan.children)]
    links = [_record(by, world, each) for each in plan.records]
    _settle(by, world, ())
    for each, link in zip(plan.records, links, strict=True):
        _end(by, world, each, link)
    for child, place in plan.duties:
        _duty(world, child, place)
    for child, area_index in plan.alerts:
        _alert(world, world.children[child], world.areas[area_index])
    for place in plan.quarantine:
        _quarantined(by, world, world.agencies[place])
    _settle(by, world, plan.front_doors)
    return world


def _agency(by: Actor, area: Area, kind: AgencyKind) -> Agency:
    return register_agency(
        by=by,
        key=f"{area.key}-{kind.value}",
        name=f"{area.name} {kind.in_words}",
        kind=kind,
        area=area,
        phone="01632 960000",
    )


def _person(world: KnownWorld, plan: PersonPlan) -> Person:
    agency = world.agencies[plan.place]
    inspects = plan.role is Role.INSPECTOR and plan.inspects is not None
    person = Person(
        email=f"{plan.role.value}-{plan.inspects}@{agency.key}.example",
        name=f"{plan.role.in_words} Example",
        agency=agency,
        role=plan.role.value,
        area=world.areas[plan.inspects] if inspects else None,
    )
    person.set_unusable_password()
    person.save()
    return person


def _record(by: Actor, world: KnownWorld, plan: RecordPlan) -> Link:
    agency, child = world.agencies[plan.holder], world.children[plan.child]
    key = uuid.uuid4().hex
    subject = register_subjects(by=by, agency=agency, keys=[key], received=BEGAN)[key]
    link = Link.objects.create(
        subject_record_id=subject,
        child_id=child,
        agency=agency,
        area=agency.area,
        tier=tier_of(agency),
        reasons=["same date of birth"],
        model_version="test",
        decided_by="model",
        recorded_from=BEGAN,
    )
    now = None if plan.unlinked else child
    tier = Tier(tier_of(agency))
    world.keep("identity_subjectrecord", subject, agency, tier, now, subject)
    world.keep("identity_link", link.pk, agency, tier, now, subject)
    _event(by, world, link, now, PersonDetails(surname="Example"), Tier.ORDINARY, 0)
    for day, fact in enumerate(plan.facts, start=1):
        _event(by, world, link, now, TEXTS[fact], fact, day, again=plan.corrected)
    if plan.case != "none":
        stopped = True if plan.case == "no further action" else None
        referral = ReferralReceived(no_further_action=stopped)
        _event(by, world, link, now, referral, Tier.ORDINARY, 20)
    if plan.week:
        _week(by, world, link, now)
    return link


def _end(by: Actor, world: KnownWorld, plan: RecordPlan, link: Link) -> None:
    """What happens after the scopes have once been settled."""
    now = None if plan.unlinked else link.child_id
    if plan.case.startswith("closed"):
        _event(by, world, link, now, CaseClosed(), Tier.ORDINARY, 30)
    if plan.case == "closed and open again":
        _event(by, world, link, now, ReferralReceived(), Tier.ORDINARY, 40)
    if plan.unlinked:
        Link.objects.filter(pk=link.pk).update(recorded_until=NOW)
    social_care = plan.holder[1] is AgencyKind.CHILDRENS_SOCIAL_CARE
    if social_care and plan.case in OPEN_CASES and not plan.unlinked:
        world.relations[link.child_id, link.agency_id].add(Relation.CASE)


def _event(
    by: Actor,
    world: KnownWorld,
    link: Link,
    child: uuid.UUID | None,
    content: Content,
    tier: Tier,
    day: int,
    *,
    again: bool = False,
) -> None:
    held = Tier(tier_of(link.agency)) if tier is Tier.ORDINARY else tier
    lock_agency(by=by, agency=link.agency)
    for revision in range(2 if again else 1):
        happened = BEGAN + timedelta(days=day, hours=revision)
        event = NewEvent(
            subject_record_id=link.subject_record_id,
            source_key=f"{link.pk}|{day}",
            occurred=happened,
            content=content,
            tier=held.value,
        )
        [ref] = record_events(by=by, agency=link.agency, events=[event], received=happened).ids
        for table in ("chronology_event", "chronology_eventcontent"):
            row = (table, ref, link.agency, held, child, link.subject_record_id)
            latest = revision == int(again)
            world.keep(*row, latest=latest, details=content.kind == "person_details")


def _delivery(by: Actor, agency: Agency) -> Delivery:
    feed = register_feed(by=by, key=agency.key, title="Feed", agency=agency, source="test")
    return open_delivery(by=by, feed=feed, filename="f.csv", sha256=b"x" * 32, received=BEGAN)


def _week(by: Actor, world: KnownWorld, link: Link, child: uuid.UUID | None) -> None:
    row = AttendanceWeek.objects.create(
        subject_record_id=link.subject_record_id,
        agency=link.agency,
        area=link.agency.area,
        tier=tier_of(link.agency),
        week=date(2026, 1, 12),
        revision=1,
        marks="/\\" * 10,
        possible=10,
        absent=0,
        unauthorised=0,
        unexplained=0,
        late=0,
        received=BEGAN,
        delivery=_delivery(by, link.agency),
    )
    tier = Tier(tier_of(link.agency))
    table = "chronology_attendanceweek"
    world.keep(table, row.pk, link.agency, tier, child, link.subject_record_id)


def _duty(world: KnownWorld, child: int, place: Place) -> None:
    agency = world.agencies[place]
    row = Obligation.objects.create(
        child_id=world.children[child],
        agency=agency,
        area=agency.area,
        duty=DUTIES[0].code,
        version=DUTIES[0].version,
        started_by=f"{agency.pk}:{uuid.uuid4()}",
        started=BEGAN,
        due=NOW,
        state=Obligation.State.DUE,
        why="Not yet done.",
        recorded=NOW,
    )
    world.keep("casework_obligation", row.pk, agency, Tier.ORDINARY, row.child_id)


def _alert(world: KnownWorld, child: uuid.UUID, area: Area) -> None:
    """An alert belongs to no agency: it is held by none, in the child's area."""
    alert = Alert.objects.create(
        child_id=child,
        area=area,
        indicator=CATALOGUE[0].code,
        version=CATALOGUE[0].version,
        first_met=NOW.date(),
        last_met=NOW.date(),
        recorded=NOW,
    )
    world.keep("detection_alert", alert.pk, area, Tier.ORDINARY, child)
    for number in range(2):
        cited = AlertEvidence.objects.create(
            alert=alert, child_id=child, area=area, event_ref=f"{number}", noted=NOW.date()
        )
        world.keep("detection_alertevidence", cited.pk, area, Tier.ORDINARY, child)


def _quarantined(by: Actor, world: KnownWorld, agency: Agency) -> None:
    """A row that nobody has understood yet: whom it is about is not known, so it is its own."""
    delivery = _delivery(by, agency)
    row = QuarantinedRow.objects.create(
        agency=agency,
        area=agency.area,
        feed=delivery.feed,
        delivery=delivery,
        row="2",
        field="UPN",
        value="X",
        reason="It is too short.",
        raw={"UPN": "X"},
        fingerprint=uuid.uuid4().bytes * 2,
    )
    world.keep("intake_quarantinedrow", row.pk, agency, Tier.SEALED, None)


def _settle(by: Actor, world: KnownWorld, doors: tuple[tuple[int, int], ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS at_the_door")
        cursor.execute(
            "CREATE TEMPORARY TABLE at_the_door (child_id uuid, agency_id bigint,"
            " relation text, because text) ON COMMIT DROP"
        )
        for child, area_index in set(doors):
            council = world.agencies[area_index, AgencyKind.CHILDRENS_SOCIAL_CARE].pk
            row = [world.children[child], council]
            cursor.execute("INSERT INTO at_the_door VALUES (%s, %s, 'front_door', 'test')", row)
            world.relations[world.children[child], council].add(Relation.FRONT_DOOR)
    refresh_scopes(by=by, front_door="at_the_door")
