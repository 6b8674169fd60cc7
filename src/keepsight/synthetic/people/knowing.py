"""How each agency knows a child: its own number, its own slips, its own gaps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.districts import District
from keepsight.synthetic.people.accuracy import ACCURACY, Accuracy
from keepsight.synthetic.people.columns import NEVER, Days, People
from keepsight.synthetic.people.heritage import ethnic_groups, not_classified
from keepsight.synthetic.people.names import Texts, mistyped, nickname, spelled_otherwise
from keepsight.synthetic.people.numbers import shuffled
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream

SURNAMES = ("surname", "former_surname")
DAYS_UNTIL_TOLD = 60
"""Mean number of days until an agency hears of a move or a new name (our own assumption)."""
LONG_AFTER = np.datetime64("9999-01-01")
SECOND_RECORDS_FROM = 5_000_000
"""Ids of second records are those of children with numbers from here on, whom no county has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One agency's records of some children, column by column.

    A birth is `NaT` and a text is empty where the agency does not hold it. A child whom the
    agency holds twice stands in two rows; `since` is the day from which the second was used.
    `surname` and `postcode` are the last that the agency came to hold; until the day `told_name`
    and `told_address` it held the earlier ones. `on` gives what it held on a day.
    """

    members: NDArray[np.int64]
    since: Days
    key: Texts
    forename: Texts
    surname: Texts
    earlier_surname: Texts
    told_name: Days
    sex: NDArray[np.str_]
    birth: Days
    postcode: Texts
    earlier_postcode: Texts
    told_address: Days
    upn: Texts
    nhs: Texts
    ethnicity: Texts
    disability: Texts

    def __len__(self) -> int:
        return len(self.members)

    def on(self, day: date) -> "Known":
        """The records as the agency held them on a day, in the same rows."""
        when = np.datetime64(day)
        return replace(
            self,
            surname=np.where(when < self.told_name, self.earlier_surname, self.surname),
            postcode=np.where(when < self.told_address, self.earlier_postcode, self.postcode),
        )

    def rows_of(self) -> "Rows":
        """Finds the row of a child by the child's row in `People`, and a day."""
        return Rows(self)


class Rows:
    """Which of an agency's records a fact about a child is written on."""

    def __init__(self, known: Known) -> None:
        self._first: dict[int, int] = {}
        self._second: dict[int, tuple[date, int]] = {}
        for row, person in enumerate(known.members.tolist()):
            if np.isnat(known.since[row]):
                self._first[person] = row
            else:
                self._second[person] = (known.since[row].astype(object), row)

    def __contains__(self, person: int) -> bool:
        return person in self._first

    def on(self, person: int, day: date) -> int:
        """The row in use on a day; raises `KeyError` for a child whom the agency does not know."""
        since, second = self._second.get(person, (date.max, -1))
        return second if day >= since else self._first[person]


def know(
    people: People,
    members: Iterable[int],
    agency: str,
    kind: AgencyKind,
    district: District,
    period: Period,
    prefix: str = "",
    accuracy: Accuracy | None = None,
) -> Known:
    """The agency's records of these children, in the order of their rows.

    `prefix` goes before each id, where an agency numbers children within something of its own.
    It knows them as agencies of its kind do, unless it has an `accuracy` of its own.
    """
    accuracy, rng = accuracy or ACCURACY[kind], stream(district.seed, "knowing", agency)
    first = np.array(sorted(set(members)), np.int64)
    twice = first[rng.random(len(first)) < accuracy.twice]
    rows = np.concatenate([first, twice])
    day = np.datetime64(period.start) + rng.integers(1, period.days, len(twice))
    since = np.concatenate([np.full(len(first), NEVER), day])
    name, before = (_surnames(people, rows, column, accuracy, rng) for column in SURNAMES)
    here, there = _addresses(people, rows, accuracy, rng)
    held = rng.random(len(rows)) < accuracy.postcode_held
    return Known(
        members=rows,
        since=since,
        key=_keys(people, rows, ~np.isnat(since), agency, district, prefix + accuracy.prefix),
        forename=_slipped(_called(people, rows, accuracy, rng), accuracy, rng),
        surname=name,
        earlier_surname=before,
        told_name=_told(people.renamed[rows], accuracy.old_name, rng),
        sex=people.sex[rows],
        birth=_births(people.birth[rows], accuracy, rng),
        postcode=np.where(held, here, ""),
        earlier_postcode=np.where(held, there, ""),
        told_address=_told(people.moved[rows], accuracy.old_address, rng),
        upn=_held(people.upn[rows], accuracy.upn_held, rng),
        nhs=_held(_numbers(people, rows, accuracy, rng), accuracy.nhs_held, rng),
        ethnicity=_held(_groups(people, rows, accuracy, rng), accuracy.ethnicity_held, rng),
        disability=people.disability[rows],
    )


