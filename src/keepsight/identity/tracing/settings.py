"""Which tracing service is set up: none, unless all four words of its setting are there."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from keepsight.identity.tracing.pds import PDS
from keepsight.identity.tracing.signing import Application
from keepsight.identity.tracing.tracer import Tracer

NEEDED = ("KEEPSIGHT_PDS_URL", "KEEPSIGHT_PDS_CLIENT", "KEEPSIGHT_PDS_KEY", "KEEPSIGHT_PDS_KEY_ID")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class TracingOff(RuntimeError):
    """No service is set up, or not wholly; the message says what is missing."""


def tracer_of_this_place() -> Tracer:
    """The service that the environment names; `TracingOff` where it names none."""
    said = {name: os.environ.get(name, "").strip() for name in NEEDED}
    if missing := [name for name in NEEDED if not said[name]]:
        raise TracingOff(
            "Tracing is off: nothing is asked of anybody. To switch it on, set "
            f"{', '.join(missing)}."
        )
    address, client, key, key_id = (said[name] for name in NEEDED)
    application = Application(client=client, key_id=key_id, key_file=Path(key))
    return PDS(address=_safe(address), application=application)


def _safe(address: str) -> str:
    """The address, if nobody on the way can read what is asked there."""
    parts = urlsplit(address)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not safe or not parts.netloc or parts.query or parts.fragment or parts.username:
        raise TracingOff(
            "Tracing is off: KEEPSIGHT_PDS_URL must be an https address, such as "
            "https://…/personal-demographics/FHIR/R4."
        )
    if os.environ.get("KEEPSIGHT_DEMO") == "1" and parts.hostname not in LOOPBACK:
        raise TracingOff(
            "Tracing is off: the children of a demo are made up, and a real service would find "
            "real people by their names. A demo asks a service on this machine only."
        )
    return address.rstrip("/")
