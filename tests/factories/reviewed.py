"""A desk with one question for each condition on which a question, a record or an ask is shown."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from keepsight.access.actions import keep_apart, protect_address, seal_child
from keepsight.agencies.models import Person
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.identity.models import (
    Decision,
    FormerDetail,
    Link,
    LinkAsk,
    LinkQuestion,
    Severance,
    SubjectRecord,
)
from keepsight.kernel.roles import Role
from tests.factories.questions import make_question
from tests.factories.reviewing import (
    CLINIC,
    COUNCIL,
    POLICE,
    SCHOOL,
    Desk,
    details_of,
    make_desk,
    subjects_of,
)
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, World, make_child, make_person, make_world

ELSEWHERE = "southmere"


@dataclass
class Reviewed:
    """Who looks, by name, and the records and questions that are there, each by what it is for.

    Stewards are of the council, but those of the clinic and the police, and one `away` in another
    area. One is `kept` from a child; seals name the `second`, the `named` and the clinic’s.
    """

    desk: Desk
    south: World
    people: dict[str, Person] = field(default_factory=dict)
    children: dict[str, uuid.UUID] = field(default_factory=dict)
    subject: dict[str, int] = field(default_factory=dict)
    question: dict[str, int] = field(default_factory=dict)
    ask: dict[str, int] = field(default_factory=dict)
    decision: dict[str, int] = field(default_factory=dict)


CHILDREN = {
    "plain": (COUNCIL, POLICE),
    "beside": (SCHOOL,),
    "confidential": (CLINIC,),
    "sealed record": (COUNCIL,),
    "kept from": (POLICE,),
    "sealed child": (CLINIC,),
    "sealed and ordinary": (SCHOOL,),
    "forgotten": (POLICE,),
    "severed": (POLICE,),
    "protected": (POLICE,),
    "counted": (SCHOOL, CLINIC),
    "closed": (POLICE,),
    "moved": (POLICE,),
    "third": (COUNCIL,),
    "of four": (COUNCIL, POLICE, SCHOOL, CLINIC),
    "of council and clinic": (COUNCIL, CLINIC),
    "of a niece": (COUNCIL, POLICE),
}
"""Each of a surname and postcode of its own; the first record of each is what its name says, and
the others have a number behind the name."""

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""Those that a postcode ends in."""

FAMILY = {"surname": "Household", "postcode": "ZZ10 2AA"}


def make_reviewed() -> Reviewed:
    desk = make_desk()
    made = Reviewed(desk, make_world(ELSEWHERE))
    for number, (name, kinds) in enumerate(CHILDREN.items()):
        known = {"surname": f"Example{number}", "postcode": f"ZZ10 1A{LETTERS[number]}"}
        if name in {"plain", "beside"}:
            known = FAMILY
        _known(made, name, desk.child(*kinds, **known))
    for name in ("withheld", "withheld and nobody yet"):
        _known(made, name, desk.child(POLICE, withheld=True, surname=name))
    both = [(desk.world.agencies[kind], details_of(surname="Both", address_withheld=withheld))
            for kind, withheld in ((POLICE, False), (SCHOOL, True))]  # fmt: skip
    _known(made, "withheld by another", make_child(*both))
    agencies = made.south.agencies
    for name, kind in (("away", POLICE), ("away too", SCHOOL)):
        said = details_of(surname="Away", forename=name)
        _known(made, name, make_child((agencies[kind], said)))
    _household(made)
    _people(made)
    with acting_as("batch"):
        _settle(by=TESTER, made=made)
    return made


def _known(made: Reviewed, name: str, child: uuid.UUID) -> None:
    made.children[name] = child
    first, *others = subjects_of(child)
    made.subject[name] = first
    made.subject |= {f"{name} {number}": each for number, each in enumerate(others, start=2)}


def _household(made: Reviewed) -> None:
    """Whoever may be a brother or sister; only “sister” is one whom a reviewer is shown."""
    for name, kind, said in (
        ("sister", SCHOOL, FAMILY),
        ("sister of whom a clinic knows", CLINIC, FAMILY),
        ("sister whose address is protected", SCHOOL, FAMILY),
        ("neighbour", SCHOOL, FAMILY | {"surname": "Neighbour"}),
        ("namesake", SCHOOL, FAMILY | {"postcode": "ZZ10 3AA"}),
    ):
        _known(made, name, made.desk.child(kind, forename=name, **said))
    away = details_of(forename="sister of another area", **FAMILY)
    _known(made, "sister away", make_child((made.south.agencies[SCHOOL], away)))


def _people(made: Reviewed) -> None:
    agencies = made.desk.world.agencies
    steward = Role.RECORDS_STEWARD
    made.people = {
        "steward": made.desk.steward,
        "second": make_person(agencies[COUNCIL], steward),
        "kept": make_person(agencies[COUNCIL], steward),
        "named": make_person(agencies[COUNCIL], steward),
        "clinic": make_person(agencies[CLINIC], steward),
        "police": made.desk.second,
        "away": make_person(made.south.agencies[COUNCIL], steward),
        "worker": made.desk.world.people[COUNCIL],
        "teacher": made.desk.world.people[SCHOOL],
        "school officer": make_person(agencies[SCHOOL], Role.DATA_OFFICER),
        "police officer": make_person(agencies[POLICE], Role.DATA_OFFICER),
        "council officer": make_person(agencies[COUNCIL], Role.DATA_OFFICER),
        "council lead": make_person(agencies[COUNCIL], Role.GOVERNANCE_LEAD),
        "police lead": make_person(agencies[POLICE], Role.GOVERNANCE_LEAD),
    }


