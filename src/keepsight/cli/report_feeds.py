"""Feeds as a terminal shows them, and as JSON."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from keepsight.chronology.models import Feed
from keepsight.chronology.queries import lines_of
from keepsight.chronology.queries.governed import describe
from keepsight.cli.report import say


def print_feeds(feeds: Sequence[Feed]) -> None:
    """A row a feed."""
    table = Table(title="Feeds", title_justify="left")
    for name in ("key", "agency", "state", "cohort", "last received", "wrong"):
        table.add_column(name, justify="right" if name == "wrong" else "left")
    for feed, line in zip(feeds, lines_of(feeds), strict=True):
        last = line.last_received.isoformat() if line.last_received else "never"
        wrong = str(len(line.troubles)) if line.troubles else ""
        table.add_row(feed.key, line.agency, line.state, feed.cohort or "-", last, wrong)
    Console().print(table)


def print_feed(feed: Feed) -> None:
    """All that is stated of one feed, what is missing, how it stands, and what was purged."""
    console, found = Console(), describe(feed)
    say(console, f"{found.line.title} of {found.line.agency}: {found.line.state}.")
    for asked, said in (*found.stated, ("Cohort", found.cohort)):
        say(console, f"  {asked}: {said or 'not stated'}")
    codes = "reduced at the door" if found.reduces_codes else "kept as they are sent"
    say(console, f"  Attendance codes that tell of health, belief, travelling or crime: {codes}")
    for sentence in found.missing:
        say(console, f"Missing: {sentence}")
    for trouble in found.line.troubles:
        say(console, f"{trouble.rule.severity.in_words.capitalize()}: {trouble.sentence}")
    for each in found.purges:
        say(
            console,
            f"Purged {each.day.isoformat()}: {each.records:,} records, {each.events:,} events, "
            f"{each.weeks:,} weeks, {each.rows:,} rows, because {each.because}.",
        )


def print_health(feeds: Sequence[Feed]) -> None:
    """Only what is wrong, and of how many feeds nothing is."""
    console, lines = Console(), lines_of(feeds)
    for feed, line in zip(feeds, lines, strict=True):
        for trouble in line.troubles:
            words = trouble.rule.severity.in_words
            say(console, f"{feed.key} ({line.agency}), {words}: {trouble.sentence}")
    well = sum(not line.troubles for line in lines)
    say(console, f"Of {len(lines):,} feeds, nothing is known to be wrong with {well:,}.")


def health_as_json(feeds: Sequence[Feed]) -> str:
    """The same for another program: a list, one object a feed."""
    return json.dumps(
        [
            {
                "feed": feed.key,
                "title": line.title,
                "agency": line.agency,
                "state": feed.state,
                "rhythm_days": line.rhythm_days,
                "last_received": line.last_received.isoformat() if line.last_received else None,
                "days_late": line.days_late,
                "troubles": [
                    {
                        "rule": trouble.rule.name,
                        "severity": trouble.rule.severity.name.lower(),
                        "told_to_all": trouble.rule.told,
                        "says": trouble.sentence,
                    }
                    for trouble in line.troubles
                ],
            }
            for feed, line in zip(feeds, lines_of(feeds), strict=True)
        ],
        indent=2,
        ensure_ascii=False,
    )
