"""An obligation: one running, or finished, instance of a duty."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where an obligation stands. `due` and `overdue` are open, the others are closed."""

    DUE = "due"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    MET_UNDATED = "met_undated"

    @property
    def is_open(self) -> bool:
        return self in (State.DUE, State.OVERDUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """A duty that one event started, and what the facts say about it.

    Times are aware, in UTC. `stopped` is when the clock stopped, never before `started`.
    `supporting` are the ids of every event that was read for this answer, the start and the stop
    among them.
    """

    duty: str
    version: int
    start_event: str
    started: datetime
    due: datetime
    state: State
    why: str
    stop_event: str | None = None
    stopped: datetime | None = None
    supporting: tuple[str, ...] = ()
