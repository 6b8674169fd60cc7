"""What a record said before, as a reviewer reads it."""

import json
from dataclasses import dataclass
from datetime import datetime

from keepsight.identity.models import FormerDetail


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What a record no longer says; `until` is when another was sent, if that is known."""

    what: str
    value: str
    until: datetime | None


def said_before(former: str) -> tuple[SaidBefore, ...]:
    """From what `identity_question_records` answers: columns, values and moments as JSON."""
    return tuple(
        SaidBefore(
            FormerDetail.Column(column).label,
            value,
            datetime.fromisoformat(until) if until else None,
        )
        for column, value, until in json.loads(former)
    )
