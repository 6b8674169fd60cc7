"""What governs feeds: for the data officer of an agency, and for whoever leads a partnership."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from keepsight.chronology.queries import feeds
from keepsight.chronology.queries.governed import governed_feed as governed_feed_of
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.presenters.paging import Paged
from keepsight.web.views.page import page, page_number

RECORDED = {
    "made": "The feed is made, and how its files are read is kept. It is switched off until "
    "somebody who runs Keepsight states what governs it and switches it on.",
}


@allows(Permission.READ_GOVERNANCE)
@require_safe
def governed_feeds(request: HttpRequest) -> HttpResponse:
    """The feeds of the viewer's own agency, or of the area that they lead, and how each stands."""
    viewer = request.viewer
    return page(
        request,
        "governed_feeds.html",
        heading="What governs feeds",
        rows=Paged(
            page_number(request), lambda offset, limit: feeds(viewer, offset=offset, limit=limit)
        ),
    )


@allows(Permission.READ_GOVERNANCE)
@require_safe
def governed_feed(request: HttpRequest, key: str) -> HttpResponse:
    """One feed: what is stated of it, what is missing, how it stands, and what was purged of it."""
    found = governed_feed_of(request.viewer, key)
    if found is None:
        raise Http404("There is no such feed, or it is not the viewer's to read about.")
    return page(
        request,
        "governed_feed.html",
        heading=found.line.title,
        found=found,
        recorded=RECORDED.get(request.GET.get("recorded", "")),
    )
