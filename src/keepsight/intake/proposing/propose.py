"""A proposal for an unknown table: for each column what it may be, and why.

No number is taken for an identifier because its heading says so: its values must pass. And no
guess is more than a proposal: a person reads and corrects it before the first row is taken in.
"""

from collections import Counter
from dataclasses import dataclass, field

from keepsight.intake.proposing.kinds import fields_of
from keepsight.intake.proposing.sample import Sample
from keepsight.intake.proposing.shapes import BRITISH, Shape, shape_of
from keepsight.intake.proposing.words import (
    BEGINS,
    CONTENT,
    ENDS,
    KINDS,
    NUMBERS,
    PEOPLE,
    PERSON,
    says,
    words_of,
)
from keepsight.intake.values import DAYS

SUBJECT, REFERENCE, OCCURRED, UNTIL = "subject", "reference", "occurred", "until"
PERSON_ROLE, CONTENT_ROLE = "person.", "content."
NOT_TAKEN = ""
EXAMPLES = 3
IDENTIFIERS = {"nhs_number": "an NHS number", "upn": "a UPN"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is proposed to be, why, and what it holds."""

    name: str
    role: str
    because: str
    examples: tuple[str, ...]
    shape: Shape


@dataclass(frozen=True, slots=True)
class Proposal:
    """A table as it is proposed to be read. `kind` and `days` are empty where nothing tells."""

    columns: tuple[Column, ...]
    kind: str
    kind_because: str
    days: str
    days_because: str

    def role_of(self, role: str) -> Column | None:
        return next((each for each in self.columns if each.role == role), None)


@dataclass(slots=True)
class _Guessing:
    """The columns so far, and which roles are taken: each is proposed once."""

    sample: Sample
    shapes: list[Shape]
    kind: str
    roles: dict[int, tuple[str, str]] = field(default_factory=dict)

    def free(self, role: str) -> bool:
        return all(taken != role for taken, _ in self.roles.values())

    def give(self, place: int, role: str, because: str) -> None:
        self.roles[place] = (role, because)

    def open_places(self) -> list[int]:
        return [each for each in range(len(self.shapes)) if each not in self.roles]


def propose(sample: Sample, filename: str, kind: str = "") -> Proposal:
    """Propose how a table is to be read; with `kind` that kind of event, as somebody chose."""
    shapes = [
        shape_of(sample.column(place), len(sample.lines)) for place in range(len(sample.headings))
    ]
    guessed, because = _kind_of(sample, shapes, filename)
    guessing = _Guessing(sample, shapes, kind or guessed)
    for step in (_identifiers, _people, _subject, _times, _reference, _contents):
        step(guessing)
    days, days_because = _days_of(shapes)
    return Proposal(
        columns=tuple(_column(guessing, place) for place in range(len(shapes))),
        kind=kind or guessed,
        kind_because="Somebody chose it." if kind not in ("", guessed) else because,
        days=days,
        days_because=days_because,
    )


def _kind_of(sample: Sample, shapes: list[Shape], filename: str) -> tuple[str, str]:
    """The kind of event whose words are said most often: by headings, codes, the file’s name."""
    names = (*sample.headings, filename, *(code for shape in shapes for code in shape.codes))
    said = Counter(word for name in names for word in set(words_of(name)))
    found = {kind: [word for word in words if said[word]] for kind, words in KINDS.items()}
    best = max(found, key=lambda kind: (sum(said[word] for word in found[kind]), kind))
    if not found[best]:
        return "", "Neither headings nor codes nor the file’s name tell what a line states."
    words = ", ".join(f"“{word}”" for word in found[best])
    return best, f"The headings, the codes or the file’s name say {words}."


def _days_of(shapes: list[Shape]) -> tuple[str, str]:
    ways = Counter(shape.day for shape in shapes if shape.day)
    if not ways:
        return BRITISH, "No column holds days, so the usual way is proposed."
    written, columns = ways.most_common(1)[0]
    others = [way for way in ways if way != written]
    also = f" Others are written as {', '.join(others)}, and cannot be read." if others else ""
    said = "1 column is" if columns == 1 else f"{columns} columns are"
    return written, f"{said} written so.{also}"


def _identifiers(guessing: _Guessing) -> None:
    for place, shape in enumerate(guessing.shapes):
        role = f"{PERSON_ROLE}{shape.identifier}"
        if shape.identifier and guessing.free(role):
            guessing.give(place, role, shape.because)


def _people(guessing: _Guessing) -> None:
    for place in guessing.open_places():
        name, shape = guessing.sample.headings[place], guessing.shapes[place]
        for wanted, phrases in PERSON.items():
            role = f"{PERSON_ROLE}{wanted}"
            word = says(name, phrases)
            if not word or not guessing.free(role):
                continue
            if wanted in IDENTIFIERS or wanted == "postcode":
                continue
            if (wanted == "date_of_birth") != bool(shape.day):
                continue
            guessing.give(place, role, f"The heading says “{word}”. {shape.because}")
            break


def _subject(guessing: _Guessing) -> None:
    """The id of a person: called so, given in every line, and looking like one."""
    for place in guessing.open_places():
        name, shape = guessing.sample.headings[place], guessing.shapes[place]
        person, number = says(name, PEOPLE), says(name, NUMBERS)
        given = shape.filled == shape.lines and not _claims(name)
        if person and (number or words_of(name) == [person]) and shape.id_like and given:
            because = f"The heading says “{person}”, and it is given in every line. {shape.because}"
            guessing.give(place, SUBJECT, because)
            return


def _times(guessing: _Guessing) -> None:
    """When it began and when it ended: the first day or time that is called so, else the first."""
    places = [each for each in guessing.open_places() if guessing.shapes[each].when]
    names = guessing.sample.headings
    ends = [each for each in places if says(names[each], ENDS)]
    begins = [each for each in places if each not in ends]
    called = [each for each in begins if says(names[each], BEGINS)]
    for place in (called or begins)[:1]:
        word = says(names[place], BEGINS)
        why = f"The heading says “{word}”. " if word else "It is the first day or time. "
        guessing.give(place, OCCURRED, why + guessing.shapes[place].because)
    for place in ends[:1]:
        why = f"The heading says “{says(names[place], ENDS)}”. "
        guessing.give(place, UNTIL, why + guessing.shapes[place].because)


def _reference(guessing: _Guessing) -> None:
    """What tells one line from another: a reference that is another in every line."""
    unique = [
        each
        for each in guessing.open_places()
        if guessing.shapes[each].unique and not _claims(guessing.sample.headings[each])
    ]
    called = [each for each in unique if says(guessing.sample.headings[each], NUMBERS)]
    for place in (called or unique)[:1]:
        guessing.give(place, REFERENCE, guessing.shapes[place].because)


def _contents(guessing: _Guessing) -> None:
    for wanted in fields_of(guessing.kind).values():
        role = f"{CONTENT_ROLE}{wanted.name}"
        for place in guessing.open_places():
            name, shape = guessing.sample.headings[place], guessing.shapes[place]
            word = says(name, (wanted.in_words, *CONTENT.get(wanted.name, ())))
            fits = shape.day if wanted.day else (shape.codes or not wanted.choices)
            if word and fits and shape.filled:
                guessing.give(place, role, f"The heading says “{word}”. {shape.because}")
                break


def _column(guessing: _Guessing, place: int) -> Column:
    name, shape = guessing.sample.headings[place], guessing.shapes[place]
    role, because = guessing.roles.get(place, (NOT_TAKEN, _unguessed(name, shape)))
    seen = dict.fromkeys(guessing.sample.column(place))
    return Column(name, role, because, tuple(seen)[:EXAMPLES], shape)


def _claims(name: str) -> str:
    """The identifier with a check digit that a heading claims to hold, if any."""
    claimed = (called for wanted, called in IDENTIFIERS.items() if says(name, PERSON[wanted]))
    return next(claimed, "")


def _unguessed(name: str, shape: Shape) -> str:
    """Why nothing is proposed, and where a heading claims what its values do not bear out."""
    if (called := _claims(name)) and shape.filled:
        return (
            f"The heading may mean {called}, but its values do not pass the check, or are too few "
            f"to tell. {shape.because}"
        )
    return shape.because or "Nothing tells what it is."


def day_ways() -> list[str]:
    """How days may be written."""
    return list(DAYS)
