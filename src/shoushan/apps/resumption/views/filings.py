"""Daily returns: the form of the enterprise, the day's list of those who answer for them, reminders."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.apps.resumption import selectors, services
from shoushan.apps.resumption.forms import ReturnFilter, ReturnForm
from shoushan.apps.resumption.lifecycle import FILINGS
from shoushan.apps.resumption.models import DailyReturn, ReturnFiling
from shoushan.apps.resumption.selectors import filings as questions
from shoushan.apps.resumption.selectors.contacts import enterprises_of, is_contact
from shoushan.apps.resumption.selectors.locks import exceptions_of, lock_of
from shoushan.directory.access import (
    AuthenticatedRequest,
    area_scope,
    found_or_404,
    has_permission,
    requires,
    signed_in,
)
from shoushan.lib import days
from shoushan.lifecycle.errors import LifecycleError
from shoushan.lifecycle.form_pages import posted
from shoushan.lifecycle.record_pages import record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.listing import PAGE, page_of

VIEW, APPROVE, ACCEPT = "resumption.view_ledger", "resumption.approve_return", "resumption.accept_return"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("resumption.represent_enterprise")
def return_file(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The return of a day, filled with the numbers of the day before."""
    enterprise = enterprises_of(request.user).filter(code=code).first()
    if enterprise is None:
        raise Http404(_("没有这家企业，或者您还不是它经确认的联络人。"))
    day = _day(request.GET.get("as_of", ""))
    form = ReturnForm(request.POST or None, initial=services.last_values(enterprise.pk, as_of=day))

    def take(values: dict[str, Any]) -> str:
        services.file_return(enterprise=enterprise, as_of=day, values=values, actor=request.user, at=timezone.now())
        messages.success(request, _("%(day)s 的日报已填报。") % {"day": day.isoformat()})
        return "resumption:contact-home"

    answer, status = posted(request, form, take)
    if answer is not None:
        return answer
    filed = ReturnFiling.objects.filter(enterprise=enterprise).order_by("-as_of")[:7]
    context = {
        "form": form,
        "enterprise": enterprise,
        "day": day,
        "filed": [{"record": each, "state": FILINGS.state(each.state)} for each in filed],
    }
    return render(request, "resumption/return_form.html", context, status=status)


@require_safe
@requires(VIEW)
def return_list(request: AuthenticatedRequest) -> HttpResponse:
    """A day: reporting and on-time rates, what waits to be decided, who has sent nothing."""
    names = selectors.names_of_subdistricts()
    form = ReturnFilter(request.GET, names=names)
    asked = form.cleaned_data if form.is_valid() else {}
    day, area = asked.get("as_of") or timezone.localdate(), asked.get("area", "")
    areas = area_scope(request.user, VIEW, on=timezone.localdate()) if form.is_valid() else ()
    hour = services.hour_of_cut_off(area=area or (areas[0] if areas else ""), on=day)
    found = questions.filing_rows(day, areas=areas, area=area, state=asked.get("state", ""))
    page = page_of(request, found)
    missing = questions.missing_on(day, areas=areas, area=area)
    context = {
        "form": form,
        "day": day,
        "area": area,
        "cut_off": questions.cut_off(day, hour),
        "counts": questions.reporting(day, hour, areas=areas, area=area),
        "page_obj": page,
        "lines": [
            {"record": each, "state": FILINGS.state(each.state), "area": names.get(each.area_code, "")} for each in page
        ],
        "missing": [{"standing": each, "area": names.get(each.area_code, "")} for each in missing[:PAGE]],
        "missing_count": missing.count(),
        "may": _may(request, area),
    } | _lock_words(day, area)
    return render(request, "resumption/return_list.html", context)


def _lock_words(day: date, area: str) -> dict[str, Any]:
    """Of one subdistrict's day: is it locked, with which exceptions; nothing where no subdistrict is chosen."""
    lock = lock_of(day, area) if area else None
    return {"lock": lock, "exceptions": exceptions_of(lock) if lock else []}


