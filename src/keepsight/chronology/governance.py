"""What governs a feed, read from its row, and the one check before anything is taken in by it."""

from keepsight.access.clock import today
from keepsight.chronology.models import Feed
from keepsight.kernel.feeds import Cohort, Governance, Requirement, missing
from keepsight.kernel.vocabulary.agencies import AgencyKind


class FeedRefused(ValueError):
    """What cannot be done with a feed; the message is for the person who tried."""


def refuse_switched_off(feed: Feed) -> None:
    """Raise `FeedRefused` where nothing may be taken in by a feed, saying what to do."""
    if feed.state != Feed.State.OFF:
        return
    lacking = " ".join(each.sentence for each in missing_from(feed, governance_of(feed)))
    raise FeedRefused(
        f"The feed “{feed.title}” is switched off, so nothing is taken in by it. "
        + (lacking or "Switch it on first.")
    )


def missing_from(feed: Feed, said: Governance) -> tuple[Requirement, ...]:
    """What is missing before a feed of which this is said can be switched on."""
    return missing(said, kind=AgencyKind(feed.agency.kind), source=feed.source, today=today())


def governance_of(feed: Feed) -> Governance:
    """What is stated of a feed, as the rules of the kernel read it."""
    said = {name: getattr(feed, name) for name in Governance.__dataclass_fields__}
    return Governance(**said | {"cohort": Cohort(feed.cohort) if feed.cohort else None})
