"""Asking for a token: OAuth 2.0 client credentials (RFC 6749, sections 2.3.1 and 4.4)."""

import base64
import binascii
from urllib.parse import unquote_plus

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from ninja import Router

from keepsight.access.actions.clients import (
    DOOR,
    TooManyTries,
    count_token_request,
    open_client,
)
from keepsight.api.answers import problem
from keepsight.api.shapes import Problem, Token, TokenRefused
from keepsight.kernel.report_rules import TOO_MANY
from keepsight.kernel.sending import TOKEN_MINUTES

router = Router(tags=["tokens"])

FORM = {
    "type": "object",
    "required": ["grant_type"],
    "properties": {
        "grant_type": {"type": "string", "enum": ["client_credentials"]},
        "client_id": {"type": "string"},
        "client_secret": {"type": "string"},
    },
}
ABOUT = {
    "requestBody": {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": FORM}},
    },
    "security": [{"Basic": []}, {}],
}
NOT_THIS_GRANT = "Only client_credentials is given, as the field grant_type of a form."
NOT_KNOWN = "There is no client with this id and this secret."
FORM_TYPE = "application/x-www-form-urlencoded"
LONGEST = 1_000


@router.post(
    "/token",
    response={200: Token, 400: TokenRefused, 401: TokenRefused, 429: Problem},
    url_name="client-token",
    summary="Ask for a token",
    openapi_extra=ABOUT,
)
def token(request: HttpRequest) -> HttpResponse:
    """Show the client’s id and secret, as HTTP Basic or in the form, and be given a token.

    It is good for some minutes, for sending by the client’s feed and for nothing else. Refusals
    are all alike, and requests are counted, granted or not.
    """
    asked = _asked(request)
    try:
        address = get_adapter().get_client_ip(request)
        count_token_request(by=DOOR, client=asked[0] if asked else "", address=address)
    except TooManyTries:
        return problem(TOO_MANY)
    if request.content_type != FORM_TYPE or request.POST.get("grant_type") != "client_credentials":
        return _refused(400, "unsupported_grant_type", NOT_THIS_GRANT)
    given = open_client(by=DOOR, client=asked[0], secret=asked[1]) if asked else None
    if given is None:
        return _refused(401, "invalid_client", NOT_KNOWN)
    answer = Token(access_token=given, expires_in=TOKEN_MINUTES.value * 60)
    return _unkept(HttpResponse(answer.model_dump_json(), content_type="application/json"))


def _asked(request: HttpRequest) -> tuple[str, str] | None:
    """The id and the secret that were shown, in one of the two ways and not in both."""
    header = request.headers.get("Authorization", "")
    if header.casefold().startswith("basic "):
        return _basic(header[6:])
    if header or request.content_type != FORM_TYPE:
        return None
    client, secret = request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    return _plain(client, secret)


def _basic(encoded: str) -> tuple[str, str] | None:
    try:
        client, colon, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return _plain(unquote_plus(client), unquote_plus(secret)) if colon else None


def _plain(client: str, secret: str) -> tuple[str, str] | None:
    fit = all(0 < len(each) <= LONGEST and each.isascii() for each in (client, secret))
    return (client, secret) if fit else None


def _refused(status: int, error: str, why: str) -> HttpResponse:
    told = TokenRefused(error=error, error_description=why)
    answer = HttpResponse(told.model_dump_json(), status=status, content_type="application/json")
    if status == 401:
        answer["WWW-Authenticate"] = 'Basic realm="keepsight"'
    return _unkept(answer)


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
