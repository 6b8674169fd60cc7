"""Whoever has the whole database can change anything in it, and none of it goes unseen."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from keepsight.audit.actions import Note, record
from keepsight.audit.keys import new_key, signing_key
from keepsight.audit.leaves import ENTRIES
from keepsight.audit.models import Act
from keepsight.audit.verifying.database import NotALog
from keepsight.audit.verifying.findings import Finding, Wrong
from keepsight.chronology.logged import EVENTS
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.checkpoints import Checkpoint, Signed
from keepsight.kernel.merkle import leaf_hash, root_of
from tests.factories.kept_log import checked, last_signed, opened, place, write_a_log, write_entries
from tests.factories.world import TESTER

Admin = psycopg.Connection[Any]

CHANGED = {
    "bigint": "coalesce({0}, 0) + 1000",
    "integer": "{0} + 1",
    "smallint": "{0} + 1",
    "boolean": "NOT {0}",
    "bytea": "set_byte({0}, 0, get_byte({0}, 0) # 1)",
    "character varying": "left({0} || 'x', 16)",
    "date": "coalesce({0}, current_date) + 1",
    "jsonb": """'{{"other": 1}}'""",
    "text": "{0} || 'x'",
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 microsecond'",
    "uuid": "gen_random_uuid()",
}
"""A small change of a value of each type."""

TABLES = {
    "audit_auditentry": "what = 'timeline 100'",
    "chronology_event": "source_key = 'missing|7'",
    "chronology_eventcontent": (
        "event_id = (SELECT id FROM chronology_event WHERE source_key = 'missing|7')"
    ),
    "chronology_eventplace": (
        "event_id = (SELECT id FROM chronology_event WHERE source_key = 'missing|7')"
    ),
    "audit_leaf": "tree_index = 120",
    "audit_tile": "level = 0 AND position = 1",
    "audit_checkpoint": "size = (SELECT min(size) FROM audit_checkpoint)",
}
"""Each table that the check reads, and one row of it."""


@pytest.fixture
def admin(database: None, server: ServerAddress) -> Iterator[Admin]:
    """A superuser, with triggers and foreign keys switched off, beside a log that is whole."""
    write_a_log()
    assert checked().good
    with server.connect(connection.settings_dict["NAME"]) as opened_as_admin:
        opened_as_admin.execute("SET session_replication_role = replica")
        yield opened_as_admin


def place_of(admin: Admin, where: str) -> int:
    """The place of one audit entry."""
    found = admin.execute(
        f"SELECT tree_index FROM audit_leaf l JOIN audit_auditentry a ON a.id::text = l.ref"
        f" WHERE {where}"
    ).fetchone()
    assert found is not None
    return found[0]


def size_of(admin: Admin) -> int:
    found = admin.execute("SELECT count(*) FROM audit_leaf").fetchone()
    assert found is not None
    return found[0]


def first(*witnessed: Signed) -> Finding:
    verdict = checked(*witnessed)
    assert not verdict.good
    return verdict.first


@pytest.mark.parametrize("table", TABLES)
def test_a_change_of_any_column_is_found(admin: Admin, table: str) -> None:
    where = TABLES[table]
    columns = admin.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_name = %s AND table_schema = 'public'",
        [table],
    ).fetchall()
    assert len(columns) > 2
    admin.execute(f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {table} WHERE {where}")
    for name, kind in columns:
        change = CHANGED[kind].format(f'"{name}"')
        done = admin.execute(
            f'UPDATE {table} SET "{name}" = {change} WHERE {where} RETURNING ctid::text'
        )
        [(changed,)] = done.fetchall()
        assert not checked().good, name
        admin.execute(f"DELETE FROM {table} WHERE ctid = '{changed}'")
        admin.execute(f"INSERT INTO {table} SELECT * FROM kept")
        assert checked().good, name


def test_an_edit_is_named(admin: Admin) -> None:
    where = "what = 'timeline 100'"
    place = place_of(admin, where)
    admin.execute(f"UPDATE audit_auditentry SET reason = 'asked' WHERE {where}")
    admin.execute("UPDATE audit_auditentry SET reason = 'asked' WHERE what = 'timeline 500'")
    verdict = checked()
    assert verdict.wrong == 2
    assert (verdict.first.index, verdict.first.wrong) == (place, Wrong.EDITED)
    [entry] = admin.execute(f"SELECT id FROM audit_auditentry WHERE {where}").fetchall()
    assert str(verdict.first) == (
        f"Entry {place} of the log (audit entry {entry[0]}): edited."
        " It no longer gives the leaf that was written with it."
    )


def test_a_deleted_row_is_named(admin: Admin) -> None:
    place = place_of(admin, "what = 'timeline 300'")
    admin.execute("DELETE FROM audit_auditentry WHERE what = 'timeline 300'")
    found = first()
    assert (found.index, found.wrong) == (place, Wrong.DELETED)


def test_a_row_deleted_with_its_leaf_leaves_a_gap(admin: Admin) -> None:
    place = place_of(admin, "what = 'timeline 300'")
    admin.execute("DELETE FROM audit_auditentry WHERE what = 'timeline 300'")
    admin.execute("DELETE FROM audit_leaf WHERE tree_index = %s", [place])
    found = first()
    assert (found.index, found.wrong) == (place, Wrong.DELETED)


def test_a_row_deleted_with_all_after_it_moved_up_is_named(admin: Admin) -> None:
    place = place_of(admin, "what = 'timeline 300'")
    admin.execute("DELETE FROM audit_auditentry WHERE what = 'timeline 300'")
    admin.execute("DELETE FROM audit_leaf WHERE tree_index = %s", [place])
    move(admin, place, -1)
    found = first()
    assert (found.index, found.wrong) == (place, Wrong.DELETED)


def move(admin: Admin, start: int, by: int) -> None:
    """Give all leaves behind a place another one, in two steps so that none is claimed twice."""
    for step in (10**6, by - 10**6):
        admin.execute(
            "UPDATE audit_leaf SET tree_index = tree_index + %s WHERE tree_index >= %s",
            [step, start],
        )


def test_an_entry_put_into_the_table_is_named(admin: Admin) -> None:
    size = size_of(admin)
    admin.execute(
        "INSERT INTO audit_auditentry SELECT (r).* FROM (SELECT jsonb_populate_record(a,"
        " jsonb_build_object('id', gen_random_uuid())) AS r FROM audit_auditentry a LIMIT 1) b"
    )
    found = first()
    assert (found.index, found.wrong) == (size, Wrong.INSERTED)
    assert "audit entry" in found.ref


def test_an_entry_put_into_the_midst_of_the_log_is_named(admin: Admin) -> None:
    move(admin, 400, 1)
    admin.execute(
        "INSERT INTO audit_leaf SELECT 400, source, ref, sha256('another') FROM audit_leaf"
        " WHERE tree_index = 0"
    )
    admin.execute(
        "UPDATE audit_leaf SET leaf = (SELECT leaf FROM audit_leaf l WHERE"
        " l.tree_index = 0) WHERE tree_index = 400"
    )
    found = first()
    assert (found.index, found.wrong) == (400, Wrong.INSERTED)


def test_two_entries_exchanged_are_named(admin: Admin) -> None:
    for old, new in ((300, -1), (310, 300), (-1, 310)):
        admin.execute("UPDATE audit_leaf SET tree_index = %s WHERE tree_index = %s", [new, old])
    found = first()
    assert (found.index, found.wrong) == (300, Wrong.REORDERED)


def test_a_truncated_log_is_named(admin: Admin) -> None:
    admin.execute(
        "DELETE FROM audit_auditentry WHERE id::text IN"
        " (SELECT ref FROM audit_leaf WHERE tree_index >= 600)"
    )
    admin.execute("DELETE FROM audit_leaf WHERE tree_index >= 600")
    found = first()
    assert found.wrong is Wrong.TRUNCATED
    assert found.says.startswith("600 entries are there, and our own checkpoint is of ")
    assert found.index <= 600 <= (found.until or 0)


def test_a_log_truncated_with_all_that_was_stored_of_it_is_found_by_a_witness(
    admin: Admin,
) -> None:
    with opened() as log:
        kept = last_signed(log)
    admin.execute(
        "DELETE FROM audit_auditentry WHERE id::text IN"
        " (SELECT ref FROM audit_leaf WHERE tree_index >= 500)"
    )
    for statement in (
        "DELETE FROM audit_leaf WHERE tree_index >= 500",
        "DELETE FROM audit_tile WHERE position > 0",
        "DELETE FROM audit_checkpoint WHERE size > 500",
    ):
        admin.execute(statement)
    assert checked().good
    found = first(kept)
    assert found.wrong is Wrong.TRUNCATED
    assert found.says.startswith("500 entries are there, and a witness is of ")
    write_entries(300, first=5_000)
    place()
    assert checked().good
    assert first(kept).wrong is Wrong.REWRITTEN


def rewrite(admin: Admin, *, steal_key: bool) -> None:
    """Change one entry and make everything anew that stands on it: leaf, tiles, checkpoints."""
    where = "what = 'timeline 100'"
    index = place_of(admin, where)
    admin.execute(f"UPDATE audit_auditentry SET reason = 'asked' WHERE {where}")
    with admin.cursor().copy(
        f"COPY (SELECT s.* FROM ({ENTRIES.rows}) s JOIN audit_auditentry x ON x.id::text = s.ref"
        f" WHERE x.what = 'timeline 100') TO STDOUT"
    ) as copy:
        [line] = [bytes(each) for each in copy]
    leaf = ENTRIES.own(line[:-1].split(b"\t", 1)[1])[0]
    admin.execute("UPDATE audit_leaf SET leaf = %s WHERE tree_index = %s", [leaf, index])
    rows = admin.execute("SELECT leaf FROM audit_leaf ORDER BY tree_index").fetchall()
    hashes = [leaf_hash(each) for (each,) in rows]
    for position in range(len(hashes) // 256):
        tile = hashes[256 * position : 256 * (position + 1)]
        admin.execute(
            "UPDATE audit_tile SET hashes = %s, root = %s WHERE level = 0 AND position = %s",
            [b"".join(tile), root_of(tile), position],
        )
    key = signing_key() if steal_key else new_key(signing_key().verifier.name)
    for (size,) in admin.execute("SELECT size FROM audit_checkpoint").fetchall():
        note = key.sign(Checkpoint(key.verifier.name, size, root_of(hashes[:size])))
        admin.execute(
            "UPDATE audit_checkpoint SET note = %s, verifier_key = %s WHERE size = %s",
            [note, str(key.verifier), size],
        )


def test_a_log_rewritten_without_the_key_is_found(admin: Admin) -> None:
    rewrite(admin, steal_key=False)
    found = first()
    assert found.wrong is Wrong.CHECKPOINT
    assert "not signed by a key that we know" in found.says


def test_a_log_rewritten_with_the_key_is_found_by_any_witness(admin: Admin) -> None:
    with opened() as log:
        kept = last_signed(log)
    rewrite(admin, steal_key=True)
    assert checked().good, "this is what witnesses are for"
    found = first(kept)
    assert found.wrong is Wrong.REWRITTEN
    assert found.index <= place_of(admin, "what = 'timeline 100'") <= (found.until or 0)
    assert "a witness" in found.says


def test_content_erased_by_law_leaves_the_log_whole_and_deleted_does_not(admin: Admin) -> None:
    [event] = admin.execute(
        "DELETE FROM chronology_eventcontent WHERE event_id ="
        " (SELECT min(id) FROM chronology_event) RETURNING event_id"
    ).fetchone() or [0]
    assert first().wrong is Wrong.EDITED, "erasure that leaves where somebody was is none"
    admin.execute("DELETE FROM chronology_eventplace WHERE event_id = %s", [event])
    found = first()
    assert (found.wrong, found.ref) == (Wrong.DELETED, f"event {event}")
    assert "no erasure by law is on record" in found.says
    erase(event)
    place()
    verdict = checked()
    assert (verdict.good, verdict.erased) == (True, 1)
    admin.execute("UPDATE chronology_event SET kind = 'x' WHERE id = %s", [event])
    assert first().wrong is Wrong.EDITED, "a header without content is still held to its leaf"


def erase(event: int) -> None:
    """The tombstone: an entry of the log that says which content was erased."""
    erased = {"erased": [[EVENTS.name, str(event)]]}
    record(by=TESTER, notes=[Note(act=Act.ERASE, what="event", reason="asked", detail=erased)])


def test_an_edit_while_a_leaf_waits_is_found(admin: Admin) -> None:
    write_entries(2, first=7_000)
    verdict = checked()
    assert (verdict.good, verdict.waiting) == (True, 2)
    admin.execute("UPDATE audit_auditentry SET reason = 'x' WHERE what = 'timeline 7000'")
    assert first().wrong is Wrong.EDITED
    admin.execute("DELETE FROM audit_auditentry WHERE what = 'timeline 7000'")
    assert first().wrong is Wrong.DELETED


def test_what_a_compromised_app_pushes_is_told_and_hides_nothing(admin: Admin) -> None:
    """It can push leaves that fit no row, of any source; what is done later is found all the same.

    It can also write an erasure that makes no sense.
    """
    size = size_of(admin)
    admin.execute(
        "INSERT INTO audit_inbox (source, ref, leaf) VALUES ('rubbish', E'a\tb', sha256('1')),"
        " ('entry', 'not an id', sha256('2')), ('event', '-1', sha256('3'))"
    )
    for said in ({"erased": 7}, {"erased": ["x", None]}, {}):
        record(by=TESTER, notes=[Note(act=Act.ERASE, what="event", detail=said)])
    place()
    verdict = checked()
    assert [(each.index, each.wrong) for each in verdict.findings] == [
        (size + number, Wrong.DELETED) for number in range(3)
    ]
    assert "rubbish" in verdict.first.ref
    write_entries(600, first=8_000)
    place()
    index = place_of(admin, "what = 'timeline 8100'")
    admin.execute("UPDATE audit_leaf SET leaf = sha256('4') WHERE tree_index = %s", [index])
    assert index in {each.index for each in checked().findings}


def test_a_view_in_the_place_of_a_table_is_refused(admin: Admin) -> None:
    admin.execute("ALTER TABLE audit_leaf RENAME TO elsewhere")
    admin.execute("CREATE VIEW audit_leaf AS SELECT * FROM elsewhere")
    try:
        with pytest.raises(NotALog, match="audit_leaf is not a table"):
            checked()
    finally:
        admin.execute("DROP VIEW audit_leaf")
        admin.execute("ALTER TABLE elsewhere RENAME TO audit_leaf")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_tile SET hashes = set_byte(hashes, 9, get_byte(hashes, 9) # 1)",
        "UPDATE audit_tile SET root = sha256('x')",
        "DELETE FROM audit_tile WHERE position = 0",
        "UPDATE audit_tile SET hashes = ''",
    ],
)
def test_a_stored_tree_that_was_edited_is_told_from_edited_entries(
    admin: Admin, change: str
) -> None:
    admin.execute(change)
    assert first().wrong is Wrong.TREE
