"""A page for each indicator, an index of them, and the shape that the page of cohorts uses too."""

from collections.abc import Sequence

from keepsight.cli.reference.cases import Case, cases_of
from keepsight.cli.reference.markdown import cited, in_words, page, period, table
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.indicator import Indicator, Threshold
from keepsight.kernel.indicators.nodes import Truth
from keepsight.kernel.indicators.sentences import lines, sentence
from keepsight.kernel.indicators.whose_data import whose_data

TITLE = "Indicators"
ABOUT = (
    "Every rule that can raise an alert. An alert never says how likely anything is: it says what "
    "happened, why that matters, and what to ask. No alert is not a sign that all is well."
)
HEADING = ("Number", "What it is", "In force", "Source", "How far confirmed")
FOLDER = "indicators"
INDEX = f"{FOLDER}/README.md"
EXAMPLES = (
    "Each table is one child’s events and what becomes of them. It is also the test of the rule: "
    "every engine is put to it. Days are counted from the day that is asked about."
)


OF_OTHERS = (
    "An event with a letter before it, such as “B: s1”, is of another child: it is never evidence, "
    "and no alert tells of it."
)


def pages() -> dict[str, str]:
    """The index and a page an indicator, by their names in the reference."""
    made = {f"{FOLDER}/{each.code}.md": _page(each) for each in CATALOGUE}
    return {INDEX: page(TITLE, ABOUT, _index()), **made}


def section(indicator: Indicator) -> str:
    """What one of several indicators on a page says, under its own heading."""
    return f"## {indicator.title}\n\n{_standing(indicator)}\n\n{_body(indicator)}"


def thresholds_table(thresholds: Sequence[Threshold]) -> str:
    return table(HEADING, map(_threshold, thresholds))


def rule_as_list(rule: Truth) -> str:
    """When a rule is met: one line, or a line with a numbered list under it."""
    first, *rest = lines(sentence(rule))
    items = [
        f"{'   ' * (each.depth - 1)}{each.number.split('.')[-1]}. {each.text}" for each in rest
    ]
    return "\n".join([first.text, "", *items]).rstrip() + "\n"


def _index() -> str:
    rows = [
        (
            f"[{each.title}]({each.code}.md)",
            f"`{each.code}`",
            "; ".join(whose_data(each)),
            in_words(each.mark),
        )
        for each in CATALOGUE
    ]
    return table(("Indicator", "Code", "Whose data it reads", "How far its source is read"), rows)


def _page(indicator: Indicator) -> str:
    found = cases_of(indicator.code)
    cases = "\n".join(map(_case, found))
    about = f"{EXAMPLES} {OF_OTHERS}" if any(each.names_others for each in found) else EXAMPLES
    examples = f"\n## Examples\n\n{about}\n\n{cases}" if cases else ""
    return page(indicator.title, _standing(indicator), _body(indicator) + examples)


def _standing(indicator: Indicator) -> str:
    """Its code and time, and how far its numbers are confirmed: the rule and title state them."""
    marks = dict.fromkeys(in_words(threshold.mark) for threshold in indicator.thresholds)
    return (
        f"`{indicator.code}`, version {indicator.version}, in force "
        f"{period(indicator.in_force_from, indicator.in_force_until)}. "
        f"Its numbers: {'; '.join(marks) or 'none'}. Author: {indicator.author}."
        + "".join(
            f" Version {each.version}, of {each.made}: {each.what}" for each in indicator.history
        )
    )


def _body(indicator: Indicator) -> str:
    """An indicator’s words, its rule, and each number in it with its source and mark."""
    return (
        f"**Asks:** {indicator.question}\n\n"
        f"**Why it matters:** {indicator.reason}\n\n"
        f"**Read together with:** {indicator.concern.in_words.lower()}.\n\n"
        f"**What it can mean:** {indicator.standing.in_words.lower()}.\n\n"
        f"**Source:** {cited(indicator.source)} ({in_words(indicator.mark)}).\n\n"
        f"**Whose data it reads:** {'; '.join(whose_data(indicator))}.\n\n"
        f"**Met when:** {rule_as_list(indicator.rule)}\n"
        f"{thresholds_table(indicator.thresholds)}\n"
        f"**What would change it:** {indicator.changes}\n"
    )


def _case(case: Case) -> str:
    verdict = f"Met by: {', '.join(case.met_by)}." if case.met_by else "Not met."
    return f"### {case.title}\n\n{table(case.columns, case.rows)}\n**{verdict}**\n"


def _threshold(threshold: Threshold) -> tuple[str, ...]:
    return (
        f"{threshold.value} {threshold.unit}",
        threshold.meaning,
        period(threshold.in_force_from, threshold.in_force_until),
        cited(threshold.source),
        in_words(threshold.mark),
    )
