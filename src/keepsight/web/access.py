"""Who may use a view: said on each one, and a view that says nothing answers nobody."""

from collections.abc import Callable
from typing import Any

from keepsight.kernel.roles import Permission, Role, roles_that_may

View = Callable[..., Any]

PUBLIC = "public"
CLIENTS = "clients"


def public(view: View) -> View:
    """Anybody may use this view, signed in or not; it must show nothing about a child."""
    view.allowed = PUBLIC  # type: ignore[attr-defined]
    return view


def allows(permission: Permission) -> Callable[[View], View]:
    """Only signed-in people whose role has this permission may use this view."""

    def mark(view: View) -> View:
        view.allowed = roles_that_may(permission)  # type: ignore[attr-defined]
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def every_role(view: View) -> View:
    """Anybody who is signed in."""
    view.allowed = frozenset(Role)  # type: ignore[attr-defined]
    return view


def reauthenticates(view: View) -> View:
    """Whoever uses this view has shown in the last minutes who they are, and is asked if not.

    For what somebody at a screen that was left open must not do: taking a record out, sealing one,
    breaking the glass, adding a second factor. The middleware sends them to a page that asks for
    the password, a code or a passkey, and then back here; a form that was sent is to be sent
    again. Put it above or below the mark that names the roles.
    """
    view.reauthenticates = True  # type: ignore[attr-defined]
    return view


def own_sign_in(view: View) -> View:
    """Anybody who is signed in, about their own sign-in only, so an inspector may write here."""
    view.own_sign_in = True  # type: ignore[attr-defined]
    return every_role(view)


def sets_up(view: View) -> View:
    """The same, and open to somebody who lacks nothing but the second factor to set up."""
    view.sets_up = True  # type: ignore[attr-defined]
    return own_sign_in(view)


def has_mark(view: View, mark: str) -> bool:
    """Whether a view has `reauthenticates`, `own_sign_in` or `sets_up`."""
    return getattr(view, mark, False) is True


def is_public(view: View) -> bool:
    return getattr(view, "allowed", None) == PUBLIC


def is_for_clients(view: View) -> bool:
    """Whether a view answers agencies’ systems by their tokens: it asks for no viewer, and must
    show nothing about a child.
    """
    return getattr(view, "allowed", None) == CLIENTS


def allowed_roles(view: View) -> frozenset[Role]:
    """The roles that may use a view: none where the view has no mark."""
    found = getattr(view, "allowed", frozenset())
    return found if isinstance(found, frozenset) else frozenset()
