"""The gate before every view: deny by default, sign-in first, and one page for every refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from shoushan.directory import access
from shoushan.directory.views import today
from shoushan.ui.errors import error_answer, wants_fragment


class AccessMiddleware:
    """Lets a request reach its view only as far as the view's `access_rule` says; a view without one is closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note the day on which the user acts, so that templates can ask `user.may`."""
        if request.user.is_authenticated:
            request.user.acting_on = today()
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """The refusal, or None to go on."""
        rule = getattr(view, "access_rule", None)
        if rule == "public":
            return None
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if rule == "signed_in":
            return None
        if rule != "permission":
            return refusal(request, _("这个页面没有登记访问权限，因此不对任何人开放，请联系系统管理员。"))
        return _refused_by_permission(request, view.permission, today())  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A NotAllowedError of any service becomes a 403 page with its sentence."""
        return refusal(request, exception.sentence) if isinstance(exception, access.NotAllowedError) else None


def _refused_by_permission(request: HttpRequest, permission: str, on: date) -> HttpResponse | None:
    try:
        access.check_permission(request.user, permission, on=on)
    except access.NotAllowedError as error:
        return refusal(request, error.sentence)
    return None


def refusal(request: HttpRequest, sentence: str) -> HttpResponse:
    """The 403 page with one sentence."""
    return error_answer(request, status=403, sentence=sentence)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Pages are sent to the sign-in page and come back; a fragment (htmx) makes the browser go there as a whole."""
    if not wants_fragment(request):
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        return redirect_to_login(back) if back else HttpResponse(status=302, headers={"Location": _sign_in_url()})
    target = _sign_in_url()
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = parts.path + (f"?{parts.query}" if parts.query else "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        target = f"{target}?{urlencode({'next': back})}"
    return HttpResponse(
        _("登录已过期，请重新登录。"),
        status=401,
        headers={"HX-Redirect": target},
        content_type="text/plain; charset=utf-8",
    )


def _sign_in_url() -> str:
    return resolve_url(settings.LOGIN_URL)
