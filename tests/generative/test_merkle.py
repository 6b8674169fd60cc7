"""The tree and its proofs against the definitions of RFC 6962, written down as they stand there."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepsight.kernel.merkle import (
    EMPTY_ROOT,
    Frontier,
    complete_root,
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    peaks_of,
    root_of,
)

VECTORS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The roots over the first 1 to 8 of the leaves below, as Certificate Transparency's tests have."""

LEAVES = [
    bytes.fromhex(each)
    for each in (
        *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
        "606162636465666768696a6b6c6d6e6f",
    )
]


def root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = split(len(leaves))
    return sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2."""
    if m == len(leaves):
        return [] if whole else [root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), root(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), root(leaves[:k])]


def made(count: int) -> list[bytes]:
    return [bytes([each % 256, each // 256]) for each in range(count)]


def node_of(leaves: list[bytes]):
    return lambda level, index: root(leaves[index << level : (index + 1) << level])


sizes = st.integers(1, 300)


@st.composite
def two_sizes(draw):
    new = draw(sizes)
    return draw(st.integers(1, new)), new


@pytest.mark.parametrize("count", range(1, 9))
def test_known_roots(count: int) -> None:
    assert root_of(map(leaf_hash, LEAVES[:count])).hex() == VECTORS[count - 1]


def test_nothing_has_a_root() -> None:
    assert EMPTY_ROOT == root([]) == Frontier().root()


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_a_tree_that_grows_has_the_root_of_the_rfc_at_every_size(leaves: list[bytes]) -> None:
    frontier = Frontier()
    for count, leaf in enumerate(leaves):
        assert frontier.root() == root(leaves[:count])
        frontier.append(leaf_hash(leaf))
        assert len(frontier.peaks) == frontier.size.bit_count()
    assert frontier.root() == root(leaves)


@given(two_sizes())
def test_a_tree_goes_on_from_its_complete_subtrees(pair: tuple[int, int]) -> None:
    old, new = pair
    leaves = made(new)
    frontier = Frontier(old, peaks_of(old, node_of(leaves)))
    assert frontier.root() == root(leaves[:old])
    for leaf in leaves[old:]:
        frontier.append(leaf_hash(leaf))
    assert frontier.root() == root(leaves)


@given(two_sizes(), st.data())
def test_a_leaf_is_shown_to_be_there_and_no_other_is(pair: tuple[int, int], data) -> None:
    index, size = pair[0] - 1, pair[1]
    leaves = made(size)
    proof = inclusion_proof(index, size, node_of(leaves))
    assert proof == path(index, leaves)
    hashed = leaf_hash(leaves[index])
    assert inclusion_holds(hashed, index, size, proof, root(leaves))
    assert not inclusion_holds(leaf_hash(b"other"), index, size, proof, root(leaves))
    assert not inclusion_holds(hashed, index, size, proof, root(leaves[:-1]))
    assert not inclusion_holds(hashed, index, size, [*proof, hashed], root(leaves))
    assert not inclusion_holds(hashed, size, size, proof, root(leaves))
    wrong = data.draw(st.integers(0, size - 1))
    assert inclusion_holds(hashed, wrong, size, proof, root(leaves)) == (wrong == index)
    if proof:
        assert not inclusion_holds(hashed, index, size, proof[:-1], root(leaves))


@given(two_sizes(), st.data())
def test_a_log_is_shown_to_continue_and_a_rewritten_one_is_not(pair: tuple[int, int], data) -> None:
    old, new = pair
    leaves = made(new)
    proof = consistency_proof(old, new, node_of(leaves))
    assert proof == subproof(old, leaves, True)
    before, after = root(leaves[:old]), root(leaves)
    assert consistency_holds(old, new, proof, before, after)

    rewritten = list(leaves)
    rewritten[data.draw(st.integers(0, old - 1))] = b"another"
    other = root(rewritten)
    assert not consistency_holds(old, new, proof, before, other)
    forged = consistency_proof(old, new, node_of(rewritten))
    assert not consistency_holds(old, new, forged, before, other)
    assert not consistency_holds(old, new, [*proof, before], before, after)
    if old < new:
        assert not consistency_holds(old, new, [], before, after)
        assert not consistency_holds(new, old, proof, after, before)


@given(st.integers(0, 8))
def test_a_complete_tree_level_by_level_has_the_same_root(level: int) -> None:
    leaves = made(1 << level)
    assert complete_root([leaf_hash(each) for each in leaves]) == root(leaves)


def test_a_tree_that_is_not_complete_is_refused() -> None:
    for count in (0, 3, 6):
        with pytest.raises(ValueError, match="no power of two"):
            complete_root([b""] * count)


def test_there_is_no_proof_of_what_is_not_there() -> None:
    node = node_of(made(4))
    for index, size in ((4, 4), (-1, 4), (0, 0)):
        with pytest.raises(ValueError, match="has no leaf"):
            inclusion_proof(index, size, node)
    for old, new in ((0, 4), (5, 4)):
        with pytest.raises(ValueError, match="cannot be shown"):
            consistency_proof(old, new, node)
    with pytest.raises(ValueError, match="2 complete subtrees"):
        Frontier(3, [b""])