def _keys(
    people: People,
    rows: NDArray[np.int64],
    second: NDArray[np.bool_],
    agency: str,
    district: District,
    prefix: str,
) -> Texts:
    # The first record's key is the same in whichever district the agency meets the child.
    rng, numbers = stream(district.county_seed, "keys", agency), people.number[rows]
    keys = shuffled(np.where(second, numbers + SECOND_RECORDS_FROM, numbers), rng)
    return np.array([f"{prefix}{key:07d}" for key in keys], object)


def _called(
    people: People, rows: NDArray[np.int64], accuracy: Accuracy, rng: np.random.Generator
) -> Texts:
    called = people.forename[rows]
    for row in np.flatnonzero(rng.random(len(called)) < accuracy.nickname):
        called[row] = nickname(called[row], rng)
    other = rng.random(len(called)) < accuracy.spelling
    return np.where(other, people.also_written[rows], called)


def _surnames(
    people: People,
    rows: NDArray[np.int64],
    column: str,
    accuracy: Accuracy,
    rng: np.random.Generator,
) -> Texts:
    """Surnames as the agency writes them: half of a double one, by ear, or with a slip."""
    written = getattr(people, column)[rows]
    for row in np.flatnonzero(rng.random(len(rows)) < accuracy.half_name):
        first, hyphen, second = written[row].partition("-")
        if hyphen:
            written[row] = (first, second, f"{first} {second}")[int(rng.integers(3))]
    by_ear = people.also_written[rows] != people.forename[rows]
    for row in np.flatnonzero(by_ear & (rng.random(len(rows)) < accuracy.spelling)):
        written[row] = spelled_otherwise(written[row], rng)
    return _slipped(written, accuracy, rng)


def _addresses(
    people: People, rows: NDArray[np.int64], accuracy: Accuracy, rng: np.random.Generator
) -> tuple[Texts, Texts]:
    """Where the child lives now and lived before; or both times the second home."""
    other = (people.other_postcode[rows] != "") & (rng.random(len(rows)) < accuracy.other_home)
    second = people.other_postcode[rows]
    now, before = people.postcode[rows], people.former_postcode[rows]
    return np.where(other, second, now), np.where(other, second, before)


def _told(changed: Days, never: float, rng: np.random.Generator) -> Days:
    """The day on which the agency learned of a change: some weeks after it, or never."""
    later = changed + rng.exponential(DAYS_UNTIL_TOLD, len(changed)).astype("timedelta64[D]")
    missed = ~np.isnat(changed) & (rng.random(len(changed)) < never)
    return np.where(missed, LONG_AFTER, later)


def _numbers(
    people: People, rows: NDArray[np.int64], accuracy: Accuracy, rng: np.random.Generator
) -> Texts:
    """NHS numbers, a few with two digits changed about, and a few that are a sibling's."""
    written = people.nhs[rows]
    for row in np.flatnonzero(rng.random(len(rows)) < accuracy.number_slip):
        at = int(rng.integers(1, 9))
        number = written[row]
        written[row] = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    for row in np.flatnonzero(rng.random(len(rows)) < accuracy.number_of_sibling):
        person = rows[row]
        beside = person + 1 if person + 1 < len(people) else person - 1
        if people.household[beside] == people.household[person]:
            written[row] = people.nhs[beside]
    return written


def _groups(
    people: People, rows: NDArray[np.int64], accuracy: Accuracy, rng: np.random.Generator
) -> Texts:
    """Ethnic groups, some as somebody else saw them, some refused or not obtained."""
    group = people.ethnicity[rows]
    seen = ethnic_groups(len(rows), rng)
    differs = rng.random(len(rows)) < accuracy.ethnicity_differs
    written = np.where(differs, seen, group)
    return not_classified(written, accuracy.ethnicity_refused, rng)


def _slipped(names: Texts, accuracy: Accuracy, rng: np.random.Generator) -> Texts:
    written = names.copy()
    for row in np.flatnonzero(rng.random(len(names)) < accuracy.slip):
        written[row] = mistyped(written[row], rng)
    return written


def _births(births: Days, accuracy: Accuracy, rng: np.random.Generator) -> Days:
    """Days of birth, some with day and month changed about, or a day out, and some not held."""
    written = births.copy()
    for row in np.flatnonzero(rng.random(len(births)) < accuracy.birth_slip):
        year, month, day = str(births[row]).split("-")
        if int(day) <= 12 and day != month and f"{year}-{day}-{month}" < str(births.max()):
            written[row] = np.datetime64(f"{year}-{day}-{month}")
        else:
            written[row] = births[row] - np.timedelta64(1, "D")
    written[rng.random(len(births)) >= accuracy.birth_held] = NEVER
    return written


def _held(values: Texts, share: float, rng: np.random.Generator) -> Texts:
    return np.where(rng.random(len(values)) < share, values, "")
