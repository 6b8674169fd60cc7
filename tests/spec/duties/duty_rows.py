"""One row of the duties' specification: what happened, and what is then owed. Docs render it."""

from dataclasses import dataclass
from datetime import datetime

from keepsight.kernel.calendar import LONDON
from keepsight.kernel.duties import Duty, State
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.events import Event

COUNCIL, POLICE, OTHER_COUNCIL = 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An obligation that a row expects; times are London's, `why` where it is said."""

    start: str
    started: str
    due: str
    state: State
    stop: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A case in one line of English, its events, the time of asking, and what is owed."""

    case: str
    duty: Duty
    happened: tuple[Event, ...]
    now: str
    owed: tuple[Owed, ...]


def london(text: str) -> datetime:
    """“2026-03-08 21:40”, or “2026-03-08” for the start of that day."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def fact(
    id: str, content: Content, when: str, until: str | None = None, *, agency: int = COUNCIL
) -> Event:
    """An event; a `when` without a time of day makes it one of days only."""
    return Event(
        id=id,
        subject=agency,
        agency=agency,
        occurred=london(when),
        received=london(until or when),
        content=content,
        occurred_until=london(until) if until else None,
        day_only=len(when) == len("2026-03-08"),
    )
