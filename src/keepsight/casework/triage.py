"""From an alert to what is done about it: a referral made here starts its clocks at once."""

import uuid

from keepsight.access.clock import now
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency
from keepsight.audit.writing import action
from keepsight.casework.clocks import reckon_obligations
from keepsight.chronology.actions.own import record_own_event
from keepsight.detection.deciding import Decided, decide_alert
from keepsight.detection.models import Alert
from keepsight.kernel.indicators.triage import Decision
from keepsight.kernel.vocabulary.content.social_care import ReferralReceived

OWN_COUNCIL = "5A"
"""The source of a referral that children’s social care makes of what it read (CIN census)."""


@action
def decide(*, by: Viewer, alert_id: uuid.UUID, decided: Decided) -> bool:
    """Record what was decided about an alert; a referral is made with it, and its clock runs.

    Says whether the decision stands at once. Raises `TriageRefused`.
    """
    stands = decide_alert(by=by, alert_id=alert_id, decided=decided)
    if decided.decision == Decision.REFER:
        _refer(by=by, child_id=Alert.objects.get(pk=alert_id).child_id)
    return stands


@action
def _refer(*, by: Viewer, child_id: uuid.UUID) -> None:
    record_own_event(
        by=by.actor,
        agency=Agency.objects.get(pk=by.agency_id),
        child_id=child_id,
        occurred=now(),
        content=ReferralReceived(referral_source=OWN_COUNCIL),
    )
    reckon_obligations(by=by.actor, child_id=child_id)
