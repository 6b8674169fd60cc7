"""Every page's and the API’s address, and the pages for what cannot be shown."""

from django.urls import include, path

urlpatterns = [path("", include("keepsight.web.urls")), path("", include("keepsight.api.urls"))]

handler403 = "keepsight.web.views.errors.not_allowed"
handler404 = "keepsight.web.views.errors.not_found"
handler500 = "keepsight.web.views.errors.broken"
