"""A tracing service of our own on this machine: it searches made-up people as PDS would.

It knows the modes (exact, non-fuzzy with history, fuzzy), lets in whoever has signed as the
application that it knows, and can be told to answer anything else first.
"""

import json
import secrets
import threading
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from keepsight.identity.tracing.pds import PDS
from keepsight.identity.tracing.signing import Application
from keepsight.kernel.identifiers import IdentifierError, NHSNumber
from keepsight.kernel.linkage.phonetic import sound_of
from tests.factories.pds_shapes import Person, outcome, patient, searchset

CLIENT, KEY_ID = "an application", "test-1"
KEY = generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)
FHIR = "/personal-demographics/FHIR/R4"
KNOWN = {"family", "given", "gender", "birthdate", "address-postalcode"}
MODES = {"_exact-match", "_fuzzy-match", "_history"}
LESS_LIKE, NO_LONGER = 0.07, 0.04
"""What a name that only sounds alike, and one of the past, take off a score of 1."""

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class StandingClock:
    """A clock that stands still until somebody waits."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))
    waited: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.moment += timedelta(seconds=seconds)


@dataclass
class Asked:
    """One request, as it came."""

    path: str
    parameters: list[tuple[str, str]]
    headers: dict[str, str]


@dataclass
class Service:
    """Whom it knows, what was asked of it, and what it answers before it thinks."""

    address: str = ""
    people: list[Person] = field(default_factory=list)
    superseded: dict[str, str] = field(default_factory=dict)
    invalidated: set[str] = field(default_factory=set)
    first: deque[Reply] = field(default_factory=deque)
    asked: list[Asked] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    lasts: str = "599"
    clock: StandingClock = field(default_factory=StandingClock)

    def answers_first(self, status: int, body: object = "", **headers: str) -> None:
        """Answer this to the next question that is not for a token."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.first.append((status, named, content))

    def token(self, form: dict[str, str]) -> Reply:
        """A token for a statement that the application signed for this address, just now."""
        try:
            header = jwt.get_unverified_header(form["client_assertion"])
            claims = jwt.decode(
                form["client_assertion"],
                KEY.public_key(),
                algorithms=["RS512"],
                audience=f"{self.address}/oauth2/token",
                options={"require": ["exp", "iss", "sub", "jti", "aud"]},
            )
        except jwt.PyJWTError:
            return _json(401, {"error": "invalid_request"})
        soon = max(self.clock.now(), datetime.now(UTC)) + timedelta(minutes=5, seconds=1)
        assert form["grant_type"] == "client_credentials"
        assert form["client_assertion_type"].endswith(":jwt-bearer")
        assert header["kid"] == KEY_ID
        assert claims["exp"] <= soon.timestamp()
        if (claims["iss"], claims["sub"]) != (CLIENT, CLIENT):
            return _json(401, {"error": "invalid_client"})
        token = secrets.token_urlsafe()
        self.tokens.add(token)
        said = {"access_token": token, "expires_in": self.lasts, "token_type": "Bearer"}
        return _json(200, said)

    def answer(self, asked: Asked) -> Reply:
        """What is answered to a question about people."""
        self.asked.append(asked)
        if self.first:
            return self.first.popleft()
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return _json(401, outcome("ACCESS_DENIED"))
        try:
            uuid.UUID(asked.headers.get("x-request-id", ""))
        except ValueError:
            return _json(400, outcome("MISSING_VALUE"))
        if asked.path == f"{FHIR}/Patient":
            return self._search(asked.parameters)
        return self._patient(asked.path.removeprefix(f"{FHIR}/Patient/"))

    def _patient(self, nhs_number: str) -> Reply:
        try:
            wanted = NHSNumber.parse(nhs_number).value
        except IdentifierError:
            return _json(400, outcome("INVALID_RESOURCE_ID"))
        if wanted in self.invalidated:
            return _json(404, outcome("INVALIDATED_RESOURCE"))
        wanted = self.superseded.get(wanted, wanted)
        found = [each for each in self.people if each.nhs_number == wanted]
        return _json(200, patient(found[0])) if found else _json(404, outcome("RESOURCE_NOT_FOUND"))

    def _search(self, parameters: list[tuple[str, str]]) -> Reply:
        names = {name for name, _ in parameters}
        if names - KNOWN - MODES:
            return _json(400, outcome("ADDITIONAL_PROPERTIES"))
        if not _enough(names):
            return _json(400, outcome("INVALID_SEARCH_DATA"))
        found = [(each, score) for each in self.people if (score := score_of(each, parameters))]
        if len(found) > 1:
            return _json(200, outcome("TOO_MANY_MATCHES"))
        return _json(200, searchset(*found))


def _enough(names: set[str]) -> bool:
    if "_fuzzy-match" not in names:
        return {"family", "birthdate"} <= names
    placed = {"birthdate", "gender", "address-postalcode"}
    return (
        {"given", "family", "birthdate"} <= names
        or placed | {"family"} <= names
        or placed | {"given"} <= names
    )


def score_of(person: Person, parameters: list[tuple[str, str]]) -> float:
    """How like somebody is to what is asked, or 0 where they are not found."""
    asked: dict[str, list[str]] = {}
    for name, value in parameters:
        asked.setdefault(name, []).append(value)
    if person.security != "U" and "address-postalcode" in asked:
        return 0
    plain = (
        _born_in(person.born, asked["birthdate"])
        and asked.get("gender", [person.gender]) == [person.gender]
        and asked.get("address-postalcode", [person.postcode]) == [person.postcode]
    )
    if not plain:
        return 0
    worth = 1.0
    for wanted, held in (
        (asked.get("family", []), (person.family, *person.formerly)),
        (asked.get("given", []), person.given),
    ):
        for each in wanted:
            worth -= _off(each, held, asked)
    return max(0.0, round(worth, 2))


def _off(wanted: str, held: tuple[str, ...], asked: dict[str, list[str]]) -> float:
    names = [each.casefold() for each in held]
    if wanted.casefold() == names[0] or (wanted.casefold() in names and len(names) == 1):
        return 0
    if "_exact-match" in asked:
        return 1
    if wanted.casefold() in names:
        return NO_LONGER
    alike = "_fuzzy-match" in asked and sound_of(wanted.casefold()) in {
        sound_of(each) for each in names
    }
    return LESS_LIKE if alike else 1


def _born_in(born: str, asked: list[str]) -> bool:
    tests = {"eq": born.__eq__, "ge": born.__ge__, "le": born.__le__}
    return all(tests[each[:2]](each[2:]) for each in asked)


def _json(status: int, body: Any) -> Reply:
    return status, {"Content-Type": "application/fhir+json"}, json.dumps(body).encode()


@contextmanager
def running_service(*people: Person) -> Iterator[Service]:
    """The service, answering until the end."""
    service = Service(people=list(people))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(service))
    server.daemon_threads = True
    service.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answering(service: Service) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = urlsplit(self.path)
            headers = {name.casefold(): value for name, value in self.headers.items()}
            self._say(service.answer(Asked(where.path, parse_qsl(where.query), headers)))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(service.token({name: each[0] for name, each in parse_qs(sent).items()}))

        def _say(self, reply: Reply) -> None:
            status, headers, body = reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Answers


def client_of(service: Service, folder: Path, client: str = CLIENT) -> PDS:
    """Keepsight’s client, let in to this service."""
    key = folder / "key.pem"
    key.write_bytes(PEM)
    application = Application(client=client, key_id=KEY_ID, key_file=key)
    return PDS(address=f"{service.address}{FHIR}", application=application, clock=service.clock)
