"""The API as one whole, what it answers when something is wrong, and its OpenAPI document."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from keepsight.api import reports, tokens
from keepsight.api.answers import StrictParser, problem
from keepsight.api.faults import faults_of
from keepsight.audit.actions import Note, record_refusal
from keepsight.audit.models import Act
from keepsight.kernel.report_rules import NO_TOKEN, NOT_JSON, NOT_VALID, TOO_LARGE, ReportRefused

ABOUT = (
    "Agencies’ systems send here what cannot wait for a nightly file. A report is on record when "
    "it is acknowledged, and what follows from it is worked out within seconds. Nothing can be "
    "read here but the acknowledgements that a client was given itself."
)

PROBLEM = {"$ref": "#/components/schemas/Problem"}


class Door(NinjaAPI):
    """The API, with refusals described as what they are sent as."""

    def get_openapi_schema(self, **how: Any) -> Any:
        made = super().get_openapi_schema(**how)
        for answer in _answers(made):
            content = answer.get("content", {})
            if content.get("application/json", {}).get("schema") == PROBLEM:
                content["application/problem+json"] = content.pop("application/json")
        return made


def _answers(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in document["paths"].values():
        for operation in operations.values():
            yield from operation["responses"].values()


api = Door(
    title="Keepsight: reports that cannot wait",
    version="1",
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    parser=StrictParser(),
    openapi_extra={
        "components": {
            "securitySchemes": {"Basic": {"type": "http", "scheme": "basic"}},
        }
    },
)
api.add_router("/v1", reports.router)
api.add_router("", tokens.router)


@api.exception_handler(ReportRefused)
def refused(request: HttpRequest, refusal: ReportRefused) -> HttpResponse:
    """A report that was not taken. That a client may not send is written down."""
    sender = getattr(request, "sender", None)
    if refusal.rule.status == 403 and sender is not None:
        note = Note(act=Act.REFUSE, what="report", where=request.path, reason=refusal.says)
        record_refusal(by=sender.actor, note=note)
    return problem(refusal.rule, refusal.says)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What could not be read at all: the parser said why."""
    cause = error.__cause__ or error.__context__
    return problem(cause.rule if isinstance(cause, ReportRefused) else NOT_JSON)


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(BadRequest)
def unfit(request: HttpRequest, error: Exception) -> HttpResponse:
    """What Django itself refuses to read."""
    return problem(TOO_LARGE if isinstance(error, RequestDataTooBig) else NOT_JSON)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token, or none that is good."""
    return problem(NO_TOKEN)


@api.exception_handler(ValidationError)
def faulty(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A report with faults, each of them named."""
    return problem(NOT_VALID, faults=faults_of(error.errors))


def openapi() -> dict[str, Any]:
    """The document that describes the API, the same at every run."""
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
