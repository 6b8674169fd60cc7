"""Making a planned world real, through the same actions as in earnest."""

import itertools
import uuid
from datetime import date, datetime, timedelta

from django.utils import timezone

from keepsight.agencies.actions import register_agency, register_area
from keepsight.agencies.models import Agency, Area, Person, Team
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.casework.models import Obligation
from keepsight.chronology.actions.deliveries import Sent, open_delivery, register_feed
from keepsight.chronology.actions.events import NewEvent, lock_agency, record_events
from keepsight.chronology.models import AttendanceWeek, Delivery
from keepsight.detection.models import AlertDecision
from keepsight.identity.actions import register_subjects, tier_of, update_details
from keepsight.identity.details import latest_details
from keepsight.identity.models import Child, Link, SubjectRecord
from keepsight.intake.models import QuarantinedRow
from keepsight.kernel.duties import DUTIES
from keepsight.kernel.entities.naming import mentions_of
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.triage import Decision
from keepsight.kernel.looking import Relation, Span, Tie
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Tier
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.social_care import CaseClosed, ReferralReceived
from tests.factories.alerting import begin_alert
from tests.factories.known_world import (
    CONTENTS,
    KINDS,
    OPEN_CASES,
    Fact,
    KnownWorld,
    PersonPlan,
    Place,
    RecordPlan,
    WorldPlan,
)
from tests.factories.relating import relate
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER, govern

BEGAN = NOW - timedelta(days=300)
LONG_AGO = NOW - timedelta(days=900)
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
    _teams(world)
    world.people = [_person(world, number, each) for number, each in enumerate(plan.people)]
    world.children = [Child.objects.create(recorded=BEGAN).pk for _ in range(plan.children)]
    links = [_record(by, world, each) for each in plan.records]
    relate(by=by, world=world, plan=plan, doors=())
    for each, link in zip(plan.records, links, strict=True):
        _end(by, world, each, link)
    for child, place in plan.duties:
        _duty(world, child, place)
    for child, area_index in plan.alerts:
        _alert(world, world.children[child], world.areas[area_index])
    for place in plan.quarantine:
        _quarantined(by, world, world.agencies[place])
    relate(by=by, world=world, plan=plan, doors=plan.front_doors, persons=True)
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


def _teams(world: KnownWorld) -> None:
    """Two teams at each council; the first is its front door."""
    for place, agency in world.agencies.items():
        if place[1] is AgencyKind.CHILDRENS_SOCIAL_CARE:
            for number in range(2):
                world.teams[place, number] = Team.objects.create(
                    agency=agency, name=f"Team {number}", front_door=number == 0
                )


def _person(world: KnownWorld, number: int, plan: PersonPlan) -> Person:
    agency = world.agencies[plan.place]
    inspects = plan.role is Role.INSPECTOR and plan.inspects is not None
    person = Person(
        email=f"{plan.role.value}-{number}@{agency.key}.example",
        name=f"{plan.role.in_words} Example",
        agency=agency,
        role=plan.role.value,
        area=world.areas[plan.inspects] if inspects else None,
        team=world.teams.get((plan.place, plan.team)) if plan.team is not None else None,
    )
    person.set_unusable_password()
    person.save()
    return person


def _record(by: Actor, world: KnownWorld, plan: RecordPlan) -> Link:
    agency, child = world.agencies[plan.holder], world.children[plan.child]
    began = LONG_AGO if plan.stale else BEGAN
    key = uuid.uuid4().hex
    subject = register_subjects(by=by, agency=agency, keys=[key], received=began)[key]
    tier = Tier.SEALED if plan.sealed else Tier(tier_of(agency))
    SubjectRecord.objects.filter(pk=subject).update(tier=tier.value)
    link = Link.objects.create(
        subject_record_id=subject,
        child_id=child,
        agency=agency,
        area=agency.area,
        tier=tier.value,
        reasons=["same date of birth"],
        model_version="test",
        decided_by="model",
        recorded_from=began,
    )
    now = None if plan.unlinked else child
    closest = tier if plan.sealed else None
    person = Category.PERSON
    world.keep("identity_subjectrecord", subject, agency, tier, person, now, subject)
    world.keep("identity_link", link.pk, agency, tier, person, now, subject)
    details = PersonDetails(surname="Example", postcode="ZZ1 1AA", address_withheld=plan.withheld)
    update_details(by=by, details=[latest_details(subject, details)], received=began)
    if plan.withheld and now:
        world.protected[child].append(Span(since=timezone.now() - timedelta(days=1)))
    _event(by, world, link, now, details, began, tier=closest)
    for day, fact in enumerate(plan.facts, start=1):
        tier = Tier.SEALED if fact is Fact.SEALED else closest
        happened = began + timedelta(days=day)
        _event(by, world, link, now, CONTENTS[fact], happened, tier=tier, again=plan.corrected)
    if plan.case != "none":
        stopped = True if plan.case == "no further action" else None
        referral = ReferralReceived(no_further_action=stopped)
        _event(by, world, link, now, referral, began + timedelta(days=20), tier=closest)
    if plan.week:
        _week(by, world, link, now, closest or Tier(tier_of(agency)))
    return link


