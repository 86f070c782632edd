"""Workers on their way back: the list with what is due, one worker, the day's temperatures, the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.apps.resumption import selectors
from shoushan.apps.resumption.enums.workers import TWICE_A_DAY, CheckSlot, WorkerState
from shoushan.apps.resumption.forms.workers import BedForm, PurposeForm, TestForm, WorkerFilter, WorkerForm
from shoushan.apps.resumption.lifecycle import WORKERS
from shoushan.apps.resumption.lifecycle.workers import check_worker_access
from shoushan.apps.resumption.models import Bed, EnterpriseStanding, Worker
from shoushan.apps.resumption.selectors import workers as questions
from shoushan.apps.resumption.selectors.contacts import enterprises_of, is_contact
from shoushan.apps.resumption.selectors.trips import seat_of
from shoushan.apps.resumption.services import workers as services
from shoushan.apps.resumption.sheets.workers import WorkerSheet, record_of
from shoushan.directory.access import AuthenticatedRequest, found_or_404, has_permission, requires, signed_in, visible
from shoushan.exchange.downloads import sheet_download
from shoushan.lib import days
from shoushan.lib.masks import mask_number, mask_phone
from shoushan.lib.origins import name_of
from shoushan.lifecycle.errors import LifecycleError, MissingError
from shoushan.lifecycle.record_pages import record_context
from shoushan.lifecycle.views import step_page
from shoushan.privacy.enums import AccessKind
from shoushan.privacy.errors import PrivacyError
from shoushan.privacy.services import log_access
from shoushan.registry.models import Enterprise
from shoushan.ui.listing import page_of

VIEW, MANAGE, SHOW = "resumption.view_workers", "resumption.manage_workers", "resumption.show_worker"
EXPORT, REPRESENT = "resumption.export_workers", "resumption.represent_enterprise"


@require_safe
@signed_in
def worker_list(request: AuthenticatedRequest) -> HttpResponse:
    """Where the workers are, whose observation ends within seven days, whose temperature is missing today."""
    on = timezone.localdate()
    _check_may_look(request, on)
    names = selectors.names_of_subdistricts()
    form = WorkerFilter(request.GET, names=names)
    mine = questions.visible_workers(request.user, on=on)
    found = questions.worker_rows(mine, **form.cleaned_data) if form.is_valid() else mine.none()
    page = page_of(request, found)
    counts = questions.counts_by_state(mine)
    context = {
        "form": form,
        "page_obj": page,
        "lines": [_line(each, names) for each in page],
        "counts": [(WORKERS.state(state), counts.get(state, 0)) for state in WorkerState if state != WorkerState.GONE],
        "due": questions.due_days(mine, on=on),
        "missing": [(slot, questions.missing_checks(mine, on, slot)) for slot in TWICE_A_DAY],
        "may_export": has_permission(request.user, EXPORT, on=on),
        "own": enterprises_of(request.user) if has_permission(request.user, REPRESENT, on=on) else [],
    }
    return render(request, "resumption/worker_list.html", context)


def _check_may_look(request: AuthenticatedRequest, on: date) -> None:
    if not has_permission(request.user, VIEW, on=on) and not has_permission(request.user, REPRESENT, on=on):
        raise Http404(_("没有可以查看的返岗人员。"))


def _line(each: Worker, names: dict[str, str]) -> dict[str, Any]:
    return {
        "record": each,
        "state": WORKERS.state(each.state),
        "number": mask_number(each.person.document_no),
        "origin": name_of(each.origin),
        "area": names.get(each.area_code, each.area_code),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def worker_create(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Register a worker of an enterprise: its contact, or the subdistrict."""
    enterprise = _enterprise_or_404(request, code)
    form, status = WorkerForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                worker = services.register_worker(
                    enterprise=enterprise, worker=form.worker, actor=request.user, at=timezone.now()
                )
            except MissingError as error:
                for name, sentence in error.fields.items():
                    form.add_error(name, sentence)
            else:
                messages.success(request, _("已登记，编号 %(code)s。") % {"code": worker.code})
                return redirect("resumption:worker-detail", code=worker.code)
    return render(request, "resumption/worker_form.html", {"form": form, "enterprise": enterprise}, status=status)


