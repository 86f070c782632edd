"""The inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.directory.access import AuthenticatedRequest, found_or_404, has_permission, signed_in
from shoushan.notices import selectors, services
from shoushan.notices import services_delivery as delivery
from shoushan.notices.enums import DELIVERY_TONES, DeliveryState
from shoushan.notices.errors import ChannelError
from shoushan.notices.forms import ChannelForm
from shoushan.notices.models import Channel
from shoushan.ui.listing import page_of


@require_safe
@signed_in
def notice_list(request: AuthenticatedRequest) -> HttpResponse:
    """Messages to the reader and to their organisation, newest first; `?unread=1` shows what is not read yet."""
    is_unread_only = request.GET.get("unread") == "1"
    found = selectors.unread(request.user) if is_unread_only else selectors.inbox(request.user)
    page = page_of(request, found)
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


# ---- outside the product ---------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def channel_list(request: AuthenticatedRequest) -> HttpResponse:
    """By which ways messages also reach the reader, or their organisation's chat group; what went out."""
    may_set_office = _may_set_office(request)
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        office = request.user.organisation if may_set_office and "office" in request.POST else None
        try:
            delivery.add_channel(actor=request.user, organisation=office, at=timezone.now(), **form.cleaned_data)
        except ChannelError as error:
            form.add_error("target", str(error))
        else:
            messages.success(request, _("已设置。可以先试发一条。"))
            return redirect("notices:channel-list")
    channels = selectors.channels_of(request.user, with_office=may_set_office)
    page = page_of(request, selectors.delivery_log(channels))
    context = {
        "form": form,
        "channels": channels,
        "may_set_office": may_set_office,
        "page_obj": page,
        "lines": [(each, DeliveryState(each.state).label, DELIVERY_TONES[DeliveryState(each.state)]) for each in page],
    }
    return render(request, "notices/channel_list.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def channel_try(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """Send a message that says that the channel works."""
    delivery.send_trial(channel=_channel(request, number), at=timezone.now())
    messages.success(request, _("试发的消息一分钟内发出，结果见下方记录。"))
    return redirect("notices:channel-list")


@require_POST
@signed_in
def channel_end(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """Switch a channel off."""
    delivery.end_channel(channel=_channel(request, number), at=timezone.now())
    messages.success(request, _("已停用。"))
    return redirect("notices:channel-list")


def _channel(request: AuthenticatedRequest, number: int) -> Channel:
    return found_or_404(selectors.channels_of(request.user, with_office=_may_set_office(request)), pk=number)


def _may_set_office(request: AuthenticatedRequest) -> bool:
    is_allowed = has_permission(request.user, "notices.set_channel", on=timezone.localdate())
    return is_allowed and request.user.organisation_id is not None
