"""Merkle trees as RFC 6962 and RFC 9162 define them: roots, and the two kinds of proof.

A node is named by its level and its index at that level; level 0 is the leaves. Only complete
subtrees have a node: it never changes, however much is appended.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()

Node = Callable[[int, int], bytes]
"""The hash of the complete subtree at (level, index)."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf; the prefix keeps a leaf from passing for a node."""
    return sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two nodes beside each other."""
    return sha256(b"\1" + left + right).digest()


class Frontier:
    """What must be kept of a tree to append to it: the roots of its complete subtrees.

    There are as many as the size has ones in binary, the largest first.
    """

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"A tree of {size} has {size.bit_count()} complete subtrees.")

    def append(self, hashed: bytes) -> None:
        """Take in the next leaf, as `leaf_hash` made it."""
        size = self.size
        peaks = self.peaks
        while size & 1:
            hashed = sha256(b"\1" + peaks.pop() + hashed).digest()
            size >>= 1
        peaks.append(hashed)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return root_over(self.peaks)


def root_over(peaks: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that stand side by side, each smaller than the last."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """The root over as many leaves as a power of two, level by level: the fastest way."""
    if len(hashes).bit_count() != 1:
        raise ValueError(f"{len(hashes)} is no power of two.")
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [sha256(b"\1" + left + right).digest() for left, right in pairs]
    return hashes[0]


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root over leaves that `leaf_hash` made."""
    frontier = Frontier()
    for hashed in hashes:
        frontier.append(hashed)
    return frontier.root()


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """What shows that the leaf at `index` is in the tree of `size`: PATH of RFC 9162, 2.1.3."""
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} has no leaf {index}.")
    return _path(index, 0, size, node)


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """What shows that the tree of `new` begins with that of `old`: PROOF of RFC 9162, 2.1.4."""
    if not 0 < old <= new:
        raise ValueError(f"A tree of {new} cannot be shown to begin with one of {old}.")
    return [] if old == new else _subproof(old, 0, new, node, whole=True)


def inclusion_holds(
    hashed: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether a proof leads from a leaf's hash to the root: RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    place, last = index, size - 1
    for each in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            hashed = node_hash(each, hashed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, each)
        place, last = place >> 1, last >> 1
    return last == 0 and hashed == root


def consistency_holds(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether a proof leads to both roots: RFC 9162, 2.1.4.2."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(each, first), node_hash(each, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, each)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def range_hash(start: int, end: int, node: Node) -> bytes:
    """The hash of the leaves from `start` up to `end`, a subtree of some tree."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(count)
    return node_hash(range_hash(start, middle, node), range_hash(middle, end, node))


def peaks_of(size: int, node: Node) -> list[bytes]:
    """The roots of the complete subtrees of a tree of `size`, as a `Frontier` keeps them."""
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    return [node(level, (size >> level) - 1) for level in levels]


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _path(index: int, start: int, end: int, node: Node) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, node), range_hash(middle, end, node)]
    return [*_path(index, middle, end, node), range_hash(start, middle, node)]


def _subproof(old: int, start: int, end: int, node: Node, *, whole: bool) -> list[bytes]:
    if old == end:
        return [] if whole else [range_hash(start, end, node)]
    middle = start + _split(end - start)
    if old <= middle:
        proof = _subproof(old, start, middle, node, whole=whole)
        return [*proof, range_hash(middle, end, node)]
    proof = _subproof(old, middle, end, node, whole=False)
    return [*proof, range_hash(start, middle, node)]
