"""Finding a child by name, by how the name sounds, or by a number: as far as the viewer may know.

Each branch compares in a way that PostgreSQL may use an index for under row-level security
(equality and “starts with”; `security.md` section 3), so that a search stays quick among a million.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from keepsight.access.narrowing import narrowed_to
from keepsight.access.viewer import Viewer
from keepsight.audit.models import Act
from keepsight.audit.sights import saw, searched
from keepsight.kernel.linkage.phonetic import sound_of
from keepsight.kernel.linkage.records import (
    normalise_name,
    normalise_nhs_number,
    normalise_upn,
)
from keepsight.kernel.roles import Permission

FOUND = """
SELECT l.child_id, s.forename, s.surname, s.date_of_birth,
  CASE WHEN s.agency_id = %(agency)s THEN s.key ELSE '' END AS key, s.id, {rank} AS rank,
  {first} COLLATE "C" AS first, {second} COLLATE "C" AS second
FROM identity_subjectrecord s
JOIN identity_link l ON l.subject_record_id = s.id AND l.recorded_until IS NULL
WHERE {where}
ORDER BY first, second, s.id"""

PAGE = " LIMIT %(most)s OFFSET %(offset)s"
LED = (
    "SELECT rank, subject, child FROM"
    " identity_led(%(word0)s, %(word1)s, %(nhs)s, %(upn)s, %(enough)s)"
)
OWN = "s.agency_id = %(agency)s"
BY_NUMBER, BY_SURNAME, BY_FORENAME, BY_SOUND = range(4)
"""What a child is found by, in the order in which they are shown."""
FAR = 200
"""From where on in a list what is hidden is worked out once for all, not for each row."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way to find records, in the order of the index that it reads."""

    rank: int
    where: str
    by_surname: bool = False

    @property
    def sql(self) -> str:
        forename_first = self.rank == BY_FORENAME and not self.by_surname
        names = ("s.forename", "s.surname") if forename_first else ("s.surname", "s.forename")
        return FOUND.format(rank=self.rank, where=self.where, first=names[0], second=names[1])


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child in a list: as the viewer's agency, or a record that it may see, names them.

    `key` is the number at the viewer's own agency, and empty where it has none: another agency's
    can tell which school or home it is.
    """

    child_id: uuid.UUID
    name: str
    date_of_birth: date | None
    key: str
    sounds_like: bool = False


def children_of_agency(
    viewer: Viewer, *, search: str = "", offset: int = 0, limit: int = 50
) -> list[ChildLine]:
    """The children whom the viewer's own agency has a record of, by surname; or with a search
    those, and those whom the viewer leads for, who have its number or whose names begin with its
    words, and then those of the agency whose names sound like them. Each is a sight.
    """
    if not viewer.may(Permission.FIND_CHILD):
        return []
    words = [each for each in map(normalise_name, _unnumbered(search)) if each]
    values = _values(viewer, words, search, offset, limit)
    branches = _branches(words) if search.strip() else [Branch(BY_SURNAME, OWN)]
    lines = [_line(row) for row in _rows(branches, values, led=bool(search.strip()))]
    if search.strip():
        searched(by=viewer.actor, what="children", words=search, found=len(lines))
    for line in lines:
        saw(by=viewer.actor, child_id=line.child_id, what="name in a list", act=Act.LIST)
    return lines


def full_name(forename: str | None, surname: str | None) -> str:
    """“Ann Example”, or what is missing said plainly."""
    said = " ".join(part.title() for part in (forename, surname) if part)
    return said or "Name not sent"


def _unnumbered(search: str) -> list[str]:
    """The words of a search that can be names: the letters of a number are none."""
    return [word for word in search.split() if not any(map(str.isdigit, word))]


def _branches(words: Sequence[str]) -> list[Branch]:
    numbers = ("s.nhs_number = %(nhs)s", "s.upn = %(upn)s", "s.key = %(key)s")
    found = [Branch(BY_NUMBER, f"{OWN} AND {number}") for number in numbers]
    if len(words) == 1:
        return [
            *found,
            Branch(BY_SURNAME, f"{OWN} AND {_starts('surname', 'word0')}"),
            Branch(BY_FORENAME, f"{OWN} AND {_starts('forename', 'word0')}"),
            Branch(BY_SOUND, f"{OWN} AND s.surname_sound = %(sound0)s"),
        ]
    for rank, surname, forename in ((BY_SURNAME, 1, 0), (BY_FORENAME, 0, 1)) if words else ():
        named = (
            f"{_starts('surname', f'word{surname}')} AND {_starts('forename', f'word{forename}')}"
        )
        heard = f"s.surname_sound = %(sound{surname})s AND s.forename_sound = %(sound{forename})s"
        found.append(Branch(rank, f"{OWN} AND {named}", by_surname=True))
        found.append(Branch(BY_SOUND, f"{OWN} AND {heard}"))
    return found


def _starts(column: str, word: str) -> str:
    return f's.{column} COLLATE "C" ^@ %({word})s'


def _values(
    viewer: Viewer, words: Sequence[str], search: str, offset: int, limit: int
) -> dict[str, Any]:
    first, last = (words[0], words[-1]) if words else ("", "")
    number = "".join(search.split())
    return {
        "agency": viewer.agency_id,
        "word0": first,
        "word1": last,
        "sound0": sound_of(first),
        "sound1": sound_of(last),
        "nhs": normalise_nhs_number(number),
        "upn": normalise_upn(number),
        "key": search.strip(),
        "most": limit,
        "offset": offset,
        "enough": offset + limit,
    }


def _rows(branches: Sequence[Branch], values: dict[str, Any], *, led: bool) -> list[Any]:
    """One branch is read in its index's order; of several, each gives at most what could show."""
    with connection.cursor() as cursor:
        given = []
        if led:
            cursor.execute(LED, values)
            given = cursor.fetchall()
        children = {child for _, _, child in given}
        with narrowed_to(children, in_a_list=values["offset"] > FAR):
            cursor.execute(_query(branches, led=led), values | _of_others(given))
            return list(cursor.fetchall())


def _of_others(given: Sequence[Any]) -> dict[str, list[int]]:
    """The records of other agencies that were found, by what."""
    ranks = range(BY_NUMBER, BY_SOUND)
    return {f"led{rank}": [subject for r, subject, _ in given if r == rank] for rank in ranks}


def _query(branches: Sequence[Branch], *, led: bool) -> str:
    if not led:
        return branches[0].sql + PAGE
    by_surname = any(branch.by_surname for branch in branches)
    others = [
        Branch(rank, f"s.id = ANY(%(led{rank})s::bigint[])", by_surname)
        for rank in range(BY_NUMBER, BY_SOUND)
    ]
    each = " UNION ALL ".join(f"({branch.sql} LIMIT %(enough)s)" for branch in (*branches, *others))
    return (
        f"SELECT * FROM (SELECT DISTINCT ON (id) * FROM ({each}) found ORDER BY id, rank) one"
        f' ORDER BY rank, first COLLATE "C", second COLLATE "C", id{PAGE}'
    )


def _line(row: Sequence[Any]) -> ChildLine:
    return ChildLine(row[0], full_name(row[1], row[2]), row[3], row[4], row[6] == BY_SOUND)
