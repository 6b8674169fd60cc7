"""Organisations with a sign-in of their own, from the file that `KEEPSIGHT_ORGANISATIONS` names.

A file and not a table: it holds secrets, and who may vouch for whom. The pages' database role can
then neither read nor change either.
"""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

NEEDED = frozenset({"key", "name", "agency", "server", "client_id", "client_secret"})
OPTIONAL = frozenset({"vouches_for_second_factor", "email_is_verified"})
OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class UnusableOrganisation(ValueError):
    """The file of organisations cannot be used; the message says what to put right."""


def openid_apps() -> list[dict[str, Any]]:
    """Each organisation as allauth wants it; none where no file is named."""
    named = os.environ.get("KEEPSIGHT_ORGANISATIONS", "")
    return apps_of(Path(named).read_text(encoding="utf-8")) if named else []


def apps_of(text: str) -> list[dict[str, Any]]:
    """The organisations that a file's text lists. Raises UnusableOrganisation."""
    try:
        listed = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnusableOrganisation(f"The file of organisations is not JSON: {error}.") from None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise UnusableOrganisation("The file of organisations must hold a list of objects.")
    keys = [each.get("key") for each in listed]
    if len(set(keys)) != len(keys):
        raise UnusableOrganisation("Two organisations have the same key.")
    return [_app(each) for each in listed]


def _app(organisation: dict[str, Any]) -> dict[str, Any]:
    called = organisation.get("name") or organisation.get("key") or "An organisation"
    if missing := sorted(NEEDED - organisation.keys()):
        raise UnusableOrganisation(f"{called} lacks {', '.join(missing)}.")
    if unknown := sorted(organisation.keys() - NEEDED - OPTIONAL):
        raise UnusableOrganisation(f"{called} has {', '.join(unknown)}, which nothing reads.")
    server = urlsplit(organisation["server"])
    if server.scheme != "https" and server.hostname not in OWN_MACHINE:
        raise UnusableOrganisation(f"{called}: the server’s address must begin with https.")
    return {
        "provider_id": organisation["key"],
        "name": organisation["name"],
        "client_id": organisation["client_id"],
        "secret": organisation["client_secret"],
        "settings": {
            "server_url": organisation["server"],
            "oauth_pkce_enabled": True,
            "agency": organisation["agency"],
            "vouches_for_second_factor": bool(organisation.get("vouches_for_second_factor")),
            "email_is_verified": bool(organisation.get("email_is_verified")),
        },
    }
