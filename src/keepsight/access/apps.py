"""Django's name for this room, and the refusal of connections that would see past it."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class SeesEverything(RuntimeError):
    """The login is a superuser or reads past row-level security: nothing may run on it."""


def refuse_superuser(connection: Any, **_: Any) -> None:
    """Close a new connection whose login row-level security does not bind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles"
            " WHERE rolname = current_user"
        )
        name, sees_everything = cursor.fetchone()
    if sees_everything:
        connection.close()
        raise SeesEverything(
            f"“{name}” is a superuser or reads past row-level security. Keepsight does not run on "
            "such a login: let `keepsight database prepare` make its own roles."
        )


class AccessConfig(AppConfig):
    name = "keepsight.access"
    label = "access"

    def ready(self) -> None:
        connection_created.connect(refuse_superuser, dispatch_uid="refuse_superuser")
