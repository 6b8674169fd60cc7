"""The cases of an indicator: tables that are its specification, its test, and its documentation.

They lie in `tests/spec/indicators`, a file an indicator; days are counted back from the day asked
about. A value of several words stands in quotes. An event `B: s1` is of another child, B. A copy
of Keepsight without its tests has none to show.
"""

import shlex
from dataclasses import dataclass
from pathlib import Path
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
class Row:
    """One event of a case as it is written, each field of it a text."""

    name: str
    kind: str
    began: int
    ended: int | None
    says: tuple[tuple[str, str], ...]
    agency: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """A case as its file has it; `met_by` is nothing where the indicator is not met."""

    title: str
    rows: tuple[Row, ...]
    met_by: tuple[str, ...] | None


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
    return [_case(each) for each in written(path)] if path.exists() else []


def written(path: Path) -> list[Written]:
    """The cases of a file. Raises `ValueError` for one that does not end in what becomes of it."""
    return [_written(each) for each in path.read_text(encoding="utf-8").split("\n## ")[1:]]


def _written(section: str) -> Written:
    title, *lines = [line for line in section.splitlines() if line]
    rows = tuple(_row(line) for line in [line for line in lines if line.startswith("|")][2:])
    return Written(title, rows, _verdict(lines[-1]))


def _verdict(line: str) -> tuple[str, ...] | None:
    if line == NOT_MET:
        return None
    if not line.startswith(MET_BY):
        raise ValueError(f"“{line}” says neither that it is met nor that it is not.")
    return tuple(line.removeprefix(MET_BY).split(", "))


def _row(line: str) -> Row:
    name, kind, began, ended, says, *sent = (cell.strip() for cell in line.split("|")[1:-1])
    said = (each.split("=", 1) for each in shlex.split(says))
    return Row(
        name=name,
        kind=kind,
        began=int(began),
        ended=int(ended) if ended else None,
        says=tuple((field, value) for field, value in said),
        agency=int(sent[0]) if sent else None,
    )


def _case(case: Written) -> Case:
    return Case(case.title, tuple(map(_in_words, case.rows)), case.met_by or ())


def _in_words(row: Row) -> tuple[str, ...]:
    fields = "; ".join(_field(row.kind, *each) for each in row.says)
    title = BY_KIND[row.kind].title if row.kind in BY_KIND else row.kind
    ended = "" if row.ended is None else _day(row.ended)
    agency = () if row.agency is None else (str(row.agency),)
    return (row.name, title, _day(row.began), ended, fields, *agency)


def _day(days: int) -> str:
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