def _enterprise_or_404(request: AuthenticatedRequest, code: str) -> Enterprise:
    own = enterprises_of(request.user).filter(code=code).first()
    if own is not None:
        return own
    found = visible(
        EnterpriseStanding.objects.select_related("enterprise"),
        user=request.user,
        permission=MANAGE,
        on=timezone.localdate(),
    ).filter(enterprise__code=code)
    standing = found.first()
    if standing is None:
        raise Http404(_("没有这家企业，或者它不在您的权限范围内，请从列表中重新查找。"))
    return standing.enterprise


@require_safe
@signed_in
@never_cache
def worker_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One worker: masked facts, the rule's answer, temperatures with the missing ones, tests, bed, story."""
    return _page_of(request, _worker_or_404(request, code))


def _page_of(
    request: AuthenticatedRequest, worker: Worker, *, status: int = 200, is_open: bool = False, **forms: Any
) -> HttpResponse:
    on, person = timezone.localdate(), worker.person
    may_manage = _may(request, worker, MANAGE)
    context = record_context(
        WORKERS,
        worker,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: reverse("resumption:worker-step", args=[worker.code, name]),
        file_address=lambda number: "",
    )
    context |= {
        "number": person.document_no if is_open else mask_number(person.document_no),
        "phone": person.phone if is_open else mask_phone(person.phone),
        "is_open": is_open,
        "origin": name_of(worker.origin),
        "matrix": questions.matrix(worker, until=on),
        "slots": TWICE_A_DAY,
        "tests": worker.tests.order_by("-sampled_on", "-pk"),
        "stay": questions.bed_of(worker),
        "booking": seat_of(worker),
        "may_plan": has_permission(request.user, "resumption.plan_trips", on=on),
        "may_manage": may_manage,
        "may_show": _may(request, worker, SHOW),
        "purpose_form": forms.get("purpose_form") or PurposeForm(),
        "test_form": forms.get("test_form") or (TestForm() if may_manage else None),
        "bed_form": forms.get("bed_form") or (_bed_form(worker, None, on) if may_manage else None),
    }
    return render(request, "resumption/worker_detail.html", context, status=status)


def _bed_form(worker: Worker, data: Any, on: date) -> BedForm | None:
    if worker.state != WorkerState.OBSERVED:
        return None
    return BedForm(data, beds=questions.free_beds(area=worker.area_code, on=on))


def _may(request: AuthenticatedRequest, worker: Worker, permission: str) -> bool:
    on = timezone.localdate()
    own = has_permission(request.user, REPRESENT, on=on) and is_contact(request.user, worker.enterprise_id)
    return own or has_permission(request.user, permission, on=on, area=worker.area_code)


