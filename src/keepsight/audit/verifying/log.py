"""A log as the check reads it: the database is one, and a copy in memory may be another."""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple, Protocol

UNPLACED = 1 << 62
"""Stands for the place of a row that has none, after all places that there are."""


class Row(NamedTuple):
    """A leaf in its place, and the leaf that its row gives now (none: there is no such row)."""

    index: int
    source: str
    ref: str
    leaf: bytes
    own: bytes
    remark: str


class StoredTile(NamedTuple):
    """A tile as it is stored."""

    position: int
    hashes: bytes
    root: bytes


class StoredCheckpoint(NamedTuple):
    """A checkpoint as it is stored."""

    size: int
    note: str
    verifier_key: str


class Log(Protocol):
    """What there is to check, all as of one moment."""

    def rows(self) -> Iterator[Row]:
        """Every leaf that has a place, in order, then every row that has no place."""

    def tiles(self, level: int) -> Iterator[StoredTile]:
        """The tiles of a level, in order."""

    def checkpoints(self) -> list[StoredCheckpoint]:
        """Every checkpoint, the smallest first."""

    def waiting(self) -> Mapping[tuple[str, str], bytes]:
        """The leaves in the inbox, by source and ref."""

    def erased(self) -> Set[tuple[str, str]]:
        """The rows, by source and ref, whose erasure by law is itself an entry."""

    def title(self, source: str) -> str:
        """What a row of a source is called."""
