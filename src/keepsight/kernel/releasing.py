"""Telling somebody who looked at a child's record: to whom, on what terms, and what stays unsaid.

A person decides each time. Nothing here releases anything by default, and to a parent least of all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Recipient(StrEnum):
    """Who asks to know who looked."""

    YOUNG_PERSON = "young_person"
    ADULT = "adult"
    PARENT = "parent"
    COURT = "court"
    INQUIRY = "inquiry"

    @property
    def in_words(self) -> str:
        return RECIPIENTS[self]


RECIPIENTS = {
    Recipient.YOUNG_PERSON: "The young person",
    Recipient.ADULT: "The adult who was the child",
    Recipient.PARENT: "A parent or carer",
    Recipient.COURT: "A court",
    Recipient.INQUIRY: "An inquiry or a regulator",
}


class Ground(StrEnum):
    """Why one entry stays unsaid. Which, and that there is one, is never told to the recipient."""

    ENDANGER = "endanger"
    SUSPECT = "suspect"
    ANOTHER = "another"

    @property
    def in_words(self) -> str:
        return GROUNDS[self].title

    @property
    def source(self) -> str:
        return GROUNDS[self].source


@dataclass(frozen=True, slots=True)
class GroundText:
    """A ground in words, and what it rests on."""

    title: str
    source: str
    mark: str


GROUNDS = {
    Ground.ENDANGER: GroundText(
        "Knowing it could endanger the child",
        "Data Protection Act 2018, Schedule 3, Part 3 (serious harm)",
        "V",
    ),
    Ground.SUSPECT: GroundText(
        "Knowing it could alert a suspect",
        "Data Protection Act 2018, Schedule 2, paragraph 2",
        "V2",
    ),
    Ground.ANOTHER: GroundText(
        "It is about another person",
        "Data Protection Act 2018, Schedule 2, paragraph 16",
        "V2",
    ),
}

TO_A_PARENT = (
    "Never to a parent or carer by default. A person with parental responsibility is not given "
    "child abuse data where that is not in the child’s best interests (Data Protection Act 2018, "
    "Schedule 3, Part 5), nor social work data where it is likely to cause serious harm (Part 3). "
    "A parent may be the person to be feared, or live with them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person says of a release before deciding on it."""

    recipient: Recipient
    purpose: str
    wishes: str
    competence: str
    gives: bool
    reason: str
    interest: str = ""


def objections(asked: Asked) -> Iterator[tuple[str, str]]:
    """What stands in the way of a decision: each field with a sentence for the person deciding."""
    if not asked.purpose.strip():
        yield "purpose", "Say what they want to know it for."
    if not asked.wishes.strip():
        yield "wishes", "Say what the young person wishes, or why they could not be asked."
    if not asked.competence.strip():
        yield "competence", "Say how far the young person understands what would be told."
    if not asked.reason.strip():
        yield "reason", "Say why you decided so: somebody may have to answer for it."
    if asked.gives and asked.recipient is Recipient.PARENT and not asked.interest.strip():
        yield "interest", "Say why it is in the child’s interest that a parent or carer knows."


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One line of what is released: on which day, who by role and agency, and at what."""

    day: date
    agency: str
    role: str
    what: str
