"""Who may use a view: said on each one, and a view that says nothing answers nobody."""

from collections.abc import Callable
from typing import Any

from keepsight.kernel.roles import Role

View = Callable[..., Any]

PUBLIC = "public"


def public(view: View) -> View:
    """Anybody may use this view, signed in or not; it must show nothing about a child."""
    view.allowed = PUBLIC  # type: ignore[attr-defined]
    return view


def roles(*allowed: Role) -> Callable[[View], View]:
    """Only signed-in people with one of these roles may use this view."""
    if not allowed:
        raise TypeError("Name the roles that may use the view.")

    def mark(view: View) -> View:
        view.allowed = frozenset(allowed)  # type: ignore[attr-defined]
        return view

    return mark


every_role = roles(*Role)
"""Anybody who is signed in."""


def is_public(view: View) -> bool:
    return getattr(view, "allowed", None) == PUBLIC


def allowed_roles(view: View) -> frozenset[Role]:
    """The roles that may use a view: none where the view has no mark."""
    found = getattr(view, "allowed", frozenset())
    return found if isinstance(found, frozenset) else frozenset()
