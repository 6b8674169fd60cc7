"""The addresses of the API. Each answers clients, and no page’s session opens any of them."""

from django.urls import path

from keepsight.api.door import api

OPEN_TO_CLIENTS = "clients"
"""The mark of a view that answers an agency’s system by its token, and nobody by a session."""

views, application, space = api.urls
for each in views:
    each.callback.allowed = OPEN_TO_CLIENTS

urlpatterns = [path("api/", (views, application, space))]
