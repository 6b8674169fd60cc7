"""What became of files, and what a night found, as tables for a terminal."""

import resource
import sys
from collections import Counter
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from keepsight.chronology.actions.deliveries import RowCounts
from keepsight.chronology.actions.erasing import Purged
from keepsight.intake.actions import Outcome
from keepsight.jobs.night import NightDone
from keepsight.oversight.queries import standing

MOST_REASONS = 5
LEFT_OUT = "the feed is for existence only"


def print_outcomes(console: Console, outcomes: Sequence[Outcome]) -> None:
    """A row a file: rows read, and the five numbers that add up to it."""
    table = Table(
        title="What became of every row",
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=0,
        pad_edge=False,
    )
    table.add_column("file", overflow="fold")
    columns = ("rows read", "events", "unchanged", "superseded", "quarantined", "left out")
    for name in (*columns, "remarks"):
        table.add_column(name, justify="right", min_width=len(name))
    for each in outcomes:
        numbers = (*_numbers(each.counts), each.remarks)
        table.add_row(each.filename, *(f"{number:,}" for number in numbers))
    console.print(table)
    for each in outcomes:
        if each.refusal:
            say(console, f"{each.filename}: refused. {each.refusal}")
        if each.counts.left_out:
            say(console, f"  {each.filename}: {each.counts.left_out:,} left out: {LEFT_OUT}")
        for reason, count in each.reasons[:MOST_REASONS]:
            say(console, f"  {each.filename}: {count:,} quarantined: {reason}")
        if len(each.reasons) > MOST_REASONS:
            rest = sum(count for _, count in each.reasons[MOST_REASONS:])
            say(console, f"  {each.filename}: {rest:,} more, for other reasons")


def outcome_as_data(each: Outcome) -> dict[str, object]:
    """One file for another program, in a shape that stays the same: the counts add up to `read`."""
    counts = ("read", "events", "unchanged", "superseded", "quarantined", "left_out")
    return {
        "file": each.filename,
        "feed": each.feed,
        "format": each.source,
        "refused": each.refusal,
        "rows": dict(zip(counts, _numbers(each.counts), strict=True)),
        "remarks": each.remarks,
        "quarantined_by_reason": dict(each.reasons),
    }


def _numbers(counts: RowCounts) -> tuple[int, ...]:
    """Rows read, and the numbers that add up to it. An event is a row that said something new."""
    kept = (counts.new, counts.unchanged, counts.superseded)
    return (counts.read, *kept, counts.quarantined, counts.left_out)


def say(console: Console, sentence: str) -> None:
    """A sentence as it stands: what a file says is never read as markup, nor cut to a width."""
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def print_night(console: Console, done: NightDone) -> None:
    """What the nightly pass did, in sentences."""
    linked, detected, reckoned = done.linked, done.detected, done.reckoned
    for line in (
        f"{linked.records:,} records of agencies are believed to be {linked.children:,} children.",
        f"{detected.begun:,} alerts begun, {detected.ended:,} no longer met.",
        f"{reckoned.opened:,} obligations opened, {reckoned.changed:,} changed.",
    ):
        say(console, line)
    if done.purged.records:
        say(console, _purged(done.purged))
    if done.emptied:
        rows = counted(done.emptied, "row")
        say(console, f"{rows} in quarantine emptied that nobody put right in time.")
    if done.closed:
        say(console, f"{done.closed:,} accounts closed that nobody had used.")
    if done.snooping:
        say(console, f"{done.snooping:,} signs of snooping for governance leads to ask about.")


def _purged(gone: Purged) -> str:
    whose = "its feed’s cohort" if gone.records == 1 else "their feeds’ cohorts"
    return (
        f"{counted(gone.records, 'record')} stood outside {whose} for too long: "
        f"{counted(gone.events, 'event')} and {counted(gone.weeks, 'week')} erased, "
        f"{counted(gone.forgotten, 'record')} forgotten whole."
    )


def counted(number: int, what: str) -> str:
    """“1 row”, “2,000 rows”."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def peak_memory() -> str:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mebibytes = peak / 2**20 if sys.platform == "darwin" else peak / 2**10
    return f"{mebibytes:,.0f} MiB"


def totals(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes added up by the feed's format, for a demo's hundreds of files."""
    by_feed: dict[str, list[Outcome]] = {}
    for each in outcomes:
        by_feed.setdefault(each.source, []).append(each)
    return [_added(source, found) for source, found in sorted(by_feed.items())]


def _added(source: str, found: Sequence[Outcome]) -> Outcome:
    reasons: Counter[str] = Counter()
    for each in found:
        reasons.update(dict(each.reasons))
    refusals = [each.refusal for each in found if each.refusal]
    return Outcome(
        filename=f"{source} ({len(found)} files)",
        feed="",
        source=source,
        counts=RowCounts(
            new=sum(each.counts.new for each in found),
            unchanged=sum(each.counts.unchanged for each in found),
            superseded=sum(each.counts.superseded for each in found),
            quarantined=sum(each.counts.quarantined for each in found),
            left_out=sum(each.counts.left_out for each in found),
        ),
        events=sum(each.events for each in found),
        remarks=sum(each.remarks for each in found),
        reasons=tuple(reasons.most_common()),
        refusal=" ".join(refusals),
    )


def print_standing(console: Console) -> None:
    """What waits for somebody, by area: no child is named, so nothing is a sight."""
    table = Table(title="What waits for somebody", title_justify="left")
    for name in ("area", "alerts to read", "obligations overdue", "due", "action plan"):
        table.add_column(name, justify="left" if name in {"area", "action plan"} else "right")
    for line in standing():
        numbers = (line.alerts, line.overdue, line.due)
        table.add_row(line.area, *(f"{number:,}" for number in numbers), line.plan)
    console.print(table)
