"""The clock: reads a child's events and says what a duty has asked for, and whether it was done.

A pure reading of facts: the same events and the same `now` always give the same obligations.
Where an agency gave a day and no time, the reading never alleges a lateness that the record does
not show: a stop counts from the start of its day, and a limit in hours from the end of its day.

Times are compared and given in UTC: Python compares two London times by their wall clocks, which
is an hour wrong across a change of the clocks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from keepsight.kernel.calendar import LONDON, add_hours, add_working_days, end_of_day
from keepsight.kernel.duties import reasons
from keepsight.kernel.duties.duty import Duty, Limit, Mention, Moment, Stop, Unit
from keepsight.kernel.duties.episodes import episodes, latest_return
from keepsight.kernel.duties.obligation import Obligation, State
from keepsight.kernel.vocabulary.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A clock that an event started, before it is asked whether it stopped."""

    start: Event
    records: tuple[Event, ...]
    day: date
    started: datetime
    due: datetime

    def reached_by(self, event: Event) -> bool:
        """Whether an event came at or after the start; by the day where either has no time."""
        if event.day_only or self.start.day_only:
            return event.day >= self.day
        return event.occurred >= self.started

    def stopped_at(self, event: Event) -> datetime:
        return max(event.occurred.astimezone(UTC), self.started)


def obligations(duty: Duty, events: Sequence[Event], now: datetime) -> tuple[Obligation, ...]:
    """What one version of a duty asks for one child, oldest first, as it stands at `now`.

    `events` are those of one child that are in force (no superseded ones), in any order; what
    happens after `now` is not read. Only clocks that started while the version was in force are
    answered for. A clock is stopped by the first stop at or after its start: so one interview
    stops the latest return before it and every earlier one still open, each met or late by its own
    due time, and an interview held before a return does not count for it.
    """
    now = now.astimezone(UTC)
    happened = [event for event in events if event.occurred <= now]
    clocks = sorted(_clocks(duty, happened, now), key=lambda clock: (clock.started, clock.start.id))
    return tuple(
        _answer(duty, clock, happened, now, _next_start(clock, clocks))
        for clock in clocks
        if duty.in_force(clock.day)
    )


def due_time(limit: Limit, day: date, started: datetime) -> datetime:
    """When a limit runs out; limits in days run out at the end of the day in London."""
    if limit.unit is Unit.HOURS:
        return add_hours(started, limit.amount)
    if limit.unit is Unit.WORKING_DAYS:
        return end_of_day(add_working_days(day, limit.amount))
    return end_of_day(day + timedelta(days=limit.amount))


def _clocks(duty: Duty, events: list[Event], now: datetime) -> Iterator[Running]:
    starts = [event for event in events if type(event.content) is duty.starts.content]
    if duty.starts.moment is Moment.ENDED:
        starts = [event for event in starts if event.occurred_until and event.occurred_until <= now]
    if duty.starts.one_per_episode:
        for episode in episodes(starts):
            yield _running(duty, latest_return(episode), episode)
    else:
        for start in starts:
            yield _running(duty, start, (start,))


def _running(duty: Duty, start: Event, records: tuple[Event, ...]) -> Running:
    ended = duty.starts.moment is Moment.ENDED
    moment = (start.occurred_until if ended else None) or start.occurred
    day = moment.astimezone(LONDON).date()
    counted_from_end = start.day_only and duty.limit.unit is Unit.HOURS
    started = (end_of_day(day) if counted_from_end else moment).astimezone(UTC)
    due = due_time(duty.limit, day, started).astimezone(UTC)
    return Running(start=start, records=records, day=day, started=started, due=due)


def _next_start(clock: Running, clocks: list[Running]) -> Running | None:
    same = [other for other in clocks if other.start.agency == clock.start.agency]
    return next((other for other in same if other.started > clock.started), None)


def _answer(
    duty: Duty, clock: Running, events: list[Event], now: datetime, following: Running | None
) -> Obligation:
    undated = duty.undated is not None and duty.undated.answer.given_by(clock.start.content)
    found = _first_stop(duty, clock, events, before=following if undated else None)
    named = _mentioned(duty, clock, events, until=found[0] if found else None)
    state = _state(clock, found, undated, now)
    return Obligation(
        duty=duty.code,
        version=duty.version,
        start_event=clock.start.id,
        started=clock.started,
        due=clock.due,
        state=state,
        why=reasons.why(duty, clock.start, clock.day, clock.due, state, found, named, now),
        stop_event=found[0].id if found else None,
        stopped=clock.stopped_at(found[0]) if found else None,
        supporting=_supporting(clock, found, named),
    )


def _state(clock: Running, found: tuple[Event, Stop] | None, undated: bool, now: datetime) -> State:
    if found:
        return State.MET if clock.stopped_at(found[0]) <= clock.due else State.LATE
    if undated:
        return State.MET_UNDATED
    return State.OVERDUE if now > clock.due else State.DUE


def _first_stop(
    duty: Duty, clock: Running, events: list[Event], before: Running | None
) -> tuple[Event, Stop] | None:
    """The first stop by its day; within a day in the order in which the duty lists its stops."""
    found = [
        (event.day, rank, event.occurred, event.id, event, stop)
        for event in events
        for rank, stop in enumerate(duty.stops)
        if _stops(duty, stop, clock, event) and not (before and before.reached_by(event))
    ]
    return min(found, key=lambda row: row[:4])[4:] if found else None


def _stops(duty: Duty, stop: Stop, clock: Running, event: Event) -> bool:
    return (
        type(event.content) is stop.content
        and not (stop.unless and stop.unless.given_by(event.content))
        and (event.agency == clock.start.agency or not duty.same_agency)
        and clock.reached_by(event)
    )


def _mentioned(
    duty: Duty, clock: Running, events: list[Event], until: Event | None
) -> list[tuple[Event, Mention]]:
    named = [
        (event, mention)
        for mention in duty.mentions
        for event in events
        if type(event.content) is mention.content
        and (mention.only_if is None or mention.only_if.given_by(event.content))
        and clock.reached_by(event)
        and (until is None or event.occurred <= until.occurred)
    ]
    return sorted(named, key=lambda pair: (pair[0].occurred, pair[0].id))


def _supporting(
    clock: Running, found: tuple[Event, Stop] | None, named: list[tuple[Event, Mention]]
) -> tuple[str, ...]:
    others = [record.id for record in clock.records] + [event.id for event, _ in named]
    stop = [found[0].id] if found else []
    return tuple(dict.fromkeys([clock.start.id, *others, *stop]))
