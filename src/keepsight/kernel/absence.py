"""Spells of absence: runs of consecutive possible sessions that a pupil missed.

Sessions that were not possible (closures, study elsewhere) neither break a spell nor count.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from keepsight.kernel.vocabulary.attendance import AttendanceCode, Category
from keepsight.kernel.vocabulary.code_sets import UnknownCodeError
from keepsight.kernel.vocabulary.reduced_codes import stored_code_on


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellThreshold:
    """From how many sessions a run of absence is worth an event of its own (local practice)."""

    unauthorised_sessions: int
    absent_sessions: int
    in_force_from: date
    source: str


THRESHOLD = SpellThreshold(
    unauthorised_sessions=2,
    absent_sessions=10,
    in_force_from=date(2024, 8, 19),
    source="Keepsight’s own setting; SI 2024/208 reg 13 asks for returns at 10 and 15 days",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One run of absence, with the session that it began in and its last day."""

    first_day: date
    first_session: str
    last_day: date
    sessions: int
    unauthorised: int
    unexplained: int


@dataclass(frozen=True, slots=True)
class _Session:
    day: date
    session: str
    code: AttendanceCode


def academic_year_start(day: date) -> date:
    """The first of September on or before `day`; a spell is not carried over the summer."""
    year = day.year if day.month >= 9 else day.year - 1
    return date(year, 9, 1)


def spells(
    weeks: Iterable[tuple[date, str]], threshold: SpellThreshold = THRESHOLD
) -> tuple[Spell, ...]:
    """The spells in a pupil's weeks, oldest first: Mondays with twenty characters of marks."""
    told = (_spell(run) for run in _runs(weeks))
    return tuple(spell for spell in told if _worth_telling(spell, threshold))


def _runs(weeks: Iterable[tuple[date, str]]) -> Iterator[list[_Session]]:
    """Each run of absence, oldest first."""
    run: list[_Session] = []
    for monday, marks in weeks:
        for part in _of_week(monday, marks):
            if part:
                run += part
            elif run:
                yield run
                run = []
    if run:
        yield run


@lru_cache(maxsize=1 << 14)
def _of_week(monday: date, marks: str) -> tuple[tuple[_Session, ...], ...]:
    """The runs of absence in one week, and for each time that the pupil was there an empty one:
    most pupils’ weeks are the same few.
    """
    groups = groupby(_sessions(monday, marks), key=lambda session: session.code.absent)
    return tuple(tuple(sessions) if absent else () for absent, sessions in groups)


def _sessions(monday: date, marks: str) -> Iterator[_Session]:
    for place in range(10):
        mark = marks[place * 2 : place * 2 + 2].strip()
        day = monday + timedelta(days=place // 2)
        code = _known(mark, day)
        if code is not None and code.possible:
            yield _Session(day, "PM" if place % 2 else "AM", code)


def _known(mark: str, day: date) -> AttendanceCode | None:
    try:
        return stored_code_on(mark, day) if mark else None
    except UnknownCodeError:
        return None


def _spell(run: Sequence[_Session]) -> Spell:
    return Spell(
        first_day=run[0].day,
        first_session=run[0].session,
        last_day=run[-1].day,
        sessions=len(run),
        unauthorised=sum(s.code.category is Category.UNAUTHORISED for s in run),
        unexplained=sum(s.code.unexplained for s in run),
    )


def _worth_telling(spell: Spell, threshold: SpellThreshold) -> bool:
    return (
        spell.unauthorised >= threshold.unauthorised_sessions
        or spell.sessions >= threshold.absent_sessions
    )
