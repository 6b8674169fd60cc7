"""Whom a report is about that a client sends: found, filled in and matched by the database.

What the client may not read, these never return: not who is known, and not whether a child was.
"""

from datetime import datetime

from django.db import connection

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.identity.actions import LatestDetails


@action
def sent_subject(*, by: Actor, key: str, received: datetime) -> int:
    """The agency’s own subject record of this key, made if there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_sent_subject(%s, %s)", [key, received])
        return int(cursor.fetchone()[0])


@action
def fill_sent(*, by: Actor, details: LatestDetails, received: datetime) -> None:
    """Fill in what was not known of a subject record; what is known stays as a file gave it."""
    values = [
        details.subject_record_id,
        received,
        details.forename,
        details.forename_sound,
        details.surname,
        details.surname_sound,
        details.date_of_birth,
        details.nhs_number,
        details.upn,
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT identity_fill_sent(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            values,
        )


@action
def join_sent(*, by: Actor, subject_id: int) -> None:
    """Let the database match the record by number, unless linking at night is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_join_sent(%s)", [subject_id])


@action
def join_arrived(*, by: Actor, subject_id: int) -> bool:
    """The same for a worker; False where linking at night is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_join_arrived(%s)", [subject_id])
        return bool(cursor.fetchone()[0])
