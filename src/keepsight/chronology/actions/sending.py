"""What a client sends, put on record: one report as a delivery of its own, and that it came."""

from django.db import OperationalError, connection
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.actions.deliveries import RowCounts, Sent
from keepsight.chronology.actions.events import lock_agency
from keepsight.chronology.arrived import CHANNEL
from keepsight.chronology.models import Delivery, Feed
from keepsight.kernel.sending import WAIT_SECONDS


class AgencyBusy(Exception):
    """A file of the same agency is being taken in, and has been for longer than one waits."""


@action
def lock_agency_briefly(*, by: Actor, agency: Agency) -> None:
    """`lock_agency`, waiting some seconds and no longer; raises `AgencyBusy`."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        lock_agency(by=by, agency=agency)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise AgencyBusy from error
        raise


@action
def record_sent(*, by: Actor, feed: Feed, sent: Sent, counts: RowCounts) -> Delivery:
    """A report as a delivery that is done, with what became of each part of it."""
    made: Delivery = Delivery.objects.create(
        feed=feed,
        filename=sent.filename,
        sha256=sent.sha256,
        size=sent.size,
        state=Delivery.State.DONE,
        received=sent.received,
        recorded=timezone.now(),
        finished=timezone.now(),
        rows_read=counts.read,
        rows_new=counts.new,
        rows_unchanged=counts.unchanged,
        rows_superseded=counts.superseded,
    )
    return made


@action
def note_arrival(*, by: Actor, subject_id: int) -> None:
    """That what follows for this record’s child is to be worked out; workers are told at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO chronology_dirtychild (subject_record_id, noted, attempts, problem)"
            " VALUES (%s, clock_timestamp(), 0, '')",
            [subject_id],
        )
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
