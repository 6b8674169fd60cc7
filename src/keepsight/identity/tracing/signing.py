"""Who asks: a signed statement that is given for an access token, which lasts some ten minutes.

NHS England, “Application-restricted RESTful APIs: signed JWT authentication”. The private key is
read when a token is needed, and never leaves the machine.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jwt

from keepsight.identity.tracing.tracer import TracingStopped

ALGORITHM = "RS512"
"""The only one that is taken."""

STATEMENT_LASTS = timedelta(minutes=5)
"""The longest that a signed statement may last."""

RENEWED_BEFORE = timedelta(seconds=30)
"""How long before its end a token is no longer used (our own setting)."""

MOST_DIGITS = 6
"""Of the seconds that a token lasts: what is longer is no such number (our own setting)."""

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
"""RFC 7523, section 2.2."""


@dataclass(frozen=True, slots=True)
class Application:
    """Keepsight, as the service has registered it: its API key, its key’s name, the key’s file."""

    client: str
    key_id: str
    key_file: Path

    def statement(self, *, audience: str, now: datetime) -> dict[str, str]:
        """The form that is given for a token at the address `audience`."""
        claims = {
            "iss": self.client,
            "sub": self.client,
            "aud": audience,
            "jti": str(uuid.uuid4()),
            "exp": int((now + STATEMENT_LASTS).timestamp()),
        }
        return {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION,
            "client_assertion": self._signed(claims),
        }

    def _signed(self, claims: dict[str, Any]) -> str:
        try:
            key = self.key_file.read_text(encoding="utf-8")
            return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": self.key_id})
        except (OSError, ValueError, jwt.PyJWTError):
            raise TracingStopped(
                f"The private key {self.key_file} cannot be read as an RSA key (PEM)."
            ) from None


@dataclass(slots=True)
class Token:
    """An access token, until it ends. `repr` does not show it."""

    value: str = field(default="", repr=False)
    ends: datetime | None = None

    def good(self, now: datetime) -> bool:
        """Whether it can still be used for a request."""
        return bool(self.value) and self.ends is not None and now < self.ends - RENEWED_BEFORE


def read_token(body: object, now: datetime) -> Token:
    """The token in an answer (RFC 6749, section 5.1); NHS England writes the seconds as text."""
    if not isinstance(body, dict) or not isinstance(body.get("access_token"), str):
        raise TracingStopped("The service gave no access token.")
    seconds = str(body.get("expires_in", "0"))
    told = seconds.isdecimal() and len(seconds) <= MOST_DIGITS
    lasts = timedelta(seconds=int(seconds) if told else 0)
    return Token(value=body["access_token"], ends=now + lasts)
