"""The log's tree as it is stored: full tiles of 256 hashes, and leaves that fill none yet."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from keepsight.kernel.merkle import Frontier, complete_root, leaf_hash, peaks_of

HEIGHT = 8
"""Levels of the tree in a tile, as in C2SP's tlog-tiles."""
WIDTH = 1 << HEIGHT

SIZE = "SELECT coalesce(max(tree_index) + 1, 0) FROM audit_leaf"
LEAVES = """
SELECT leaf FROM audit_leaf WHERE tree_index >= %s AND tree_index < %s ORDER BY tree_index"""
ROOTS = """
SELECT root FROM audit_tile WHERE level = %s AND position >= %s AND position < %s
ORDER BY position"""


class Cursor(Protocol):
    """What we need of Django's cursor, or of psycopg's."""

    def execute(self, query: Any, params: Any = None) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...


class NewTile(NamedTuple):
    """A tile that is full and not yet stored."""

    level: int
    position: int
    hashes: bytes
    root: bytes


class StoredTree:
    """Hashes of the tree, read through a cursor as they are asked for."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def size(self) -> int:
        """How many leaves have a place."""
        self._cursor.execute(SIZE)
        return int(self._cursor.fetchone()[0])

    def hashes(self, level: int, start: int, end: int) -> list[bytes]:
        """The hashes of a level of tiles: of leaves at level 0, else the roots of tiles below."""
        if level == 0:
            self._cursor.execute(LEAVES, [start, end])
            return [leaf_hash(bytes(leaf)) for (leaf,) in self._cursor.fetchall()]
        self._cursor.execute(ROOTS, [level - 1, start, end])
        return [bytes(root) for (root,) in self._cursor.fetchall()]

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree, from the fewest stored hashes."""
        tiles, within = divmod(level, HEIGHT)
        return complete_root(self.hashes(tiles, index << within, (index + 1) << within))

    def grown(self, old: int, new: int) -> tuple[Frontier, list[NewTile]]:
        """What the tree is with its leaves from `old` to `new`, and the tiles that they filled."""
        begun = old - old % WIDTH
        frontier = Frontier(begun, peaks_of(begun, self.node))
        hashes = self.hashes(0, begun, new)
        for each in hashes:
            frontier.append(each)
        filled: list[NewTile] = []
        level, first = 0, begun // WIDTH
        while tiles := _full(hashes):
            roots = [complete_root(tile) for tile in tiles]
            filled += [
                NewTile(level, position, b"".join(tile), root)
                for position, (tile, root) in enumerate(zip(tiles, roots, strict=True), first)
            ]
            level += 1
            begun = first - first % WIDTH
            hashes = [*self.hashes(level, begun, first), *roots]
            first //= WIDTH
        return frontier, filled


def _full(hashes: Sequence[bytes]) -> list[Sequence[bytes]]:
    ends = range(WIDTH, len(hashes) + 1, WIDTH)
    return [hashes[end - WIDTH : end] for end in ends]
