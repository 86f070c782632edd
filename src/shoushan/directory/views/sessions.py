"""Sign in, sign out, choose a language; the page of a locked account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shoushan.directory import access, services
from shoushan.directory.forms import SignInForm
from shoushan.directory.models import User
from shoushan.ui import languages, themes
from shoushan.ui.errors import error_answer
from shoushan.ui.returning import safe_next


def today() -> date:
    """The local day of the request."""
    return timezone.localdate(timezone.now())


@access.public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; someone who is signed in already goes on at once."""
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))
    form = SignInForm(request, request.POST or None)
    if not form.is_valid():
        context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
        return render(request, "directory/sign_in.html", context)
    user = form.get_user()
    login(request, user)
    response = redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))
    if user.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        languages.remember(response, user.language)
    return response


@access.public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; by POST only, so that no link can do it. The next person at the desk starts in Chinese."""
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@access.public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie, for who is signed in with the account too, and go back to the page."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(
            _("没有这种语言，请从页面上的语言菜单中选择。"), content_type="text/plain; charset=utf-8"
        )
    response = redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))
    languages.remember(response, language)
    if isinstance(request.user, User):
        services.choose_language(user=request.user, language=language)
    return response


@access.public
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the system's look in a cookie and go back to the page."""
    theme = request.POST.get("theme", "")
    if theme not in themes.Theme.values:
        return HttpResponseBadRequest(_("没有这种外观，请从账户菜单中选择。"), content_type="text/plain; charset=utf-8")
    response = redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))
    themes.remember(response, theme)
    return response


def locked_out(request: HttpRequest, *_credentials: Any, **_more: Any) -> HttpResponse:
    """The answer of the lock-out after too many failures. The same for accounts that exist and that do not."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    sentence = _(
        "该用户名连续登录失败 %(times)s 次，已被锁定，请在 %(minutes)s 分钟后重试，或联系本单位的系统管理员解锁。"
    )
    sentence %= {"times": settings.AXES_FAILURE_LIMIT, "minutes": minutes}
    response = error_answer(request, status=429, sentence=sentence)
    response["Retry-After"] = str(minutes * 60)
    return response
