"""Keeping where subject records stand: contact, involvement, and addresses that are withheld."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.kernel.looking import AreaRules

INVOLVED = """
UPDATE access_subjectplace p SET last_contact = c.last_contact, involved = c.involved
FROM (
  SELECT w.subject_record_id, w.last_contact,
    w.last_contact > %(now)s::timestamptz - make_interval(secs => 86400 * coalesce((
      SELECT g.involved_days FROM access_areasetting g
      WHERE g.area_id = q.area_id AND g.since <= now() AND (g.until IS NULL OR g.until > now())
      ORDER BY g.since DESC, g.id DESC LIMIT 1), %(days)s)) AS involved
  FROM {wanted} w JOIN access_subjectplace q USING (subject_record_id)) c
WHERE p.subject_record_id = c.subject_record_id
  AND (p.last_contact IS DISTINCT FROM c.last_contact OR p.involved IS DISTINCT FROM c.involved)"""


@action
def note_contacts(*, by: Actor, subjects: Sequence[int], moment: datetime) -> None:
    """These subject records' agencies have recorded something of them just now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_subjectplace SET last_contact = greatest(last_contact, %s),"
            " involved = true WHERE subject_record_id = ANY(%s)",
            [moment, list(subjects)],
        )


@action
def note_withheld(*, by: Actor, subjects: Sequence[int], withheld: Sequence[bool]) -> None:
    """Whether each subject record's agency says that the address is withheld."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_subjectplace p SET withheld = d.withheld"
            " FROM unnest(%s::bigint[], %s::boolean[]) AS d (id, withheld)"
            " WHERE p.subject_record_id = d.id AND p.withheld <> d.withheld",
            [list(subjects), list(withheld)],
        )


@action
def refresh_involvement(*, by: Actor, wanted: str, moment: datetime) -> int:
    """Set contact and involvement from a temporary table (subject_record_id, last_contact).

    How long an agency stays involved after its last contact is the area's own setting.
    """
    query = INVOLVED.format(wanted=wanted)
    with connection.cursor() as cursor:
        cursor.execute(query, {"now": moment, "days": AreaRules().involved_days})
        return int(cursor.rowcount)