@require_POST
@signed_in
@never_cache
def worker_show(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Number and phone in full, once, with a purpose that goes into the log."""
    worker = _worker_or_404(request, code)
    if not _may(request, worker, SHOW):
        raise Http404(_("您不能查看这名人员的个人信息。"))
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _page_of(request, worker, status=422, purpose_form=form)
    log_access(
        AccessKind.SHOWN,
        subject=worker.subject,
        fields=("身份证号", "手机", "来源地", "健康通行卡号"),
        user=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    )
    return _page_of(request, worker, is_open=True)


@signed_in
def worker_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of a worker's way back."""
    worker = _worker_or_404(request, code)
    return step_page(request, WORKERS, worker, name, back=reverse("resumption:worker-detail", args=[code]))


@require_POST
@signed_in
def worker_test(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Record a test or its result."""
    worker = _worker_or_404(request, code)
    check_worker_access(request.user, worker, MANAGE, timezone.localdate())
    form = TestForm(request.POST)
    if form.is_valid():
        try:
            services.record_test(worker=worker, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except MissingError as error:
            for name, sentence in error.fields.items():
                form.add_error(name, sentence)
        else:
            messages.success(request, _("核酸检测已登记。"))
            return redirect("resumption:worker-detail", code=code)
    return _page_of(request, worker, status=422, test_form=form)


@require_POST
@signed_in
def worker_bed(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Give a bed."""
    worker, on = _worker_or_404(request, code), timezone.localdate()
    check_worker_access(request.user, worker, MANAGE, on)
    form = _bed_form(worker, request.POST, on)
    if form is not None and form.is_valid():
        bed = Bed.objects.select_related("place").get(pk=form.cleaned_data["bed"])
        try:
            services.give_bed(worker=worker, bed=bed, on=on, actor=request.user, at=timezone.now())
        except LifecycleError as error:
            form.add_error("bed", error.sentence)
        else:
            messages.success(request, _("床位已安排。"))
            return redirect("resumption:worker-detail", code=code)
    return _page_of(request, worker, status=422, bed_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def check_list(request: AuthenticatedRequest) -> HttpResponse:
    """The temperatures of a day of everybody under observation: two cells each, what is missing is seen at once."""
    today = timezone.localdate()
    _check_may_look(request, today)
    day = _asked_day(request.GET.get("on", ""), today)
    found = questions.observed_on(questions.visible_workers(request.user, on=today), day)
    page = page_of(request, found)
    workers, problems, status = list(page), {}, 200
    if request.method == "POST":
        try:
            count = services.record_checks(_measured(request, workers), on=day, actor=request.user, at=timezone.now())
        except MissingError as error:
            problems, status = error.fields, 422
        else:
            messages.success(request, _("已登记体温 %(count)d 项。") % {"count": count})
            return redirect(f"{reverse('resumption:check-list')}?on={day.isoformat()}&page={page.number}")
    known = questions.checks_on(workers, day)
    context = {
        "day": day,
        "page_obj": page,
        "slots": TWICE_A_DAY,
        "problems": problems,
        "lines": [{"record": each, "cells": _cells(request, each, known, problems)} for each in workers],
    }
    return render(request, "resumption/check_list.html", context, status=status)


def _measured(request: AuthenticatedRequest, workers: list[Worker]) -> list[services.Measured]:
    """What was typed into cells that had been empty; a stored temperature is left alone."""
    typed = [
        (each, slot, request.POST.get(f"{each.code}/{slot}", "").strip()) for each in workers for slot in TWICE_A_DAY
    ]
    return [services.Measured(each, slot, text) for each, slot, text in typed if text]


def _cells(
    request: AuthenticatedRequest, worker: Worker, known: dict[Any, Any], problems: dict[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "slot": CheckSlot(slot),
            "name": f"{worker.code}/{slot}",
            "check": known.get((worker.pk, slot)),
            "typed": request.POST.get(f"{worker.code}/{slot}", ""),
            "problem": problems.get(f"{worker.code}/{slot}", ""),
        }
        for slot in TWICE_A_DAY
    ]


@require_POST
@requires(EXPORT)
def worker_export(request: AuthenticatedRequest) -> HttpResponse:
    """The ledger in its official layout, with what is personal: for a purpose, and logged."""
    on = timezone.localdate()
    names = selectors.names_of_subdistricts()
    form, purpose = WorkerFilter(request.POST, names=names), PurposeForm(request.POST)
    if not form.is_valid() or not purpose.is_valid():
        messages.error(request, _("请写明导出的用途（2 至 200 字），用途会记入访问记录。"))
        return redirect("resumption:worker-list")
    mine = visible(Worker.objects.all(), user=request.user, permission=EXPORT, on=on)
    found: QuerySet[Worker] = questions.worker_rows(mine.select_related("enterprise", "person"), **form.cleaned_data)
    workers = list(found.order_by("enterprise__name_key", "pk"))
    try:
        log_access(
            AccessKind.EXPORTED,
            subject=f"sheet:{WorkerSheet.code}",
            fields=[column.title for column in WorkerSheet.columns if column.is_personal],
            count=len(workers),
            user=request.user,
            at=timezone.now(),
            **purpose.cleaned_data,
        )
    except PrivacyError as error:
        messages.error(request, error.sentence)
        return redirect("resumption:worker-list")
    answer = sheet_download(WorkerSheet(), map(record_of, workers), as_of=on, area_names=names)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _worker_or_404(request: AuthenticatedRequest, code: str) -> Worker:
    return found_or_404(questions.visible_workers(request.user, on=timezone.localdate()), code=code)


def _asked_day(text: str, today: date) -> date:
    value: Any = days.read_day(text).value if text else None
    return min(value, today) if isinstance(value, date) else today
