"""NHS England’s Personal Demographics Service (PDS FHIR API), asked as an application.

An address that is asked holds a child’s name, so that no address and no body is ever put into a
message or a log, and no redirect is followed.
"""

import json
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests

from keepsight.identity.tracing.signing import Application, Token, read_token
from keepsight.identity.tracing.tracer import TracingStopped
from keepsight.identity.tracing.waiting import (
    LONGEST_WAIT,
    WAITS,
    Clock,
    MachineClock,
    seconds_to_wait,
)
from keepsight.kernel.tracing.answers import Answer, NotUnderstood, read_answer
from keepsight.kernel.tracing.steps import Parameters

logging.getLogger("urllib3.connectionpool").setLevel(logging.WARNING)
"""Below that it writes each address that is asked, with all that is asked for."""

TIMEOUT = (5.0, 30.0)
"""Seconds to connect, and between two parts of an answer (our own setting)."""

BUSY = frozenset({408, 429, 500, 502, 503, 504})
"""Answers after which the same may be asked again."""

SHUT_OUT = frozenset({401, 403})
ANSWERED = frozenset({200, 400, 404})
"""Answers with a body that says something of the person, or of what was asked."""


class _Bearer(requests.auth.AuthBase):
    """Puts the token on a request; with it, no login of a `.netrc` file is put there instead."""

    def __init__(self, token: Token) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token.value}"
        return request


@dataclass
class PDS:
    """The service at one address (`…/personal-demographics/FHIR/R4`), with a token in hand."""

    address: str
    application: Application
    clock: Clock = field(default_factory=MachineClock)
    name: str = "PDS"
    _session: requests.Session = field(default_factory=requests.Session, repr=False)
    _token: Token = field(default_factory=Token, repr=False)
    _run: str = field(default_factory=lambda: str(uuid.uuid4()), repr=False)

    def search(self, parameters: Parameters) -> Answer:
        """Who is found by these details."""
        return self._ask("/Patient", parameters)

    def look_up(self, nhs_number: str) -> Answer:
        """Whose number this is."""
        return self._ask(f"/Patient/{nhs_number}", ())

    @property
    def token_address(self) -> str:
        """Where tokens are given: on the same host, for every environment of NHS England."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}/oauth2/token"

    def _ask(self, path: str, parameters: Parameters) -> Answer:
        headers = {
            "Accept": "application/fhir+json",
            "X-Request-ID": str(uuid.uuid4()),
            "X-Correlation-ID": self._run,
        }
        response = self._get(path, parameters, headers)
        if response.status_code == 401:
            # A token can end before its time; a second refusal is meant.
            self._token = Token()
            response = self._get(path, parameters, headers)
        if response.status_code in SHUT_OUT:
            raise TracingStopped(
                f"The service lets Keepsight in no more (HTTP {response.status_code}). Its "
                "registration, its key or its rights there must be looked at."
            )
        if response.status_code not in ANSWERED:
            raise NotUnderstood(f"The service answered with HTTP {response.status_code}.")
        return read_answer(_json(response))

    def _get(
        self, path: str, parameters: Parameters, headers: Mapping[str, str]
    ) -> requests.Response:
        request = requests.Request(
            "GET",
            self.address + path,
            params=list(parameters),
            headers=dict(headers),
            auth=_Bearer(self._fresh_token()),
        )
        return self._patiently(request)

    def _fresh_token(self) -> Token:
        if not self._token.good(self.clock.now()):
            now = self.clock.now()
            form = self.application.statement(audience=self.token_address, now=now)
            request = requests.Request("POST", self.token_address, data=form, auth=_nobody)
            response = self._patiently(request)
            if response.status_code != 200:
                raise TracingStopped(
                    f"The service gave no access token (HTTP {response.status_code}). "
                    "KEEPSIGHT_PDS_CLIENT, KEEPSIGHT_PDS_KEY_ID and the public key that is "
                    "registered there must belong together."
                )
            self._token = read_token(_json(response), now)
        return self._token

    def _patiently(self, request: requests.Request) -> requests.Response:
        """Send, and send again what a busy service has not answered; the same request each time."""
        for wait in (*WAITS, None):
            response = self._send(request)
            if response is not None and response.status_code not in BUSY:
                return response
            if wait is not None:
                self._wait(response, wait)
        raise TracingStopped(f"The service did not answer, {len(WAITS) + 1} times in a row.")

    def _send(self, request: requests.Request) -> requests.Response | None:
        try:
            prepared = self._session.prepare_request(request)
            settings = self._session.merge_environment_settings(prepared.url, {}, False, None, None)
            return self._session.send(prepared, timeout=TIMEOUT, allow_redirects=False, **settings)
        except (requests.ConnectionError, requests.Timeout):
            return None
        except requests.RequestException as fault:
            # Its own words hold the address, and with it who was asked for.
            raise TracingStopped(f"The service cannot be asked: {type(fault).__name__}.") from None

    def _wait(self, response: requests.Response | None, otherwise: float) -> None:
        asked = response.headers.get("Retry-After") if response is not None else None
        seconds = seconds_to_wait(asked, otherwise, self.clock.now())
        if seconds > LONGEST_WAIT:
            raise TracingStopped(
                f"The service asks to be left alone for {seconds:.0f} seconds. Try again later."
            )
        self.clock.wait(seconds)


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """A request of no login at all, whatever a `.netrc` file says."""
    return request


def _json(response: requests.Response) -> object:
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        raise NotUnderstood("The service answered with something that is no JSON.") from None
