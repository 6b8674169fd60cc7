"""What the demo states of its feeds: made up, and complete, so that they can be switched on."""

from datetime import timedelta

from keepsight.access.clock import today
from keepsight.kernel.feed_senders import HEALTH, REGISTER, sender_of
from keepsight.kernel.feeds import Cohort, Governance
from keepsight.kernel.vocabulary.agencies import AgencyKind

NECESSITY = {
    REGISTER: "Absence tells something only beside what others know, and nobody knows beforehand "
    "of which pupil that will be.",
    HEALTH: "An attendance tells something beside what others know. Of children whom nobody else "
    "knows nothing is kept.",
}
OTHERWISE = "Without it a child’s story has a gap where this agency’s part is."


def governance_of(controller: str, source: str, kind: str, gateway: str) -> Governance:
    """The usual cohort of such a sender, with all that must be said."""
    sender = sender_of(AgencyKind(kind), source)
    return Governance(
        controller=controller,
        gateway=gateway,
        purpose="To see in time that a child is being exploited, and to keep the law’s clocks",
        necessity=NECESSITY.get(sender, OTHERWISE),
        assessment=f"Made-up assessment of {source.replace('_', ' ')}",
        assessed=today() - timedelta(days=400),
        review_by=today() + timedelta(days=330),
        cohort=Cohort(sender.may[0]),
    )
