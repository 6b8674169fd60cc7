"""The page of what may be decided about an alert."""

from keepsight.cli.reference.markdown import cited, in_words, table
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Threshold
from keepsight.kernel.indicators.triage import (
    ANSWERED,
    DISMISSED,
    WATCHED,
    WAYS,
    Returns,
    Second,
    Way,
)

TITLE = "Alerts, and what may be decided about them"
ABOUT = (
    "A child has one open alert for each concern, whichever of its indicators are met. Whoever "
    "reads it decides, with a reason; this table says who must agree, and what brings it back."
)
HEADING = (
    "Decision",
    "Who must agree",
    "Who must agree where harm is recorded",
    "Comes back",
    "On the child’s timeline",
)
AGREES = {Second.NOBODY: "nobody", Second.READER: "a second person", Second.MANAGER: "a manager"}
RETURNS = {
    Returns.NEW_INDICATOR: "when another indicator of the concern is met",
    Returns.NEW_EVIDENCE: "when a new event meets it",
}


def body() -> str:
    limits = (WATCHED, ANSWERED, DISMISSED)
    concerns = [each for each in Concern if each is not Concern.COUNTED]
    return (
        f"## Concerns\n\n{table(('Concern', 'Its indicators'), map(_concern, concerns))}\n"
        f"## Decisions\n\n{table(HEADING, map(_way, WAYS.values()))}\n"
        "## Limits\n\nAn area may set less, and never more.\n\n"
        + table(("Limit", "What for", "Source", "How far confirmed"), map(_limit, limits))
    )


def _concern(concern: Concern) -> tuple[str, str]:
    titles = [each.title for each in CATALOGUE if each.concern is concern]
    return concern.in_words, "; ".join(titles)


def _way(way: Way) -> tuple[str, ...]:
    harm = AGREES[way.agreed_where_harm] if way.where_harm else "not offered"
    days = f", or after {way.until.value} days at most" if way.until else ""
    story = "yes" if way.in_story else "no"
    return way.title, AGREES[way.agreed], harm, RETURNS[way.returns] + days, story


def _limit(limit: Threshold) -> tuple[str, ...]:
    return (
        f"{limit.value} {limit.unit}",
        limit.meaning,
        cited(limit.source),
        in_words(limit.mark),
    )
