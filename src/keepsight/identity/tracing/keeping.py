"""Keeping what was asked and answered, and what follows for a record: little, never a link."""

import os

from django.db import connection
from django.utils import timezone

from keepsight.access.actions import note_withheld
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.identity.models import SubjectRecord, Tracing
from keepsight.identity.tracing.asking import ToAsk
from keepsight.kernel.tracing.reconciling import Reconciled
from keepsight.kernel.tracing.tracing import Outcome, Traced

PURPOSE = "to find or check the child’s NHS number"

NUMBERS = """
SELECT s.id, t.nhs_number FROM (
  SELECT DISTINCT ON (subject_record_id) * FROM identity_tracing
  ORDER BY subject_record_id, id DESC) t
JOIN identity_subjectrecord s ON s.id = t.subject_record_id
WHERE t.outcome = 'matched' AND s.nhs_number IS NULL AND s.forgotten IS NULL
  AND t.details_received IS NOT DISTINCT FROM s.details_received"""

IN_WORDS = "the NHS number of one was traced, and not sent by its agency"
"""Said beside the reasons of a link in which a traced number took part."""


@action
def note_told(*, by: Actor, record_asked: ToAsk, service: str) -> None:
    """Write down that a record’s details go to a service, before they go."""
    note = Note(
        act=Act.EXPORT,
        what=f"details told to {service}",
        subject_record_id=record_asked.subject_record_id,
        purpose=PURPOSE,
    )
    record(by=by, notes=[note])


@action
def keep_traced(*, by: Actor, record_asked: ToAsk, service: str, traced: Traced) -> Tracing:
    """Keep what came of searching for somebody. Who is restricted has their address withheld."""
    kept = _keep(
        by,
        record_asked,
        service,
        outcome=traced.outcome,
        nhs_number=traced.nhs_number,
        score=traced.score,
        restricted=traced.restricted,
        step=traced.step,
        searches=traced.searches,
    )
    if traced.restricted and traced.outcome is Outcome.MATCHED:
        _withhold(by, record_asked)
    return kept


@action
def keep_reconciled(*, by: Actor, record_asked: ToAsk, service: str, found: Reconciled) -> Tracing:
    """Keep how an agency’s number stands; of what differs the fields only, not the values."""
    kept = _keep(
        by,
        record_asked,
        service,
        outcome=found.standing,
        nhs_number=found.superseded_by,
        restricted=found.restricted,
        differ=[str(each) for each in found.differ],
        searches=1,
    )
    if found.restricted and found.same_person:
        _withhold(by, record_asked)
    return kept


def _keep(by: Actor, record_asked: ToAsk, service: str, **answer: object) -> Tracing:
    salt = os.urandom(16)
    kept: Tracing = Tracing.objects.create(
        subject_record_id=record_asked.subject_record_id,
        at=timezone.now(),
        service=service,
        details_received=record_asked.details_received,
        salt=salt,
        asked=record_asked.hashed(salt),
        **answer,
    )
    note = Note(
        act=Act.WRITE,
        what=f"answer of {service}: {kept.outcome}",
        subject_record_id=kept.subject_record_id,
        purpose=PURPOSE,
    )
    record(by=by, notes=[note])
    return kept


def _withhold(by: Actor, record_asked: ToAsk) -> None:
    """A restricted patient’s address is withheld, and the one that a record has goes with it."""
    subject = record_asked.subject_record_id
    SubjectRecord.objects.filter(pk=subject).update(address_withheld=True, postcode=None)
    note_withheld(by=by, subjects=[subject], withheld=[True])


def traced_numbers() -> dict[int, str]:
    """The numbers that linking may use of records whose agency sent none, by the record’s id.

    Each is of the latest answer, and of the details that the record still has.
    """
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS)
        return dict(cursor.fetchall())
