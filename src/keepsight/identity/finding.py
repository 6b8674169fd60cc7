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
from keepsight.audit.sights import saw
from keepsight.kernel.linkage.phonetic import sound_of
from keepsight.kernel.linkage.records import (
    normalise_name,
    normalise_nhs_number,
    normalise_upn,
)
from keepsight.kernel.roles import Permission

FOUND = """
SELECT l.child_id, s.forename, s.surname, s.date_of_birth, s.key, s.id, {sounds} AS sounds
FROM identity_subjectrecord s
JOIN identity_link l ON l.subject_record_id = s.id AND l.recorded_until IS NULL
WHERE {where}"""

IN_ORDER = (
    ' ORDER BY s.surname COLLATE "C", s.forename COLLATE "C", s.id LIMIT %(most)s OFFSET %(offset)s'
)
OWN = "s.agency_id = %(agency)s"
LED = "l.child_id = ANY(%(led)s::uuid[]) AND s.agency_id <> %(agency)s"
STARTS = '{column} COLLATE "C" ^@ %({word})s'
BY_NUMBER = (
    f"{OWN} AND s.nhs_number = %(nhs)s",
    f"{OWN} AND s.upn = %(upn)s",
    f"{OWN} AND s.key = %(key)s",
    f"{LED} AND (s.nhs_number = %(nhs)s OR s.upn = %(upn)s)",
)


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child in a list: as the viewer's agency, or a record that it may see, names them."""

    child_id: uuid.UUID
    name: str
    date_of_birth: date | None
    key: str
    sounds_like: bool = False


def children_of_agency(
    viewer: Viewer, *, search: str = "", offset: int = 0, limit: int = 50
) -> list[ChildLine]:
    """The children whom the viewer's own agency has a record of, by surname; or with a search
    those, and those whom the viewer leads for, whose names begin with or sound like its words,
    or who have its number. Each is a sight.
    """
    if not viewer.may(Permission.FIND_CHILD):
        return []
    words = [each for each in map(normalise_name, _unnumbered(search)) if each]
    branches = _branches(words, search) if search.strip() else [(OWN, False)]
    values = _values(viewer, words, search, offset, limit)
    led = _led(values) if search.strip() else []
    with narrowed_to(led, in_a_list=True):
        rows = _rows(branches, values | {"led": led})
    lines = [_line(row) for row in rows]
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


def _branches(words: Sequence[str], search: str) -> list[tuple[str, bool]]:
    found = [(where, False) for where in BY_NUMBER]
    if not words:
        return found
    if len(words) == 1:
        found += [(f"{whose} AND {where}", False) for whose in (OWN, LED) for where in _one_word()]
        return [*found, (f"{OWN} AND s.surname_sound = %(sound0)s", True)]
    found += [(f"{whose} AND {where}", False) for whose in (OWN, LED) for where in _two_words()]
    sounds = "s.surname_sound = %({})s AND s.forename_sound = %({})s"
    orders = (("sound1", "sound0"), ("sound0", "sound1"))
    return found + [(f"{OWN} AND {sounds.format(*order)}", True) for order in orders]


def _one_word() -> tuple[str, ...]:
    return tuple(
        STARTS.format(column=f"s.{name}", word="word0") for name in ("surname", "forename")
    )


def _two_words() -> tuple[str, ...]:
    return tuple(
        f"{STARTS.format(column='s.surname', word=surname)}"
        f" AND {STARTS.format(column='s.forename', word=forename)}"
        for surname, forename in (("word1", "word0"), ("word0", "word1"))
    )


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


def _led(values: dict[str, Any]) -> list[uuid.UUID]:
    """The children whom the viewer leads for and of whom another agency’s record is meant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_led(%(word0)s, %(word1)s, %(nhs)s, %(upn)s)", values)
        return cursor.fetchone()[0] or []


def _rows(branches: Sequence[tuple[str, bool]], values: dict[str, Any]) -> list[Any]:
    """One branch is read in its index's order; of several, each gives at most what could show."""
    with connection.cursor() as cursor:
        if len(branches) == 1:
            where, _ = branches[0]
            cursor.execute(FOUND.format(where=where, sounds="false") + IN_ORDER, values)
            return list(cursor.fetchall())
        each = " UNION ALL ".join(
            f"({FOUND.format(where=where, sounds=str(sounds).lower())}"
            ' ORDER BY s.surname COLLATE "C", s.forename COLLATE "C", s.id LIMIT %(enough)s)'
            for where, sounds in branches
        )
        cursor.execute(
            "SELECT child_id, forename, surname, date_of_birth, key, id, min(sounds::int) FROM ("
            f"{each}) found GROUP BY child_id, forename, surname, date_of_birth, key, id"
            ' ORDER BY 7, surname COLLATE "C", forename COLLATE "C", id'
            " LIMIT %(most)s OFFSET %(offset)s",
            values,
        )
        return list(cursor.fetchall())


def _line(row: Sequence[Any]) -> ChildLine:
    return ChildLine(row[0], full_name(row[1], row[2]), row[3], row[4], bool(row[6]))
