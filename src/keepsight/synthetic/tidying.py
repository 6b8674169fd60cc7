"""What cannot be is taken out of what happens: drawn apart, things would overlap or contradict."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from keepsight.synthetic.happenings import (
    Appointment,
    Exclusion,
    Happenings,
    Missing,
    RollChange,
)
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream
from keepsight.synthetic.schools.rolls import Finder

MOST_SESSIONS = 90
"""Suspensions in a school year: 45 days (`domain.md` row 63)."""
OFF_ROLL_AFTER = timedelta(days=21)
"""A pupil leaves the roll so long after a permanent exclusion, when it can be reviewed no more."""
FOUND_AFTER = (35, 160)
"""Days until a pupil who was permanently excluded is at another school (our own assumption)."""
REST = timedelta(hours=2)
"""A child is back for so long at least before it is missing again."""


def take_out_what_cannot_be(
    happenings: Happenings, people: People, period: Period, seed: int
) -> None:
    """Overlapping absences and suspensions, and what would be after today; then who left a roll."""
    _until_yesterday(happenings, period)
    happenings.missing[:] = _one_after_another(happenings.missing)
    returns = {(each.person, each.back) for each in happenings.missing}
    happenings.interviews[:] = [
        each for each in happenings.interviews if (each.person, each.returned) in returns
    ]
    happenings.exclusions[:] = _lawful(happenings.exclusions)
    happenings.roll_changes += _excluded(happenings.exclusions, people, period, seed)
    happenings.appointments[:] = _kept_here(happenings.appointments, people)


def keep_what_schools_could_write(happenings: Happenings, finder: Finder) -> None:
    """Forget what a school would have written of a child who was not on its roll that day."""
    for kind in ("concerns", "exclusions"):
        records = getattr(happenings, kind)
        records[:] = [each for each in records if finder.school(each.person, each.day) is not None]
    changes = happenings.roll_changes
    changes[:] = [each for each in changes if finder.left(each.person, each.left)]


def _until_yesterday(happenings: Happenings, period: Period) -> None:
    for kind in fields(happenings):
        records = getattr(happenings, kind.name)
        records[:] = [record for record in records if record.day < period.today]


def _one_after_another(episodes: Iterable[Missing]) -> Iterator[Missing]:
    """A child who is missing cannot go missing; the episode that began first stays."""
    free: dict[int, datetime] = {}
    gone: set[int] = set()
    for each in sorted(episodes, key=lambda episode: (episode.left, episode.person)):
        if each.person in gone or each.left < free.get(each.person, each.left):
            continue
        if each.back is None:
            gone.add(each.person)
        else:
            free[each.person] = each.back + REST
        yield each


def _lawful(exclusions: Iterable[Exclusion]) -> Iterator[Exclusion]:
    """No suspension within another, beyond the year's limit, or after a permanent exclusion."""
    free: dict[int, date] = {}
    spent: dict[tuple[int, int], int] = {}
    for each in sorted(exclusions, key=lambda one: (one.start, one.person)):
        year = (each.person, (each.start - timedelta(days=243)).year)
        if each.start < free.get(each.person, date.min):
            continue
        if spent.get(year, 0) + each.sessions > MOST_SESSIONS:
            continue
        spent[year] = spent.get(year, 0) + each.sessions
        # Two sessions a day and a weekend in five days.
        away = timedelta(days=1 + each.sessions * 7 // 10)
        free[each.person] = date.max if each.permanent else each.start + away
        yield each


def _excluded(
    exclusions: Iterable[Exclusion], people: People, period: Period, seed: int
) -> Iterator[RollChange]:
    """Who left a roll because of a permanent exclusion, and came onto another, or not yet."""
    for each in exclusions:
        if each.permanent:
            rng = stream(seed, "excluded", str(people.number[each.person]))
            found = period.past(each.start + timedelta(days=int(rng.integers(*FOUND_AFTER))))
            left = period.past(each.start + OFF_ROLL_AFTER)
            if left:
                yield RollChange(
                    person=each.person, left=left, why="permanently excluded", found=found
                )


def _kept_here(booked: Iterable[Appointment], people: People) -> Iterator[Appointment]:
    """Appointments of a child who has moved away by then are cancelled."""
    for each in booked:
        gone = people.left[each.person].astype(object)
        away = gone is not None and each.start.date() >= gone
        yield replace(each, outcome="cancelled") if away else each
