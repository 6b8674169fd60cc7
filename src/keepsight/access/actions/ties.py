"""Ties of people, teams and agencies to a child: begun and ended, never changed."""

import uuid
from datetime import datetime

from django.db import connection
from django.utils import timezone

from keepsight.access.models import Tie
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.looking import Relation

SAME = (
    "t.child_id = w.child_id AND t.agency_id = w.agency_id AND t.relation = w.relation"
    " AND t.team_id IS NOT DISTINCT FROM w.team_id"
)


@action
def tie_child(
    *,
    by: Actor,
    child_id: uuid.UUID,
    agency_id: int,
    relation: Relation,
    because: str,
    person_id: int | None = None,
    team_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> uuid.UUID:
    """Begin one tie; the same one that still holds is left as it is."""
    same = Tie.objects.filter(
        child_id=child_id,
        agency_id=agency_id,
        relation=relation.value,
        person_id=person_id,
        team_id=team_id,
        until=until,
    )
    held = same.first() if until is None else None
    if held is not None:
        return uuid.UUID(str(held.pk))
    tie = Tie.objects.create(
        child_id=child_id,
        agency_id=agency_id,
        relation=relation.value,
        person_id=person_id,
        team_id=team_id,
        because=because,
        since=since or timezone.now(),
        until=until,
    )
    record(by=by, notes=[Note(act=Act.WRITE, what=f"tie {relation.value}", child_id=child_id)])
    return uuid.UUID(str(tie.pk))


@action
def end_ties(
    *, by: Actor, child_id: uuid.UUID, agency_id: int, relations: frozenset[Relation]
) -> int:
    """End an agency's ties of these kinds to a child; returns how many held."""
    held = Tie.objects.filter(
        child_id=child_id, agency_id=agency_id, relation__in=[each.value for each in relations]
    ).filter(until=None)
    return held.update(until=timezone.now())


@action
def replace_ties(
    *, by: Actor, wanted: str, relations: frozenset[Relation], child_id: uuid.UUID | None = None
) -> int:
    """Make the ties of these kinds that name no person equal the rows of a temporary table.

    With a child, the child’s ties alone: the rows are then of no other.

    Its columns: child_id, agency_id, team_id, relation, because. What is no longer wanted is
    ended, not removed. Returns how many changed.
    """
    kinds = [each.value for each in relations]
    end = (
        "UPDATE access_tie t SET until = now() WHERE t.until IS NULL AND t.person_id IS NULL"
        " AND t.relation = ANY(%s) AND (%s::uuid IS NULL OR t.child_id = %s)"
        f" AND NOT EXISTS (SELECT 1 FROM {wanted} w WHERE {SAME})"
    )
    begin = (
        "INSERT INTO access_tie (id, child_id, agency_id, team_id, relation, because, since)"
        f" SELECT gen_random_uuid(), child_id, agency_id, team_id, relation, because, now()"
        f" FROM {wanted} w WHERE NOT EXISTS (SELECT 1 FROM access_tie t"
        f" WHERE t.until IS NULL AND t.person_id IS NULL AND {SAME})"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {wanted}")
        cursor.execute(end, [kinds, child_id, child_id])
        ended = cursor.rowcount
        cursor.execute(begin)
        return int(ended + cursor.rowcount)
