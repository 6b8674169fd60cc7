"""Subject records as agencies send them, and which of them are held to be one child."""

from datetime import date, datetime, timedelta
from typing import Any

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.identity.actions import register_subjects, update_details
from keepsight.identity.details import latest_details
from keepsight.identity.linking import Linked, link_records
from keepsight.identity.models import Judgement, Link, LinkQuestion
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.world import NOW, TESTER, World

MAYA: dict[str, Any] = {
    "forename": "Maya",
    "surname": "Ravengarth",
    "date_of_birth": date(2012, 3, 4),
    "sex": "F",
    "postcode": "ZZ10 1AB",
}
"""A made-up child, of whom every agency of these tests tells more or less."""

SENDERS = tuple(kind for kind in AgencyKind if kind is not AgencyKind.PARTNERSHIP)


def sent(world: World, key: str, kind: AgencyKind, *, received: datetime = NOW, **said: Any) -> int:
    """One agency’s record of somebody, with the details it sent; its subject."""
    agency = world.agencies[kind]
    subject = register_subjects(by=TESTER, agency=agency, keys=[key], received=received)[key]
    details = latest_details(subject, PersonDetails(**said))
    update_details(by=TESTER, details=[details], received=received)
    return subject


def linked_anew() -> Linked:
    return link_records(by=TESTER)


def children() -> dict[str, Any]:
    """Each record’s child, by the agency’s own key."""
    links = Link.objects.filter(recorded_until=None)
    return dict(links.values_list("subject_record__key", "child_id"))


def partition() -> set[frozenset[str]]:
    """Which records are one child, whoever it is."""
    found: dict[Any, set[str]] = {}
    for key, child in children().items():
        found.setdefault(child, set()).add(key)
    return {frozenset(keys) for keys in found.values()}


@action
def judge(*, by: Actor = TESTER, one: int, other: int, verdict: str) -> int:
    """What a person says of two records, without the moves that the pages make at once."""
    lower, higher = sorted((one, other))
    Judgement.objects.filter(one=lower, other=higher, lifted=None).update(lifted=NOW)
    made = Judgement.objects.create(
        one_id=lower,
        other_id=higher,
        verdict=verdict,
        reason="seen",
        recorded=datetime.now(NOW.tzinfo) + timedelta(seconds=1),
    )
    return int(made.pk)


@action
def lift(*, by: Actor = TESTER, judgement: int) -> None:
    Judgement.objects.filter(pk=judgement).update(lifted=NOW)


def open_questions() -> set[tuple[str, frozenset[str]]]:
    """Kind and keys of every question that is open."""
    rows = LinkQuestion.objects.filter(closed=None).prefetch_related("records__subject_record")
    return {
        (each.kind, frozenset(row.subject_record.key for row in each.records.all()))
        for each in rows
    }
