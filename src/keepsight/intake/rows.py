"""What reading a file gives: facts, register rows and refusals, and the shape of every source.

A row is the smallest part of a file that states one fact: a line of a CSV, the Section47 block of
a child's case. Where a line states two facts, each is a row part with its own name (“row 12,
enrolment”), and row parts are what is counted. Each ends in exactly one of `Fact`, `Refused` or
`RegisterRow`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, NamedTuple, Protocol

from keepsight.kernel.vocabulary.content.base import Content


class FileRefused(Exception):
    """A whole file cannot be taken in; the message is one sentence that a data officer can act on.

    It may also come while rows are being read (a file that ends too early), so whoever takes rows
    in does so in one transaction.
    """


class UnknownFormat(FileRefused):
    """A file in none of the formats that Keepsight takes."""


class LeftFormat(UnknownFormat):
    """A file in a format that Keepsight knows and leaves, having no purpose for what it says."""


class Remark(NamedTuple):
    """A value kept as it was sent, with what is wrong with it or why no event holds it."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, which becomes one event.

    `row` says where it stands in the file. `subject_key` is the agency's own id of the person.
    `source_key` names the fact within the agency and is the same in every later file that states
    it, so that changed content supersedes. `occurred` of personal details is the day on which the
    file states them (the day received where it says none): a repeat with the same content is
    unchanged whatever that day. `withdrawn` where the sender says that it never was. `retold` where
    the agency has another feed for such facts: what that one said under the same key stands.
    """

    row: str
    subject_key: str
    source_key: str
    occurred: datetime
    content: Content
    occurred_until: datetime | None = None
    day_only: bool = False
    remarks: tuple[Remark, ...] = ()
    withdrawn: bool = False
    retold: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot stand as a fact, kept whole in quarantine with the reason."""

    row: str
    field: str
    value: str
    reason: str
    raw: dict[str, str]


class RegisterRow(NamedTuple):
    """One pupil's day of a register; codes as sent and in force then, empty for no mark."""

    row: str
    subject_key: str
    day: date
    morning: str
    afternoon: str


Part = Fact | Refused | RegisterRow


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a file besides its bytes.

    `agency_key` is the sender's key, `received` the day it arrived, `today` the day it is read.
    """

    filename: str
    agency_key: str
    received: date
    today: date


class Source(Protocol):
    """One format that Keepsight takes in."""

    name: str
    title: str

    def recognises(self, filename: str, head: bytes) -> bool:
        """Whether a file with this name and these first bytes is of this format."""

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        """Every row of a seekable stream, in order, in flat memory; raises `FileRefused`."""
