"""How a feed stands: what is late, missing, shrunk or faulty, each in a plain sentence.

A feed's rhythm is in days. For what schools send, days of the holidays do not count, as far as
the registers of the area tell. Nothing here knows of a child.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from keepsight.kernel.feed_calendar import counted_days, weeks_expected
from keepsight.kernel.feed_files import Arrival, latest_of_each, share_of
from keepsight.kernel.feed_state import (
    LEAST_ROWS,
    WEEK,
    WITHIN,
    FeedFacts,
    HealthRule,
    Severity,
    Trouble,
    days_late,
)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _late(facts: FeedFacts, today: date, limit: float) -> str | None:
    late = days_late(facts, today)
    if late < limit:
        return None
    outside = " outside the school holidays" if facts.school else ""
    rhythm = f"It should come every {_days(facts.rhythm_days or 0)}{outside}"
    if facts.last is None:
        return f"Nothing has come yet. {rhythm} and is {_days(late)} late."
    return f"Nothing has come since {_said(facts.last)}. {rhythm} and is {_days(late)} late."


def _off(facts: FeedFacts, today: date, limit: float) -> str | None:
    if facts.on or facts.last is None:
        return None
    when = f" since {_said(facts.since)}" if facts.since else ""
    return f"It is switched off{when}, so nothing new comes. It last came on {_said(facts.last)}."


def _failed(facts: FeedFacts, today: date, limit: float) -> str | None:
    failed = [each for each in latest_of_each(facts.arrivals) if each.refused]
    if len(failed) < limit:
        return None
    newest = max(failed, key=lambda each: each.day)
    rest = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
    return f"The file of {_said(newest.day)} could not be taken in{rest}."


def _shrunk(facts: FeedFacts, today: date, limit: float) -> str | None:
    for now, before in _pairs(facts):
        if before.rows >= LEAST_ROWS and now.rows <= before.rows * limit:
            rows = "1 row" if now.rows == 1 else f"{now.rows:,} rows"
            return (
                f"The file of {_said(now.day)} has {rows}, and the one before it, of "
                f"{_said(before.day)}, had {before.rows:,}."
            )
    return None


def _jumped(facts: FeedFacts, today: date, limit: float) -> str | None:
    for now, before in _pairs(facts):
        share, earlier = share_of(now), share_of(before)
        if now.rows >= LEAST_ROWS and share >= limit and share >= 2 * earlier:
            return (
                f"Of the file of {_said(now.day)}, {share:.0%} of the rows could not be used; of "
                f"the one before it, {earlier:.0%}."
            )
    return None


def _gaps(facts: FeedFacts, today: date, limit: float) -> str | None:
    if not facts.register or not facts.weeks:
        return None
    first = max(min(facts.weeks), today - timedelta(weeks=WITHIN))
    wanted = weeks_expected(first, max(facts.weeks), facts.open_weeks)
    lacking = [monday for monday in wanted if monday not in facts.weeks]
    if len(lacking) < limit:
        return None
    named = ", ".join(_said(monday) for monday in lacking[:4])
    more = f" and {len(lacking) - 4} more" if len(lacking) > 4 else ""
    weeks = "the week" if len(lacking) == 1 else f"{len(lacking)} weeks, those"
    return f"There are no marks for {weeks} of {named}{more}, though other schools were open."


def _silences(facts: FeedFacts, today: date, limit: float) -> str | None:
    if facts.rhythm_days is None or facts.register:
        return None
    days = sorted({each.day for each in facts.taken_in})
    open_weeks = facts.open_weeks if facts.school else None
    for before, after in pairwise(days):
        recent = after >= today - timedelta(weeks=WITHIN)
        plain = facts.rhythm_days >= WEEK
        if recent and counted_days(before, after, open_weeks, plain=plain) > (
            facts.rhythm_days * limit
        ):
            return f"Nothing came between {_said(before)} and {_said(after)}."
    return None


def _unreviewed(facts: FeedFacts, today: date, limit: float) -> str | None:
    if facts.review_by is None or facts.review_by >= today:
        return None
    return f"Its impact assessment should have been reviewed by {_said(facts.review_by)}."


def _no_rhythm(facts: FeedFacts, today: date, limit: float) -> str | None:
    if not facts.on or facts.rhythm_days is not None:
        return None
    return "Nobody has said how often it should come, so it can never be late."


def _pairs(facts: FeedFacts) -> Iterator[tuple[Arrival, Arrival]]:
    """The latest file of each kind that was taken in, and the one before it."""
    for latest in latest_of_each(facts.taken_in):
        earlier = [
            each for each in facts.taken_in if each.kind == latest.kind and each.day < latest.day
        ]
        if earlier:
            yield latest, earlier[-1]


OWN = "Keepsight’s own setting"
RULES: tuple[HealthRule, ...] = (
    HealthRule(
        name="late",
        title="Late",
        severity=Severity.ACT,
        told=True,
        limit=1,
        source="The rhythm that the agency states",
        says=_late,
    ),
    HealthRule(
        name="off",
        title="Switched off",
        severity=Severity.ACT,
        told=True,
        limit=1,
        source=OWN,
        says=_off,
    ),
    HealthRule(
        name="failed",
        title="The last file could not be taken in",
        severity=Severity.ACT,
        told=True,
        limit=1,
        source=OWN,
        says=_failed,
    ),
    HealthRule(
        name="shrunk",
        title="Shrunk by half or more",
        severity=Severity.ACT,
        told=True,
        limit=0.5,
        source=OWN,
        notice="Its last file has half the rows of the one before it, or fewer.",
        says=_shrunk,
    ),
    HealthRule(
        name="weeks_missing",
        title="Weeks without marks",
        severity=Severity.LOOK,
        told=False,
        limit=1,
        source=OWN,
        says=_gaps,
    ),
    HealthRule(
        name="silence",
        title="A silence of twice its rhythm",
        severity=Severity.LOOK,
        told=False,
        limit=2,
        source=OWN,
        says=_silences,
    ),
    HealthRule(
        name="quarantine_jumped",
        title="Many more rows that could not be used",
        severity=Severity.LOOK,
        told=False,
        limit=0.05,
        source=OWN,
        says=_jumped,
    ),
    HealthRule(
        name="review_overdue",
        title="Impact assessment not reviewed",
        severity=Severity.LOOK,
        told=False,
        limit=1,
        source="UK GDPR Article 35(11)",
        says=_unreviewed,
    ),
    HealthRule(
        name="no_rhythm",
        title="No rhythm stated",
        severity=Severity.NOTE,
        told=False,
        limit=1,
        source=OWN,
        says=_no_rhythm,
    ),
)
"""Everything that is looked for, what matters most first."""


def told_late(facts: FeedFacts, today: date) -> tuple[str, ...]:
    """What all are told that turns on the day alone: the feed is late, or switched off."""
    return _told(facts, today, ("late", "off"))


def told_of_files(facts: FeedFacts, today: date) -> tuple[str, ...]:
    """What all are told that turns on the files: one failed, or shrank by half."""
    return _told(facts, today, ("failed", "shrunk"))


def _told(facts: FeedFacts, today: date, names: tuple[str, ...]) -> tuple[str, ...]:
    found = troubles(facts, today)
    return tuple(each.notice for each in found if each.rule.told and each.rule.name in names)


def troubles(facts: FeedFacts, today: date) -> tuple[Trouble, ...]:
    """What is wrong with a feed on a day, what matters most first; empty where all is well."""
    found = ((rule, rule.says(facts, today, rule.limit)) for rule in RULES)
    return tuple(Trouble(rule, sentence) for rule, sentence in found if sentence)
