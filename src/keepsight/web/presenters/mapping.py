"""What a column can be, in words, and the first rows of a sample as events."""

from collections.abc import Sequence
from dataclasses import dataclass

from keepsight.intake.proposing.kinds import fields_of
from keepsight.intake.proposing.propose import (
    CONTENT_ROLE,
    NOT_TAKEN,
    OCCURRED,
    PERSON_ROLE,
    REFERENCE,
    SUBJECT,
    UNTIL,
)
from keepsight.intake.proposing.words import PERSON
from keepsight.intake.rows import Fact, Part, Refused
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.web.presenters.dates import day, span

ROLES = (
    (NOT_TAKEN, "Leave it out"),
    (SUBJECT, "Your agency’s id of the person"),
    (REFERENCE, "The number of the record"),
    (OCCURRED, "When it happened or began"),
    (UNTIL, "When it ended"),
)
IN_WORDS = {"nhs_number": "NHS number", "upn": "UPN"}


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One part of a line: what it would say, or why it would go to quarantine."""

    row: str
    person: str
    says: str
    when: str
    refused: str
    remarks: tuple[str, ...]


def roles_for(kind: str) -> list[tuple[str, str]]:
    """What a column can be where a line states this kind of event."""
    person = [
        (f"{PERSON_ROLE}{name}", f"Person: {IN_WORDS.get(name, name.replace('_', ' '))}")
        for name in PERSON
    ]
    content = [
        (f"{CONTENT_ROLE}{name}", f"Event: {wanted.in_words}")
        for name, wanted in fields_of(kind).items()
    ]
    return [*ROLES, *content, *person]


def preview_lines(parts: Sequence[Part]) -> list[PreviewLine]:
    """Parts of a sample as a person reads them before the first load."""
    return [_line(part) for part in parts if isinstance(part, Fact | Refused)]


def _line(part: Fact | Refused) -> PreviewLine:
    if isinstance(part, Refused):
        refused = f"{part.field}: {part.reason}" if part.field else part.reason
        return PreviewLine(part.row, "", "", "", refused, ())
    remarks = tuple(f"{each.field}: {each.reason}" for each in part.remarks)
    if isinstance(part.content, PersonDetails):
        return PreviewLine(part.row, part.subject_key, _who(part.content), "", "", remarks)
    when = span(part.occurred, part.occurred_until, part.day_only)
    return PreviewLine(part.row, part.subject_key, part.content.sentence(), when, "", remarks)


def _who(content: PersonDetails) -> str:
    names = " ".join(name for name in (content.forename, content.surname) if name)
    born = f"born {day(content.date_of_birth)}" if content.date_of_birth else ""
    if not names:
        names = "No name"
    numbers = [f"NHS number {content.nhs_number}"] if content.nhs_number else []
    numbers += [f"UPN {content.upn}"] if content.upn else []
    return ", ".join(each for each in (names, born, *numbers, content.postcode) if each)