def _may(request: AuthenticatedRequest, area: str) -> dict[str, bool]:
    on = timezone.localdate()
    return {
        "approve": has_permission(request.user, APPROVE, on=on, area=area),
        "accept": has_permission(request.user, ACCEPT, on=on, area=area),
    }


@require_POST
@requires(VIEW)
def return_decide(request: AuthenticatedRequest) -> HttpResponse:
    """Approve or accept the ones that are ticked, all or none."""
    codes = request.POST.getlist("codes")[:500]
    try:
        count = services.decide_filings(
            codes=codes, step=request.POST.get("step", ""), actor=request.user, at=timezone.now()
        )
    except LifecycleError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("已办理 %(count)d 件。") % {"count": count})
    return _back(request)


@require_POST
@requires(APPROVE)
def return_remind(request: AuthenticatedRequest) -> HttpResponse:
    """Remind one enterprise that sent nothing, or all of them; each once a day."""
    count = services.remind(
        day=_day(request.POST.get("as_of", "")),
        codes=request.POST.getlist("codes"),
        area=request.POST.get("area", ""),
        actor=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("已提醒 %(count)d 家企业，同一天不重复提醒。") % {"count": count})
    return _back(request)


@require_POST
@requires(ACCEPT)
def return_lock(request: AuthenticatedRequest) -> HttpResponse:
    """Lock a subdistrict's day, or let one enterprise's return be changed all the same (`enterprise`, `reason`)."""
    day, at = _day(request.POST.get("as_of", "")), timezone.now()
    try:
        area = request.POST.get("area", "")
        if text := request.POST.get("enterprise", "").strip():
            reason = request.POST.get("reason", "")
            services.except_from_lock(as_of=day, area=area, text=text, reason=reason, actor=request.user, at=at)
            messages.success(request, _("例外已批准，可以更正一次。"))
        else:
            services.lock_day(as_of=day, area=area, actor=request.user, at=at)
            messages.success(request, _("%(day)s 已锁定。") % {"day": day.isoformat()})
    except LifecycleError as error:
        messages.error(request, error.sentence)
    return _back(request)


@require_safe
@signed_in
def filing_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One filed return with its numbers and story."""
    filing = _visible_or_404(request, code)
    context = record_context(
        FILINGS,
        filing,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: _step_address(filing, name),
        file_address=lambda number: "",
    )
    is_own = is_contact(request.user, filing.enterprise_id)
    context |= {
        "values": DailyReturn.objects.get(enterprise_id=filing.enterprise_id, as_of=filing.as_of),
        "back": reverse("resumption:contact-home") if is_own else _list_address(filing.as_of),
    }
    return render(request, "resumption/filing_detail.html", context)


@signed_in
def filing_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of a filed return; to file it again is a form of its own."""
    filing = _visible_or_404(request, code)
    if name == "file_again":
        return redirect(_step_address(filing, name))
    return step_page(request, FILINGS, filing, name, back=reverse("resumption:filing-detail", args=[code]))


def _step_address(filing: ReturnFiling, name: str) -> str:
    if name == "file_again":
        address = reverse("resumption:return-file", args=[filing.enterprise.code])
        return f"{address}?as_of={filing.as_of.isoformat()}"
    return reverse("resumption:filing-step", args=[filing.code, name])


def _visible_or_404(request: AuthenticatedRequest, code: str) -> ReturnFiling:
    return found_or_404(questions.visible_filings(request.user, VIEW, on=timezone.localdate()), code=code)


def _day(text: str) -> date:
    """The day that was asked for; today when none or none that can be read."""
    value: Any = days.read_day(text).value if text else None
    return value if isinstance(value, date) else timezone.localdate()


def _back(request: AuthenticatedRequest) -> HttpResponse:
    return redirect(_list_address(_day(request.POST.get("as_of", "")), request.POST.get("area", "")))


def _list_address(day: date, area: str = "") -> str:
    tail = f"&area={area}" if area.isdecimal() else ""
    return f"{reverse('resumption:return-list')}?as_of={day.isoformat()}{tail}"
