"""Addresses for the tests of the shared look: the gallery, and stand-ins for pages that it links to by name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from shoushan.ui import views


def page(request: HttpRequest, code: str = "") -> HttpResponse:
    return HttpResponse(code)


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


page.access_rule = broken.access_rule = "public"  # type: ignore[attr-defined]
handler400, handler403, handler404, handler500 = views.bad_request, views.forbidden, views.not_found, views.server_error

directory = [
    path("in/", page, name="sign-in"),
    path("out/", page, name="sign-out"),
    path("language/", page, name="language-set"),
]
portal = [path("", page, name="home")]
figures = [path("receipts/<str:code>/", page, name="receipt")]
urlpatterns = [
    path("ui/", include("shoushan.ui.urls")),
    path("broken/", broken),
    path("account/", include((directory, "directory"))),
    path("figures/", include((figures, "figures"))),
    path("", include((portal, "portal"))),
]
