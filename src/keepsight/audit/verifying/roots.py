"""Signed roots, ours and witnesses', held against the root of what is there now."""

from collections.abc import Collection, Iterator, Sequence

from keepsight.audit.keys import is_signed_by
from keepsight.audit.verifying.findings import Finding, Wrong
from keepsight.audit.verifying.log import StoredCheckpoint
from keepsight.kernel.checkpoints import BadCheckpoint, Signed, VerifierKey, read_note

Witnessed = tuple[str, Signed]
"""A checkpoint, and whose it is."""
OURS = "our own checkpoint"


class Roots:
    """The signed roots in the order of their sizes, and which of them have been reached.

    `agreed` is the size of the largest signed tree that is still there as it was; `parted` is
    the finding about the first that is not. Where a witness parts, what agrees of our own means
    nothing: whoever could rewrite the log had our key too.
    """

    def __init__(self, every: Sequence[Witnessed]) -> None:
        self._ahead = sorted(every, key=lambda each: each[1].checkpoint.size, reverse=True)
        self._agreed = {True: 0, False: 0}
        self.parted: Finding | None = None

    @property
    def agreed(self) -> int:
        return max(self._agreed.values())

    def next_size(self) -> int:
        """The size at which `compare` is to be called next; -1 when there is none."""
        return self._ahead[-1][1].checkpoint.size if self._ahead else -1

    def compare(self, root: bytes) -> None:
        """Hold the root of what is there against all that was signed for this size."""
        size = self.next_size()
        while self.next_size() == size:
            whose, signed = self._ahead.pop()
            if signed.checkpoint.root != root:
                self.parted = self.parted or self._rewritten(size, whose)
            elif not self.parted:
                self._agreed[whose == OURS] = size

    def beyond(self, size: int) -> Finding | None:
        """Whatever was signed for more than is there says how much is missing."""
        if not self._ahead or self._ahead[0][1].checkpoint.size <= size:
            return None
        whose, signed = self._ahead[0]
        most = signed.checkpoint.size
        says = f"{size:,} entries are there, and {whose} is of {most:,}."
        return Finding(index=self.agreed, until=most - 1, wrong=Wrong.TRUNCATED, says=says)

    def _rewritten(self, size: int, whose: str) -> Finding:
        if whose != OURS:
            self._agreed[True] = 0
        says = (
            f"They no longer give the root of {whose} of {size:,} entries: at least one is not "
            "what it was, and its leaf was changed with it."
        )
        return Finding(index=self.agreed, until=size - 1, wrong=Wrong.REWRITTEN, says=says)


def sound(
    stored: Sequence[StoredCheckpoint], keys: Collection[VerifierKey]
) -> Iterator[Witnessed | Finding]:
    """Our own checkpoints, or what is wrong with them."""
    for each in stored:
        try:
            signed = read_note(each.note)
            if not is_signed_by(signed, keys):
                raise BadCheckpoint("It is not signed by a key that we know.")
            if signed.checkpoint.size != each.size:
                raise BadCheckpoint("It is not of the size that it is filed under.")
            if each.verifier_key not in map(str, keys):
                raise BadCheckpoint("It is published with another key than it is signed with.")
            yield OURS, signed
        except BadCheckpoint as bad:
            named = f"{OURS} of {each.size:,} entries"
            index = max(each.size - 1, 0)
            yield Finding(index=index, wrong=Wrong.CHECKPOINT, ref=named, says=str(bad))
