"""The four database roles: owner (migrations), app (web), batch (nightly), backup.

None is a superuser; only `backup` reads past row-level security (a dump as anyone else is
silently empty). Keepsight logs in as one of them and never changes role within a connection.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from keepsight.engines.embedded import ServerAddress, start, write_secret

ROLES = ("owner", "app", "batch", "backup")
LEAST_VERSION = 160000


class DatabaseUnreachable(RuntimeError):
    """The database cannot be used; the message says what was tried and what to do."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """How each role logs in to one database."""

    host: str
    port: int
    database: str
    passwords: dict[str, str]


def role_name(role: str) -> str:
    """The name in the database of one of the four roles (`KEEPSIGHT_ROLE_PREFIX` before it)."""
    return f"{os.environ.get('KEEPSIGHT_ROLE_PREFIX', 'keepsight')}_{role}"


def prepare(folder: Path, *, durable: bool = True) -> Credentials:
    """Start or reach the server, make the database and its roles, and remember how to log in.

    The database is `KEEPSIGHT_DATABASE`, else the one that `DATABASE_URL` names, else `keepsight`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("DATABASE_URL")
    server = address_of(url) if url else start(folder, durable=durable)
    name = os.environ.get("KEEPSIGHT_DATABASE") or (server.database if url else "keepsight")
    _check(server, url)
    with server.connect() as one_at_a_time:
        one_at_a_time.execute("SELECT pg_advisory_lock(44, 1)")
        known = read_credentials(folder)
        passwords = known.passwords if known else {}
        passwords = {role: passwords.get(role) or secrets.token_urlsafe(32) for role in ROLES}
        _make_roles(server, passwords)
        _make_database(server, name)
        credentials = Credentials(server.host, server.port, name, passwords)
        write_secret(folder / "roles.json", _as_json(credentials))
    return credentials


def read_credentials(folder: Path) -> Credentials | None:
    """What `prepare` wrote, or nothing when it has not run yet."""
    path = folder / "roles.json"
    if not path.exists():
        return None
    raw = json.loads(path.read_text())
    passwords = {role: raw[role] for role in ROLES}
    return Credentials(raw["host"], int(raw["port"]), raw["database"], passwords)


def address_of(url: str) -> ServerAddress:
    """A `postgresql://user:password@host:port/database` as an address."""
    parts = urlsplit(url)
    try:
        port = parts.port or 5432
    except ValueError:
        port = 0
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/") or not port:
        raise DatabaseUnreachable(
            "DATABASE_URL must look like postgresql://user:password@host:5432/database; "
            "unset it to use the embedded PostgreSQL."
        )
    return ServerAddress(
        host=parts.hostname or "localhost",
        port=port,
        admin=unquote(parts.username or "postgres"),
        password=unquote(parts.password or ""),
        database=parts.path.strip("/"),
    )


def _check(server: ServerAddress, url: str | None) -> None:
    tried = (
        f"PostgreSQL at {server.host}:{server.port}, database {server.database}, as {server.admin}"
    )
    try:
        with server.connect() as connection:
            version = connection.info.server_version
            allowed = connection.execute(
                "SELECT rolsuper OR (rolcreaterole AND rolcreatedb AND rolbypassrls)"
                " FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(
            f"Tried {tried} ({'from DATABASE_URL' if url else 'embedded'}): "
            f"{str(error).strip().splitlines()[0]}. Check that the server runs and lets this "
            "user in, or unset DATABASE_URL to use the embedded PostgreSQL."
        ) from None
    if version < LEAST_VERSION:
        raise DatabaseUnreachable(
            f"Tried {tried}: it is version {version // 10000}; Keepsight needs 16 or later."
        )
    if not allowed or not allowed[0]:
        raise DatabaseUnreachable(
            f"Tried {tried}: this user may not make databases, roles, and a backup role that "
            "reads past row-level security (BYPASSRLS). Give DATABASE_URL a user who may: it only "
            "prepares the database, and Keepsight then logs in as its own roles."
        )


def _make_roles(server: ServerAddress, passwords: dict[str, str]) -> None:
    with server.connect() as connection:
        for role in ROLES:
            name = sql.Identifier(role_name(role))
            found = connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [role_name(role)]
            ).fetchone()
            if not found:
                connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(name))
            bypass = sql.SQL("BYPASSRLS" if role == "backup" else "NOBYPASSRLS")
            connection.execute(
                sql.SQL("ALTER ROLE {} LOGIN NOCREATEROLE NOCREATEDB {} PASSWORD {}").format(
                    name, bypass, sql.Literal(passwords[role])
                )
            )


def _make_database(server: ServerAddress, name: str) -> None:
    owner = sql.Identifier(role_name("owner"))
    with server.connect() as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if not found:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with server.connect(name) as connection:
        connection.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
        )
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        connection.execute(sql.SQL("GRANT ALL ON SCHEMA public TO {}").format(owner))
        for role in ROLES:
            connection.execute(
                sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                    sql.Identifier(name), sql.Identifier(role_name(role))
                )
            )
            connection.execute(
                sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(
                    sql.Identifier(role_name(role))
                )
            )


def _as_json(credentials: Credentials) -> dict[str, str]:
    place = {"host": credentials.host, "port": str(credentials.port)}
    return place | {"database": credentials.database} | credentials.passwords


def forget_database(folder: Path) -> None:
    """Drop the embedded database and all that is in it; refuses on any other server."""
    if os.environ.get("DATABASE_URL"):
        raise DatabaseUnreachable(
            "--fresh forgets the embedded database only. DATABASE_URL points to another: drop "
            "that one yourself if it is a demo's, or unset DATABASE_URL."
        )
    credentials = read_credentials(folder)
    if credentials is None:
        return
    with start(folder).connect() as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                sql.Identifier(credentials.database)
            )
        )
