"""What a try of a definition on a made-up county came to, for a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from keepsight.cli.county_events import CountyEvents, Tell
from keepsight.cli.reference.markdown import day as day_in_words
from keepsight.cli.trying_indicators import Tried
from keepsight.kernel.indicators.indicator import Indicator

CANNOT_SHOW = (
    "Records are linked as they would be on that day, with nobody to decide what is asked, and"
    " every agency is taken to share what is not closely held. A made-up county shows what a rule"
    " does there, not what it would find among real children."
)


@contextmanager
def progress() -> Iterator[Tell]:
    """A bar while files are read and weeks judged, gone when they are."""
    columns = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bars:
        bar = bars.add_task("", total=None)
        yield lambda step, at, of: bars.update(bar, description=step, completed=at, total=of)


def text_of(indicator: Indicator, tried: Tried, events: CountyEvents) -> str:
    """How many children meet it on the day, what it would have raised, and what this rests on."""
    last = tried.met[-1][0]
    return "\n".join(
        [
            f"{indicator.title} ({indicator.code}, version {indicator.version})",
            f"{len(tried.last):,} of {events.children:,} children whom the agencies know meet it on"
            f" {day_in_words(last)}.",
            _raised(tried),
            f"Read: {events.files:,} files, {events.facts:,} facts of the kinds that it reads, and"
            f" {events.weeks:,} pupil-weeks. {events.unread:,} files were left or refused.",
            CANNOT_SHOW,
        ]
    )


def _raised(tried: Tried) -> str:
    if not tried.raised:
        return "The county is too young on that day to count alerts by the week."
    total, weeks = sum(count for _, count in tried.raised), len(tried.raised)
    if not total:
        return f"In the {weeks} weeks up to then it would have raised no alert."
    most, busiest = max((count, day) for day, count in tried.raised)
    alerts = "1 alert" if total == 1 else f"{total:,} alerts"
    return (
        f"In the {weeks} weeks up to then it would have raised {alerts}: {total / weeks:.1f} a"
        f" week, at most {most:,} in one (up to {day_in_words(busiest)})."
    )
