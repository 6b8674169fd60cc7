"""A small world: an area with one agency of each kind, people in it, and facts about children."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from keepsight.agencies.actions import register_agency, register_area
from keepsight.agencies.models import Agency, Area, Person
from keepsight.audit.actor import Actor, system
from keepsight.audit.writing import action
from keepsight.chronology.actions.deliveries import register_feed
from keepsight.chronology.actions.events import NewEvent, lock_agency, record_events
from keepsight.chronology.actions.governing import govern_feed, switch_on
from keepsight.chronology.actions.scopes import refresh_scopes
from keepsight.chronology.actions.weighing import weigh_feeds
from keepsight.chronology.models import Feed
from keepsight.detection.actions import open_front_doors
from keepsight.detection.catalogue import indicator_in
from keepsight.identity.actions import register_subjects, tier_of, update_details
from keepsight.identity.details import latest_details
from keepsight.identity.models import Child, Link
from keepsight.intake.actions import Outcome, take_in
from keepsight.intake.reading.reader import Reader
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.feed_senders import sender_of
from keepsight.kernel.feeds import Cohort, Governance
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.oversight.inspections import open_inspection
from keepsight.sharing.actions import sign_agreement
from tests.factories.alerting import begin_alert
from tests.factories.roles import acting_as

TESTER = system("test")
NOW = datetime(2026, 3, 16, 12, tzinfo=LONDON)

ROLES = {
    AgencyKind.CHILDRENS_SOCIAL_CARE: Role.SOCIAL_WORKER,
    AgencyKind.PARTNERSHIP: Role.PARTNERSHIP_LEAD,
    AgencyKind.INSPECTORATE: Role.INSPECTOR,
}


@dataclass
class World:
    """One area, its agencies by kind, and one person at each."""

    area: Area
    agencies: dict[AgencyKind, Agency] = field(default_factory=dict)
    people: dict[AgencyKind, Person] = field(default_factory=dict)


def make_world(key: str = "northmere") -> World:
    """An area with one agency of every kind and one person at each, written as `batch`."""
    with acting_as("batch"):
        world = World(register_area(by=TESTER, key=key, name=key.title()))
        for number, kind in enumerate(AgencyKind):
            agency = register_agency(
                by=TESTER,
                key=f"{key}-{kind.value}",
                name=f"{key.title()} {kind.in_words}",
                kind=kind,
                area=world.area,
                phone=f"01632 96{number:04}",
            )
            world.agencies[kind] = agency
            world.people[kind] = make_person(agency, ROLES.get(kind, Role.PRACTITIONER))
        sign_agreement(
            by=TESTER,
            title="The usual agreement",
            gateway="Children Act 2004, section 11",
            parties=list(world.agencies.values()),
            review_by=NOW.date() + timedelta(days=365),
        )
        return world


def make_inspection(world: World, *children: uuid.UUID) -> None:
    """The world's inspector may read these cases, for a week."""
    with acting_as("batch"):
        open_inspection(
            by=TESTER,
            area=world.area,
            title="Inspection",
            inspectors=[world.people[AgencyKind.INSPECTORATE]],
            children=children,
            closes=timezone.now() + timedelta(days=7),
        )


def make_person(agency: Agency, role: Role, login: str = "") -> Person:
    """Somebody at an agency who cannot sign in by password (hashing is slow)."""
    with acting_as("batch"):
        return _person(by=TESTER, agency=agency, role=role, login=login or role.value)


@action
def _person(*, by: Actor, agency: Agency, role: Role, login: str) -> Person:
    there = Person.objects.filter(agency=agency, email__startswith=login).count()
    person = Person(
        email=f"{login}{there or ''}.{agency.key}@keepsight.example",
        name=f"{role.in_words} Example",
        agency=agency,
        role=role.value,
    )
    person.set_unusable_password()
    person.save()
    return person


def make_child(*records: tuple[Agency, PersonDetails]) -> uuid.UUID:
    """A child whom the given agencies each know by one subject record, linked by hand."""
    with acting_as("batch"):
        return _child(by=TESTER, records=records)


@action
def _child(*, by: Actor, records: Sequence[tuple[Agency, PersonDetails]]) -> uuid.UUID:
    child = Child.objects.create(recorded=NOW - timedelta(days=365))
    received = NOW - timedelta(days=365)
    for number, (agency, details) in enumerate(records):
        key = f"{child.pk}-{number}"
        subject = register_subjects(by=by, agency=agency, keys=[key], received=received)[key]
        update_details(by=by, details=[latest_details(subject, details)], received=received)
        Link.objects.create(
            subject_record_id=subject,
            child=child,
            agency=agency,
            area=agency.area,
            tier=tier_of(agency),
            reasons=["same NHS number"],
            model_version="test",
            decided_by="model",
            recorded_from=received,
        )
        _write(by=by, agency=agency, subject=subject, content=details, occurred=received)
    return child.pk


