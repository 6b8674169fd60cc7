"""Every leaf whose transaction commits gets one place, whatever happens beside it."""

import random
import threading
from collections.abc import Callable
from itertools import pairwise

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from keepsight.audit.keys import is_signed_by, signing_key
from keepsight.audit.sequencing import SEQUENCER, keep_sequencing, sequence, sequence_all
from keepsight.audit.tree import StoredTree
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.checkpoints import read_note
from keepsight.kernel.merkle import consistency_holds, consistency_proof, leaf_hash, root_of
from tests.factories.kept_log import checked, place, write_a_log, write_entries
from tests.factories.log import as_backup, entries
from tests.factories.roles import acting_as

WRITERS = 8


class Undone(Exception):
    """Rolls a writer's transaction back."""


def placed() -> list[tuple[int, str]]:
    with as_backup() as backup:
        rows = backup.execute("SELECT tree_index, ref FROM audit_leaf ORDER BY 1").fetchall()
    return [(row["tree_index"], row["ref"]) for row in rows]


def count(table: str) -> int:
    with as_backup() as backup:
        row = backup.execute(f"SELECT count(*) AS n FROM {table}").fetchone()
    assert row is not None
    return row["n"]


def as_admin(server: ServerAddress) -> psycopg.Connection:
    return server.connect(connection.settings_dict["NAME"])


def write_some(number: int) -> None:
    """A writer: forty transactions of a few entries, of which about a third is rolled back."""
    chance = random.Random(number)  # noqa: S311
    try:
        for each in range(40):
            try:
                with transaction.atomic():
                    write_entries(chance.randrange(1, 4), first=1000 * number + each)
                    if chance.random() < 0.3:
                        raise Undone
            except Undone:
                continue
    finally:
        connection.close()


def test_writers_beside_a_sequencer_lose_no_leaf_and_leave_no_gap(database: None) -> None:
    writers = [threading.Thread(target=write_some, args=[number]) for number in range(WRITERS)]
    for each in writers:
        each.start()
    steps = 0
    while any(each.is_alive() for each in writers):
        steps += bool(place(sign=steps % 3 == 0).placed)
    place()
    written = {str(row["id"]) for row in entries()}
    found = placed()
    assert steps > 1
    assert len(written) > 200
    assert [index for index, _ in found] == list(range(len(written)))
    assert {ref for _, ref in found} == written
    assert checked().good


def test_a_leaf_that_commits_late_is_placed_late(database: None) -> None:
    late = connections["default"].copy()
    try:
        late.set_autocommit(False)
        with late.cursor() as cursor:
            leaf = "INSERT INTO audit_inbox (source, ref, leaf) VALUES ('entry', %s, %s)"
            cursor.execute(leaf, ["late", bytes(32)])
            write_entries(2)
            assert place().placed == 2
            late.commit()
    finally:
        late.close()
    assert place().placed == 1
    assert [index for index, ref in placed() if ref == "late"] == [2]


def test_nothing_is_placed_twice_and_nothing_is_signed_twice(database: None) -> None:
    write_entries(3)
    assert (place().placed, place().placed) == (3, 0)
    assert (count("audit_inbox"), count("audit_leaf"), count("audit_checkpoint")) == (0, 3, 1)
    write_entries(1)
    assert not place(sign=False).signed
    assert place().signed
    assert count("audit_checkpoint") == 2


def test_one_sequencer_at_a_time(database: None, server: ServerAddress) -> None:
    write_entries(1)
    with as_admin(server) as another:
        another.execute("SELECT pg_advisory_lock(43, 1)")
        with acting_as("batch"):
            assert sequence(by=SEQUENCER) is None
        another.execute("SELECT pg_advisory_unlock(43, 1)")
    assert place().placed == 1


