"""A mapping made from what a person said of each column, or sentences on what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from keepsight.intake.mapping import IDENTIFIERS, MappedCSV, MappingError
from keepsight.intake.proposing.kinds import YES_OR_NO, FieldOfKind, fields_of, is_stated
from keepsight.intake.proposing.propose import (
    CONTENT_ROLE,
    NOT_TAKEN,
    OCCURRED,
    PERSON_ROLE,
    REFERENCE,
    SUBJECT,
    UNTIL,
    Column,
    Proposal,
)
from keepsight.intake.values import DAYS

NO_PURPOSE = "Nobody has said that Keepsight needs it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a person said. `roles` are in the order of the columns.

    `words` are by field of the event: what each word of the column means. `always` is what a
    field says for which there is no column.
    """

    name: str
    title: str
    kind: str
    days: str
    roles: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Composed:
    """A mapping as its file says it, and what is still missing; `problems` name their columns."""

    mapping: dict[str, Any]
    problems: tuple[str, ...]


def as_proposed(proposal: Proposal, *, name: str, title: str) -> Chosen:
    """A proposal as if a person had agreed to all of it."""
    return Chosen(
        name=name,
        title=title,
        kind=proposal.kind,
        days=proposal.days,
        roles=tuple(column.role for column in proposal.columns),
        words={
            column.role.removeprefix(CONTENT_ROLE): guessed_words(wanted, column)
            for column, wanted in with_choices(proposal, proposal.kind)
        },
    )


def with_choices(proposal: Proposal, kind: str) -> list[tuple[Column, FieldOfKind]]:
    """The columns that fill fields which take a few words only."""
    fields = fields_of(kind)
    found = []
    for column in proposal.columns:
        wanted = fields.get(column.role.removeprefix(CONTENT_ROLE))
        if column.role.startswith(CONTENT_ROLE) and wanted is not None and wanted.choices:
            found.append((column, wanted))
    return found


def agreed(proposal: Proposal, roles: Sequence[str]) -> Proposal:
    """The same table with the roles that a person gave its columns."""
    columns = zip(proposal.columns, roles, strict=True)
    return replace(proposal, columns=tuple(replace(column, role=role) for column, role in columns))


def without_column(proposal: Proposal, kind: str) -> list[FieldOfKind]:
    """What an event must say and takes a few words for, where no column says it."""
    placed = {column.role for column in proposal.columns}
    return [
        wanted
        for wanted in fields_of(kind).values()
        if wanted.required and wanted.choices and f"{CONTENT_ROLE}{wanted.name}" not in placed
    ]


def guessed_words(wanted: FieldOfKind, column: Column) -> dict[str, str]:
    """What each word of a column probably means; empty where nothing tells."""
    return {word: _guessed_word(word, wanted.choices) for word in column.shape.codes}


def compose(proposal: Proposal, chosen: Chosen) -> Composed:
    """The mapping that follows from what a person said of a table's columns."""
    placed = {role: column for column, role in zip(proposal.columns, chosen.roles, strict=True)}
    problems = [*_twice(proposal, chosen), *_missing(chosen, placed)]
    mapping = {
        "name": chosen.name,
        "title": chosen.title,
        "source": "An agency’s own export",
        "columns": [column.name for column in proposal.columns],
        "days": chosen.days,
        "subject": _name(placed.get(SUBJECT)),
        "person": _person(placed),
        "events": [_event(chosen, placed, problems)],
        "states_nothing": {
            "column": _name(placed.get(OCCURRED)),
            "reason": "The line states nothing that this feed takes.",
        },
        "not_taken": {
            column.name: NO_PURPOSE
            for column, role in zip(proposal.columns, chosen.roles, strict=True)
            if role == NOT_TAKEN
        },
    }
    if not problems:
        try:
            MappedCSV(mapping)
        except MappingError as error:
            problems.append(str(error))
    return Composed(mapping, tuple(problems))


