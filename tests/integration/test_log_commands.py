"""The log from the outside: the commands, and the pages that witnesses fetch."""

import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from keepsight.audit.keys import new_key, own_verifier_key, signing_key
from keepsight.engines.embedded import ServerAddress
from keepsight.engines.paths import var
from keepsight.kernel.checkpoints import read_note
from tests.factories.kept_log import place, write_a_log, write_entries
from tests.factories.log import as_backup

COMMAND = [sys.executable, "-m", "keepsight.cli", "audit"]


def audit(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One of the commands, in a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def waiting() -> int:
    with as_backup() as backup:
        row = backup.execute("SELECT count(*) AS n FROM audit_inbox").fetchone()
    assert row is not None
    return row["n"]


def fetch(path: str) -> str:
    """What anybody gets who is not signed in."""
    answer = Client(headers={"host": "localhost"}).get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode()


def test_a_witness_needs_the_pages_and_one_command(database: None, tmp_path: Path) -> None:
    write_entries(100)
    place()
    key = fetch("/checkpoint/key").strip()
    old, new, proof = (tmp_path / name for name in ("old", "new", "proof"))
    old.write_text(fetch("/checkpoint"))
    write_entries(400, first=100)
    place()
    new.write_text(fetch("/checkpoint"))
    proof.write_text(fetch("/checkpoint/consistency/100/500"))

    fits = audit("compare", old, new, proof, "--key", key, DATABASE_URL="nowhere")
    assert (fits.returncode, fits.stderr) == (0, "")
    assert "the first 100 of 500 entries are as they were" in fits.stdout

    signed = read_note(new.read_text()).checkpoint
    other = type(signed)(signed.origin, signed.size, bytes(32))
    new.write_text(signing_key().sign(other))
    parts = audit("compare", old, new, proof, "--key", key)
    assert parts.returncode == 1
    assert "has been rewritten" in parts.stdout

    foreign = audit("compare", old, new, proof, "--key", str(new_key(signed.origin).verifier))
    assert foreign.returncode == 1
    assert "old is not signed by" in foreign.stderr


def test_the_pages_have_nothing_where_nothing_is_signed(database: None) -> None:
    client = Client(headers={"host": "localhost"})
    write_entries(10)
    for path in ("/checkpoint", "/checkpoint/key", "/checkpoint/consistency/1/1"):
        assert client.get(path).status_code == 404
    place()
    assert client.post("/checkpoint").status_code == 405
    for pair in ("0/10", "5/4", "5/11", "1/99999999999999999999999", "-1/5"):
        assert client.get(f"/checkpoint/consistency/{pair}").status_code == 404
    assert fetch("/checkpoint/consistency/10/10") == ""
    assert len(fetch("/checkpoint/consistency/7/10").split()) > 1


def test_a_whole_log_is_said_to_be(database: None, tmp_path: Path) -> None:
    write_a_log()
    kept = tmp_path / "kept"
    shown = audit("checkpoint")
    written = audit("checkpoint", "--out", kept)
    assert shown.returncode == written.returncode == 0
    assert shown.stdout == kept.read_text() == fetch("/checkpoint")
    assert str(own_verifier_key()) in shown.stderr
    write_entries(3, first=900)

    said = audit("verify", "--against", kept)
    assert (said.returncode, said.stderr) == (0, "")
    assert re.fullmatch(
        r"The log is whole: \d+ entries and events, held against 3 checkpoints of ours and 1 of "
        r"witnesses\.\nWaiting for a place in the log: 3\.\n",
        said.stdout,
    )


def test_tampering_is_said_in_a_sentence_and_by_the_exit_code(
    database: None, server: ServerAddress
) -> None:
    write_a_log()
    with server.connect(connection.settings_dict["NAME"]) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE audit_auditentry SET what = 'x' WHERE what = 'timeline 40'")
    said = audit("verify")
    assert (said.returncode, said.stderr) == (1, "")
    first, second = said.stdout.splitlines()
    assert first == "The log has been tampered with: 1 thing is wrong. The first is:"
    assert re.fullmatch(
        r"Entry \d+ of the log \(audit entry [0-9a-f-]{36}\): edited\. It no longer gives the leaf "
        r"that was written with it\.",
        second,
    )


def test_what_cannot_be_used_is_a_sentence(database: None, tmp_path: Path) -> None:
    write_entries(1)
    assert "There is no checkpoint yet." in audit("checkpoint").stderr
    place()
    rubbish = tmp_path / "rubbish"
    rubbish.write_text("no checkpoint")
    for arguments, sentence in (
        (("verify", "--against", rubbish), "rubbish cannot be used: A checkpoint ends with"),
        (("verify", "--against", tmp_path / "none"), "none cannot be used"),
        (("verify", "--key", "rubbish"), "This is not a verification key"),
        (("compare", rubbish, rubbish, rubbish), "--key must be the verification key"),
    ):
        said = audit(*arguments)
        assert said.returncode == 1
        assert sentence in said.stderr
        assert said.stderr.count("\n") == 1


def test_the_sequencer_runs_until_it_is_told_to_stop(database: None) -> None:
    write_entries(5)
    with subprocess.Popen([*COMMAND, "sequence"], stdout=subprocess.PIPE) as sequencer:
        try:
            while waiting():
                assert sequencer.poll() is None
            write_entries(2, first=5)
            sequencer.send_signal(signal.SIGTERM)
            assert sequencer.wait(timeout=30) == 0
        finally:
            sequencer.kill()
    assert waiting() == 0
    write_entries(4, first=7)
    assert audit("sequence", "--once").stdout == "4 were given their place in the log.\n"
    assert audit("verify").returncode == 0


def test_the_key_is_made_at_first_need_and_is_its_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEEPSIGHT_VAR", str(tmp_path))
    assert own_verifier_key() is None
    made = signing_key()
    assert stat.S_IMODE((var() / "checkpoint-key").stat().st_mode) == 0o600
    assert own_verifier_key() == made.verifier == signing_key().verifier
    another = new_key("log.keepsight.example")
    monkeypatch.setenv("KEEPSIGHT_CHECKPOINT_KEY", str(another))
    assert own_verifier_key() == another.verifier
