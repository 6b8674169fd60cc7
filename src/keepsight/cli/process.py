"""Getting a process ready: the database prepared, one role chosen, Django set up."""

import os
import subprocess
import sys

import django

from keepsight.engines.paths import var
from keepsight.engines.roles import Credentials, forget_database, prepare


def begin(role: str, *, demo: bool = False) -> Credentials:
    """Prepare the database and set Django up to log in as `role`; once in a process."""
    credentials = prepare(var() / "database")
    os.environ["KEEPSIGHT_ROLE"] = role
    if demo:
        os.environ["KEEPSIGHT_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepsight.config.settings")
    django.setup()
    return credentials


def begin_anew(bench: str, role: str) -> Credentials:
    """The same in an empty database of its own, for a benchmark of this name."""
    os.environ["KEEPSIGHT_VAR"] = str(var() / "bench" / bench)
    forget_database(var() / "database")
    credentials = begin(role)
    migrate()
    return credentials


def migrate() -> None:
    """Migrate as the owner, in a process of its own: no process ever has two roles."""
    subprocess.run(
        [sys.executable, "-m", "keepsight.cli", "database", "migrate"],
        check=True,
        env=os.environ | {"KEEPSIGHT_ROLE": "owner"},
    )


def is_demo() -> bool:
    """Whether this is a demo, where the day may be another."""
    return os.environ.get("KEEPSIGHT_DEMO") == "1"
