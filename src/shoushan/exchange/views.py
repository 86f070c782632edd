"""The import wizard: send a file, read what the check found, confirm, see the result."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.directory.access import AuthenticatedRequest, area_scope, requires
from shoushan.directory.selectors import area_names
from shoushan.exchange import services, tasks
from shoushan.exchange.declarations import Sheet, UnknownSheetError, all_sheets
from shoushan.exchange.declarations import sheet as sheet_of
from shoushan.exchange.enums import WORKING, UploadState
from shoushan.exchange.forms import RecheckForm, UploadForm
from shoushan.exchange.models import Upload
from shoushan.exchange.templates_book import write_template
from shoushan.ui.errors import error_answer

PAGE = 50


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
    return [each for each in all_sheets() if request.user.may(each.permission)]


@require_safe
@requires("exchange.view_upload")
def upload_list(request: AuthenticatedRequest) -> HttpResponse:
    """The imports, newest first."""
    page = Paginator(_own(request).defer("report"), PAGE).get_page(request.GET.get("page"))
    return render(request, "exchange/upload_list.html", {"page_obj": page, "sheets": _sheets(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("exchange.view_upload")
def upload_create(request: AuthenticatedRequest) -> HttpResponse:
    """Send a file; the check starts in the background."""
    form = UploadForm(request.POST or None, request.FILES or None, sheets=_sheets(request))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        sent = {"file": asked["file"], "name": asked["file"].name, "sheet": asked["sheet"], "as_of": asked["as_of"]}
        upload = services.receive_upload(**sent, actor=request.user, at=timezone.now())
        transaction.on_commit(partial(tasks.check_upload_task.enqueue, upload.pk))
        return redirect("exchange:upload-detail", pk=upload.pk)
    return render(request, "exchange/upload_create.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@requires("exchange.view_upload")
def upload_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Where an import stands and what was found; htmx asks for the changing part alone."""
    upload = get_object_or_404(_own(request), pk=pk)
    template = "exchange/_upload.html" if request.headers.get("HX-Request") else "exchange/upload_detail.html"
    return render(request, template, _context(request, upload))


def _context(request: AuthenticatedRequest, upload: Upload) -> dict[str, Any]:
    report = upload.report or {}
    problems = [each | {"is_error": True} for each in report.get("problems", [])]
    problems += [each | {"is_error": False} for each in report.get("warnings", [])]
    return {
        "upload": upload,
        "report": report,
        "problems": Paginator(sorted(problems, key=lambda each: each["row"]), PAGE).get_page(request.GET.get("page")),
        "is_working": upload.state in WORKING,
        "is_checked": upload.state == UploadState.CHECKED,
        "is_refused": upload.state == UploadState.REFUSED,
        "is_done": upload.state == UploadState.DONE,
        "sheet_title": sheet_of(upload.sheet).title if upload.sheet else "",
        "has_error_book": services.error_book_path(upload).exists(),
        "recheck_form": RecheckForm(initial={"as_of": upload.as_of}),
    }


@require_POST
@requires("exchange.view_upload")
def upload_confirm(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Agree to what the check showed; the import runs in the background."""
    get_object_or_404(_own(request), pk=pk)
    try:
        services.confirm_upload(upload_id=pk, actor=request.user, at=timezone.now())
    except services.WrongStateError as error:
        return error_answer(request, status=409, sentence=str(error))
    transaction.on_commit(partial(tasks.import_upload_task.enqueue, pk))
    return redirect("exchange:upload-detail", pk=pk)


@require_POST
@requires("exchange.view_upload")
def upload_recheck(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Check again with another day."""
    upload = get_object_or_404(_own(request), pk=pk)
    form = RecheckForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["as_of"]))
        return redirect("exchange:upload-detail", pk=pk)
    try:
        services.recheck_upload(upload_id=pk, sheet=upload.sheet, as_of=form.cleaned_data["as_of"], at=timezone.now())
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
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{upload.name.rpartition('.')[0]}-退回.xlsx")


@require_safe
@requires("exchange.view_upload")
def upload_file(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    """The file as it was sent."""
    upload = get_object_or_404(_own(request), pk=pk)
    return FileResponse(services.stored_path(upload).open("rb"), as_attachment=True, filename=upload.name)


@require_safe
@requires("exchange.view_upload")
def template_download(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The empty official table with its drop-downs."""
    try:
        declared = sheet_of(code)
    except UnknownSheetError:
        raise Http404 from None
    out = BytesIO()
    write_template(out, declared, areas=list(area_names(level="SUBDISTRICT").values()))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = quote(f"{declared.title}.xlsx")
    return HttpResponse(out.getvalue(), kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})
