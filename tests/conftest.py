"""A real PostgreSQL for every test that asks for it, with the four roles as in earnest.

The server and its data live under `var/test`, of each worker where there are several. Tests act as
`app`, the role of the pages, unless they say otherwise with `acting_as`; nothing is rolled back, so
each test that used the database leaves it empty.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
OWN = Path(os.environ.get("KEEPSIGHT_TEST_VAR", ROOT / "var" / "test"))
os.environ["KEEPSIGHT_VAR"] = str(OWN / os.environ.get("PYTEST_XDIST_WORKER", ""))
os.environ["KEEPSIGHT_ROLE_PREFIX"] = "keepsight_test"
os.environ["KEEPSIGHT_ROLE"] = "app"
os.environ["KEEPSIGHT_DATABASE"] = "keepsight_test"
os.environ["KEEPSIGHT_DEMO"] = "1"
os.environ["KEEPSIGHT_TODAY"] = "2026-03-16"
os.environ["DJANGO_SETTINGS_MODULE"] = "keepsight.config.settings"

import django
import hypothesis
from django.conf import settings
from django.db import connections
from hypothesis.configuration import set_hypothesis_home_dir
from xdist.scheduler import LoadFileScheduling

from keepsight.cli.process import migrate
from keepsight.config.database import connection_settings
from keepsight.engines.embedded import ServerAddress, forget_killed, start
from keepsight.engines.paths import var
from keepsight.engines.roles import Credentials, address_of, prepare

SHARED = ROOT.parent / "shared"
KEPT = {"django_migrations", "django_content_type", "auth_permission"}

set_hypothesis_home_dir(str(ROOT / "var" / "hypothesis"))
hypothesis.settings.register_profile("keepsight", deadline=None, print_blob=True)
hypothesis.settings.load_profile("keepsight")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also run what takes long")
    parser.addoption("--screenshots", action="store_true", help="write docs/images anew")


class ByFile(LoadFileScheduling):
    """A file is one worker’s, and so are all that click through the one served Keepsight."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        return "tests/system" if scope.startswith("tests/system/") else scope


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # What takes longest begins first, so that no worker waits for it at the end.
    items.sort(key=lambda item: "tests/system/" not in item.nodeid)
    skip = pytest.mark.skip(reason="takes long: run with --full")
    patience = pytest.mark.timeout(0)
    for item in items:
        if item.get_closest_marker("full"):
            item.add_marker(patience if config.getoption("--full") else skip)


def pytest_unconfigure() -> None:
    """Leave no server behind: workers that tests kill would keep it running for ever."""
    for alias in connections:
        connections[alias].close()
    if not os.environ.get("DATABASE_URL"):
        forget_killed(var() / "database")


def _prepare() -> Credentials:
    credentials = prepare(var() / "database", durable=False)
    django.setup()
    for role in ("owner", "batch", "backup"):
        settings.DATABASES[role] = connection_settings(credentials, role)
    connections.settings = connections.configure_settings(settings.DATABASES)
    return credentials


CREDENTIALS = _prepare()


@pytest.fixture(scope="session")
def server() -> ServerAddress:
    """The server with the login that prepares it: for making and emptying, never for reading."""
    url = os.environ.get("DATABASE_URL")
    return address_of(url) if url else start(var() / "database", durable=False)


@pytest.fixture(scope="session")
def _migrated(server: ServerAddress) -> None:
    migrate()
    _empty(server)


@pytest.fixture
def database(_migrated: None, server: ServerAddress) -> Iterator[None]:
    """An empty database, and the app's connection to it."""
    yield
    for alias in connections:
        connections[alias].close()
    _empty(server)


@pytest.fixture(scope="module")
def lasting_database(_migrated: None, server: ServerAddress) -> Iterator[None]:
    """The same, emptied after a whole module: for tests that only read one world."""
    yield
    for alias in connections:
        connections[alias].close()
    _empty(server)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published samples beside the repository; a test that needs it skips."""
    if not SHARED.exists():
        pytest.skip("needs ../shared, the folder of published samples beside the repository")
    return SHARED


def _empty(server: ServerAddress) -> None:
    with server.connect(CREDENTIALS.database) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [f'"{name}"' for (name,) in rows.fetchall() if name not in KEPT]
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET lock_timeout = '120s'")  # a session left open is a failure, no wait
        connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
