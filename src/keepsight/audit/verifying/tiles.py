"""The stored tree held against the leaves: it says in which place they part."""

from collections.abc import Iterator, Sequence

from keepsight.audit.tree import WIDTH
from keepsight.audit.verifying.findings import Finding, Wrong
from keepsight.audit.verifying.log import Log, StoredTile
from keepsight.kernel.merkle import HASH_SIZE, complete_root

MOST = 100
"""Tiles that part from the leaves are looked at up to here: after a shift all of them do."""


class Tiles:
    """Takes the hashes of the leaves tile by tile, and keeps where the stored tree has others."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._stored: list[Iterator[StoredTile]] = []
        self._filled: list[int] = []
        self._above: list[list[bytes]] = []
        self.parted: list[Finding] = []

    def compare(self, hashes: Sequence[bytes], level: int = 0) -> bytes:
        """Hold the next tile of a level, as the leaves give it, against the stored; its root."""
        if level == len(self._stored):
            self._stored.append(self._log.tiles(level))
            self._filled.append(0)
            self._above.append([])
        position, root = self._filled[level], complete_root(hashes)
        self._filled[level] += 1
        stored = next(self._stored[level], None)
        if len(self.parted) < MOST:
            self.parted += _parting(level, position, hashes, root, stored)
        self._above[level].append(root)
        if len(self._above[level]) == WIDTH:
            self.compare(self._above[level], level + 1)
            self._above[level].clear()
        return root

    def more(self) -> int | None:
        """A place behind the last leaf for which the stored tree has a hash."""
        stored = self._stored or [self._log.tiles(0)]
        filled = self._filled or [0]
        for level, (tiles, count) in enumerate(zip(stored, filled, strict=True)):
            if next(tiles, None) is not None:
                return (count + 1) * WIDTH ** (level + 1) - 1
        return None


def _parting(
    level: int, position: int, hashes: Sequence[bytes], root: bytes, stored: StoredTile | None
) -> list[Finding]:
    span = WIDTH**level
    index = position * WIDTH * span
    until = index + WIDTH * span - 1
    if stored is None or stored.position != position:
        says = "The stored tree has no hashes for them."
    elif stored.hashes == b"".join(hashes):
        if stored.root == root:
            return []
        says = "The stored tree has another root over them."
    elif level == 0 and len(stored.hashes) == WIDTH * HASH_SIZE:
        return [_where(index, hashes, _split(stored.hashes))]
    else:
        says = "The stored tree has other hashes for them."
    return [Finding(index=index, until=until, wrong=Wrong.TREE, says=says)]


def _where(index: int, seen: Sequence[bytes], stored: Sequence[bytes]) -> Finding:
    """The first of 256 leaves that is not the one that was placed, and what became of it."""
    at = next(i for i in range(WIDTH) if seen[i] != stored[i])
    if seen[at + 1 :] == stored[at + 1 :]:
        wrong, says = Wrong.EDITED, "It was changed or exchanged, and its leaf with it."
    elif seen[at:-1] == stored[at + 1 :]:
        wrong, says = Wrong.DELETED, "It was taken out, and all after it moved up."
    elif seen[at + 1 :] == stored[at:-1]:
        wrong, says = Wrong.INSERTED, "It was put in, and all after it moved down."
    elif sorted(seen) == sorted(stored):
        wrong, says = Wrong.REORDERED, "It stands where another stood."
    else:
        wrong, says = Wrong.REWRITTEN, "From here on other leaves stand than were placed."
    return Finding(index=index + at, wrong=wrong, says=says)


def _split(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE)]
