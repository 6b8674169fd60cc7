"""What happens to single pupils, written over their marks: exclusion, missing, patterns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.happenings import AbsencePattern, Exclusion, Happenings, Missing
from keepsight.synthetic.schools.codes import (
    CLOSED,
    INDEX,
    PRESENT_AFTERNOON,
    PRESENT_MORNING,
    Marks,
)

R = TypeVar("R", AbsencePattern, Missing, Exclusion)

MORNING, AFTERNOON = time(9), time(13)
LONGEST_HOLIDAY = timedelta(days=21)
"""A suspension that begins in a holiday runs from the first day after it, if that is soon."""
WHOLE_DAY, AFTERNOONS = "day", "afternoon"


@dataclass(frozen=True, slots=True)
class Overlays:
    """What is written over the marks of each child, by the child's row in `People`."""

    patterns: dict[int, list[AbsencePattern]]
    missing: dict[int, list[Missing]]
    exclusions: dict[int, list[Exclusion]]

    @classmethod
    def of(cls, happenings: Happenings) -> "Overlays":
        return cls(
            patterns=_by_person(happenings.absence),
            missing=_by_person(happenings.missing),
            exclusions=_by_person(happenings.exclusions),
        )

    def write(
        self,
        taken: Marks,
        pupils: NDArray[np.int64],
        days: tuple[date, ...],
        rng: np.random.Generator,
    ) -> None:
        """Write over the marks of those pupils to whom something happened on these days."""
        concerned = {*self.patterns, *self.missing, *self.exclusions}
        for row in np.flatnonzero(np.isin(pupils, list(concerned))):
            person, own = int(pupils[row]), taken[:, row]
            for pattern in self.patterns.get(person, ()):
                _write_pattern(own, days, pattern, rng)
            for episode in self.missing.get(person, ()):
                _write_missing(own, days, episode)
            for exclusion in self.exclusions.get(person, ()):
                _write_exclusion(own, days, exclusion)


def _by_person(records: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for record in records:
        found.setdefault(record.person, []).append(record)
    return found


def _write_pattern(
    own: Marks, days: tuple[date, ...], pattern: AbsencePattern, rng: np.random.Generator
) -> None:
    """A share of days that grows to the end of the pattern, or is the same throughout."""
    length = max(1, (pattern.until - pattern.since).days)
    for number, day in enumerate(days):
        if not pattern.since <= day <= pattern.until or day.weekday() not in pattern.weekdays:
            continue
        grown = 0.3 + 0.7 * (day - pattern.since).days / length if pattern.rising else 1.0
        if rng.random() >= pattern.share * grown or own[number, 0] == CLOSED:
            continue
        mark = INDEX[pattern.marks[int(rng.integers(len(pattern.marks)))]]
        if pattern.part == WHOLE_DAY and mark != INDEX["U"]:
            own[number] = mark
        elif pattern.part == AFTERNOONS:
            own[number] = (PRESENT_MORNING, mark)
        else:
            own[number] = (mark, PRESENT_AFTERNOON)


def _write_missing(own: Marks, days: tuple[date, ...], episode: Missing) -> None:
    """Sessions that began while the child was missing: no reason known, then none accepted."""
    back = episode.back or datetime.combine(date.max, time.min)
    for number, day in enumerate(days):
        if not episode.left.date() <= day <= back.date() or own[number, 0] == CLOSED:
            continue
        late = (day - episode.left.date()).days > 1
        for session, begins in enumerate((MORNING, AFTERNOON)):
            if episode.left <= datetime.combine(day, begins) < back:
                own[number, session] = INDEX["O" if late else "N"]


def _write_exclusion(own: Marks, days: tuple[date, ...], exclusion: Exclusion) -> None:
    """Sessions of a suspension, from its first day; a permanent exclusion leaves the roll later."""
    first = next((n for n, day in enumerate(days) if day >= exclusion.start), None)
    if first is None or days[first] - exclusion.start > LONGEST_HOLIDAY:
        return
    for session in range(exclusion.sessions):
        day = first + session // 2
        if day < len(days) and own[day, 0] != CLOSED:
            own[day, session % 2] = INDEX["E"]
