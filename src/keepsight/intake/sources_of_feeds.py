"""By which source a feed’s files are read: one of ours, or a mapping of the agency’s own."""

from keepsight.chronology.models import Feed
from keepsight.intake.mapping import MappedCSV
from keepsight.intake.mappings import mapping_of
from keepsight.intake.recognise import SOURCES
from keepsight.intake.rows import Source


def source_of(feed: Feed) -> Source | None:
    """The source that a feed names; none where there is no such source any more."""
    ours = next((each for each in SOURCES if each.name == feed.source), None)
    mapping = None if ours else mapping_of(feed)
    return MappedCSV(mapping) if mapping else ours
