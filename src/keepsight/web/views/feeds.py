"""For a data officer: what came in, and the rows that could not be used."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from keepsight.chronology.queries import feeds as feeds_of
from keepsight.intake.queries import quarantined
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.presenters.paging import Paged
from keepsight.web.views.page import page, page_number


@allows(Permission.READ_FEEDS)
@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """The feeds of the viewer's own agency, and its rows in quarantine."""
    viewer = request.viewer
    return page(
        request,
        "feeds.html",
        heading="Feeds",
        feeds=feeds_of(viewer),
        may_send=viewer.may(Permission.SEND_FILES),
        rows=Paged(
            page_number(request),
            lambda offset, limit: quarantined(viewer, offset=offset, limit=limit),
        ),
    )
