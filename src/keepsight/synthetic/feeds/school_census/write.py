"""One school's census: who is on roll, who has left, sessions missed, exclusions and the rest."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk
from keepsight.synthetic.feeds.rolls import SchoolRoll
from keepsight.synthetic.feeds.school_census import columns
from keepsight.synthetic.feeds.school_census.days import CensusDay, census_days, written
from keepsight.synthetic.happenings import Exclusion
from keepsight.synthetic.people.numbers import with_wrong_check_letter
from keepsight.synthetic.schools.codes import AUTHORISED, CODES, UNAUTHORISED
from keepsight.synthetic.schools.rolls import Spells
from keepsight.synthetic.schools.terms import start_of_school_year
from keepsight.synthetic.schools.year import SchoolYear

SOURCE = "school_census"
CODES_AT_MOST = len(CODES) + 1
COUNTED = tuple(sorted((*AUTHORISED, *UNAUTHORISED)))
"""Codes of absence, by which the census counts sessions."""

Cells = dict[str, object]


def write_census(
    desk: Desk, roll: SchoolRoll, years: Sequence[SchoolYear], exclusions: Sequence[Exclusion]
) -> Iterator[Delivery]:
    """The groups of every census in the period; one census in the middle has odd rows."""
    censuses = census_days(desk.period)
    before = desk.period.start
    for number, census in enumerate(censuses):
        form = _Form(desk, roll, census)
        if len(form.spells):
            careless = number == len(censuses) // 2
            yield from form.write(before, years, exclusions, careless)
        before = census.day


class _Form:
    """One census of one school."""

    def __init__(self, desk: Desk, roll: SchoolRoll, census: CensusDay) -> None:
        self.desk, self.roll, self.census = desk, roll, census
        self.known = roll.known.on(census.day)
        self.spells = roll.spells.on(census.day)
        self.year = start_of_school_year(census.day).year

    def write(
        self,
        before: date,
        years: Sequence[SchoolYear],
        exclusions: Sequence[Exclusion],
        careless: bool,
    ) -> Iterator[Delivery]:
        on_roll = list(self._on_roll())
        odd = _odd(on_roll) if careless else []
        yield self._group("pupilonroll", columns.PUPIL_ON_ROLL, on_roll, odd)
        for name, header, rows in (
            ("pupilnolongeronroll", columns.PUPIL_NO_LONGER_ON_ROLL, self._left(before)),
            ("termlysessiondetailsonroll", columns.SESSIONS, self._sessions(years)),
            ("termlyexclusionsonroll", columns.EXCLUSIONS, self._exclusions(exclusions)),
            ("addressesonroll", columns.ADDRESSES, self._addresses()),
            ("senneedsonroll", columns.SEN_NEEDS, self._sen_needs()),
            ("fsmperiodsonroll", columns.FREE_MEALS, self._free_meals()),
        ):
            if made := list(rows):
                yield self._group(name, header, made)

    def _group(
        self,
        name: str,
        header: tuple[str, ...],
        rows: Sequence[Cells],
        odd: Sequence[Cells] = (),
    ) -> Delivery:
        return self.desk.deliver_csv(
            self.census.received,
            self.roll.school.key,
            SOURCE,
            self.census.filename(name),
            header,
            ([row.get(column, "") for column in header] for row in rows),
            odd=[[row.get(column, "") for column in header] for row in odd],
        )

    def _at(self, person: int) -> int:
        return self.roll.rows.on(person, self.census.day)

    def _pupil(self, person: int) -> str:
        """The pupil's id within the school's census."""
        return str(self.known.key[self._at(person)]).split("/")[1]

    def _keys(self, table: str, person: int, number: int = 1) -> Cells:
        """What begins a row of a group that hangs on a pupil on roll."""
        return {
            f"{table}tableid": f"{self._pupil(person)}-{number}",
            "NativeId": self.roll.school.code,
            f"{table}orderseqcolumn": number,
            "pupilonrolltableid": self._pupil(person),
        }

    def _who(self, person: int) -> Cells:
        known, at, group = self.known, self._at(person), self._year_group(person)
        return {
            "NativeId": self.roll.school.code,
            "dob": written(known.birth[at].astype(object)),
            "surname": known.surname[at],
            "forename": known.forename[at],
            "upn": known.upn[at],
            "sex": str(known.sex[at]),
            "ethnicity": known.ethnicity[at],
            "enrolstatus": "C",
            "senprovision": str(self.desk.people.sen[person]),
            "ncyearactual": str(group) if group else "R",
        }

    def _year_group(self, person: int) -> int:
        one = np.array([person])
        return int(self.desk.enrolments.year_groups(one, self.year)[0])

    def _on_roll(self) -> Iterator[Cells]:
        for person, start in _each(self.spells, self.spells.start):
            yield {
                "pupilonrolltableid": self._pupil(person),
                "entrydate": written(_entered(start)),
                **self._who(person),
            }

    def _left(self, before: date) -> Iterator[Cells]:
        spells, since, day = self.roll.spells, np.datetime64(before), np.datetime64(self.census.day)
        left = spells.rows((since < spells.end) & (spells.end <= day))
        for person, start, end in _each(left, left.start, left.end):
            yield {
                "pupilnolongeronrolltableid": self._pupil(person),
                "entrydate": written(min(_entered(start), end)),
                "leavingdate": written(end),
                **self._who(person),
            }

    def _sessions(self, years: Sequence[SchoolYear]) -> Iterator[Cells]:
        """Sessions missed under each code, of pupils who are on roll."""
        here = set(self.spells.person.tolist())
        for lived in years:
            layers = lived.between(self.census.since, self.census.until)
            if not len(layers):
                continue
            counts = _counts(lived.taken[layers], lived.here[layers])
            for row, person in enumerate(lived.spells.person.tolist()):
                if person not in here:
                    continue
                for number, code in enumerate(np.flatnonzero(counts[row]), start=1):
                    yield {
                        **self._keys("termlysessiondetailsonroll", person, number),
                        "sessions": f"{counts[row, code]}.0",
                        "attendancereason": CODES[COUNTED[code]],
                    }

    def _exclusions(self, exclusions: Sequence[Exclusion]) -> Iterator[Cells]:
        here = set(self.spells.person.tolist())
        for number, each in enumerate(exclusions, start=1):
            if each.person in here and self.census.since <= each.start < self.census.until:
                yield {
                    **self._keys("termlyexclusionsonroll", each.person, number),
                    "startdate": written(each.start),
                    "sessions": "" if each.permanent else each.sessions,
                    "category": "PERM" if each.permanent else "SUSP",
                    "reason1": each.reason,
                    "senprovision": str(self.desk.people.sen[each.person]),
                }

    def _addresses(self) -> Iterator[Cells]:
        people, known = self.desk.people, self.known
        for (person,) in _each(self.spells):
            homes = (known.postcode[self._at(person)], people.other_postcode[person])
            for number, postcode in enumerate(dict.fromkeys(h for h in homes if h), start=1):
                yield {**self._keys("addressesonroll", person, number), "postcode": postcode}

    def _sen_needs(self) -> Iterator[Cells]:
        people = self.desk.people
        for (person,) in _each(self.spells):
            needs = people.disability[person].split() if people.sen[person] != "N" else []
            for number, need in enumerate(needs, start=1):
                yield {
                    **self._keys("senneedsonroll", person, number),
                    "sentype": columns.SEN_TYPES[need],
                    "sentyperank": number,
                }

    def _free_meals(self) -> Iterator[Cells]:
        start = written(self.desk.period.start - timedelta(days=400))
        for (person,) in _each(self.spells):
            if self.desk.people.free_meals[person]:
                yield {
                    **self._keys("fsmperiodsonroll", person),
                    "fsmstartdate": start,
                    "ukcountry": "ENG",
                }


def _each(spells: Spells, *days: NDArray[np.datetime64]) -> Iterator[tuple]:
    return zip(spells.person.tolist(), *(column.astype(object) for column in days), strict=True)


def _entered(start: date) -> date:
    """A spell that begins with the school year begins on its first day of school."""
    return start.replace(day=3) if (start.month, start.day) == (9, 1) else start


def _counts(taken: np.ndarray, here: np.ndarray) -> NDArray[np.int64]:
    """Sessions of each pupil under each counted code."""
    marks = np.where(here[:, :, None], taken, -1)
    pupils = np.arange(marks.shape[1])[None, :, None] * CODES_AT_MOST
    counted = np.bincount((marks + 1 + pupils).ravel(), minlength=marks.shape[1] * CODES_AT_MOST)
    return counted.reshape(marks.shape[1], CODES_AT_MOST)[:, [code + 1 for code in COUNTED]]


def _odd(rows: Sequence[Cells]) -> list[Cells]:
    """Second, odd copies: no such day of birth, and a UPN with a wrong check letter."""
    wrong: list[Cells] = [{**rows[0], "dob": "2015-Feb-30 00:00:00"}]
    if upn := str(rows[-1]["upn"]):
        wrong.append({**rows[-1], "upn": with_wrong_check_letter(upn)})
    return wrong
