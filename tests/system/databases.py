"""A site's own database, as one of its roles, beside the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from keepsight.engines.roles import read_credentials
from tests.system.conftest import Site

Log = psycopg.Connection[dict[str, Any]]


@contextmanager
def as_role(site: Site, role: str) -> Iterator[Log]:
    """What the role sees and may do."""
    credentials = read_credentials(Path(site.environment["KEEPSIGHT_VAR"]) / "database")
    assert credentials is not None
    with psycopg.connect(
        host=credentials.host,
        port=credentials.port,
        dbname=credentials.database,
        user=f"{site.environment['KEEPSIGHT_ROLE_PREFIX']}_{role}",
        password=credentials.passwords[role],
        row_factory=dict_row,
    ) as connection:
        yield connection