def _twice(proposal: Proposal, chosen: Chosen) -> list[str]:
    found = []
    for role in dict.fromkeys(each for each in chosen.roles if each != NOT_TAKEN):
        named = [
            column.name
            for column, given in zip(proposal.columns, chosen.roles, strict=True)
            if given == role
        ]
        if len(named) > 1:
            found.append(f"Only one column can be this: {' and '.join(named)}.")
    return found


def _missing(chosen: Chosen, placed: Mapping[str, Column]) -> list[str]:
    found = []
    if not is_stated(chosen.kind):
        found.append("Say what a line states: the kind of event.")
    if chosen.days not in DAYS:
        found.append(f"Say how days are written: {' or '.join(DAYS)}.")
    if SUBJECT not in placed:
        found.append("Say which column holds the agency’s own id of the person.")
    if OCCURRED not in placed:
        found.append("Say which column holds when it happened or began.")
    for role in (OCCURRED, UNTIL):
        column = placed.get(role)
        if column is not None and column.shape.filled and not column.shape.when:
            found.append(f"{column.name} holds no day or time that can be read.")
    return found


def _person(placed: Mapping[str, Column]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for role, column in placed.items():
        if role.startswith(PERSON_ROLE):
            name = role.removeprefix(PERSON_ROLE)
            if name == "date_of_birth":
                found[name] = {"column": column.name, "day": True}
            elif name in IDENTIFIERS:
                found[name] = {"column": column.name, "identifier": name}
            else:
                found[name] = column.name
    return found


def _event(chosen: Chosen, placed: Mapping[str, Column], problems: list[str]) -> dict[str, Any]:
    key = [REFERENCE] if REFERENCE in placed else [SUBJECT, OCCURRED]
    event: dict[str, Any] = {
        "part": "event",
        "kind": chosen.kind,
        "key": [chosen.name, *(_name(placed.get(role)) for role in key)],
        "occurred": _moment(placed.get(OCCURRED)),
    }
    if UNTIL in placed:
        event["until"] = _moment(placed[UNTIL], placed.get(OCCURRED))
    content = {}
    for name, wanted in fields_of(chosen.kind).items():
        column = placed.get(f"{CONTENT_ROLE}{name}")
        said = _field(wanted, column, chosen, problems)
        if said is not None:
            content[name] = said
    event["content"] = content
    return event


def _field(
    wanted: FieldOfKind, column: Column | None, chosen: Chosen, problems: list[str]
) -> Any | None:
    if column is None:
        always = chosen.always.get(wanted.name, "")
        if always:
            return {"always": _meaning(wanted, always)}
        if wanted.required:
            problems.append(f"Say which column holds the {wanted.in_words}: it must be given.")
        return None
    if wanted.day:
        return {"column": column.name, "day": True}
    if not wanted.choices:
        return {"column": column.name, "required": True} if wanted.required else column.name
    words = chosen.words.get(wanted.name, {})
    open_words = [word for word in column.shape.codes if not words.get(word)]
    if open_words or not words:
        listed = ", ".join(f"“{word}”" for word in open_words) or "its words"
        problems.append(f"{column.name}: say what {listed} means.")
    values = {word: _meaning(wanted, said) for word, said in words.items() if said}
    return {"column": column.name, "required": wanted.required, "values": values}


def _meaning(wanted: FieldOfKind, said: str) -> str | bool:
    return said == "yes" if wanted.flag else said


def _moment(column: Column | None, like: Column | None = None) -> dict[str, str]:
    """How a time is read; an empty column as another is."""
    if column is None:
        return {"column": ""}
    told = column if column.shape.when or like is None else like
    way = told.shape.moment
    return {"column": column.name} | ({"moment": way} if way else {})


def _guessed_word(word: str, choices: Mapping[str, str]) -> str:
    plain = word.casefold().strip()
    if choices == YES_OR_NO:
        return {"y": "yes", "yes": "yes", "true": "yes", "t": "yes", "1": "yes"}.get(
            plain, "no" if plain in {"n", "no", "false", "f", "0"} else ""
        )
    for value, title in choices.items():
        names = {value, value.replace("_", " "), title.casefold()}
        if plain in names or any(name.startswith(f"{plain} ") for name in names):
            return value
    return ""


def _name(column: Column | None) -> str:
    return column.name if column else ""
