"""Alerts as the night would write them, for tests that begin with one."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from keepsight.agencies.models import Area
from keepsight.detection.models import Alert, AlertEvidence, AlertMet
from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.vocabulary.content.base import Standing


def begin_alert(
    child_id: uuid.UUID, area: Area, indicator: Indicator, moment: datetime, refs: Sequence[str]
) -> tuple[Alert, AlertMet, list[AlertEvidence]]:
    """An alert met at a moment by one indicator and these events; within an action only."""
    day = moment.date()
    alert = Alert.objects.create(
        child_id=child_id,
        area=area,
        concern=indicator.concern.value,
        harm=indicator.standing is Standing.HARM,
        first_met=day,
        last_met=day,
        waiting_since=day,
        recorded=moment,
    )
    whose = {"alert": alert, "child_id": child_id, "area": area, "indicator": indicator.code}
    met = AlertMet.objects.create(**whose, version=indicator.version, first_met=day, last_met=day)
    evidence = AlertEvidence.objects.bulk_create(
        AlertEvidence(**whose, event_ref=ref, noted=day) for ref in refs
    )
    return alert, met, evidence
