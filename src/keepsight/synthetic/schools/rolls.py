"""The schools of a district, and when each child is on the roll of which."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.districts import District
from keepsight.synthetic.happenings import RollChange
from keepsight.synthetic.people.columns import Days, People
from keepsight.synthetic.people.names import Texts
from keepsight.synthetic.period import Period
from keepsight.synthetic.schools.terms import september_before

FIRST_SECONDARY_YEAR, YEARS = 7, 12
PRIMARY, SECONDARY, SPECIAL = "Primary", "Secondary", "Special"
ESTABLISHMENTS = {PRIMARY: 2001, SECONDARY: 4001, SPECIAL: 7001}
"""The first establishment number of each phase, as England numbers its schools (mark M)."""
NAMES = (
    "Alder", "Bramble", "Cobble", "Damson", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Juniper",
    "Kestrel", "Larch", "Maple", "Nettle", "Osprey", "Plover", "Quince", "Rowan", "Sorrel",
    "Teasel",
)  # fmt: skip
PLACES = (
    "Beck", "Common", "Cross", "Dene", "Fold", "Green", "Hill", "Lane", "Mount", "Park", "Brook",
    "Field", "Gate", "Heath", "Mead", "Row", "Side", "Water", "Wood", "Yard",
)  # fmt: skip
NEXT_PHASE = "next phase"
"""Why a pupil leaves a roll in the ordinary course: to secondary school, or after year 11."""


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school; `code` is its authority and establishment number together, seven digits."""

    key: str
    name: str
    phase: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spells:
    """Times on a roll, one row each: from `start` until the day before `end`, and why it ended."""

    person: NDArray[np.int64]
    school: NDArray[np.int64]
    start: Days
    end: Days
    why: Texts

    def __len__(self) -> int:
        return len(self.person)

    def rows(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> "Spells":
        return Spells(
            person=self.person[chosen],
            school=self.school[chosen],
            start=self.start[chosen],
            end=self.end[chosen],
            why=self.why[chosen],
        )

    def joined(self, other: "Spells") -> "Spells":
        return Spells(
            person=np.concatenate([self.person, other.person]),
            school=np.concatenate([self.school, other.school]),
            start=np.concatenate([self.start, other.start]),
            end=np.concatenate([self.end, other.end]),
            why=np.concatenate([self.why, other.why]),
        )

    def on(self, day: date) -> "Spells":
        """Those who are on a roll on a day."""
        when = np.datetime64(day)
        return self.rows((self.start <= when) & (when < self.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolments:
    """The district's schools, and who is on their rolls when (`school` indexes `schools`)."""

    schools: tuple[School, ...]
    spells: Spells
    first_year: NDArray[np.int64]

    def at(self, school: int) -> Spells:
        return self.spells.rows(self.spells.school == school)

    def finder(self) -> "Finder":
        """Finds the school of one child on a day, many times over."""
        return Finder(self.spells)

    def year_groups(self, people: NDArray[np.int64], school_year: int) -> NDArray[np.int64]:
        """The year group of each child in the year that began that September; reception is 0."""
        return np.asarray(school_year - self.first_year[people])


class Finder:
    """Which school's roll a child is on, on a day."""

    def __init__(self, spells: Spells) -> None:
        self._spells = spells
        self._order = np.argsort(spells.person, kind="stable")
        self._person = spells.person[self._order]

    def school(self, person: int, day: date) -> int | None:
        """The number of the school, or nothing."""
        begin, end = np.searchsorted(self._person, [person, person + 1])
        when = np.datetime64(day)
        for row in self._order[begin:end]:
            if self._spells.start[row] <= when < self._spells.end[row]:
                return int(self._spells.school[row])
        return None

    def left(self, person: int, day: date) -> bool:
        """Whether a spell of the child ended on a day, and not in the ordinary course."""
        begin, end = np.searchsorted(self._person, [person, person + 1])
        rows = self._order[begin:end]
        ended = self._spells.end[rows] == np.datetime64(day)
        return bool((ended & (self._spells.why[rows] != NEXT_PHASE)).any())


def enrol(
    people: People, district: District, period: Period, changes: Iterable[RollChange] = ()
) -> Enrolments:
    """The district's schools and its children on their rolls, siblings at the same one.

    A child who is found again after a change goes to the next school of the same phase.
    """
    counts = {
        PRIMARY: district.primaries, SECONDARY: district.secondaries, SPECIAL: district.specials
    }  # fmt: skip
    schools = tuple(
        _school(district, phase, number) for phase, n in counts.items() for number in range(n)
    )
    first_year = september_before(people.birth) + 5
    spells = _within(_usual(people, district, first_year), people, period)
    return Enrolments(
        schools=schools, spells=_changed(spells, changes, schools), first_year=first_year
    )


def _usual(people: People, district: District, first_year: NDArray[np.int64]) -> Spells:
    """Seven years of primary and five of secondary school, or twelve of a special school."""
    every = np.arange(len(people))
    # A child who left for another district went to a school of this one; any of them will do.
    primary = people.primary % district.primaries
    secondary = people.secondary % district.secondaries + district.primaries
    special = people.special % district.specials + district.primaries + district.secondaries
    at_special = people.special >= 0
    begin, middle, end = (
        _first_of_september(first_year + n) for n in (0, FIRST_SECONDARY_YEAR, YEARS)
    )
    younger = Spells(
        person=every,
        school=np.where(at_special, special, primary),
        start=begin,
        end=np.where(at_special, end, middle),
        why=np.full(len(people), NEXT_PHASE, object),
    )
    older = replace(younger, school=secondary, start=middle, end=end).rows(~at_special)
    return younger.joined(older)


def _first_of_september(years: NDArray[np.int64]) -> Days:
    return np.asarray(((years - 1970) * 12 + 8).astype("datetime64[M]").astype("datetime64[D]"))


def _within(spells: Spells, people: People, period: Period) -> Spells:
    """What falls into the period and into the child's time in the district."""
    arrived, left = people.arrived[spells.person], people.left[spells.person]
    gone = ~np.isnat(left) & (left < spells.end)
    spells = replace(
        spells,
        start=np.fmax(spells.start, np.where(np.isnat(arrived), spells.start, arrived)),
        end=np.where(gone, left, spells.end),
        why=np.where(gone, "moved", spells.why),
    )
    begins, ends = np.datetime64(period.start), np.datetime64(period.today)
    seen = (spells.start < spells.end) & (spells.start < ends) & (begins < spells.end)
    return spells.rows(seen & ~people.on_no_roll[spells.person])


def _changed(spells: Spells, changes: Iterable[RollChange], schools: tuple[School, ...]) -> Spells:
    """Spells cut short by a change, and those of children who were found again after it.

    Nobody is on the roll of a later school before having been found.
    """
    start, end, why, found = spells.start.copy(), spells.end.copy(), spells.why.copy(), []
    for change in sorted(changes, key=lambda change: (change.left, change.person)):
        left, own = np.datetime64(change.left), spells.person == change.person
        for row in np.flatnonzero(own & (start < left) & (left < end)):
            if change.found is not None:
                school = _next_school(int(spells.school[row]), schools, change.why)
                found.append((row, school, change.found, end[row]))
            end[row], why[row] = left, change.why
            later = own & (start > left)
            start[later] = np.maximum(start[later], np.datetime64(change.found or date.max))
    cut = replace(spells, start=start, end=end, why=why)
    cut = cut.rows(cut.start < cut.end)
    if not found:
        return cut
    again = spells.rows(np.array([row for row, *_ in found]))
    again = replace(
        again,
        school=np.array([school for _, school, _, _ in found]),
        start=np.array([day for _, _, day, _ in found], "datetime64[D]"),
        end=np.array([until for *_, until in found], "datetime64[D]"),
    )
    return cut.joined(again.rows(again.start < again.end))


def _next_school(school: int, schools: tuple[School, ...], why: str) -> int:
    """Another school of the phase; where there is none, an excluded pupil goes to a special one."""
    same = [n for n, each in enumerate(schools) if each.phase == schools[school].phase]
    following = same[(same.index(school) + 1) % len(same)]
    if following != school or why != "permanently excluded":
        return following
    return next(n for n, each in enumerate(schools) if each.phase == SPECIAL)


def _school(district: District, phase: str, number: int) -> School:
    establishment = ESTABLISHMENTS[phase] + number
    lap, first = divmod(number + list(ESTABLISHMENTS).index(phase) * 7, len(NAMES))
    place = PLACES[(first + 3 * district.number + lap) % len(PLACES)]
    return School(
        key=f"school-{district.authority}-{establishment}",
        name=f"{NAMES[first]} {place} {phase} School, {district.name}",
        phase=phase,
        code=f"{district.authority}{establishment}",
    )
