"""Why an obligation stands where it does, in plain English. Times are those of London."""

from datetime import UTC, date, datetime, timedelta

from keepsight.kernel.calendar import LONDON
from keepsight.kernel.duties.duty import Duty, Mention, Moment, Stop, Unit
from keepsight.kernel.duties.obligation import State
from keepsight.kernel.vocabulary.events import Event

ONE_DAY = timedelta(days=1)


def why(
    duty: Duty,
    start: Event,
    day: date,
    due: datetime,
    state: State,
    found: tuple[Event, Stop] | None,
    named: list[tuple[Event, Mention]],
    now: datetime,
) -> str:
    """The reason for a state, with what was done that does not stop the clock."""
    if state is State.MET_UNDATED and duty.undated:
        return duty.undated.why
    beginning = f"{duty.starts.phrase} on {_start_said(duty, start, day)}"
    if found is None:
        opening = _open_said(duty, state, due, now)
        parts = [f"{opening}: {duty.missing} since {beginning}.", *_named_said(named)]
    elif state is State.MET:
        parts = [f"Met: {_stop_said(found)}, within {duty.limit} of {beginning}.", found[1].note]
    else:
        late = _late_by(duty, due, found[0].occurred)
        parts = [
            f"Late by {late}: {_stop_said(found)}; after {beginning} it was due {_due(duty, due)}.",
            found[1].note,
            *_named_said(named),
        ]
    return " ".join(part for part in parts if part)


def _open_said(duty: Duty, state: State, due: datetime, now: datetime) -> str:
    if state is State.DUE:
        return f"Due {_due(duty, due)}"
    in_hours = duty.limit.unit is Unit.HOURS
    since = _time(due) if in_hours else _day(_london(due).date() + ONE_DAY)
    return f"Overdue since {since}, {_late_by(duty, due, now)}"


def _due(duty: Duty, due: datetime) -> str:
    if duty.limit.unit is Unit.HOURS:
        return f"by {_time(due)}"
    return f"by the end of {_day(_london(due).date())}"


def _late_by(duty: Duty, due: datetime, moment: datetime) -> str:
    """Limits in hours are late by whole days of 24 hours, limits in days by days begun."""
    if duty.limit.unit is not Unit.HOURS:
        return _counted((_london(moment).date() - _london(due).date()).days, "day")
    late = moment.astimezone(UTC) - due.astimezone(UTC)
    if late >= ONE_DAY:
        return _counted(late // ONE_DAY, "day")
    hours = late // timedelta(hours=1)
    return _counted(hours, "hour") if hours else "less than an hour"


def _start_said(duty: Duty, start: Event, day: date) -> str:
    if not start.day_only:
        ended = duty.starts.moment is Moment.ENDED
        return _time((start.occurred_until if ended else None) or start.occurred)
    if duty.limit.unit is Unit.HOURS:
        return f"{_day(day)} (no time is recorded, so the hours run from the end of that day)"
    return _day(day)


def _stop_said(found: tuple[Event, Stop]) -> str:
    return f"{found[1].phrase} on {_when(found[0])}"


def _named_said(named: list[tuple[Event, Mention]]) -> list[str]:
    """One sentence an event; why it does not stop the clock is said once, at the last of a kind."""
    last = {mention.why_not: index for index, (_, mention) in enumerate(named)}
    return [
        _mention_said(event, mention)
        + (f"; {mention.why_not}." if last[mention.why_not] == index else ".")
        for index, (event, mention) in enumerate(named)
    ]


def _mention_said(event: Event, mention: Mention) -> str:
    added = [words for answer, words in mention.adds if answer.given_by(event.content)]
    return " ".join([f"{mention.phrase} on {_when(event)}", *added])


def _when(event: Event) -> str:
    return _day(event.day) if event.day_only else _time(event.occurred)


def _london(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def _time(moment: datetime) -> str:
    return f"{_day(_london(moment).date())} at {_london(moment):%H:%M}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
