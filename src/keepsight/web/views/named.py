"""The page of what is named about a child: places, vehicles, numbers, names, adults and groups."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from keepsight.chronology.queries import named_about
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.views.child import child_or_404
from keepsight.web.views.page import page


@allows(Permission.READ_CHILD)
@require_safe
def named(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Each mention that the viewer may see, of this child and of no other."""
    who = child_or_404(request.viewer, child_id)
    return page(
        request,
        "named.html",
        heading=f"What is named about {who.name}",
        who=who,
        lines=named_about(request.viewer, child_id),
    )
