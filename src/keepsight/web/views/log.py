"""What the tamper-evident log publishes, as plain text, for those who keep it as witnesses."""

from base64 import b64encode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from keepsight.audit.queries import Published, consistency, latest_checkpoint
from keepsight.web.access import public


@public
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest signed checkpoint, as it is to be kept: a note with its signature."""
    return _text(_latest().note)


@public
@require_safe
def verification_key(request: HttpRequest) -> HttpResponse:
    """The key that the latest checkpoint can be checked with."""
    return _text(f"{_latest().verifier_key}\n")


@public
@require_safe
def consistency_proof(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """What shows that the log of `new` entries begins with the one of `old`: a hash a line."""
    hashes = consistency(old, new)
    if hashes is None:
        raise Http404("No checkpoint of so many entries is signed.")
    return _text("".join(f"{b64encode(each).decode()}\n" for each in hashes))


def _latest() -> Published:
    latest = latest_checkpoint()
    if latest is None:
        raise Http404("No checkpoint is signed yet.")
    return latest


def _text(said: str) -> HttpResponse:
    response = HttpResponse(said, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
