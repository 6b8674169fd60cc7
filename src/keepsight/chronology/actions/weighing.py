"""Writing down what a feed's last files lack, when they come: the whole area is told of it."""

from collections.abc import Sequence

from keepsight.access.clock import today
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.feed_facts import facts_of
from keepsight.chronology.models import Feed
from keepsight.kernel.feed_health import told_of_files


@action
def weigh_feeds(*, by: Actor, feeds: Sequence[Feed] | None = None) -> int:
    """Say anew of these feeds, or of all, what their files lack; returns how many changed."""
    chosen = list(Feed.objects.select_related("agency")) if feeds is None else list(feeds)
    changed = 0
    for feed, facts in facts_of(chosen).items():
        said = list(told_of_files(facts, today()))
        if said != feed.shortfalls:
            feed.shortfalls = said
            changed += Feed.objects.filter(pk=feed.pk).update(shortfalls=said)
    return changed
