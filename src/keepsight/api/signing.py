"""Who is sending: the client behind a token, or nobody."""

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.http import HttpRequest
from ninja.security import HttpBearer

from keepsight.access.actions.clients import (
    DOOR,
    TooManyTries,
    count_wrong_token,
    present_client_token,
)
from keepsight.audit.actions import Note, record_refusal
from keepsight.audit.models import Act
from keepsight.kernel.report_rules import NO_TOKEN, TOO_MANY, ReportRefused


class ClientToken(HttpBearer):
    """A client’s token. One that is not good is counted and written down."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        with transaction.atomic():
            sender = present_client_token(by=DOOR, token=token) if token.isascii() else None
        request.sender = sender  # type: ignore[attr-defined]
        if sender is not None:
            return token
        try:
            count_wrong_token(by=DOOR, address=get_adapter().get_client_ip(request))
        except TooManyTries:
            raise ReportRefused(TOO_MANY) from None
        note = Note(act=Act.REFUSE, what="report", reason=NO_TOKEN.says)
        record_refusal(by=DOOR, note=note)
        return None
