"""Answers of the door: problems as RFC 9457 has them, and what each request must be to be read."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.parser import Parser

from keepsight.api.shapes import Fault, Problem
from keepsight.kernel.report_rules import (
    AGENCY_BUSY,
    NOT_JSON,
    NOT_JSON_TYPE,
    TOO_LARGE,
    TOO_MANY,
    ReportRefused,
    ReportRule,
)
from keepsight.kernel.sending import MOST_BYTES, RETRY_SECONDS

WAITS = {AGENCY_BUSY.rule: RETRY_SECONDS, TOO_MANY.rule: 15 * 60}
"""After how many seconds it is worth while to come again."""


def problem(rule: ReportRule, says: str = "", faults: list[Fault] | None = None) -> HttpResponse:
    """A refusal in words, for people and for programs."""
    told = Problem(
        type=f"urn:keepsight:problem:{rule.rule}",
        title=rule.rule.replace("_", " "),
        status=rule.status,
        detail=says or rule.says,
        remedy=rule.remedy,
        errors=faults or [],
    )
    answer = HttpResponse(
        told.model_dump_json(), status=rule.status, content_type="application/problem+json"
    )
    if rule.rule in WAITS:
        answer["Retry-After"] = str(WAITS[rule.rule])
    if rule.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="keepsight"'
    return answer


class StrictParser(Parser):
    """Reads one JSON object of bounded size, sent as what it is."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json" or not _is_utf8(request):
            raise ReportRefused(NOT_JSON_TYPE)
        if len(request.body) > MOST_BYTES:
            raise ReportRefused(TOO_LARGE)
        try:
            text = request.body.decode("utf-8")
            said = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise ReportRefused(NOT_JSON) from None
        if not isinstance(said, dict):
            raise ReportRefused(NOT_JSON)
        return said


def _is_utf8(request: HttpRequest) -> bool:
    charset = (request.content_params or {}).get("charset", "utf-8")
    return charset.casefold() in {"utf-8", "utf8"}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand in it once each: of two values one would be passed over."""
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError
    return said


def _refuse(_: str) -> None:
    raise ValueError