def make_event(
    child_id: uuid.UUID,
    agency: Agency,
    content: Content,
    *,
    occurred: datetime,
    until: datetime | None = None,
    received: datetime | None = None,
    key: str | None = None,
) -> int:
    """One fact about a child from an agency that has a subject record of the child."""
    with acting_as("batch"):
        subject = Link.objects.get(
            child_id=child_id, agency=agency, recorded_until=None
        ).subject_record_id
        return _write(
            by=TESTER,
            agency=agency,
            subject=subject,
            content=content,
            occurred=occurred,
            until=until,
            received=received,
            key=key,
        )


@action
def _write(
    *,
    by: Actor,
    agency: Agency,
    subject: int,
    content: Content,
    occurred: datetime,
    until: datetime | None = None,
    received: datetime | None = None,
    key: str | None = None,
) -> int:
    lock_agency(by=by, agency=agency)
    held = tier_of(agency)
    event = NewEvent(
        subject_record_id=subject,
        source_key=key or f"{content.kind}|{subject}|{occurred.isoformat()}",
        occurred=occurred,
        occurred_until=until,
        content=content,
        tier=held if content.held == "ordinary" else content.held.value,
    )
    recorded = record_events(by=by, agency=agency, events=[event], received=received or occurred)
    return recorded.ids[0] if recorded.ids else 0


def settle_scopes() -> None:
    """Bring the scope tables in line, as the nightly pass does."""
    with acting_as("batch"):
        refresh_scopes(by=TESTER)


def make_feed(
    agency: Agency,
    source: str,
    rhythm_days: int | None = 7,
    *,
    cohort: Cohort | None = None,
    reduces_codes: bool = False,
) -> Feed:
    """A feed of an agency, in one format, governed in full and switched on."""
    with acting_as("batch"):
        feed = register_feed(
            by=TESTER,
            key=f"{agency.key}-{source.replace('_', '-')}",
            title=f"{source} of {agency.name}",
            agency=agency,
            source=source,
            rhythm_days=rhythm_days,
        )
        return govern(feed, cohort, reduces_codes=reduces_codes)


def govern(feed: Feed, cohort: Cohort | None = None, *, reduces_codes: bool = False) -> Feed:
    """Switch a feed on, with all that must be said of it; its sender's usual cohort if none."""
    usual = Cohort(sender_of(AgencyKind(feed.agency.kind), feed.source).may[0])
    said = governance(feed.agency, cohort or usual)
    govern_feed(by=TESTER, feed=feed, governance=said, reduces_codes=reduces_codes)
    return switch_on(by=TESTER, feed=feed)


def governance(agency: Agency, cohort: Cohort) -> Governance:
    """All that must be said of a feed."""
    return Governance(
        controller=agency.name,
        gateway="Education Act 1996, section 537A",
        purpose="Safeguarding",
        necessity="A test needs it",
        necessity_of_all="A test needs every child" if cohort is Cohort.ALL else "",
        assessment="DPIA 1",
        assessed=NOW.date() - timedelta(days=30),
        review_by=NOW.date() + timedelta(days=335),
        cohort=cohort,
    )


READER = Reader()
"""One for all tests: it is started when the first file is read."""


def receive(feed: Feed, path: Path, received: datetime = NOW) -> list[Outcome]:
    """Take a file in, as the bulk load does."""
    with acting_as("batch"):
        outcomes = take_in(by=TESTER, feed=feed, path=path, reader=READER, received=received)
        weigh_feeds(by=TESTER, feeds=[feed])
        return outcomes


def make_alert(child_id: uuid.UUID, area: Area, indicator: str, evidence: Sequence[str]) -> None:
    """An alert met today, with its front door open."""
    with acting_as("batch"):
        _alert(by=TESTER, child_id=child_id, area=area, indicator=indicator, evidence=evidence)
        open_front_doors(by=TESTER)


@action
def _alert(
    *, by: Actor, child_id: uuid.UUID, area: Area, indicator: str, evidence: Sequence[str]
) -> None:
    begin_alert(child_id, area, indicator_in(indicator, 1), NOW, evidence)
