"""For an analyst: counts with small numbers suppressed, and pseudonyms."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from keepsight.kernel.roles import Permission
from keepsight.oversight.analysis import PseudonymLine, latest_analysis
from keepsight.web.access import allows
from keepsight.web.presenters.paging import Paged
from keepsight.web.views.page import page, page_number


@allows(Permission.READ_PSEUDONYMS)
@require_safe
def analysis(request: HttpRequest) -> HttpResponse:
    """The newest release for the viewer's area."""
    found = latest_analysis(request.viewer)

    def children(offset: int, limit: int) -> Sequence[PseudonymLine]:
        return found.children(offset=offset, limit=limit) if found else []

    return page(
        request,
        "analysis.html",
        heading="Analysis",
        analysis=found,
        children=Paged(page_number(request), children),
    )