EARLIER = "ZZ10 9ZZ"
"""The postcode that every record said before."""
WITHHELD = ("withheld", "withheld and nobody yet", "withheld by another")
IN_QUESTION = {
    **{
        name: (name, "beside")
        for name in (*CHILDREN, *WITHHELD)
        if name not in {"beside", "moved", "third"} and not name.startswith("of ")
    },
    "moved": ("moved", "third"),
    "away": ("away", "away too"),
    "both areas": ("away", "beside"),
    "waits": ("withheld", "plain"),
    "was lifted": ("withheld", "third"),
    "is in force": ("withheld", "moved"),
    "is ordinary": ("third", "beside"),
    "plain again": ("plain", "beside"),
    "on top": ("beside", "moved"),
    "moved since": ("third", "plain"),
    "apart": ("plain 2", "of four"),
    "joins": ("plain", "of four 2"),
    "parts": ("of four", "of four 2"),
    "stays": ("of four", "of four 3"),
}
"""The records that each question is about."""

ASKED = {
    # The question, and whose record; both are open unless the name says otherwise.
    "plain": ("plain", "beside"),
    "answered": ("plain", "plain"),
    "question closed": ("closed", "closed"),
    "sealed record": ("sealed record", "sealed record"),
    "kept from": ("kept from", "kept from"),
    "forgotten": ("forgotten", "forgotten"),
}


@action
def _settle(*, by: Actor, made: Reviewed) -> None:
    now = timezone.now()
    records = SubjectRecord.objects
    records.filter(pk=made.subject["sealed record"]).update(tier="sealed")
    cut = Severance.objects.create(
        recorded=now, severed_by_id=1, agency_id=1, reason="a test", links=[]
    )
    records.filter(pk=made.subject["severed"]).update(severance=cut)
    records.filter(pk=made.subject["forgotten"]).update(forgotten=now)
    for subject in records.filter(forgotten=None).values_list("pk", flat=True):
        FormerDetail.objects.create(
            subject_record_id=subject, column="postcode", value=EARLIER, until=now, recorded=now
        )
    unlinked = Link.objects.filter(subject_record=made.subject["withheld and nobody yet"])
    unlinked.update(recorded_until=now)
    people = made.people
    for person in ("kept", "police officer"):
        for child in ("kept from", "of a niece"):
            keep_apart(
                by=by, person_id=people[person].pk, child_id=made.children[child],
                ground="family", because="a niece",
            )  # fmt: skip
    agency = people["named"].agency_id
    for name in ("sealed child", "sealed and ordinary"):
        seal_child(
            by=by, child_id=made.children[name], agency_id=agency, because="x",
            people=[people[name].pk for name in ("named", "second", "clinic")],
        )  # fmt: skip
    for name in ("protected", "sister whose address is protected"):
        protect_address(by=by, child_id=made.children[name], agency_id=agency, because="x")
    for name, about in IN_QUESTION.items():
        kind = "two_numbers" if name == "plain again" else "between"
        records_asked = [made.subject[each] for each in about]
        made.question[name] = make_question(by=by, records=records_asked, kind=kind)
    LinkQuestion.objects.filter(pk=made.question["closed"]).update(closed=now, outcome="gone")
    for name, (question, whose) in ASKED.items():
        made.ask[name] = _ask(by=by, made=made, question=question, whose=whose)
    answered = LinkAsk.objects.filter(pk=made.ask["answered"])
    answered.update(answered=now, answer="right", answered_by_id=people["council officer"].pk)
    _decisions(by=by, made=made)


@action
def _ask(*, by: Actor, made: Reviewed, question: str, whose: str) -> int:
    record = SubjectRecord.objects.get(pk=made.subject[whose])
    asked = LinkAsk.objects.create(
        question_id=made.question[question],
        subject_record=record,
        agency_id=record.agency_id,
        asked_by_id=made.people["steward"].pk,
        asked=timezone.now(),
    )
    return int(asked.pk)


@action
def _decisions(*, by: Actor, made: Reviewed) -> None:
    """Restricted ones in each state, and one that is not restricted and yet not in force.

    What is closed was decided once, and undone.
    """
    now, steward = timezone.now(), made.people["steward"]
    for name, said in (
        ("waits", {"restricted": True}),
        ("was lifted", {"restricted": True, "lifted": now}),
        ("is in force", {"restricted": True, "in_force": now - timedelta(hours=1)}),
        ("is ordinary", {"restricted": False}),
        ("closed", {"lifted": now}),
        ("moved since", {"in_force": now, "moves": _moved_since(by=by, made=made)}),
    ):
        one, other = (made.subject[each] for each in IN_QUESTION[name])
        decision = Decision.objects.create(
            question_id=made.question[name],
            groups={str(one): 0, str(other): 0},
            reason="They are one child.",
            recorded=now,
            decided_by_id=steward.pk,
            agency_id=steward.agency_id,
            **({"moves": NOTHING_MOVED} | said),
        )
        made.decision[name] = int(decision.pk)


NOTHING_MOVED: dict[str, Any] = {"links": [], "closed": [], "replaced": []}


@action
def _moved_since(*, by: Actor, made: Reviewed) -> dict[str, Any]:
    """What a decision moved that is of another child by now, without any later decision."""
    now = timezone.now()
    link = Link.objects.get(subject_record=made.subject["third"], recorded_until=None)
    begun = Link.objects.create(
        subject_record_id=link.subject_record_id, child_id=made.children["plain"],
        agency_id=link.agency_id, area_id=link.area_id, tier=link.tier, model_version="",
        decided_by="A Steward", recorded_from=now, recorded_until=now,
    )  # fmt: skip
    moved = {"subject": link.subject_record_id, "begun": begun.pk, "ended": 0, "from": None}
    return {"links": [moved], "closed": [], "replaced": []}
