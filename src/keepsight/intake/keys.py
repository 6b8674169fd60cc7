"""Telling apart two facts of one file that share a source key but say different things."""

from dataclasses import replace

from keepsight.intake.rows import Fact, Remark

MOST_REMEMBERED = 1_000_000
"""Facts remembered of one file; beyond it the memory starts afresh, so that it stays flat."""

REPEATED = "The file also states this with other values; both are kept."


class KeysSeen:
    """The source keys of one file so far.

    The same fact again keeps its key, and is an unchanged duplicate. Another fact under the same
    key (two placements begun on one day) gets a number, so that neither supersedes the other and
    the file taken in twice changes nothing.
    """

    def __init__(self) -> None:
        self._contents: dict[int, int] = {}

    def distinct(self, fact: Fact) -> Fact:
        """The fact with a key that is its own in this file."""
        if len(self._contents) >= MOST_REMEMBERED:
            self._contents.clear()
        said = hash((fact.content, fact.occurred, fact.occurred_until))
        key, number = fact.source_key, 1
        while self._contents.setdefault(hash(key), said) != said:
            number += 1
            key = f"{fact.source_key}|{number}"
        if number == 1:
            return fact
        remark = Remark("", "", REPEATED)
        return replace(fact, source_key=key, remarks=(*fact.remarks, remark))
