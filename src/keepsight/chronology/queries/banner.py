"""The identity banner: who a child is, by whose records, and why they are believed to be one."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from keepsight.access.clock import today
from keepsight.access.masking import ASK_SOCIAL_CARE, Masked
from keepsight.access.narrowing import about_a_child
from keepsight.access.queries import SafeWay, known, safe_ways, withheld
from keepsight.access.viewer import Viewer
from keepsight.audit.sights import saw
from keepsight.chronology.queries.details import known_details
from keepsight.identity.models import Link
from keepsight.identity.queries import full_name, links_of
from keepsight.kernel.calendar import day_in_london
from keepsight.kernel.identifiers import UPN, IdentifierError, NHSNumber
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.events import Event

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One agency's record of the child, and why it is believed to be this child's."""

    agency: str
    agency_kind: str
    phone: str
    key: str
    name: str
    date_of_birth: date | None
    linked_because: tuple[str, ...]
    linked_on: date
    model_version: str


@dataclass(frozen=True, slots=True)
class Banner:
    """Who the child is, as far as the viewer may know and was known on the day."""

    child_id: uuid.UUID
    name: str
    date_of_birth: date | None
    age: int | None
    sex: str | None
    nhs_number: str | None
    upn: str | None
    records: tuple[RecordLine, ...]
    withheld: bool = False
    safe_ways: tuple[SafeWay, ...] = ()


@about_a_child
def banner(viewer: Viewer, child_id: uuid.UUID, known_on: date | None = None) -> Banner | None:
    """The banner, or nothing: for a child that is hidden as for one that does not exist."""
    if not known(viewer, child_id):
        return None
    links = links_of(viewer, child_id, known_on)
    if not links:
        return None
    saw(by=viewer.actor, child_id=child_id, what="identity", known_on=known_on)
    events = known_details(viewer, child_id, known_on)
    newest = sorted(events.values(), key=lambda event: event.received, reverse=True)
    kept = withheld(viewer, child_id)
    masked = Masked(viewer.agency_id, kept)
    said = [event.content for event in newest if isinstance(event.content, PersonDetails)]
    named = next((one for one in said if one.surname and one.forename), None)
    born = _first(one.date_of_birth for one in said)
    return Banner(
        child_id=child_id,
        name=full_name(named.forename, named.surname) if named else "Name not sent",
        date_of_birth=born,
        age=_age(born, known_on or today()),
        sex=_first(one.sex for one in said),
        nhs_number=_first(_nhs_number(one.nhs_number) for one in said),
        upn=_first(_upn(upn) for upn in _upns(newest, masked)),
        records=_records(links, events, masked),
        withheld=kept,
        safe_ways=tuple(safe_ways(viewer, child_id)),
    )


def _upns(newest: Iterable[Event], masked: Masked) -> Iterator[str | None]:
    """The pupil numbers that were sent: one begins with the school’s own authority."""
    for event in newest:
        if isinstance(event.content, PersonDetails) and not masked.keeps(event.agency):
            yield event.content.upn


def _records(
    links: Iterable[Link], events: Mapping[int, Event], masked: Masked
) -> tuple[RecordLine, ...]:
    """In the order of the names as they are said: a hidden name's place would tell of it."""
    lines = [_record(link, events, masked) for link in links]
    return tuple(sorted(lines, key=lambda line: line.agency) if masked.withheld else lines)


def _record(link: Link, events: Mapping[int, Event], masked: Masked) -> RecordLine:
    """The agency's line; a school's number for a pupil, and its telephone, tell which school."""
    event = events.get(link.subject_record_id)
    sent = event.content if event and isinstance(event.content, PersonDetails) else PersonDetails()
    name = masked.named(link.agency_id, link.agency.name, link.agency.kind)
    return RecordLine(
        agency=name,
        agency_kind=AgencyKind(link.agency.kind).in_words,
        phone=link.agency.phone if name == link.agency.name else ASK_SOCIAL_CARE,
        key="withheld" if masked.keeps(link.agency_id) else link.subject_record.key,
        name=full_name(sent.forename, sent.surname),
        date_of_birth=sent.date_of_birth,
        linked_because=tuple(link.reasons),
        linked_on=day_in_london(link.held_since),
        model_version=link.model_version,
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value), None)


def _age(born: date | None, on: date) -> int | None:
    if born is None or born > on:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _nhs_number(text: str | None) -> str | None:
    try:
        return NHSNumber.parse(text).spaced if text else None
    except IdentifierError:
        return None


def _upn(text: str | None) -> str | None:
    try:
        return str(UPN.parse(text)) if text else None
    except IdentifierError:
        return None
