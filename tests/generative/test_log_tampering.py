"""Thousands of random tamperings with a log in memory: the check finds each, and where it is.

The log is made in PostgreSQL, copied whole with the words of every row, and checked by the same
code as one in a database. `--full` tries ten thousand.
"""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from keepsight.audit.keys import new_key, signing_key
from keepsight.audit.verifying.findings import Finding, Wrong
from keepsight.audit.verifying.log import StoredCheckpoint, StoredTile
from keepsight.kernel.checkpoints import Checkpoint, Signed, read_note
from keepsight.kernel.merkle import leaf_hash, root_of
from tests.factories.kept_log import SOURCES, KeptLog, write_a_log

Chance = random.Random
Tampering = Callable[[KeptLog, Chance], int]
"""Changes a log, and says which place is the first that is not what it was."""

FEW, MANY = 600, 10_000


def edit(log: KeptLog, chance: Chance) -> int:
    """One byte of a row is another."""
    index, source, ref = somewhere(log, chance)
    log.words[source, ref] = flipped(log.words[source, ref], chance)
    return index


def delete(log: KeptLog, chance: Chance) -> int:
    index, source, ref = somewhere(log, chance)
    del log.words[source, ref]
    return index


def delete_leaf(log: KeptLog, chance: Chance) -> int:
    index, _, _ = somewhere(log, chance, last=1)
    log.places = [each for each in range(len(log.leaves)) if each != index]
    del log.leaves[index]
    return index


def delete_both(log: KeptLog, chance: Chance) -> int:
    index, source, ref = somewhere(log, chance, last=1)
    del log.words[source, ref]
    log.places = [each for each in range(len(log.leaves)) if each != index]
    del log.leaves[index]
    return index


def delete_and_move_up(log: KeptLog, chance: Chance) -> int:
    index, source, ref = somewhere(log, chance)
    del log.words[source, ref]
    del log.leaves[index]
    return index


def insert(log: KeptLog, chance: Chance) -> int:
    """A row is put into the table, and nothing into the log."""
    _, source, ref = somewhere(log, chance)
    log.words[source, f"{ref}-another"] = flipped(log.words[source, ref], chance)
    return len(log.leaves)


def insert_and_move_down(log: KeptLog, chance: Chance) -> int:
    """A row is put into the table, and its leaf into the midst of the log."""
    index, source, ref = somewhere(log, chance)
    new = log.words[source, f"{ref}-another"] = flipped(log.words[source, ref], chance)
    log.leaves.insert(index, (source, f"{ref}-another", SOURCES[source].own(new)[0]))
    return index


def exchange(log: KeptLog, chance: Chance) -> int:
    one, other = sorted(chance.sample(range(len(log.leaves)), 2))
    log.leaves[one], log.leaves[other] = log.leaves[other], log.leaves[one]
    return one


