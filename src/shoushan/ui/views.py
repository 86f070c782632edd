"""The gallery of components and the handlers of errors that no other view answers."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from shoushan.ui.errors import error_answer, wants_fragment
from shoushan.ui.gallery import examples


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build pages."""
    page_number = request.GET.get("page", "")
    return render(request, "ui/gallery.html", examples(at=timezone.now(), page_number=page_number))


# The access middleware lives in a higher layer; it reads these attributes, which its decorators set elsewhere.
gallery.access_rule = "signed_in"  # type: ignore[attr-defined]


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400. The exception's text is for the log, not for the reader; what was too much is said."""
    sentence = ""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024
        words = _("填写或粘贴的内容超过 %(limit)d MB，没有收下。请退回上一页，改为上传文件，或分几次提交。")
        sentence = words % {"limit": limit}
    elif isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        sentence = _("一次提交的项目太多，没有收下。请退回上一页，少选一些，分几次提交。")
    return error_answer(request, status=400, sentence=sentence)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return error_answer(request, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return error_answer(request, status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: reads neither session nor database, because one of them may be what failed."""
    try:
        template = "ui/_error.html" if wants_fragment(request) else "ui/500.html"
        body = render_to_string(template, {"status": 500})
    except ValueError:  # the manifest of static files is what failed
        return HttpResponse(
            _("系统出错，请稍后再试；仍不成功的，请联系系统管理员。"), "text/plain; charset=utf-8", status=500
        )
    return HttpResponse(body, status=500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose protection token is missing or stale: nothing was saved, and how to send it again."""
    sentence = _(
        "页面已过期或浏览器没有保存 Cookie，本次提交没有保存。请返回上一页刷新后重新提交；仍不成功的，请在浏览器设置中允许本站使用 Cookie。"
    )
    return error_answer(request, status=403, sentence=sentence)


# Django calls CSRF_FAILURE_VIEW from its own middleware, before any access rule could be asked.
csrf_failure.access_rule = "public"  # type: ignore[attr-defined]
