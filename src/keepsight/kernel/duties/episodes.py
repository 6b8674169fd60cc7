"""Which records are of one and the same missing episode.

The police and a council's looked-after return both record a child who goes missing, in their own
words and to their own precision. That is one return, and so one interview to hold.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from keepsight.kernel.calendar import end_of_day
from keepsight.kernel.vocabulary.events import Event

SAME_RETURN = timedelta(hours=24)
"""How far apart two agencies may put the end of one episode (local practice; no source)."""

Episode = tuple[Event, ...]


def episodes(records: Iterable[Event]) -> tuple[Episode, ...]:
    """Ended missing records, grouped into episodes; each record is in exactly one.

    Records agree if their periods overlap, or if two agencies put their ends within 24 hours. One
    agency's records that do not overlap are two episodes and never share a group, whatever a third
    record says. Precise records are placed first, and a record joins the group with all of whose
    members it agrees and whose ends are nearest.
    """
    groups: list[Episode] = []
    for record in sorted(records, key=_precise_first):
        fitting = [group for group in groups if all(_agree(record, other) for other in group)]
        if fitting:
            nearest = min(fitting, key=lambda group: min(_apart(record, other) for other in group))
            groups[groups.index(nearest)] = (*nearest, record)
        else:
            groups.append((record,))
    return tuple(groups)


def latest_return(episode: Episode) -> Event:
    """The record whose return counts: the latest precise one, or else the latest by its day."""
    precise = [record for record in episode if not record.day_only]
    return max(precise or episode, key=lambda record: (_end(record)[1], record.id))


def _precise_first(record: Event) -> tuple[bool, datetime, datetime, str]:
    return (record.day_only, _end(record)[1], record.occurred, record.id)


def _end(record: Event) -> tuple[datetime, datetime]:
    """Between which two times the child came back; one and the same where it is known."""
    if record.occurred_until is None or record.last_day is None:
        raise ValueError(f"The missing episode {record.id} has not ended, so it has no return.")
    until = record.occurred_until.astimezone(UTC)
    return (until, end_of_day(record.last_day).astimezone(UTC) if record.day_only else until)


def _apart(one: Event, other: Event) -> timedelta:
    (first, first_latest), (second, second_latest) = _end(one), _end(other)
    return max(timedelta(0), second - first_latest, first - second_latest)


def _agree(one: Event, other: Event) -> bool:
    if one.occurred <= _end(other)[1] and other.occurred <= _end(one)[1]:
        return True
    return one.agency != other.agency and _apart(one, other) <= SAME_RETURN
