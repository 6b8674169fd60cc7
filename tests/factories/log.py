"""Reading the audit log, which only `backup` can: through a connection that no page has."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.rows import dict_row

from keepsight.engines.paths import var
from keepsight.engines.roles import read_credentials, role_name


@contextmanager
def as_backup() -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """The role that reads past row-level security, to make copies: never through Django."""
    credentials = read_credentials(var() / "database")
    assert credentials is not None
    with psycopg.connect(
        host=credentials.host,
        port=credentials.port,
        dbname=credentials.database,
        user=role_name("backup"),
        password=credentials.passwords["backup"],
        row_factory=dict_row,
    ) as connection:
        yield connection


def entries(*acts: str) -> list[dict[str, Any]]:
    """The entries of these acts, or all, in the order in which they were written."""
    with as_backup() as connection:
        rows = connection.execute("SELECT * FROM audit_auditentry ORDER BY at, what").fetchall()
    return [row for row in rows if not acts or row["act"] in acts]


def leaves() -> dict[tuple[str, str], bytes]:
    """Every leaf that was pushed, by source and id of its row, whether it has a place or waits."""
    with as_backup() as connection:
        rows = connection.execute(
            "SELECT source, ref, leaf FROM audit_inbox"
            " UNION ALL SELECT source, ref, leaf FROM audit_leaf"
        ).fetchall()
    return {(row["source"], row["ref"]): bytes(row["leaf"]) for row in rows}
