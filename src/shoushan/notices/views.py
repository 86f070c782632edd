"""The inbox."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shoushan.directory.access import AuthenticatedRequest, found_or_404, signed_in
from shoushan.notices import selectors, services

PAGE = 50


@require_safe
@signed_in
def notice_list(request: AuthenticatedRequest) -> HttpResponse:
    """Messages to the reader and to their organisation, newest first; `?unread=1` shows what is not read yet."""
    is_unread_only = request.GET.get("unread") == "1"
    found = selectors.unread(request.user) if is_unread_only else selectors.inbox(request.user)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/notice_list.html", {"page_obj": page, "is_unread_only": is_unread_only})


@require_POST
@signed_in
def notice_open(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """Mark one message as read and go to what it is about."""
    notice = found_or_404(selectors.inbox(request.user), pk=number)
    services.mark_read(user=request.user, at=timezone.now(), notice_ids=[notice.pk])
    return redirect(notice.address or "notices:notice-list")


@require_POST
@signed_in
def notice_read_all(request: AuthenticatedRequest) -> HttpResponse:
    """Everything is read."""
    count = services.mark_read(user=request.user, at=timezone.now())
    done = ngettext("%(n)d 条消息已标为已读。", "%(n)d 条消息已标为已读。", count) if count else _("没有未读消息。")
    messages.success(request, done % {"n": count} if count else done)
    return redirect("notices:notice-list")
