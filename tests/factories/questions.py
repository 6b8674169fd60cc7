"""A question about records that linkage may not decide by itself."""

from collections.abc import Sequence

from django.utils import timezone

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.identity.models import LinkQuestion, LinkQuestionRecord


@action
def make_question(*, by: Actor, records: Sequence[int], kind: str) -> int:
    """A question about these records, raised now."""
    asked = LinkQuestion.objects.create(
        kind=kind,
        records_key=",".join(map(str, sorted(records))),
        model_version="test model",
        raised=timezone.now(),
    )
    LinkQuestionRecord.objects.bulk_create(
        LinkQuestionRecord(question=asked, subject_record_id=each) for each in records
    )
    return int(asked.pk)
