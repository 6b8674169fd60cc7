"""Django's DATABASES from the credentials that `engines.roles.prepare` wrote."""

import os
from typing import Any

from keepsight.engines.paths import var
from keepsight.engines.roles import Credentials, read_credentials, role_name


def databases() -> dict[str, dict[str, Any]]:
    """The process's one role as `default`, and the same login again for refusals.

    A refusal must be on record although the request's transaction rolls back, so it is
    written through a connection of its own.
    """
    credentials = read_credentials(var() / "database")
    role = os.environ.get("KEEPSIGHT_ROLE", "app")
    if credentials is None:
        return {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "not-prepared"}}
    return {
        "default": connection_settings(credentials, role),
        "refusals": connection_settings(credentials, role),
    }


def connection_settings(credentials: Credentials, role: str) -> dict[str, Any]:
    """One login as Django wants it."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": credentials.database,
        "HOST": credentials.host,
        "PORT": str(credentials.port),
        "USER": role_name(role),
        "PASSWORD": credentials.passwords[role],
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
