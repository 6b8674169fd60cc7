"""The signed cookie that carries a session's token, which the database asks for."""

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from keepsight.kernel.signing_in import SESSION_HOURS

COOKIE = "keepsight_access"
SALT = "keepsight.access"


def give_token(response: HttpResponse, token: str) -> None:
    """Set the cookie. It has no age of its own, so that an expired one can still be told apart."""
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE_COOKIES,
    )


def token_of(request: HttpRequest) -> str | None:
    """The token, or nothing where there is none, it was tampered with, or it is too old."""
    try:
        return request.get_signed_cookie(COOKIE, salt=SALT, max_age=SESSION_HOURS.value * 3600)
    except (KeyError, BadSignature):
        return None


def was_signed_in(request: HttpRequest) -> bool:
    """Whether this browser holds the cookie of a session, open or over."""
    return bool(request.COOKIES.get(COOKIE))


def take_token(response: HttpResponse) -> HttpResponse:
    """Remove the cookie."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