def _end(by: Actor, world: KnownWorld, plan: RecordPlan, link: Link) -> None:
    """What happens after the scopes have once been settled."""
    now = None if plan.unlinked else link.child_id
    began = LONG_AGO if plan.stale else BEGAN
    closest = Tier.SEALED if plan.sealed else None
    if plan.case.startswith("closed"):
        _event(by, world, link, now, CaseClosed(), began + timedelta(days=30), tier=closest)
    if plan.case == "closed and open again":
        again = began + timedelta(days=40)
        _event(by, world, link, now, ReferralReceived(), again, tier=closest)
    if plan.unlinked:
        Link.objects.filter(pk=link.pk).update(recorded_until=NOW)
    social_care = plan.holder[1] is AgencyKind.CHILDRENS_SOCIAL_CARE
    if social_care and plan.case in OPEN_CASES and not plan.unlinked:
        since = Span(since=timezone.now() - timedelta(days=1))
        tie = Tie(relation=Relation.CASE, agency=link.agency_id, span=since)
        world.ties[link.child_id].append(tie)


def _event(
    by: Actor,
    world: KnownWorld,
    link: Link,
    child: uuid.UUID | None,
    content: Content,
    happened: datetime,
    *,
    tier: Tier | None = None,
    again: bool = False,
) -> None:
    closer = Tier(tier_of(link.agency)) if content.held is Tier.ORDINARY else content.held
    held = tier or closer
    lock_agency(by=by, agency=link.agency)
    for revision in range(2 if again else 1):
        event = NewEvent(
            subject_record_id=link.subject_record_id,
            source_key=f"{link.pk}|{content.kind}|{happened.date()}",
            occurred=happened + timedelta(hours=revision),
            content=content,
            tier=held.value,
        )
        [ref] = record_events(
            by=by, agency=link.agency, events=[event], received=event.occurred
        ).ids
        tables = ["chronology_event", "chronology_eventcontent"]
        if content.whereabouts & content.to_json().keys():
            tables.append("chronology_eventplace")
        if mentions_of(content):
            tables.append("chronology_mention")
        for table in tables:
            row = (table, ref, link.agency, held, content.filed_under, child)
            latest = revision == int(again)
            details = content.kind == "person_details"
            world.keep(*row, link.subject_record_id, latest=latest, details=details)
    _contact(world, link, event.occurred)


def _contact(world: KnownWorld, link: Link, moment: datetime) -> None:
    """The rule is asked at this very moment, the county lives on its own day: shift the one."""
    shifted = moment + (timezone.now() - NOW)
    held = world.contacts.get(link.subject_record_id)
    world.contacts[link.subject_record_id] = max(held, shifted) if held else shifted


def _delivery(by: Actor, agency: Agency) -> Delivery:
    feed = register_feed(by=by, key=agency.key, title="Feed", agency=agency, source="test")
    govern(feed)
    return open_delivery(
        by=by, feed=feed, sent=Sent(filename="f.csv", sha256=b"x" * 32, size=1, received=BEGAN)
    )


def _week(by: Actor, world: KnownWorld, link: Link, child: uuid.UUID | None, tier: Tier) -> None:
    row = AttendanceWeek.objects.create(
        subject_record_id=link.subject_record_id,
        agency=link.agency,
        area=link.agency.area,
        tier=tier.value,
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
    place = (link.agency, tier, Category.EDUCATION, child)
    world.keep("chronology_attendanceweek", row.pk, *place, link.subject_record_id)
    _contact(world, link, datetime(2026, 1, 12, tzinfo=NOW.tzinfo))


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
    world.keep("casework_obligation", row.pk, agency, Tier.ORDINARY, Category.WHOLE, row.child_id)


def _alert(world: KnownWorld, child: uuid.UUID, area: Area) -> None:
    """An alert belongs to no agency: it is held by none, in the child's area."""
    alert, met, evidence = begin_alert(child, area, CATALOGUE[0], NOW, ["0", "1"])
    whole = (area, Tier.ORDINARY, Category.WHOLE, child)
    world.keep("detection_alert", alert.pk, *whole)
    world.keep("detection_alertmet", met.pk, *whole)
    for cited in evidence:
        world.keep("detection_alertevidence", cited.pk, *whole)
    decided = AlertDecision.objects.create(
        alert=alert,
        child_id=child,
        area=area,
        decision=Decision.ASK.value,
        reason="To be asked.",
        decided_by_id=1,
        decided_at=NOW,
    )
    world.keep("detection_alertdecision", decided.pk, *whole)


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
    own = (agency, Tier.CONFIDENTIAL, Category.HANDLED, None)
    world.keep("intake_quarantinedrow", row.pk, *own)
