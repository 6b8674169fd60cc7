"""Deny by default: who is looking, in one transaction with the record that they looked."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from keepsight.access.actions import present_token
from keepsight.access.viewer import Viewer, viewer_of
from keepsight.audit.actions import Note, record_refusal
from keepsight.audit.models import Act
from keepsight.audit.sights import recording
from keepsight.web.access import View, allowed_roles, has_mark, is_for_clients, is_public
from keepsight.web.cookies import take_token, token_of, was_signed_in
from keepsight.web.signing.sessions import carry_token, is_setting_up, ought_to_confirm, to_confirm

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
READS_ONLY = "An inspector reads only."
NOT_FOR_ROLE = "This page is not for the role that you sign in with."


class StreamedAnswer(RuntimeError):
    """A page about a child was about to leave before the sight of it was written down."""


class UnwrittenSight(RuntimeError):
    """A page was about to be shown while the record of showing it was to be taken back."""


class ViewerMiddleware:
    """Puts `request.viewer` in place and wraps every view that is not public.

    The view runs, and its page is made, inside one transaction: what it shows is written down
    there, and only then is anything released. An answer of 500 or above takes all of it back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated and token_of(request)
        request.viewer = viewer_of(request.user) if signed_in else None
        response = self.get_response(request)
        carry_token(request, response)
        if request.viewer is not None:
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if is_public(view) or is_for_clients(view):
            return None
        if has_mark(view, "sets_up") and is_setting_up(request):
            return None
        token = token_of(request)
        if request.viewer is None or token is None:
            return self._to_sign_in(request)
        try:
            self._check(request, view)
            if has_mark(view, "reauthenticates") and ought_to_confirm(request):
                return to_confirm(request)
            return self._show(request, token, view, args, kwargs)
        except (Http404, PermissionDenied) as refusal:
            _record(request, request.viewer, str(refusal), kwargs.get("child_id"))
            raise

    def _check(self, request: HttpRequest, view: View) -> None:
        writes = request.method not in SAFE and not has_mark(view, "own_sign_in")
        if request.viewer.role.reads_only and writes:
            raise PermissionDenied(READS_ONLY)
        if request.viewer.role not in allowed_roles(view):
            raise PermissionDenied(NOT_FOR_ROLE)

    def _show(
        self, request: HttpRequest, token: str, view: View, args: Any, kwargs: Any
    ) -> HttpResponseBase:
        where = request.resolver_match.view_name
        with transaction.atomic():
            with recording(where, uuid.uuid4()):
                if not present_token(by=request.viewer, token=token):
                    return take_token(self._to_sign_in(request))
                response = view(request, *args, **kwargs)
                if response.streaming:
                    raise StreamedAnswer(f"{where} streams its answer.")
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif connection.needs_rollback:
                raise UnwrittenSight(f"{where} would be shown, and that it was, rolled back.")
        return response

    def _to_sign_in(self, request: HttpRequest) -> HttpResponse:
        """A page that needs a viewer, asked for without one or after the session is over."""
        if request.user.is_authenticated:
            _record(request, viewer_of(request.user), "The session is over.", None)
        said = {"next": request.get_full_path()} if request.method in SAFE else {}
        if was_signed_in(request):
            said["expired"] = "1"
        query = f"?{urlencode(said)}" if said and said != {"next": "/"} else ""
        return redirect(f"{reverse('sign-in')}{query}")


def _record(request: HttpRequest, viewer: Viewer, reason: str, child_id: uuid.UUID | None) -> None:
    note = Note(
        act=Act.REFUSE,
        what=f"{request.method} {request.resolver_match.view_name}",
        where=request.resolver_match.view_name,
        reason=reason,
        child_id=child_id,
    )
    record_refusal(by=viewer.actor, note=note)
