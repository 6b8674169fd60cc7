"""Taking in one report that a client sends: on the record, matched and noted, or not at all.

All of it is one transaction, with the receipt by which the client is told. The same key gives the
same receipt again, whoever of two comes first.
"""

import hashlib
import uuid
from dataclasses import replace
from datetime import datetime

from keepsight.access.clock import now
from keepsight.access.sender import Sender
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.actions.deliveries import RowCounts, Sent
from keepsight.chronology.actions.events import Fresh, NewEvent, fresh_events, record_events
from keepsight.chronology.actions.sending import (
    AgencyBusy,
    lock_agency_briefly,
    note_arrival,
    record_sent,
)
from keepsight.chronology.governance import FeedRefused, refuse_switched_off
from keepsight.chronology.models import Feed
from keepsight.chronology.sent import standing_episode, standing_event
from keepsight.identity.actions import tier_of
from keepsight.identity.details import latest_details
from keepsight.identity.sending import fill_sent, join_sent, sent_subject
from keepsight.intake.models import Receipt
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.report_rules import (
    AGENCY_BUSY,
    ANOTHER_PERSON,
    FEED_SHUT,
    FOUND_EARLY,
    KEY_USED,
    NO_EPISODE,
    NOT_THIS_AGENCY,
    ReportRefused,
)
from keepsight.kernel.reports import SENDERS, Named, Report, ReportKind
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Tier
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails

EXISTENCE = (
    "The feed “{feed}” is for existence only, so no report is taken in by it. Send by a feed that "
    "is governed for what it brings."
)


@action
def take_report(*, by: Sender, report: Report, key: str, body: bytes) -> Receipt:
    """Put a report on record and return its receipt; the same key and body give it again.

    `body` is a keyed hash of what was sent. Raises `ReportRefused`. A found report says only what
    its missing report did not, and ends it.
    """
    feed = _feed_of(by, report.kind)
    try:
        lock_agency_briefly(by=by.actor, agency=feed.agency)
    except AgencyBusy:
        raise ReportRefused(AGENCY_BUSY) from None
    known = receipt_of_key(by, key)
    if known is not None:
        if bytes(known.body) != body:
            raise ReportRefused(KEY_USED)
        return known
    received = now()
    facts = _facts(by, feed, _completed(report), received)
    fresh = fresh_events(feed.agency, facts, sent=True)
    delivery = record_sent(
        by=by.actor, feed=feed, sent=_sent(report, body, received), counts=_counts(facts, fresh)
    )
    record_events(
        by=by.actor,
        agency=feed.agency,
        events=facts,
        received=received,
        delivery_id=delivery.pk,
        sent=True,
    )
    subject = facts[-1].subject_record_id
    _know(by, subject, report.person, received)
    note_arrival(by=by.actor, subject_id=subject)
    record(by=by.actor, notes=[Note(act=Act.WRITE, what=report.kind.in_words)])
    news = report.source_key in {each.event.source_key for each in fresh}
    return _receipt(by, key, body, report, duplicate=not news)


def receipt_of_key(by: Sender, key: str) -> Receipt | None:
    """The receipt that the client was given for this key, if any."""
    found: Receipt | None = Receipt.objects.filter(client_id=by.client_id, key=key).first()
    return found


def receipt_of(by: Sender, receipt_id: uuid.UUID) -> Receipt | None:
    """One of the client’s own receipts; nothing for another’s, as for one that is not there."""
    found: Receipt | None = Receipt.objects.filter(client_id=by.client_id, pk=receipt_id).first()
    return found


def _feed_of(by: Sender, kind: ReportKind) -> Feed:
    feed: Feed = Feed.objects.select_related("agency__area").get(pk=by.feed_id)
    if AgencyKind(feed.agency.kind) not in SENDERS[kind]:
        raise ReportRefused(NOT_THIS_AGENCY)
    try:
        refuse_switched_off(feed)
    except FeedRefused as refusal:
        raise ReportRefused(FEED_SHUT, str(refusal)) from None
    if feed.state != Feed.State.ON or feed.agency_id != by.agency_id:
        raise ReportRefused(FEED_SHUT)
    if feed.cohort == Cohort.EXISTENCE:
        raise ReportRefused(FEED_SHUT, EXISTENCE.format(feed=feed.title))
    return feed


def _completed(report: Report) -> Report:
    """A found report with what its missing report said; any other as it is."""
    if report.kind is not ReportKind.FOUND:
        return report
    episode = standing_episode(report.source_key)
    if episode is None:
        raise ReportRefused(NO_EPISODE)
    if episode.person != report.person.reference:
        raise ReportRefused(ANOTHER_PERSON)
    if report.occurred < episode.occurred:
        raise ReportRefused(FOUND_EARLY)
    found = report.content
    assert isinstance(found, MissingEpisode)  # noqa: S101 - of a found report it is nothing else
    content = replace(
        episode.content,
        found_at=found.found_at or episode.content.found_at,
        found_with=found.found_with or episode.content.found_with,
    )
    return replace(
        report, occurred=episode.occurred, occurred_until=report.occurred, content=content
    )


def _facts(by: Sender, feed: Feed, report: Report, received: datetime) -> list[NewEvent]:
    """Who the person is, where anything is said of that, and then what the report states."""
    person = report.person
    subject = sent_subject(by=by.actor, key=person.reference, received=received)
    held, own = tier_of(feed.agency), report.content.held
    fact = NewEvent(
        subject_record_id=subject,
        source_key=report.source_key,
        occurred=report.occurred.astimezone(LONDON),
        occurred_until=report.occurred_until and report.occurred_until.astimezone(LONDON),
        content=report.content,
        tier=held if own is Tier.ORDINARY else own.value,
        row="report",
    )
    details = _details(person)
    if details == PersonDetails():
        return [fact]
    who = NewEvent(
        subject_record_id=subject,
        source_key=f"report of person|{person.reference}",
        occurred=received,
        content=details,
        tier=held,
        row="report",
    )
    return [who, fact]


def _know(by: Sender, subject: int, person: Named, received: datetime) -> None:
    details = latest_details(subject, _details(person))
    fill_sent(by=by.actor, details=details, received=received)
    join_sent(by=by.actor, subject_id=subject)


def _details(person: Named) -> PersonDetails:
    return PersonDetails(
        forename=person.forename,
        surname=person.surname,
        date_of_birth=person.date_of_birth,
        nhs_number=person.nhs_number,
        upn=person.upn,
    )


def _counts(facts: list[NewEvent], fresh: list[Fresh]) -> RowCounts:
    superseded = sum(each.supersedes for each in fresh)
    return RowCounts(
        new=len(fresh) - superseded, superseded=superseded, unchanged=len(facts) - len(fresh)
    )


def _sent(report: Report, body: bytes, received: datetime) -> Sent:
    return Sent(
        filename=report.kind.value,
        sha256=hashlib.sha256(body).digest(),
        size=0,
        received=received,
    )


def _receipt(by: Sender, key: str, body: bytes, report: Report, *, duplicate: bool) -> Receipt:
    event_id, received = standing_event(by.agency_id, report.source_key)
    made: Receipt = Receipt.objects.create(
        client_id=by.client_id,
        key=key,
        body=body,
        event_id=event_id,
        received=received,
        duplicate=duplicate,
    )
    return made
