"""How every view makes its page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest,
    template: str,
    *,
    heading: str,
    errors: Sequence[dict[str, str]] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page with what all pages need: a heading for its title, errors, and who is looking."""
    shared = {
        "heading": heading,
        "errors": list(errors),
        "viewer": getattr(request, "viewer", None),
        "path": request.path,
    }
    return render(request, f"pages/{template}", shared | context, status=status)


def answers(request: HttpRequest) -> Any:
    """What a form was sent with, even if empty; nothing where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def page_number(request: HttpRequest, parameter: str = "page") -> int:
    """Which page of a list is asked for, from 1; anything else means the first."""
    asked = request.GET.get(parameter, "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
