"""A small site behind the gate: one page for every access rule."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_GET

from shoushan.directory import access


@access.public
def home(request: HttpRequest) -> HttpResponse:
    """A page for everyone."""
    return HttpResponse("首页")


@access.signed_in
def desk(request: access.AuthenticatedRequest) -> HttpResponse:
    """A page for every account; says whether the user may manage accounts."""
    return HttpResponse("可以" if request.user.may("directory.manage_user") else "不可以")


@require_GET
@access.requires("directory.view_area")
def areas(request: access.AuthenticatedRequest) -> HttpResponse:
    """A page behind a permission."""
    return HttpResponse("辖区")


def forgotten(request: HttpRequest) -> HttpResponse:
    """A page whose author declared nothing."""
    return HttpResponse("秘密")


@access.signed_in
def refusing(request: HttpRequest) -> HttpResponse:
    """A page whose service refuses."""
    raise access.NotAllowedError("这件事由街道办理。")


portal = ([path("", home, name="home")], "portal")
urlpatterns = [
    path("", include(portal)),
    path("", include("shoushan.directory.urls")),
    path("desk/", desk, name="desk"),
    path("areas/", areas, name="areas"),
    path("forgotten/", forgotten, name="forgotten"),
    path("refusing/", refusing, name="refusing"),
]
