"""The door of a feed: what of each row may come in at all, by the feed's own governance.

Of an existence-only feed, who a child is and nothing else. Where the feed says so, attendance codes
that tell of health, belief, travelling or crime come in reduced, in marks, in counts of a term and
in rows for quarantine alike.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from keepsight.chronology.models import Feed
from keepsight.intake.rows import Fact, Part, Refused
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.vocabulary.content.education import AttendanceSummary
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.reduced_codes import AT_THE_DOOR, reduced_code

MOST_REMEMBERED = 1_000_000
"""Keys of reduced counts remembered of one file; beyond it the memory starts afresh."""

NEVER_KEPT = "Kept out: this feed is for existence only."


class Door:
    """Lets in what may come in of one delivery."""

    def __init__(self, feed: Feed) -> None:
        self._existence = feed.cohort == Cohort.EXISTENCE
        self._reduces = feed.reduces_codes
        self._seen: dict[int, int] = {}

    @property
    def shut_to_marks(self) -> bool:
        """Whether no mark of a register may come in."""
        return self._existence

    def admit(self, parts: Sequence[Part]) -> Sequence[Part]:
        """The parts that come in, in their order, each as far as it may."""
        if self._existence:
            parts = [_identity(part) for part in parts if _is_identity(part)]
        return [self._reduced(part) for part in parts] if self._reduces else parts

    def _reduced(self, part: Part) -> Part:
        if isinstance(part, Refused):
            raw = {name: _reduced_value(value) for name, value in part.raw.items()}
            return replace(part, value=_reduced_value(part.value), raw=raw)
        if isinstance(part.content, AttendanceSummary) and part.content.code in AT_THE_DOOR:
            return self._reduced_count(part, part.content)
        return part

    def _reduced_count(self, part: Fact, content: AttendanceSummary) -> Fact:
        """A count under a reduced code. Its key tells no code either, so counts are numbered.

        The file's order numbers them: whichever comes first, their sum is the same.
        """
        code = reduced_code(content.code)
        own = re.compile(rf"\|{re.escape(content.code)}(\|\d+)?$")
        whole = own.sub(f"|{code}", part.source_key)
        if len(self._seen) >= MOST_REMEMBERED:
            self._seen.clear()
        number = self._seen[hash(whole)] = self._seen.get(hash(whole), 0) + 1
        key = whole if number == 1 else f"{whole}|{number}"
        return replace(part, content=replace(content, code=code), source_key=key, remarks=())


def _is_identity(part: Part) -> bool:
    known = isinstance(part, Fact) and isinstance(part.content, PersonDetails)
    return known or isinstance(part, Refused)


def _identity(part: Part) -> Part:
    """Who the child is, without what the agency knows; of a refused row, where and why."""
    if isinstance(part, Fact) and isinstance(part.content, PersonDetails):
        content = replace(part.content, ethnicity=None, disabilities=())
        return replace(part, content=content, remarks=())
    if isinstance(part, Refused):
        return replace(part, value="", raw={"row": NEVER_KEPT})
    return part


def _reduced_value(value: str) -> str:
    return reduced_code(value.strip()) if value.strip() in AT_THE_DOOR else value
