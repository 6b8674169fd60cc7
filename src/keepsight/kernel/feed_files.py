"""The files of a feed as its health is told from them: how many rows, and which file is like which.

One delivery can be several files (a return in tables). A file is compared with the last of its own
kind, which is its name without what changes from time to time: numbers, terms and months.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_CHANGES = re.compile(
    r"\d+|autumn|spring|summer|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|[^a-z]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One file that came: its kind, the day, its rows, and whether it could not be taken in."""

    kind: str
    day: date
    rows: int
    quarantined: int = 0
    refused: bool = False


def kind_of_file(filename: str) -> str:
    """What stays the same in the names of files that come again and again."""
    return " ".join(_CHANGES.sub(" ", filename.casefold()).split())


def latest_of_each(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """The last file of each kind, in the order in which the kinds first came."""
    return list({each.kind: each for each in sorted(arrivals, key=_day)}.values())


def share_of(arrival: Arrival) -> float:
    """Which share of a file's rows could not be used."""
    return arrival.quarantined / arrival.rows if arrival.rows else 0.0


def _day(arrival: Arrival) -> date:
    return arrival.day
