"""The page of indicators, and the shape of one, which the page of cohorts uses too."""

from collections.abc import Sequence

from keepsight.cli.reference.markdown import cited, in_words, period, table
from keepsight.cli.reference.rules import rule_in_words
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.indicator import Indicator, Threshold

TITLE = "Indicators"
ABOUT = (
    "Every rule that can raise an alert. An alert never says how likely anything is: it says what "
    "happened, why that matters, and what to ask. No alert is not a sign that all is well."
)
HEADING = ("Number", "What it is", "In force", "Source", "How far confirmed")


def body() -> str:
    return "\n".join(section(indicator) for indicator in CATALOGUE)


def section(indicator: Indicator) -> str:
    """One indicator: its words, its rule, and each number in it with its source and mark."""
    return (
        f"## {indicator.title}\n\n"
        f"`{indicator.code}`, version {indicator.version}, in force "
        f"{period(indicator.in_force_from, indicator.in_force_until)}. "
        f"{_numbers_confirmed(indicator.thresholds)}\n\n"
        f"**Asks:** {indicator.question}\n\n"
        f"**Why it matters:** {indicator.reason}\n\n"
        f"**What it can mean:** {indicator.concern.in_words.lower()}.\n\n"
        f"**Source:** {cited(indicator.source)} ({in_words(indicator.mark)}).\n\n"
        f"**Met when:**\n\n{rule_in_words(indicator.rule)}\n"
        f"{thresholds_table(indicator.thresholds)}\n"
        f"**What would change it:** {indicator.changes}\n"
    )


def thresholds_table(thresholds: Sequence[Threshold]) -> str:
    return table(HEADING, map(_threshold, thresholds))


def _numbers_confirmed(thresholds: Sequence[Threshold]) -> str:
    """Said before the first number is: the title and the rule state them too."""
    marks = dict.fromkeys(in_words(threshold.mark) for threshold in thresholds)
    return f"Its numbers: {'; '.join(marks) or 'none'}."


def _threshold(threshold: Threshold) -> tuple[str, ...]:
    return (
        f"{threshold.value} {threshold.unit}",
        threshold.meaning,
        period(threshold.in_force_from, threshold.in_force_until),
        cited(threshold.source),
        in_words(threshold.mark),
    )
