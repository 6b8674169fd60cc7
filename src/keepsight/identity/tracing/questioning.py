"""What tracing found possible, as questions about links: a person decides who sees both."""

from django.db import connection

from keepsight.engines.linkage_model import MODEL_VERSION
from keepsight.identity.models import LinkQuestion
from keepsight.identity.raising import PairReasons, RaisedQuestion

FOUND_POSSIBLE = "tracing found the NHS number of the one as possible for the other"
"""Said in place of levels. It has no bits: the service’s score is not on the model’s scale."""

PAIRS = """
SELECT DISTINCT least(s.id, o.id), greatest(s.id, o.id) FROM (
  SELECT DISTINCT ON (subject_record_id) * FROM identity_tracing
  ORDER BY subject_record_id, id DESC) t
JOIN identity_subjectrecord s ON s.id = t.subject_record_id
JOIN identity_subjectrecord o ON o.nhs_number = t.nhs_number AND o.id <> s.id
WHERE t.outcome = 'possible' AND s.nhs_number IS NULL
  AND s.forgotten IS NULL AND o.forgotten IS NULL
  AND t.details_received IS NOT DISTINCT FROM s.details_received
  AND o.severance_id IS NOT DISTINCT FROM s.severance_id
  AND NOT EXISTS (
    SELECT 1 FROM identity_link a JOIN identity_link b ON b.child_id = a.child_id
    WHERE a.subject_record_id = s.id AND b.subject_record_id = o.id
      AND a.recorded_until IS NULL AND b.recorded_until IS NULL)
ORDER BY 1, 2"""


def traced_questions() -> list[RaisedQuestion]:
    """For each number that is possible for a record, the records that carry it and are apart."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS)
        pairs = cursor.fetchall()
    return [
        RaisedQuestion(
            kind=LinkQuestion.Kind.BETWEEN,
            records=frozenset({one, other}),
            model_version=MODEL_VERSION,
            pairs=(PairReasons(one=one, other=other, weight=0.0, levels=((FOUND_POSSIBLE, 0.0),)),),
        )
        for one, other in pairs
    ]
