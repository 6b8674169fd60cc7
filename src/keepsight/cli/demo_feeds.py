"""Taking a made-up county's deliveries in, each on the day on which it was received."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time

from keepsight.audit.actor import system
from keepsight.chronology.queries import feed_by_key
from keepsight.intake.actions import Outcome, take_in
from keepsight.intake.files import head_of
from keepsight.intake.reading.reader import Reader
from keepsight.intake.recognise import source_for
from keepsight.intake.rows import LeftFormat, UnknownFormat
from keepsight.kernel.calendar import LONDON
from keepsight.synthetic import County, Delivery

LOADER = system("demo load")
MORNING = time(6)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of each delivery: its outcomes, or by source, how many were left unread for their
    format, and how many are known and left.
    """

    outcomes: list[tuple[Delivery, Outcome]] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)


def take_in_all(county: County, tell: Callable[[str], None]) -> TakenIn:
    """Take every delivery in, in order; `tell` hears of the source of each when it is done."""
    with Reader() as reader:
        return _take_in_all(county, tell, reader)


def _take_in_all(county: County, tell: Callable[[str], None], reader: Reader) -> TakenIn:
    sources, taken = {feed.key: feed.source for feed in county.feeds}, TakenIn()
    for delivery in county.deliveries:
        source, feed = sources[delivery.feed], feed_by_key(delivery.feed)
        received = datetime.combine(delivery.received, MORNING, tzinfo=LONDON)
        try:
            if feed is None:
                raise UnknownFormat(source)
            with delivery.path.open("rb") as file:
                source_for(delivery.path.name, head_of(file))
            for outcome in take_in(
                by=LOADER, feed=feed, path=delivery.path, reader=reader, received=received
            ):
                taken.outcomes.append((delivery, outcome))
        except LeftFormat:
            taken.left[source] += 1
        except UnknownFormat:
            taken.unread[source] += 1
        tell(source)
    return taken
