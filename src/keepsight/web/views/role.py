"""What one's role is for, what it may do, and what one's agency has agreed: for everybody."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from keepsight.kernel.roles import Permission
from keepsight.sharing.queries import agreements_of
from keepsight.web.access import every_role
from keepsight.web.views.page import page


@every_role
@require_safe
def your_role(request: HttpRequest) -> HttpResponse:
    """The role in prose, its permissions, and the agreements in force for the agency."""
    part = request.viewer.role.part
    return page(
        request,
        "your_role.html",
        heading=part.title,
        description=part.description(),
        may=[each.value for each in Permission if request.viewer.may(each)],
        may_not=[each.value for each in Permission if not request.viewer.may(each)],
        agreements=agreements_of(request.viewer),
    )
