"""The addresses of the API. Each answers clients, and no page’s session opens any of them."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from keepsight.api.door import api, openapi

OPEN_TO_CLIENTS = "clients"
"""The mark of a view that answers an agency’s system by its token, and nobody by a session."""


@require_safe
def document(request: HttpRequest) -> JsonResponse:
    """The OpenAPI document: of what can be sent, and of nobody."""
    return JsonResponse(openapi())


views, application, space = api.urls
views = [path("openapi.json", document, name="openapi-json")] + [
    each for each in views if each.name != "api-root"
]
for each in views:
    each.callback.allowed = OPEN_TO_CLIENTS

urlpatterns = [path("api/", (views, application, space))]
