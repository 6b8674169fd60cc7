"""The sequencer: gives each leaf of the inbox its place in the tree, and signs checkpoints.

What it takes out of the inbox, it places in the same transaction, so a leaf is in one of the two
whatever happens. A leaf whose transaction commits late is seen late and placed late: nothing is
asked about ids, so no gap in them can hide one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any

from django.db import Error, connection

from keepsight.audit.actor import Actor, system
from keepsight.audit.keys import signing_key
from keepsight.audit.tree import StoredTree
from keepsight.audit.writing import action
from keepsight.kernel.checkpoints import Checkpoint
from keepsight.kernel.merkle import Frontier

SEQUENCER = system("sequencer")
MOST = 20_000
"""Leaves placed in one transaction."""
LOOK_EVERY = 0.25
"""Seconds between two looks into the inbox."""
SIGN_EVERY = 10.0
"""Seconds between two checkpoints, at the least, while the log grows."""

ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(43, 1)"
PLACE = """
WITH taken AS (
  DELETE FROM audit_inbox WHERE id IN (SELECT id FROM audit_inbox ORDER BY id LIMIT %s)
  RETURNING id, source, ref, leaf)
INSERT INTO audit_leaf (tree_index, source, ref, leaf)
SELECT %s + row_number() OVER (ORDER BY id) - 1, source, ref, leaf FROM taken"""
TILE = "INSERT INTO audit_tile (level, position, hashes, root) VALUES (%s, %s, %s, %s)"
SIGNED = "SELECT coalesce(max(size), 0) FROM audit_checkpoint"
SIGN = "INSERT INTO audit_checkpoint (size, note, verifier_key) VALUES (%s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Sequenced:
    """What one step did: how many leaves it placed, how many there are, and whether it signed."""

    placed: int
    size: int
    signed: bool


@action
def sequence(*, by: Actor, sign: bool = True, most: int = MOST) -> Sequenced | None:
    """Place what is in the inbox; with `sign`, sign a checkpoint where the last is of less.

    Nothing (`None`) where another sequencer is at work.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        if not cursor.fetchone()[0]:
            return None
        tree = StoredTree(cursor)
        old = tree.size()
        cursor.execute(PLACE, [most, old])
        new = old + cursor.rowcount
        signing = sign and new > _signed(cursor)
        if new > old or signing:
            frontier, tiles = tree.grown(old, new)
            cursor.executemany(TILE, tiles)
            if signing:
                _sign(cursor, frontier)
    return Sequenced(new - old, new, signing)


def sequence_all(*, by: Actor) -> int:
    """Place all that is in the inbox now and sign; how many were placed."""
    placed = 0
    while (done := sequence(by=by)) and done.placed:
        placed += done.placed
    return placed


def keep_sequencing(stop: Event, tell: Callable[[str], None]) -> None:
    """Place leaves as they come, until told to stop; a database that is away is waited for."""
    signed, away = -SIGN_EVERY, False
    while not (stopping := stop.wait(LOOK_EVERY)) or not away:
        try:
            if stopping:
                sequence_all(by=SEQUENCER)
                return
            done = sequence(by=SEQUENCER, sign=monotonic() - signed >= SIGN_EVERY)
            if done and done.signed:
                signed = monotonic()
            away = False
        except Error as error:
            connection.close()
            if not away:
                tell(f"The log waits for the database: {str(error).strip().splitlines()[0]}")
            away = True


def _signed(cursor: Any) -> int:
    """How many leaves the last checkpoint is of."""
    cursor.execute(SIGNED)
    return int(cursor.fetchone()[0])


def _sign(cursor: Any, frontier: Frontier) -> None:
    key = signing_key()
    checkpoint = Checkpoint(key.verifier.name, frontier.size, frontier.root())
    cursor.execute(SIGN, [frontier.size, key.sign(checkpoint), str(key.verifier)])
