"""Keepsight does not run on a login that sees everything, and says plainly why it cannot start."""

import gc
import json
import stat
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from keepsight.access.apps import SeesEverything
from keepsight.config.gunicorn import post_worker_init
from keepsight.engines.embedded import ServerAddress
from keepsight.engines.paths import var
from keepsight.engines.roles import DatabaseUnreachable, prepare, read_credentials, role_name


def login(user: str, password: str) -> DatabaseWrapper:
    settings = connections["default"].settings_dict | {"USER": user, "PASSWORD": password}
    return DatabaseWrapper(settings, alias="another")


def test_a_superuser_is_refused(database: None, server: ServerAddress) -> None:
    connection = login(server.admin, server.password)
    with pytest.raises(SeesEverything, match=r"keepsight database prepare"):
        connection.cursor()
    assert connection.connection is None


def test_a_role_that_reads_past_the_policies_is_refused(database: None) -> None:
    credentials = read_credentials(var() / "database")
    assert credentials is not None
    connection = login(role_name("backup"), credentials.passwords["backup"])
    with pytest.raises(SeesEverything, match=r"reads past row-level security"):
        connection.cursor()


WRONG = {
    "mysql://root:secret@localhost/keepsight": "must look like postgresql://",
    "postgresql://postgres:secret@localhost:5432": "must look like postgresql://",
    "keepsight": "must look like postgresql://",
    "postgresql://postgres:secret@localhost:port/keepsight": "must look like postgresql://",
    "postgresql://postgres:secret@127.0.0.1:1/keepsight": "Tried PostgreSQL at 127.0.0.1:1",
    "postgresql://postgres:secret@nowhere.invalid/keepsight": "Tried PostgreSQL at nowhere.invalid",
}


@pytest.mark.parametrize("url", WRONG)
def test_a_wrong_address_is_one_clear_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(DatabaseUnreachable) as refused:
        prepare(tmp_path)
    said = str(refused.value)
    assert said.startswith(WRONG[url]) or WRONG[url] in said
    assert "DATABASE_URL" in said
    assert "embedded PostgreSQL" in said
    assert "secret" not in said
    assert "\n" not in said
    assert read_credentials(tmp_path) is None


def test_a_server_of_its_own_is_kept_private_and_a_wrong_password_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    first = prepare(tmp_path, durable=False)
    assert prepare(tmp_path, durable=False) == first
    for name in ("admin.json", "roles.json"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name
    assert len(set(first.passwords.values())) == 4

    (tmp_path / "admin.json").write_text(json.dumps({"password": "wrong"}))
    with pytest.raises(DatabaseUnreachable, match=r"Tried PostgreSQL at .* password") as refused:
        prepare(tmp_path, durable=False)
    assert "\n" not in str(refused.value)


def test_a_serving_process_looks_for_garbage_only_in_what_came_after(database: None) -> None:
    assert gc.get_freeze_count() == 0
    try:
        post_worker_init(None)
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < 10_000
    finally:
        gc.unfreeze()
