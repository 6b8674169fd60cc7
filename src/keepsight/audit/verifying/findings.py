"""What can be wrong with the log, and how it is said."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class Wrong(Enum):
    """What was done. The sentence says it of the entries at its place."""

    EDITED = "edited"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"
    TREE = "the stored tree edited"
    CHECKPOINT = "a checkpoint edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong: the first place in the log that it concerns, and what it is.

    `until` is the last place that it may concern, where that cannot be told more closely.
    """

    index: int
    wrong: Wrong
    says: str
    until: int | None = None
    ref: str = ""

    def __str__(self) -> str:
        place = f"Entry {self.index:,} of the log"
        if self.until is not None and self.until > self.index:
            place = f"Entries {self.index:,} to {self.until:,} of the log"
        named = f" ({self.ref})" if self.ref else ""
        return f"{place}{named}: {self.wrong.value}. {self.says}"


MOST = 1_000
"""Findings that are kept. All are counted."""


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What a check of the whole log came to."""

    size: int = 0
    waiting: int = 0
    erased: int = 0
    checkpoints: int = 0
    witnesses: int = 0
    wrong: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.wrong

    @property
    def first(self) -> Finding:
        """The finding that is first in the log."""
        return min(self.findings, key=lambda finding: finding.index)

    def add(self, finding: Finding) -> None:
        self.wrong += 1
        if len(self.findings) < MOST:
            self.findings.append(finding)

    def lines(self) -> Iterator[str]:
        """What is to be told, the first thing that is wrong before all others."""
        ours = "1 checkpoint" if self.checkpoints == 1 else f"{self.checkpoints:,} checkpoints"
        held = f"{ours} of ours and {self.witnesses:,} of witnesses"
        if self.good:
            yield f"The log is whole: {self.size:,} entries and events, held against {held}."
        else:
            wrong = "1 thing is" if self.wrong == 1 else f"{self.wrong:,} things are"
            yield f"The log has been tampered with: {wrong} wrong. The first is:"
            yield str(self.first)
        if self.erased:
            yield f"Erased by law, each with an entry that says so: {self.erased:,}."
        if self.waiting:
            yield f"Waiting for a place in the log: {self.waiting:,}."
