"""Indicators as the command line shows them: as text for people, as data for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from keepsight.cli.reference.cases import Case, cases_of
from keepsight.cli.reference.markdown import cited, period
from keepsight.kernel.indicators.indicator import Indicator, Threshold
from keepsight.kernel.indicators.sentences import as_text, lines, sentence
from keepsight.kernel.indicators.whose_data import whose_data
from keepsight.kernel.indicators.written import as_data


def rule_in_words(indicator: Indicator) -> str:
    return as_text(sentence(indicator.rule))


def in_brief(indicator: Indicator) -> dict[str, Any]:
    """What a list says of an indicator."""
    return {
        "code": indicator.code,
        "version": indicator.version,
        "author": indicator.author,
        "title": indicator.title,
        "source": cited(indicator.source),
        "mark": indicator.mark.meaning,
        "in_force_from": indicator.in_force_from.isoformat(),
        "in_force_until": (
            indicator.in_force_until.isoformat() if indicator.in_force_until else None
        ),
    }


def in_full(indicator: Indicator) -> dict[str, Any]:
    """All that can be said of an indicator; `definition` is what a file would hold."""
    rule = lines(sentence(indicator.rule))
    return in_brief(indicator) | {
        "met_when": [{"number": line.number, "text": line.text} for line in rule],
        "whose_data": whose_data(indicator),
        "definition": as_data(indicator),
        "examples": [asdict(each) for each in cases_of(indicator.code)],
    }


def text_of(indicator: Indicator) -> str:
    """The same for a terminal."""
    return "\n".join(_lines(indicator)) + "\n"


def _lines(indicator: Indicator) -> Iterator[str]:
    yield indicator.title
    in_force = period(indicator.in_force_from, indicator.in_force_until)
    yield f"{indicator.code}, version {indicator.version}, in force {in_force}"
    yield f"Author: {indicator.author}"
    for change in indicator.history:
        yield f"Version {change.version}, of {change.made}: {change.what}"
    yield ""
    yield f"Met when: {rule_in_words(indicator)}"
    yield ""
    yield f"Asks: {indicator.question}"
    yield f"Why it matters: {indicator.reason}"
    yield f"Read together with: {indicator.concern.in_words.lower()}"
    yield f"What it can mean: {indicator.standing.in_words.lower()}"
    yield f"Source: {cited(indicator.source)} ({indicator.mark.meaning})"
    yield f"Whose data it reads: {'; '.join(whose_data(indicator))}"
    yield f"What would change it: {indicator.changes}"
    yield ""
    yield "Its numbers:"
    yield from map(_threshold, indicator.thresholds)
    for case in cases_of(indicator.code):
        yield ""
        yield from _case(case)


def _threshold(threshold: Threshold) -> str:
    source = f"{cited(threshold.source)}; {threshold.mark.meaning}"
    return f"  {threshold.value} {threshold.unit}: {threshold.meaning} ({source})"


def _case(case: Case) -> Iterator[str]:
    verdict = f"met by {', '.join(case.met_by)}" if case.met_by else "not met"
    yield f"Example, {verdict}: {case.title}"
    for name, title, began, ended, says, *agency in case.rows:
        end = f", ended {ended}" if ended else ""
        sender = f", from agency {agency[0]}" if agency else ""
        yield f"  {name}: {title}, began {began}{end}{sender}{f' ({says})' if says else ''}"
