"""The import wizard: send a file, read what the check found, confirm, see the result."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.directory.access import AuthenticatedRequest, NotAllowedError, area_scope, requires
from shoushan.directory.selectors import area_names
from shoushan.exchange import services, tasks
from shoushan.exchange.declarations import Sheet, UnknownSheetError, all_sheets
from shoushan.exchange.declarations import sheet as sheet_of
from shoushan.exchange.enums import UploadState, steps
from shoushan.exchange.forms import FindingFilter, RecognitionForm, UploadForm
from shoushan.exchange.models import Upload
from shoushan.exchange.reports import what_is_new
from shoushan.exchange.templates_book import write_template
from shoushan.lib.languages import CHINESE
from shoushan.ui.context import HTML_LANGUAGES
from shoushan.ui.downloads import download
from shoushan.ui.errors import error_answer, wants_fragment
from shoushan.ui.listing import page_of


def _own(request: AuthenticatedRequest) -> QuerySet[Upload]:
    """The uploads that the reader may see: their own, and all of them for who watches over the whole district."""
    scope = area_scope(request.user, "exchange.view_upload", on=timezone.localdate())
    uploads = Upload.objects.select_related("sent_by")
    return (
        uploads
        if settings.DISTRICT_CODE in scope and request.user.may("figures.publish_release")
        else uploads.filter(sent_by=request.user)
    )


def _sheets(request: AuthenticatedRequest) -> list[Sheet]:
    """The tables that the reader may fill."""
    found = []
    for each in all_sheets():
        with suppress(NotAllowedError):
            services.check_may_bring_in(request.user, each, on=timezone.localdate())
            found.append(each)
    return found


@require_safe
@requires("exchange.view_upload")
def upload_list(request: AuthenticatedRequest) -> HttpResponse:
    """The imports, newest first."""
    page = page_of(request, _own(request).defer("report", "preview"))
    return render(request, "exchange/upload_list.html", {"page_obj": page, "sheets": _sheets(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("exchange.view_upload")
def upload_create(request: AuthenticatedRequest) -> HttpResponse:
    """Page 1: send a file; the check starts in the background."""
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        upload = services.receive_upload(file=file, name=file.name, actor=request.user, at=timezone.now())
        transaction.on_commit(partial(tasks.check_upload_task.enqueue, upload.pk))
        return redirect("exchange:upload-detail", pk=upload.pk)
    context = {"form": form, "sheets": _sheets(request), "steps": steps()}
    return render(request, "exchange/upload_create.html", context, status=422 if form.errors else 200)


@require_safe
@requires("exchange.view_upload")
def upload_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Page 2, and the result: what was recognised and found; htmx asks for the changing part alone."""
    upload = get_object_or_404(_own(request).defer("report", "preview"), pk=pk)
    template = "exchange/_upload.html" if wants_fragment(request) else "exchange/upload_detail.html"
    return render(request, template, _context(request, upload))


def _context(request: AuthenticatedRequest, upload: Upload, form: RecognitionForm | None = None) -> dict[str, Any]:
    state = UploadState(upload.state)
    context: dict[str, Any] = {
        "upload": upload,
        "steps": steps(state),
        "is_working": upload.is_working,
        "is_checked": state == UploadState.CHECKED,
        "is_done": state == UploadState.DONE,
        "may_be_said": state in {UploadState.CHECKED, UploadState.REFUSED},
    }
    if upload.is_working:
        return context | {"standing": services.standing(upload)}
    report = upload.report or {}
    shown = FindingFilter(request.GET, report=report)
    return context | {
        "report": report,
        "report_language": HTML_LANGUAGES.get(report.get("language", CHINESE), "en"),
        "sheet": _sheet_or_none(upload.sheet),
        "form": form or RecognitionForm(upload=upload, sheets=_sheets(request)),
        "filter": shown,
        "problems": page_of(request, shown.findings()),
        "has_error_book": bool(report.get("rejected")) and services.error_book_path(upload).exists(),
    }


def _sheet_or_none(code: str) -> Sheet | None:
    try:
        return sheet_of(code) if code else None
    except UnknownSheetError:  # of an app that is no longer installed
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@requires("exchange.view_upload")
def upload_confirm(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Page 3: agree to what the check showed; the import runs in the background."""
    upload = get_object_or_404(_own(request), pk=pk)
    try:
        if request.method != "POST":
            services.check_confirmable(upload)
            context = {"upload": upload, "sheet": _sheet_or_none(upload.sheet), "report": upload.report}
            context |= {"steps": steps(UploadState.CONFIRMED), "sentence": what_is_new(upload.report)}
            return render(request, "exchange/upload_confirm.html", context)
        services.confirm_upload(upload_id=pk, actor=request.user, at=timezone.now())
    except services.WrongStateError as error:
        return error_answer(request, status=409, sentence=str(error))
    transaction.on_commit(partial(tasks.import_upload_task.enqueue, pk))
    return redirect("exchange:upload-detail", pk=pk)


@require_POST
@requires("exchange.view_upload")
def upload_recheck(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Check again with what the sender says of the table, its day, its unit and its columns."""
    upload = get_object_or_404(_own(request), pk=pk)
    try:
        services.check_recheckable(upload)
        form = RecognitionForm(request.POST, upload=upload, sheets=_sheets(request))
        if not form.is_valid():
            return render(request, "exchange/upload_detail.html", _context(request, upload, form), status=422)
        services.recheck_upload(upload_id=pk, actor=request.user, at=timezone.now(), **form.said())
    except services.WrongStateError as error:
        return error_answer(request, status=409, sentence=str(error))
    transaction.on_commit(partial(tasks.check_upload_task.enqueue, pk))
    return redirect("exchange:upload-detail", pk=pk)


@require_safe
@requires("exchange.view_upload")
def upload_errors(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    """The rejected rows as a workbook with a red column."""
    upload = get_object_or_404(_own(request), pk=pk)
    path = services.error_book_path(upload)
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{Path(upload.name).stem}-退回.xlsx")


@require_safe
@requires("exchange.view_upload")
def upload_file(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    """The file as it was sent."""
    upload = get_object_or_404(_own(request), pk=pk)
    path = services.stored_path(upload)
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=upload.name)


@require_safe
@requires("exchange.view_upload")
def template_download(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The empty official table with its drop-downs, for those who may fill it."""
    declared = next((each for each in _sheets(request) if each.code == code), None)
    if declared is None:
        raise Http404
    out = BytesIO()
    write_template(out, declared, areas=list(area_names(level="SUBDISTRICT").values()))
    return download(out.getvalue(), f"{declared.title}.xlsx")