def killed(server: ServerAddress) -> None:
    """The sequencer's connection dies before it can commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    with as_admin(server) as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", [backend])


def undone(server: ServerAddress) -> None:
    raise Undone


def step_that_crashes(server: ServerAddress, crash: Callable[[ServerAddress], None]) -> None:
    with transaction.atomic():
        assert sequence(by=SEQUENCER)
        crash(server)


@pytest.mark.parametrize("crash", [killed, undone])
def test_a_crash_before_the_end_leaves_everything_to_be_placed(
    database: None, server: ServerAddress, crash: Callable[[ServerAddress], None]
) -> None:
    write_entries(600)
    with acting_as("batch"):
        with pytest.raises((DatabaseError, Undone)):
            step_that_crashes(server, crash)
        connection.close()
    assert (count("audit_inbox"), count("audit_leaf"), count("audit_tile")) == (600, 0, 0)
    assert place().placed == 600
    assert checked().good


@pytest.mark.parametrize("table", ["audit_leaf", "audit_tile", "audit_checkpoint"])
def test_a_step_that_fails_takes_back_the_steps_before_it(
    database: None, server: ServerAddress, table: str
) -> None:
    write_entries(600)
    with as_admin(server) as admin:
        admin.execute(f"ALTER TABLE {table} ADD CONSTRAINT full_disk CHECK (false) NOT VALID")
        try:
            with pytest.raises(DatabaseError, match="full_disk"):
                place()
            assert (count("audit_inbox"), count("audit_leaf")) == (600, 0)
        finally:
            admin.execute(f"ALTER TABLE {table} DROP CONSTRAINT full_disk")
    assert place().placed == 600
    assert checked().good


def test_the_stored_tree_is_the_tree_of_the_leaves(database: None, server: ServerAddress) -> None:
    """More than 65,536 leaves, so that there is a tile of tiles; placed in uneven steps."""
    with as_admin(server) as admin:
        admin.execute(
            "INSERT INTO audit_inbox (source, ref, leaf)"
            " SELECT 'entry', i::text, sha256(i::text::bytea) FROM generate_series(1, 66000) i"
        )
    with acting_as("batch"):
        for most in (1, 254, 1, 300, 9_999, 50_000, 20_000):
            assert sequence(by=SEQUENCER, most=most)
    with as_backup() as backup:
        rows = backup.execute("SELECT leaf FROM audit_leaf ORDER BY tree_index").fetchall()
        notes = backup.execute("SELECT note FROM audit_checkpoint ORDER BY size").fetchall()
    hashes = [leaf_hash(bytes(row["leaf"])) for row in rows]
    signed = [read_note(row["note"]) for row in notes]
    sizes = [each.checkpoint.size for each in signed]
    assert sizes == [1, 255, 256, 556, 10_555, 60_555, 66_000]
    for each in signed:
        assert each.checkpoint.root == root_of(hashes[: each.checkpoint.size])
        assert is_signed_by(each, [signing_key().verifier])
    assert count("audit_tile") == 66_000 // 256 + 1
    with connection.cursor() as cursor:
        node = StoredTree(cursor).node
        for one, other in pairwise(signed):
            old, new = one.checkpoint, other.checkpoint
            proof = consistency_proof(old.size, new.size, node)
            assert consistency_holds(old.size, new.size, proof, old.root, new.root)


def test_the_loop_places_what_comes_until_it_is_told_to_stop(database: None) -> None:
    write_entries(2)
    stop = threading.Event()
    said: list[str] = []

    def loop() -> None:
        with acting_as("batch"):
            keep_sequencing(stop, said.append)
            connection.close()

    thread = threading.Thread(target=loop)
    thread.start()
    while not count("audit_leaf"):
        assert thread.is_alive()
    write_entries(1, first=2)
    stop.set()
    thread.join()
    assert (count("audit_leaf"), count("audit_inbox"), said) == (3, 0, [])
    assert checked().good


REWRITES = (
    *("UPDATE audit_leaf SET ref = 'x'", "DELETE FROM audit_leaf", "TRUNCATE audit_leaf"),
    *("UPDATE audit_tile SET root = ''", "DELETE FROM audit_tile", "TRUNCATE audit_tile"),
    *("UPDATE audit_checkpoint SET note = ''", "DELETE FROM audit_checkpoint"),
    *("UPDATE audit_inbox SET ref = 'x'", "TRUNCATE audit_inbox"),
)
NOT_FOR_PAGES = (
    *("DELETE FROM audit_inbox", "SELECT leaf FROM audit_inbox", "SELECT ref FROM audit_leaf"),
    "INSERT INTO audit_leaf VALUES (0, 'entry', 'x', sha256('x'))",
    "INSERT INTO audit_checkpoint VALUES (9, 'x', 'x')",
)


@pytest.mark.parametrize("role", ["app", "batch"])
def test_no_role_can_rewrite_the_log(database: None, role: str) -> None:
    write_a_log()
    write_entries(1, first=900)
    with acting_as(role), connection.cursor() as cursor:
        for statement in REWRITES + (NOT_FOR_PAGES if role == "app" else ()):
            with pytest.raises(DatabaseError, match=r"append-only|permission denied"):
                cursor.execute(statement)
    assert checked().good


def test_a_whole_inbox_is_placed_by_one_call(database: None) -> None:
    write_entries(5)
    with acting_as("batch"):
        assert sequence_all(by=SEQUENCER) == 5
        assert sequence_all(by=SEQUENCER) == 0
