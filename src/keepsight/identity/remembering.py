"""What a run over everything leaves for the next, and for matching one record as it arrives."""

from collections.abc import Collection

from django.db import connection
from django.utils import timezone

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.identity.models import AgencyCare, Unmatched
from keepsight.kernel.linkage.judged import Two
from keepsight.kernel.linkage.learning.care import Shares, often_mistaken

KEPT = """
DELETE FROM identity_linkedpair p WHERE NOT EXISTS (
  SELECT 1 FROM unnest(%(one)s::bigint[], %(other)s::bigint[]) AS s (one, other)
  WHERE s.one = p.one_id AND s.other = p.other_id)"""

BEGUN = """
INSERT INTO identity_linkedpair (one_id, other_id, since)
SELECT s.one, s.other, %(now)s
FROM unnest(%(one)s::bigint[], %(other)s::bigint[]) AS s (one, other)
ON CONFLICT (one_id, other_id) DO NOTHING"""

COUNTED = """
SELECT 'records' AS of, '' AS value, count(*) AS n FROM identity_subjectrecord
WHERE forgotten IS NULL AND severance_id IS NULL
UNION ALL
SELECT c.of, coalesce(c.value, ''), count(*) FROM identity_subjectrecord s,
  LATERAL (VALUES ('surname', s.surname), ('forename', s.forename)) c (of, value)
WHERE s.forgotten IS NULL AND s.severance_id IS NULL AND c.value IS NOT NULL
GROUP BY GROUPING SETS ((c.of, c.value), (c.of))"""

COUNTS = f"""
WITH counted AS MATERIALIZED ({COUNTED}),
gone AS (
  DELETE FROM identity_namecount n WHERE NOT EXISTS (
    SELECT 1 FROM counted c WHERE c.of = n."column" AND c.value = n.value))
INSERT INTO identity_namecount ("column", value, count) SELECT of, value, n FROM counted
ON CONFLICT ("column", value) DO UPDATE SET count = excluded.count
WHERE identity_namecount.count <> excluded.count"""
"""Without a value stands how many have any."""


@action
def remember(*, by: Actor, standing: Collection[Two], mistakes: Shares) -> None:
    """Write down the pairs on which children now stand, how often each name comes, and what each
    agency often has wrong.

    Only what changed is written. Nothing waits to be matched after this.
    """
    values = {
        "one": [one for one, _ in standing],
        "other": [other for _, other in standing],
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(KEPT, values)
        cursor.execute(BEGUN, values)
        cursor.execute(COUNTS)
    _count_mistakes(mistakes)
    Unmatched.objects.all().delete()


def _count_mistakes(mistakes: Shares) -> None:
    often = often_mistaken(mistakes)
    now = {
        (agency, column): (share, column in often.get(agency, ()))
        for column, by_agency in mistakes.items()
        for agency, share in by_agency.items()
    }
    kept = set()
    for each in AgencyCare.objects.all():
        key = (each.agency_id, each.column)
        if now.get(key) == (each.differing, each.often):
            kept.add(key)
        else:
            each.delete()
    AgencyCare.objects.bulk_create(
        [
            AgencyCare(agency_id=agency, column=column, differing=share, often=told)
            for (agency, column), (share, told) in now.items()
            if (agency, column) not in kept
        ]
    )
