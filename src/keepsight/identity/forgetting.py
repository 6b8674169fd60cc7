"""Forgetting subject records of which nothing may stay: an id is left, and no word of anybody."""

from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.identity.models import Link, Tracing

FORGET = """
UPDATE identity_subjectrecord SET key = 'forgotten-' || id, forename = NULL, surname = NULL,
  forename_sound = NULL, surname_sound = NULL, date_of_birth = NULL, sex = NULL,
  nhs_number = NULL, upn = NULL, postcode = NULL, address_withheld = false, forgotten = %s
WHERE id = ANY(%s) AND forgotten IS NULL"""


@action
def forget_records(*, by: Actor, subjects: Sequence[int]) -> int:
    """Take names, identifiers and the agency’s own key out of records, and end their links.

    What a tracing service answered about them goes too. A record that the agency sends again later
    is a new one. Returns how many were forgotten.
    """
    moment = timezone.now()
    ids = list(subjects)
    Link.objects.filter(subject_record_id__in=ids, recorded_until=None).update(
        recorded_until=moment
    )
    Tracing.objects.filter(subject_record_id__in=ids).delete()
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [moment, ids])
        return int(cursor.rowcount)
