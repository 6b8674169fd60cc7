"""`keepsight bench access`: how long looking takes among a million children, under every policy.

The tables are filled straight in, as `batch`; then another process, as `app`, signs people in and
asks for pages as a browser would: with the token, the transaction and the record of each sight.
"""

import json
import os
import subprocess
import sys
from time import monotonic

import psutil
import psycopg
from rich.console import Console

from keepsight.cli import process
from keepsight.cli.errors import Unusable
from keepsight.engines.paths import var
from keepsight.engines.roles import Credentials, forget_database, role_name

CALL = [sys.executable, "-m", "keepsight.cli", "bench", "access"]
MEBIBYTE = 1024**2


def run(*, children: int, areas: int, samples: int, fresh: bool, only: str = "") -> None:
    """Fill the database of the benchmark, unless it holds as many already, and measure."""
    os.environ |= {"KEEPSIGHT_VAR": str(var() / "bench" / "access"), "KEEPSIGHT_DEMO": "1"}
    if fresh or _filled() != (children, areas):
        _facts().unlink(missing_ok=True)
        forget_database(var() / "database")
    credentials = process.begin("batch")
    process.migrate()
    if _filled() is None:
        _fill(children, areas)
    _settle(credentials)
    done = subprocess.run(  # noqa: S603
        [*CALL, "--measure", "--samples", str(samples), "--only", only],
        env=os.environ | {"KEEPSIGHT_ROLE": "app"},
        check=False,
    )
    if done.returncode:
        raise Unusable("The measuring ended with an error; it is above.")


def measure(samples: int, only: str = "") -> None:
    """Ask for each page (or those in whose title `only` stands) so many times, as `app`."""
    process.begin("app")
    from keepsight.cli.access_bench.looking import look

    look(json.loads(_facts().read_text()), samples, only)


def _filled() -> tuple[int, int] | None:
    if not _facts().exists():
        return None
    facts = json.loads(_facts().read_text())
    return facts["children"], facts["areas"]


def _facts():
    return var() / "facts.json"


def _fill(children: int, areas: int) -> None:
    from keepsight.cli.access_bench.filling import known, steps

    console, begun = Console(), monotonic()
    for step in steps(children, areas):
        started = monotonic()
        with console.status(step.title):
            step.run()
        console.print(f"{monotonic() - started:6.1f} s  {step.title}")
    facts = known() | {"children": children, "areas": areas}
    _facts().write_text(json.dumps(facts))
    held = psutil.Process().memory_info().rss / MEBIBYTE
    console.print(f"Filled in {monotonic() - begun:.0f} s; this process holds {held:.0f} MiB.")


def _settle(credentials: Credentials) -> None:
    """What autovacuum would have done by morning; only a table's owner may."""
    with psycopg.connect(
        host=credentials.host,
        port=credentials.port,
        dbname=credentials.database,
        user=role_name("owner"),
        password=credentials.passwords["owner"],
        autocommit=True,
    ) as connection:
        connection.execute("VACUUM (ANALYZE)")
