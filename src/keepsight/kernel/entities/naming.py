"""Which fields of which kinds of event name which kinds of entity: one table, and what it reads.

A field is read whole, where it is there to hold such a thing, or for marks of a known form, where
it is an account. The table is the documentation: a field that is not in it names nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.entities.marks import (
    group_name,
    names_known_as,
    online_names,
    phone_numbers,
    place_name,
    reference,
    vehicle_marks,
    vehicle_marks_within,
)
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.police import ASSESSMENTS, SOURCES, PoliceIntelligence

Reads = Callable[[str], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Mention:
    """That an event names an entity: a claim of whoever sent the event, never established fact.

    `mark` is empty where nothing tells the entity from others, and `said` is what was written.
    """

    kind: EntityKind
    mark: str
    said: str


@dataclass(frozen=True, slots=True)
class Grading:
    """How the police graded what names an entity, and on what conditions it may be handled."""

    source: str
    assessment: str
    conditions: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A field that names entities of one kind. What is not `marked` is a name and no more, by which
    nothing is told from anything else.
    """

    event: str
    field: str
    names: EntityKind
    whole: bool = False
    marked: bool = True
    source: str
    since: date = date(2026, 12, 1)


def _place(text: str) -> Iterator[str]:
    if name := place_name(text):
        yield name


def _group(text: str) -> Iterator[str]:
    if name := group_name(text):
        yield name


def _reference(text: str) -> Iterator[str]:
    if number := reference(text):
        yield number


WHOLE: dict[EntityKind, Reads] = {
    EntityKind.PLACE: _place,
    EntityKind.VEHICLE: vehicle_marks,
    EntityKind.ADULT: _reference,
    EntityKind.GROUP: _group,
}
WITHIN: dict[EntityKind, Reads] = {
    EntityKind.VEHICLE: vehicle_marks_within,
    EntityKind.PHONE: phone_numbers,
    EntityKind.ONLINE_NAME: online_names,
}

FIELDS_OF_THEIR_OWN = "Keepsight’s own reading of the field (domain.md 5b rows 11 to 13)"
ASSOCIATES = "Keepsight’s own reading of the field (domain.md 5b rows 10, 14, 36 and 41)"
ACCOUNTS = "Keepsight’s own reading of accounts (domain.md 5b rows 8, 9, 11 and 42)"
ACCOUNTS_READ = (
    ("school_concern", "summary"),
    ("home_log_entry", "summary"),
    ("housing_call", "summary"),
    ("voluntary_report", "summary"),
    ("youth_justice_contact", "summary"),
    ("return_interview_held", "summary"),
    ("public_protection_notice", "summary"),
    ("public_report", "summary"),
    ("police_intelligence", "summary"),
    ("sighting", "company"),
    ("missing_episode", "found_with"),
)

NAMINGS: tuple[Naming, ...] = (
    *(
        Naming(event=event, field=field, names=kind, whole=True, source=FIELDS_OF_THEIR_OWN)
        for event, field, kind in (
            ("sighting", "place", EntityKind.PLACE),
            ("sighting", "vehicle", EntityKind.VEHICLE),
            ("missing_episode", "found_at", EntityKind.PLACE),
            ("crime_victim", "place", EntityKind.PLACE),
            ("crime_suspect", "place", EntityKind.PLACE),
            ("crime_witness", "place", EntityKind.PLACE),
        )
    ),
    *(
        Naming(event="association", field=field, names=kind, whole=True, source=ASSOCIATES)
        for field, kind in (
            ("adult_reference", EntityKind.ADULT),
            ("group", EntityKind.GROUP),
        )
    ),
    Naming(
        event="association",
        field="adult",
        names=EntityKind.ADULT,
        whole=True,
        marked=False,
        source=ASSOCIATES,
    ),
    *(
        Naming(event=event, field=field, names=kind, source=ACCOUNTS)
        for event, field in ACCOUNTS_READ
        for kind in WITHIN
    ),
    *(
        Naming(event=event, field=field, names=EntityKind.ADULT, marked=False, source=ACCOUNTS)
        for event, field in ACCOUNTS_READ
    ),
)
"""What is left out is left out with reason. Where a child is missing from, lives or goes to school
is no entity: to share a home, a school or a household is no association.
"""

KINDS_THAT_NAME: dict[EntityKind, tuple[str, ...]] = {
    kind: tuple(dict.fromkeys(each.event for each in NAMINGS if each.names is kind and each.marked))
    for kind in EntityKind
}
"""The kinds of event by which an entity of a kind may be told to be the same as another’s."""


def mentions_of(content: Content) -> tuple[Mention, ...]:
    """The entities that an event names, each once, in the order of the table.

    A name stands for itself only where no mark says who it is.
    """
    named: dict[tuple[EntityKind, str], Mention] = {}
    for each in _mentions(content):
        named.setdefault((each.kind, each.mark or each.said.casefold()), each)
    marked = {each.kind for each in named.values() if each.mark}
    return tuple(each for each in named.values() if each.mark or each.kind not in marked)


def _mentions(content: Content) -> Iterator[Mention]:
    for naming in BY_EVENT.get(content.kind, ()):
        if said := getattr(content, naming.field):
            yield from _in_field(naming, said)


def _in_field(naming: Naming, said: str) -> Iterator[Mention]:
    if not naming.marked:
        for name in (said,) if naming.whole else names_known_as(said):
            yield Mention(naming.names, "", name)
        return
    read = WHOLE if naming.whole else WITHIN
    for mark in read[naming.names](said):
        yield Mention(naming.names, mark, said if naming.whole else mark)


def grading_of(content: Content) -> Grading | None:
    """The 3x5x2 grading of what names an entity, where it has one."""
    if not isinstance(content, PoliceIntelligence):
        return None
    return Grading(
        SOURCES[content.source_grade], ASSESSMENTS[content.assessment], content.conditions
    )


BY_EVENT: dict[str, tuple[Naming, ...]] = {
    event: tuple(each for each in NAMINGS if each.event == event)
    for event in dict.fromkeys(each.event for each in NAMINGS)
}
