"""One child whom many agencies know, each of whose words is marked so that it is known anywhere.

Whatever could tell where the child is (an agency's name and telephone, its feed and file, its
number for the child, an address, a remark, a worker) holds a word that stands nowhere else.
"""

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from keepsight.access.actions import protect_address, sign_agreement, tie_child
from keepsight.agencies.actions import register_agency, register_area
from keepsight.agencies.models import Agency, Person
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.casework.models import Obligation
from keepsight.chronology.actions.deliveries import Sent, open_delivery, register_feed
from keepsight.chronology.actions.events import NewEvent, lock_agency, record_events
from keepsight.chronology.actions.scopes import refresh_scopes
from keepsight.chronology.models import AttendanceWeek, Delivery
from keepsight.identity.actions import register_subjects, tier_of, update_details
from keepsight.identity.details import latest_details
from keepsight.identity.models import Child, Link
from keepsight.intake.models import QuarantinedRow
from keepsight.kernel.agreements import USUAL, Clause
from keepsight.kernel.duties import DUTIES
from keepsight.kernel.identifiers import UPN
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.looking import Relation, Serves, Sight
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import TELL_NO_PLACE, AgencyKind
from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.community import HomeLogEntry
from keepsight.kernel.vocabulary.content.education import SchoolConcern
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.police import Sighting
from tests.factories.alerting import begin_alert
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER, govern

GONE = NOW - timedelta(days=10)
COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
EVERYTHING = tuple(
    Clause(
        givers=frozenset(AgencyKind),
        receivers=frozenset(AgencyKind),
        serves=serves,
        categories=tuple(each for each in Category if not each.never_agreed),
        sight=Sight.CONTENT,
        gateway="test",
    )
    for serves in Serves
)
"""An agreement that gives all there is: what it does not open, nothing does."""

SHOWN_TO_ITS_OWN = frozenset({"NAME", "KEY", "FEED", "FOUND", "REMARK", "UPN", "WRITTEN", "SEEN"})
"""What an agency's own people read of what it sent; an address stands on no page."""

TOLD = frozenset({"NAME", "PHONE", "WORKER"})
"""What may be told of an agency whose name tells no place."""

_numbers = itertools.count(1)


@dataclass(frozen=True)
class MarkedPlan:
    """Who knows the child, who says that it is protected, and what ties people to it."""

    holders: tuple[AgencyKind, ...]
    withheld_by: tuple[AgencyKind, ...] = ()
    protected: bool = False
    agreement: tuple[Clause, ...] = USUAL
    relations: tuple[Relation, ...] = ()
    owed_by: tuple[AgencyKind, ...] = ()
    alerted: bool = True


@dataclass
class Marked:
    """The world made real, and every marked word by the agency whose it is."""

    number: int
    child: uuid.UUID
    alert: uuid.UUID | None = None
    agencies: dict[AgencyKind, Agency] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    words: dict[AgencyKind, dict[str, str]] = field(default_factory=dict)

    def telling(self, viewer: Person) -> dict[str, str]:
        """By word, whose it is and what: those that nobody of the viewer's agency may read."""
        return {
            word: f"{kind.value} {what}"
            for kind, words in self.words.items()
            if self.agencies[kind].pk != viewer.agency_id
            for what, word in words.items()
            if not (kind in TELL_NO_PLACE and what in TOLD)
        }

    def own(self, viewer: Person) -> set[str]:
        """What the viewer's own agency sent of the child."""
        words = self.words[AgencyKind(viewer.agency.kind)]
        return {word for what, word in words.items() if what in SHOWN_TO_ITS_OWN}


def mark(plan: MarkedPlan) -> Marked:
    """Make the plan real."""
    with acting_as("batch"):
        return _mark(by=TESTER, plan=plan)


@action
def _mark(*, by: Actor, plan: MarkedPlan) -> Marked:
    number = next(_numbers)
    area = register_area(by=by, key=f"marked-{number}", name=f"Marked {number}")
    world = Marked(number, Child.objects.create(recorded=GONE).pk)
    for kind in AgencyKind:
        words = _words(number, kind)
        world.words[kind] = words
        world.agencies[kind] = register_agency(
            by=by, key=words["KEY"].lower(), name=words["NAME"], kind=kind, area=area,
            phone=words["PHONE"],
        )  # fmt: skip
    refs = [_known_to(by, world, kind, plan) for kind in plan.holders]
    _people(by, world)
    agencies = list(world.agencies.values())
    sign_agreement(
        by=by, agreement_id=100_000 + number, parties=agencies, clauses=plan.agreement,
        since=GONE, until=None,
    )  # fmt: skip
    if plan.alerted:
        _alert(world, [ref for pair in refs for ref in pair])
    for kind in plan.owed_by:
        _owed(world, kind, plan.holders)
    refresh_scopes(by=by)
    _tie(by, world, plan)
    if plan.protected:
        protect_address(by=by, child_id=world.child, agency_id=0, because="test")
    return world


def _words(number: int, kind: AgencyKind) -> dict[str, str]:
    place = list(AgencyKind).index(kind)
    names = ("NAME", "PHONE", "KEY", "FEED", "FILE", "ROW", "ADDRESS", "TELEPHONE", "FOUND")
    more = ("FROM", "WITH", "REMARK", "WORKER", "QUARANTINED", "WRITTEN", "SEEN")
    words = {name: f"Q{name}X{number}X{place}Q" for name in (*names, *more)}
    digits = f"8{place:02}{4000 + number % 1000}25{number % 1000:03}"
    return words | {"UPN": UPN.check_letter(digits) + digits, "POSTCODE": f"ZQ{place} 1ZQ"}