def truncate(log: KeptLog, chance: Chance) -> int:
    """The end of the log goes, and sometimes all that was stored of it."""
    index, _, _ = somewhere(log, chance)
    for source, ref, _ in log.leaves[index:]:
        del log.words[source, ref]
    del log.leaves[index:]
    if chance.random() < 0.5:
        log.stored[0] = log.stored[0][: index // 256]
    if chance.random() < 0.5:
        log.signed = [each for each in log.signed if each.size <= index]
    return index


def edit_with_its_leaf(log: KeptLog, chance: Chance) -> int:
    index, source, ref = somewhere(log, chance)
    while True:
        words = flipped(log.words[source, ref], chance)
        leaf, remark = SOURCES[source].own(words)
        if leaf not in (b"", log.leaves[index][2]) and not remark:
            break
    log.words[source, ref] = words
    log.leaves[index] = (source, ref, leaf)
    return index


def edit_with_its_leaf_and_the_tree(log: KeptLog, chance: Chance) -> int:
    index = edit_with_its_leaf(log, chance)
    build_tiles(log)
    return index


def rewrite_with_another_key(log: KeptLog, chance: Chance) -> int:
    index = edit_with_its_leaf_and_the_tree(log, chance)
    sign_again(log, new=True)
    return index


def rewrite_with_the_key(log: KeptLog, chance: Chance) -> int:
    index = edit_with_its_leaf_and_the_tree(log, chance)
    sign_again(log, new=False)
    return index


def edit_a_tile(log: KeptLog, chance: Chance) -> int:
    position = chance.randrange(len(log.stored[0]))
    tile = log.stored[0][position]
    if chance.random() < 0.5:
        log.stored[0][position] = tile._replace(root=flipped(tile.root, chance))
        return 256 * position
    at = chance.randrange(256)
    hashes = bytearray(tile.hashes)
    hashes[32 * at] ^= 1
    log.stored[0][position] = tile._replace(hashes=bytes(hashes))
    return 256 * position + at


def edit_a_checkpoint(log: KeptLog, chance: Chance) -> int:
    number = chance.randrange(len(log.signed))
    one = log.signed[number]
    note = flipped(one.note.encode(), chance).decode(errors="replace")
    log.signed[number] = one._replace(note=note)
    return one.size - 1


EXACT = (edit, delete, delete_leaf, delete_both, insert)
"""Of these the place is always told."""
BETWEEN_SIGNED = (
    *(delete_and_move_up, insert_and_move_down, exchange, truncate, edit_with_its_leaf),
    *(edit_with_its_leaf_and_the_tree, edit_a_tile, edit_a_checkpoint),
)
"""Of these the place is told to the tile, or between two signed roots."""
ONLY_BY_WITNESSES = (rewrite_with_another_key, rewrite_with_the_key)
"""Nothing that we store could tell of these where they begin."""
EVERY = (*EXACT, *BETWEEN_SIGNED, *ONLY_BY_WITNESSES)


def somewhere(log: KeptLog, chance: Chance, last: int = 0) -> tuple[int, str, str]:
    index = chance.randrange(len(log.leaves) - last)
    source, ref, _ = log.leaves[index]
    return index, source, ref


def flipped(said: bytes, chance: Chance) -> bytes:
    at = chance.randrange(len(said))
    return said[:at] + bytes([said[at] ^ chance.randrange(1, 256)]) + said[at + 1 :]


def build_tiles(log: KeptLog) -> None:
    hashes = [leaf_hash(leaf) for _, _, leaf in log.leaves]
    log.stored[0] = [
        StoredTile(number, b"".join(tile), root_of(tile))
        for number in range(len(hashes) // 256)
        if (tile := hashes[256 * number : 256 * (number + 1)])
    ]


def sign_again(log: KeptLog, *, new: bool) -> None:
    key = new_key(signing_key().verifier.name) if new else signing_key()
    hashes = [leaf_hash(leaf) for _, _, leaf in log.leaves]
    log.signed = [
        StoredCheckpoint(
            each.size,
            key.sign(Checkpoint(key.verifier.name, each.size, root_of(hashes[: each.size]))),
            str(key.verifier),
        )
        for each in log.signed
    ]


@pytest.fixture
def kept(database: None) -> tuple[KeptLog, Signed]:
    """A whole log, and the last checkpoint of it in the hands of a witness."""
    write_a_log()
    log = KeptLog.copy()
    witness = read_note(log.signed[-1].note)
    assert log.check(witness).good
    assert len(log.stored[0]) >= 2
    assert {source for source, _, _ in log.leaves} == set(SOURCES)
    return log, witness


def covers(finding: Finding, place: int) -> bool:
    return finding.index <= place <= max(finding.until or 0, finding.index)


def try_it(log: KeptLog, witness: Signed, tampering: Tampering, seed: int) -> None:
    tampered = log.another()
    place = tampering(tampered, random.Random(seed))  # noqa: S311
    named = (tampering.__name__, seed, place)
    verdict = tampered.check(witness)
    assert not verdict.good, named
    first = verdict.first
    if tampering in EXACT:
        assert (first.index, first.until or place) == (place, place), (named, first)
    elif tampering in BETWEEN_SIGNED:
        assert covers(first, place), (named, first)
    else:
        assert any(covers(each, place) for each in verdict.findings), (named, first)


def test_each_of_some_hundred_random_tamperings_is_found(kept: tuple[KeptLog, Signed]) -> None:
    for seed in range(FEW):
        try_it(*kept, EVERY[seed % len(EVERY)], seed)


@pytest.mark.full
def test_each_of_ten_thousand_random_tamperings_is_found(kept: tuple[KeptLog, Signed]) -> None:
    for seed in range(MANY):
        try_it(*kept, EVERY[seed % len(EVERY)], 1_000_000 + seed)


def test_without_the_witness_a_rewriting_with_the_key_is_not_found(
    kept: tuple[KeptLog, Signed],
) -> None:
    """So the test above could fail: it is the witness that finds it."""
    log = kept[0].another()
    rewrite_with_the_key(log, random.Random(1))  # noqa: S311
    assert log.check().good
    assert log.check(kept[1]).first.wrong is Wrong.REWRITTEN


def test_several_tamperings_at_once_are_told_by_the_first(kept: tuple[KeptLog, Signed]) -> None:
    log, witness = kept
    for seed in range(100):
        tampered, chance = log.another(), random.Random(seed)  # noqa: S311
        places = [edit(tampered, chance), edit(tampered, chance), edit(tampered, chance)]
        changed = [
            index
            for index, (source, ref, _) in enumerate(log.leaves)
            if tampered.words[source, ref] != log.words[source, ref]
        ]
        assert set(changed) <= set(places)
        assert tampered.check(witness).first.index == changed[0]


def test_a_log_that_only_grew_is_whole(kept: tuple[KeptLog, Signed]) -> None:
    log, witness = kept
    source, ref, leaf = log.leaves[0]
    grown = replace(log.another(), leaves=[*log.leaves, (source, ref, leaf)])
    assert grown.check(witness).good
