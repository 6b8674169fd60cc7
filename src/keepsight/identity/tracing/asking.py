"""Which records may be asked about, and what of them is told: no more than finds a number."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from keepsight.access.terms_in_sql import holds
from keepsight.kernel.tracing.sought import Sought, sought

ASK_AGAIN = timedelta(days=182)
"""After how long the same is asked again where nobody was matched (our own setting)."""

OF_A_CHILD = "SELECT l.child_id FROM identity_link l WHERE l.subject_record_id = s.id"
SEALED = f"""
  EXISTS (SELECT 1 FROM access_seal x WHERE x.child_id IN ({OF_A_CHILD}) AND {holds("x")})
  OR EXISTS (SELECT 1 FROM identity_link l WHERE l.subject_record_id = s.id AND l.tier = 'sealed')
"""
SEVERED = f"""
  EXISTS (SELECT 1 FROM identity_severance v
    CROSS JOIN jsonb_array_elements_text(v.links) across
    JOIN identity_link l ON l.id = across.value::bigint
    JOIN identity_link o ON o.subject_record_id = l.subject_record_id
    WHERE o.child_id IN ({OF_A_CHILD}))"""
HIDDEN_ADDRESS = f"""s.address_withheld
  OR EXISTS (SELECT 1 FROM access_protection x
    WHERE x.child_id IN ({OF_A_CHILD}) AND {holds("x")})
  OR EXISTS (SELECT 1 FROM access_subjectplace p
    WHERE p.child_id IN ({OF_A_CHILD}) AND p.withheld)"""

TO_ASK = f"""
SELECT s.id, s.forename, s.surname, s.date_of_birth, s.sex, s.nhs_number,
  CASE WHEN NOT ({HIDDEN_ADDRESS}) THEN s.postcode END, s.details_received
FROM identity_subjectrecord s
WHERE s.agency_id = ANY(%(agencies)s) AND s.tier = 'ordinary' AND s.forgotten IS NULL
  AND s.severance_id IS NULL AND NOT ({SEVERED})
  AND (s.nhs_number IS NOT NULL) = %(numbers)s
  AND s.surname IS NOT NULL AND s.date_of_birth IS NOT NULL AND NOT ({SEALED})
  AND NOT EXISTS (SELECT 1 FROM identity_tracing t WHERE t.subject_record_id = s.id
    AND t.details_received IS NOT DISTINCT FROM s.details_received
    AND (t.outcome = 'matched' OR t.at > %(since)s))
ORDER BY s.id LIMIT %(limit)s"""
"""A child whose records are sealed, now or under a link of the past, or who has an old or a new
identity that was cut from another, is asked of nobody; and of one whose address is withheld
anywhere no postcode is told.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """A record that may be asked about, and what would be told of it."""

    subject_record_id: int
    sought: Sought
    nhs_number: str | None
    details_received: datetime | None

    def hashed(self, salt: bytes) -> bytes:
        """What is asked, so that it can be shown later to be the same and cannot be read."""
        said = [*self.sought.given, self.sought.family, str(self.sought.born), self.sought.gender]
        text = json.dumps([*said, self.sought.postcode, self.nhs_number])
        return sha256(salt + text.encode()).digest()


def records_to_ask(*, agencies: list[int], numbers: bool, limit: int) -> list[ToAsk]:
    """Records of these agencies that were not asked about as they now are, the oldest first.

    With `numbers` those whose agency sent a valid NHS number, which is then asked about; else
    those without one.
    """
    values = {
        "agencies": agencies,
        "numbers": numbers,
        "since": timezone.now() - ASK_AGAIN,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(TO_ASK, values)
        rows = cursor.fetchall()
    return [
        ToAsk(
            subject_record_id=row[0],
            sought=sought(
                forename=row[1], surname=row[2], born=row[3], sex=row[4], postcode=row[6]
            ),
            nhs_number=row[5],
            details_received=row[7],
        )
        for row in rows
    ]