def _known_to(by: Actor, world: Marked, kind: AgencyKind, plan: MarkedPlan) -> tuple[str, str]:
    """Details, an episode with a remark, and a week; the references that evidence cites."""
    agency, words = world.agencies[kind], world.words[kind]
    key = words["KEY"]
    subject = register_subjects(by=by, agency=agency, keys=[key], received=GONE)[key]
    details = PersonDetails(
        forename="Ada", surname="Example", date_of_birth=date(2011, 5, 2), upn=words["UPN"],
        address=words["ADDRESS"], postcode=words["POSTCODE"], phone=words["TELEPHONE"],
        address_withheld=kind in plan.withheld_by,
    )  # fmt: skip
    update_details(by=by, details=[latest_details(subject, details)], received=GONE)
    Link.objects.create(
        subject_record_id=subject, child_id=world.child, agency=agency, area=agency.area,
        tier=tier_of(agency), reasons=["same NHS number"], model_version="test",
        decided_by="model", recorded_from=GONE - timedelta(days=300),
    )  # fmt: skip
    delivery = _delivery(by, agency, words)
    missing = MissingEpisode(
        category="missing", found_at=words["FOUND"], missing_from=words["FROM"],
        found_with=words["WITH"],
    )  # fmt: skip
    said: tuple[Content, ...] = (
        details, missing, SchoolConcern(summary="Worried."), Sighting(place=words["SEEN"]),
        HomeLogEntry(entry="Incident", summary=words["WRITTEN"]),
    )  # fmt: skip
    remark = {"field": "Address", "value": words["REMARK"], "reason": "It is too long."}
    events = [
        NewEvent(
            subject_record_id=subject, source_key=f"{content.kind}|{key}", occurred=GONE,
            content=content, tier=tier_of(agency), row=words["ROW"], remarks=(remark,),
        )
        for content in said
    ]  # fmt: skip
    lock_agency(by=by, agency=agency)
    ids = record_events(
        by=by, agency=agency, events=events, received=GONE, delivery_id=delivery.pk
    ).ids
    week = _week(agency, subject, delivery)
    _quarantined(agency, delivery, words)
    return str(ids[1]), f"week:{week}"


def _delivery(by: Actor, agency: Agency, words: dict[str, str]) -> Delivery:
    feed = register_feed(
        by=by, key=words["KEY"].lower(), title=words["FEED"], agency=agency, source="test"
    )
    govern(feed)
    name = words["FILE"]
    return open_delivery(
        by=by, feed=feed, sent=Sent(filename=name, sha256=b"x" * 32, size=1, received=GONE)
    )


def _week(agency: Agency, subject: int, delivery: Delivery) -> int:
    counts = dict.fromkeys(("absent", "unauthorised", "unexplained", "late"), 2)
    row = AttendanceWeek.objects.create(
        subject_record_id=subject, agency=agency, area=agency.area, tier=tier_of(agency),
        week=date(2026, 3, 2), revision=1, marks="/\\" * 10, possible=10, received=GONE,
        delivery=delivery, **counts,
    )  # fmt: skip
    return int(row.pk)


def _quarantined(agency: Agency, delivery: Delivery, words: dict[str, str]) -> None:
    QuarantinedRow.objects.create(
        agency=agency, area=agency.area, feed=delivery.feed, delivery=delivery, row="2",
        field="Postcode", value=words["QUARANTINED"], reason="It is too short.", raw={},
        fingerprint=b"x" * 32,
    )  # fmt: skip


def _people(by: Actor, world: Marked) -> None:
    """At each agency one in its part; at the council and a school more."""
    parts = {COUNCIL: Role.SOCIAL_WORKER, AgencyKind.INSPECTORATE: Role.INSPECTOR}
    each = [(kind, parts.get(kind, Role.PRACTITIONER)) for kind in AgencyKind]
    more = [
        (COUNCIL, Role.TEAM_MANAGER),
        (COUNCIL, Role.DATA_OFFICER),
        (COUNCIL, Role.GOVERNANCE_LEAD),
        (AgencyKind.SCHOOL, Role.DATA_OFFICER),
    ]
    for number, (kind, role) in enumerate([*each, *more]):
        person = Person(
            email=f"{number}.{world.number}@marked.example",
            name=world.words[kind]["WORKER"],
            agency=world.agencies[kind],
            role=role.value,
        )
        person.set_unusable_password()
        person.save()
        world.people.append(person)


def _alert(world: Marked, refs: list[str]) -> None:
    area = world.agencies[COUNCIL].area
    alert, _, _ = begin_alert(world.child, area, CATALOGUE[0], NOW, refs)
    world.alert = alert.pk


def _owed(world: Marked, kind: AgencyKind, senders: tuple[AgencyKind, ...]) -> None:
    """What an agency owes because of what each of the others sent."""
    agency = world.agencies[kind]
    for sender in senders:
        key = f"missing_episode|{agency.pk}|{world.words[sender]['KEY']}"
        begun = f"{world.agencies[sender].pk}:{key}"
        Obligation.objects.create(
            child_id=world.child, agency=agency, area=agency.area, duty=DUTIES[0].code,
            version=DUTIES[0].version, started_by=begun, started=GONE, due=NOW,
            state=Obligation.State.DUE, why="Not yet done.", recorded=NOW,
        )  # fmt: skip


def _tie(by: Actor, world: Marked, plan: MarkedPlan) -> None:
    """Each relation of the plan, for everybody whom it can reach; and a worker at each agency."""
    for person in world.people:
        for relation in {*plan.relations, Relation.ALLOCATED}:
            tie_child(
                by=by, child_id=world.child, agency_id=person.agency_id, person_id=person.pk,
                relation=relation, because="test", since=_before(), until=None,
            )  # fmt: skip


def _before() -> datetime:
    return datetime(2026, 1, 1, tzinfo=NOW.tzinfo)
