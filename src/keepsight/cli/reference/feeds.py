"""The page of feeds: what each must state, who may send which cohort, how its health is told."""

from collections.abc import Iterable

from keepsight.cli.reference.markdown import cited, in_words, period, spaced, table, yes
from keepsight.kernel.feed_health import RULES
from keepsight.kernel.feed_senders import GATEWAYS, SENDERS
from keepsight.kernel.feeds import (
    COHORT_MEANINGS,
    IN_QUARANTINE,
    REQUIREMENTS,
    UNMATCHED,
    Cohort,
    WaitingTime,
)

TITLE = "Feeds"
ABOUT = (
    "What must be stated of a feed before anything is taken in by it, which children’s records of "
    "it may stand and for how long, and what is looked for in how it comes."
)
HOW_TO = "[How to switch on a feed](../../how-to/switch-on-a-feed.md) goes through it in order."


def body() -> str:
    return "\n".join(
        (f"{HOW_TO}\n", _cohorts(), _asked(), _senders(), _gateways(), _times(), _health())
    )


def _cohorts() -> str:
    rows = ((f"`{each}`", each.in_words, COHORT_MEANINGS[each]) for each in Cohort)
    return f"## Cohorts\n\n{table(('Name', 'Which', 'What it means'), rows)}"


def _asked() -> str:
    rows = (
        (spaced(each.name), each.sentence, _sourced(each.source, each.mark))
        for each in REQUIREMENTS
    )
    heading = ("What is asked", "What is said without it", "Source")
    return f"## What must be stated\n\n{table(heading, rows)}"


def _senders() -> str:
    rows = (
        (
            each.title,
            Cohort(each.may[0]).in_words,
            ", ".join(Cohort(name).in_words for name in each.may),
            yes(each.vouches),
            f"{each.because} ({in_words(each.mark)})",
        )
        for each in SENDERS
    )
    heading = ("Sender", "Usual cohort", "May send", "Makes a child known to others", "Why")
    return f"## Who may send which cohort\n\n{table(heading, rows)}"


def _gateways() -> str:
    rows = (
        (each.citation, each.allows, yes(each.whole_register), in_words(each.mark))
        for each in GATEWAYS
    )
    heading = ("Law", "What it allows", "Carries a register of every pupil", "How far confirmed")
    return (
        "## Gateways\n\nAnother law may be named. It then carries no register of every pupil. Each "
        f"controller confirms its own.\n\n{table(heading, rows)}"
    )


def _times() -> str:
    named: Iterable[tuple[str, WaitingTime]] = (
        *(("A record that matches no child who is known", each) for each in UNMATCHED),
        *(("A row in quarantine, of a feed of all children", each) for each in IN_QUARANTINE),
    )
    rows = (
        (
            what,
            f"{each.days} days",
            period(each.in_force_from, each.in_force_until),
            _sourced(each.source, each.mark),
        )
        for what, each in named
    )
    heading = ("What", "May be kept", "In force", "Source")
    return (
        "## How long what matches nobody may be kept\n\nA row in quarantine of any other feed has "
        f"as long as a record has to match.\n\n{table(heading, rows)}"
    )


def _health() -> str:
    rows = (
        (
            each.title,
            each.severity.in_words,
            yes(each.told),
            f"{each.limit:g}",
            _sourced(each.source, each.mark),
        )
        for each in RULES
    )
    heading = ("What is looked for", "How much it matters", "All of the area are told", "From")
    return f"## How a feed stands\n\n{table((*heading, 'Source'), rows)}"


def _sourced(source: str, mark: str) -> str:
    return f"{_plain(source)}: {in_words(mark)}"


def _plain(source: str) -> str:
    """A source without its row in notes that are not kept here."""
    return cited("; ".join(each for each in source.split("; ") if "domain.md" not in each))
