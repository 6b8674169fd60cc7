"""A CSV feed described by a mapping file: which column is what, and which facts a line states.

A mapping file names the feed, its exact columns, the column that holds the agency's id of the
person, who the person is, and one or more events. A field is a column's name, or a column with a
way to read it: `day`; `day_of` (the day of a time); `count`; `identifier`; `before` or `after` (one
side of a mark, such as the comma in “Surname, Forename”); `required`; or `values` with `required`
and `absent`; or it is a `list` of columns, or `always` with what it says in every line. An event is
stated by each line, or `when` a column `is` one of some values or is `given`, or `any_given` of
several are. One that another feed of the agency states under the same key is `retold`. A column
that states nothing that Keepsight takes is listed under `not_taken` with the reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from keepsight.intake.fields import ALLOWED_AHEAD, Fields, Identifier, Unfit
from keepsight.intake.readers.csv import heading
from keepsight.intake.rows import Context, Fact, Part
from keepsight.intake.tabular import PartOfLine, parts_of_table
from keepsight.intake.values import DAYS, MOMENTS
from keepsight.kernel.calendar import day_in_london, start_of_day
from keepsight.kernel.formats.schema import Column, Table
from keepsight.kernel.identifiers import UPN, NHSNumber, Postcode
from keepsight.kernel.vocabulary.content.base import Content, field_types
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.events import BY_KIND

IDENTIFIERS: dict[str, Identifier] = {"upn": UPN, "nhs_number": NHSNumber, "postcode": Postcode}
MOST_PEOPLE = 1_000_000

Spec = str | Mapping[str, Any]


class MappingError(ValueError):
    """A mapping file that cannot work; the message says which entry."""


@dataclass(frozen=True, slots=True)
class EventMapping:
    """How one event is read from a line. `when` says which lines state it; without it all do."""

    part: str
    content: type[Content]
    fields: Mapping[str, Spec]
    key: tuple[Spec, ...]
    occurred: Mapping[str, str]
    until: Mapping[str, str] | None
    when: Mapping[str, Any] | None
    retold: bool = False


class MappedCSV:
    """A source made from a mapping: a file, or what one says."""

    def __init__(self, said: Path | Mapping[str, Any]) -> None:
        raw = yaml.safe_load(said.read_text(encoding="utf-8")) if isinstance(said, Path) else said
        self.name: str = raw["name"]
        self.title: str = raw["title"]
        columns = tuple(Column(name=name) for name in raw["columns"])
        self.table = Table(name=self.name, title=self.title, columns=columns, source=raw["source"])
        self.subject: str = raw["subject"]
        if raw["days"] not in DAYS:
            raise MappingError(f"Days are written as {' or '.join(DAYS)}, not “{raw['days']}”.")
        self.days: str = raw["days"]
        self.read_day = DAYS[raw["days"]]
        self.person: Mapping[str, Spec] = raw["person"]
        self.events = tuple(_event(entry) for entry in raw["events"])
        self.nothing: Mapping[str, str] = raw["states_nothing"]
        _check(self, raw)

    def recognises(self, filename: str, head: bytes) -> bool:
        return self.table.has_heading(heading(head))

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        said: dict[str, int] = {}
        parts = [PartOfLine("person", lambda fields, row: self._new_person(fields, row, said))]
        parts += [PartOfLine(event.part, self._builder(event)) for event in self.events]
        parts.append(PartOfLine("", self._refuse_empty))
        return parts_of_table(stream, context, self.table, self.read_day, parts)

    def _new_person(self, fields: Fields, row: str, said: dict[str, int]) -> Fact | None:
        """Who the person is, the first time in the file and whenever it changes."""
        if fields.text(self.subject) is None:
            return None
        person = fields.required(self.subject)
        content = _content(PersonDetails, self.person, fields)
        details = hash(content)
        if said.get(person) == details:
            return None
        if len(said) >= MOST_PEOPLE:
            said.clear()
        said[person] = details
        return fields.fact(row, person, ("person", person), fields.context.received, content)

    def _builder(self, event: EventMapping) -> Any:
        def build(fields: Fields, row: str) -> Fact | None:
            if not _states(event, fields):
                return None
            return self._fact(event, fields, row)

        return build

    def _fact(self, event: EventMapping, fields: Fields, row: str) -> Fact:
        person = fields.required(self.subject)
        occurred, day_only = _when(event.occurred, fields)
        until = None
        if event.until and fields.text(event.until["column"]):
            until, _ = _when(event.until, fields)
            if until < occurred:
                column = event.until["column"]
                reason = f"{column} is before {event.occurred['column']}."
                raise Unfit(column, fields.values[column], reason)
        named = [_named(each, fields) for each in event.key[1:]]
        return Fact(
            row=row,
            subject_key=person,
            source_key="|".join(map(str, (event.key[0], *named))),
            occurred=occurred,
            content=_content(event.content, event.fields, fields),
            occurred_until=until,
            day_only=day_only,
            remarks=tuple(fields.remarks),
            retold=event.retold,
        )

    def _refuse_empty(self, fields: Fields, row: str) -> None:
        """A line that states no event is refused, so that it is not passed over in silence."""
        if any(_states(event, fields) for event in self.events):
            return
        column = self.nothing["column"]
        raise Unfit(column, fields.text(column) or "", self.nothing["reason"])


def _event(entry: Mapping[str, Any]) -> EventMapping:
    if entry["kind"] not in BY_KIND:
        raise MappingError(f"“{entry['kind']}” is not a kind of event that Keepsight knows.")
    for name in ("occurred", "until"):
        spec = entry.get(name)
        if (spec or name in entry) and not (isinstance(spec, Mapping) and "column" in spec):
            raise MappingError(f"{entry['kind']}: {name} names no column.")
    return EventMapping(
        part=entry["part"],
        content=BY_KIND[entry["kind"]],
        fields=entry.get("content", {}),
        key=tuple(entry["key"]),
        occurred=entry["occurred"],
        until=entry.get("until"),
        when=entry.get("when"),
        retold=entry.get("retold", False),
    )


def _named(key: Spec, fields: Fields) -> str:
    """One part of a key: a column as sent, or a day in the form that every feed has in common."""
    if isinstance(key, str):
        return fields.required(key)
    return fields.required_day(key["column"]).isoformat()


def _states(event: EventMapping, fields: Fields) -> bool:
    if event.when is None:
        return True
    if "any_given" in event.when:
        return any(fields.text(column) is not None for column in event.when["any_given"])
    text = fields.text(event.when["column"])
    if "given" in event.when:
        return (text is not None) is event.when["given"]
    return text in event.when["is"]


def _when(spec: Mapping[str, str], fields: Fields) -> tuple[datetime, bool]:
    """The time of an event and whether it is only a day; one that lies ahead is remarked on."""
    column = spec["column"]
    if "moment" not in spec:
        return start_of_day(fields.required_day(column)), True
    found = fields.moment(column, MOMENTS[spec["moment"]])
    if day_in_london(found) > fields.context.received + ALLOWED_AHEAD:
        fields.note(column, "This time lies after the day on which the file was received.")
    return found, False


def _content(content: type[Content], specs: Mapping[str, Spec], fields: Fields) -> Any:
    return content(**{name: _value(spec, fields) for name, spec in specs.items()})


def _value(spec: Spec, fields: Fields) -> str | bool | int | date | tuple[str, ...] | None:
    if isinstance(spec, str):
        return fields.text(spec)
    if "list" in spec:
        return tuple(text for column in spec["list"] if (text := fields.text(column)))
    if "always" in spec:
        said: str | bool = spec["always"]
        return said
    column: str = spec["column"]
    if spec.get("day"):
        return fields.day(column)
    if spec.get("count"):
        return fields.count(column)
    if "day_of" in spec:
        found = fields.optional_moment(column, MOMENTS[spec["day_of"]])
        return day_in_london(found) if found else None
    if "identifier" in spec:
        return fields.identifier(column, IDENTIFIERS[spec["identifier"]])
    if "before" in spec or "after" in spec:
        return _side(spec, column, fields)
    if "values" not in spec:
        return fields.required(column)
    if fields.text(column) is None and "absent" in spec:
        absent: str | bool = spec["absent"]
        return absent
    if "values" not in spec:
        return fields.required(column) if spec.get("required") else fields.text(column)
    return _translated(spec, column, fields)


def _side(spec: Mapping[str, Any], column: str, fields: Fields) -> str | None:
    """One side of a mark. Where the mark is not there all is before it, with a remark."""
    text = fields.text(column)
    if text is None:
        return None
    mark: str = spec["before"] if "before" in spec else spec["after"]
    first, found, second = text.partition(mark)
    if not found and "before" in spec:
        fields.note(column, f"“{mark}” is expected between its two parts.")
    return (first if "before" in spec else second).strip() or None


def _translated(spec: Mapping[str, Any], column: str, fields: Fields) -> str | bool | None:
    """What the sender's word means here; one that is not listed is remarked on or refused."""
    required, values = spec.get("required", False), spec["values"]
    text = fields.required(column) if required else fields.text(column)
    if text is None:
        return None
    if text not in values:
        reason = f"“{text}” is not one of {', '.join(values)}."
        if required:
            raise Unfit(column, text, reason)
        fields.note(column, reason)
        return None
    found: str | bool = values[text]
    return found


def _columns(spec: Any) -> Iterator[str]:
    """Every column that a part of a mapping names."""
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, Mapping):
        yield from spec.get("list", [])
        yield from spec.get("any_given", [])
        yield from filter(None, [spec.get("column")])


def _check(source: MappedCSV, raw: Mapping[str, Any]) -> None:
    """Every column is known and accounted for, and every content field exists."""
    used = {source.subject, source.nothing["column"], *raw.get("not_taken", {})}
    for spec in source.person.values():
        used.update(_columns(spec))
    for event in source.events:
        used.update(*map(_columns, event.key[1:]))
        used.update(*map(_columns, (event.occurred, event.until, event.when)))
        used.update(*map(_columns, event.fields.values()))
        _check_fields(source.name, event.content, event.fields)
    _check_fields(source.name, PersonDetails, source.person)
    known = set(source.table.names)
    if used != known:
        raise MappingError(f"{source.name}: columns not accounted for: {sorted(used ^ known)}.")


def _check_fields(name: str, content: type[Content], specs: Mapping[str, Spec]) -> None:
    unknown = set(specs) - {field.name for field, _ in field_types(content)}
    if unknown:
        raise MappingError(f"{name}: {content.kind} has no field {', '.join(sorted(unknown))}.")
