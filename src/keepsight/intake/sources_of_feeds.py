"""By which source a feed’s files are read."""

from keepsight.chronology.models import Feed
from keepsight.intake.recognise import SOURCES
from keepsight.intake.rows import Source


def source_of(feed: Feed) -> Source | None:
    """The source that a feed names; none where Keepsight has it no more."""
    return next((each for each in SOURCES if each.name == feed.source), None)
