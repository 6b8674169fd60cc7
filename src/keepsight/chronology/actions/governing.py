"""Stating what governs a feed, and switching it on and off."""

from keepsight.access.clock import now, today
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.chronology.governance import FeedRefused, governance_of, missing_from
from keepsight.chronology.models import Feed
from keepsight.kernel.feed_senders import sender_of
from keepsight.kernel.feeds import UNMATCHED, Cohort, Governance, waiting_days
from keepsight.kernel.vocabulary.agencies import AgencyKind


@action
def add_feed(
    *,
    by: Actor,
    key: str,
    title: str,
    agency_id: int,
    source: str,
    rhythm_days: int | None = None,
) -> Feed:
    """Make a feed, switched off and not yet governed. Raises `FeedRefused` for a key again."""
    if Feed.objects.filter(key=key).exists():
        raise FeedRefused("There is a feed of this name already. Choose another name.")
    feed: Feed = Feed.objects.create(
        key=key, title=title, agency_id=agency_id, source=source, rhythm_days=rhythm_days
    )
    record(by=by, notes=[Note(act=Act.WRITE, what=f"feed {key}")])
    return feed


@action
def govern_feed(
    *, by: Actor, feed: Feed, governance: Governance, reduces_codes: bool = False
) -> Feed:
    """State what governs a feed. One that is switched on must stay complete."""
    if feed.state == Feed.State.ON:
        _refuse_incomplete(feed, governance)
    for name in Governance.__dataclass_fields__:
        setattr(feed, name, getattr(governance, name))
    feed.cohort = governance.cohort.value if governance.cohort else ""
    feed.reduces_codes = reduces_codes
    _settle(feed)
    feed.save()
    said = f"governance of feed {feed.key}: {feed.cohort or 'no cohort'}"
    record(by=by, notes=[Note(act=Act.WRITE, what=said, purpose=feed.purpose)])
    return feed


@action
def switch_on(*, by: Actor, feed: Feed) -> Feed:
    """Let deliveries in. Raises `FeedRefused` with a sentence for each thing that is missing."""
    _refuse_incomplete(feed, governance_of(feed))
    return _switch(by, feed, Feed.State.ON, "")


@action
def switch_off(*, by: Actor, feed: Feed, because: str) -> Feed:
    """Let nothing in any more, with a reason. What was taken in stays, by its cohort."""
    if not because.strip():
        raise FeedRefused("Say why the feed is switched off.")
    return _switch(by, feed, Feed.State.OFF, because.strip())


@action
def hold_unassigned(*, by: Actor, feed: Feed) -> Feed:
    """Take in what nobody has assigned: shown to nobody, and purged if it matches nobody."""
    if feed.state == Feed.State.HOLDING:
        return feed
    feed.cohort = Cohort.KNOWN.value
    _settle(feed)
    return _switch(by, feed, Feed.State.HOLDING, "Nobody has said whose it is.")


def _refuse_incomplete(feed: Feed, said: Governance) -> None:
    if found := missing_from(feed, said):
        sentences = " ".join(each.sentence for each in found)
        raise FeedRefused(f"The feed “{feed.title}” cannot be switched on. {sentences}")


def _settle(feed: Feed) -> None:
    """What follows from who sends: whether it makes a child known, and how long it may wait."""
    feed.vouches = sender_of(AgencyKind(feed.agency.kind), feed.source).vouches
    feed.unmatched_days = waiting_days(UNMATCHED, today())


def _switch(by: Actor, feed: Feed, state: str, because: str) -> Feed:
    if feed.state != state:
        feed.switched = now()
    feed.state = state
    feed.switched_because = because
    feed.save()
    said = f"feed {feed.key}: {Feed.State(state).label}"
    record(by=by, notes=[Note(act=Act.WRITE, what=said, reason=because)])
    return feed
