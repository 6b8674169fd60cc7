"""The cases of an indicator: tables that are its specification, its test, and its documentation.

They lie in `tests/spec/indicators`, a file an indicator; days are counted back from the day asked
about. A value of several words stands in quotes. An event `B: s1` is of another child, B. A copy
of Keepsight without its tests has none to show.
"""

import shlex
from dataclasses import dataclass
from typing import Any

from keepsight.cli.reference.markdown import said as spoken
from keepsight.engines.paths import REPOSITORY
from keepsight.kernel.vocabulary.content.base import base_type, field_types
from keepsight.kernel.vocabulary.events import BY_KIND
from keepsight.kernel.vocabulary.field_words import COUNTED, FIELDS, in_words

FOLDER = REPOSITORY / "tests" / "spec" / "indicators"
NOT_MET = "Not met"
MET_BY = "Met by: "
COLUMNS = ("event", "what it is", "began", "ended", "says")


@dataclass(frozen=True, slots=True)
class Case:
    """A child’s events as rows of words, and which of them meet the indicator, if it is met."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    met_by: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The agencies are told apart only where the case turns on them."""
        told_apart = any(len(row) > len(COLUMNS) for row in self.rows)
        return (*COLUMNS, "agency") if told_apart else COLUMNS

    @property
    def names_others(self) -> bool:
        """Whether events of other children are among its rows."""
        return any(": " in row[0] for row in self.rows)


def cases_of(code: str) -> list[Case]:
    """The cases of an indicator, in the order of its file; none where there is no file."""
    path = FOLDER / f"{code}.md"
    if not path.exists():
        return []
    return [_case(each) for each in path.read_text(encoding="utf-8").split("\n## ")[1:]]


def _case(section: str) -> Case:
    title, *lines = [line for line in section.splitlines() if line]
    rows = tuple(_row(line) for line in lines if line.startswith("|"))[2:]
    verdict = lines[-1]
    met_by = tuple(verdict.removeprefix(MET_BY).split(", ")) if verdict != NOT_MET else ()
    return Case(title, tuple(map(_in_words, rows)), met_by)


def _row(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("|")[1:-1])


def _in_words(row: tuple[str, ...]) -> tuple[str, ...]:
    name, kind, began, ended, says, *agency = row
    fields = [_field(kind, *each.split("=", 1)) for each in shlex.split(says)]
    title = BY_KIND[kind].title if kind in BY_KIND else kind
    return (name, title, _day(began), _day(ended), "; ".join(fields), *agency)


def _day(back: str) -> str:
    if not back:
        return ""
    days = int(back)
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return "on the day" if days == 0 else f"{count} {'before' if days > 0 else 'after'}"


def _field(kind: str, name: str, value: str) -> str:
    types: dict[str, Any] = {
        field.name: base_type(expected) for field, expected in field_types(BY_KIND[kind])
    }
    plain = types[name]
    if plain is int:
        return f"{value} {COUNTED[name]}"
    words = FIELDS.get(name, name.replace("_", " "))
    if plain is bool:
        return f"{words}: {spoken(value == 'yes')}"
    return f"{words}: {', '.join(in_words(kind, name, each) for each in value.split(','))}"
