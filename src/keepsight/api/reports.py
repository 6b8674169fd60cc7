"""Sending a report, and reading again what was answered."""

import json
import uuid
from typing import Annotated, Any

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from ninja import Header, Router
from psycopg.errors import LockNotAvailable

from keepsight.access.actions.clients import DOOR, present_client_token
from keepsight.access.sender import Sender
from keepsight.api.shapes import (
    Acknowledgement,
    AnyReport,
    EmergencyReport,
    FoundReport,
    MissingReport,
    PoliceNoticeReport,
    Problem,
    SchoolConcernReport,
)
from keepsight.api.signing import ClientToken
from keepsight.intake.sending import receipt_of, take_report
from keepsight.kernel.report_rules import AGENCY_BUSY, NO_RECEIPT, NO_TOKEN, ReportRefused
from keepsight.kernel.reports import ReportKind
from keepsight.kernel.sending import KEY_LENGTH

SALT = "keepsight.receipts"
REFUSALS = dict.fromkeys((400, 401, 403, 409, 413, 415, 422, 429, 503), Problem)
ANSWERS = {200: Acknowledgement, 201: Acknowledgement} | REFUSALS

router = Router(tags=["reports"], auth=ClientToken())

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=KEY_LENGTH,
        pattern="^[!-~]+$",
        description="Made by the sender for this report. Sent again with the same report, it is "
        "the same report.",
    ),
]


def _address(kind: ReportKind) -> dict[str, Any]:
    named = {"path": f"/{kind.value}", "url_name": f"send-{kind.value}"}
    return named | {"response": ANSWERS, "summary": f"Send {kind.in_words}"}


@router.post(**_address(ReportKind.MISSING))
def missing(request: HttpRequest, sent: MissingReport, key: Key) -> HttpResponse:
    """A child is missing, or away from a placement without authorisation."""
    return _take(request, sent, key)


@router.post(**_address(ReportKind.FOUND))
def found(request: HttpRequest, sent: FoundReport, key: Key) -> HttpResponse:
    """A child is back of whom a missing report of the same reference was sent."""
    return _take(request, sent, key)


@router.post(**_address(ReportKind.EMERGENCY))
def emergency(request: HttpRequest, sent: EmergencyReport, key: Key) -> HttpResponse:
    """A child attended an emergency department."""
    return _take(request, sent, key)


@router.post(**_address(ReportKind.SCHOOL_CONCERN))
def school_concern(request: HttpRequest, sent: SchoolConcernReport, key: Key) -> HttpResponse:
    """A member of a school’s staff wrote down a concern for a pupil."""
    return _take(request, sent, key)


@router.post(**_address(ReportKind.POLICE_NOTICE))
def police_notice(request: HttpRequest, sent: PoliceNoticeReport, key: Key) -> HttpResponse:
    """The police tell of a concern for a child."""
    return _take(request, sent, key)


@router.get(
    "/receipts/{receipt_id}",
    response={200: Acknowledgement, 401: Problem, 404: Problem, 429: Problem},
    url_name="receipt",
    summary="Read an acknowledgement again",
)
def receipt(request: HttpRequest, receipt_id: str) -> HttpResponse:
    """One of the client’s own: another’s is as one that is not there."""
    with transaction.atomic():
        known = receipt_of(_sender(request), _as_id(receipt_id))
    if known is None:
        raise ReportRefused(NO_RECEIPT)
    return _acknowledged(known, 200)


def _take(request: HttpRequest, sent: AnyReport, key: str) -> HttpResponse:
    """On record with all that follows, in one transaction, and only then acknowledged."""
    try:
        with transaction.atomic():
            given = take_report(
                by=_sender(request), report=sent.report(), key=key, body=_mark(sent)
            )
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise ReportRefused(AGENCY_BUSY) from None
        raise
    return _acknowledged(given, 200 if given.duplicate else 201)


def _as_id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise ReportRefused(NO_RECEIPT) from None


def _sender(request: HttpRequest) -> Sender:
    """The client, presented to the database for the transaction in course."""
    sender = present_client_token(by=DOOR, token=request.auth)  # type: ignore[attr-defined]
    if sender is None:
        raise ReportRefused(NO_TOKEN)
    return sender


def _mark(sent: AnyReport) -> bytes:
    """Equal for equal reports, however they are laid out; keyed, so that nothing can be guessed."""
    said = json.dumps([sent.kind, sent.model_dump(mode="json")], sort_keys=True)
    return salted_hmac(SALT, said, algorithm="sha256").digest()


def _acknowledged(given: Any, status: int) -> HttpResponse:
    told = Acknowledgement(
        event_id=given.event_id,
        received_at=given.received,
        duplicate=given.duplicate,
        status_url=reverse("api:receipt", args=[given.pk]),
    )
    answer = HttpResponse(told.model_dump_json(), status=status, content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer
