"""Bringing files in: at once (command line) or step by step (the site's wizard), by the same importer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.directory.access import area_scope, check_permission
from shoushan.directory.selectors import area_matcher
from shoushan.exchange import error_book, importing
from shoushan.exchange.declarations import Sheet
from shoushan.exchange.declarations import sheet as sheet_of
from shoushan.exchange.enums import UPLOAD_TRANSITIONS, WORKING, UploadState
from shoushan.exchange.importing import ImportResult, Options, Progress
from shoushan.exchange.limits import FileRefusedError
from shoushan.exchange.models import SourceFile, Upload

if TYPE_CHECKING:
    from shoushan.directory.models import User


class WrongStateError(ValueError):
    """The upload isn't in the state that the step needs."""


def bring_in(
    path: Path,
    *,
    at: datetime,
    file_name: str = "",
    sheet: Sheet | None = None,
    actor: User | None = None,
    as_of: date | None = None,
    commit: bool = True,
    progress: Progress | None = None,
) -> ImportResult:
    """Read a file, judge every row and, with `commit`, write it in one transaction together with its `SourceFile`.

    Without an actor (command line, on the server itself) the scope is the whole district. Raises `FileRefusedError`.
    """
    scope: tuple[str, ...] = (settings.DISTRICT_CODE,)
    if actor is not None:
        scope = area_scope(actor, sheet.permission, on=at.date()) if sheet else ()
    options = Options(
        at=at,
        actor=actor,
        area_matcher=area_matcher(on=as_of or at.date()),
        area_scope=scope,
        file_name=file_name or path.name,
        as_of=as_of,
    )
    if not commit:
        return importing.run(path, options=options, sheet=sheet, progress=progress)
    with transaction.atomic():
        source = SourceFile.objects.create(
            name=(file_name or path.name)[-255:], sha256=importing.sha256_of(path), imported_at=at, imported_by=actor
        )
        options = replace(options, upload_id=source.pk)
        result = importing.run(path, options=options, sheet=sheet, commit=True, progress=progress)
        _account_for(source, result)
    return result


def _account_for(source: SourceFile, result: ImportResult) -> None:
    source.sheet, source.unit_text, source.as_of = result.sheet, result.unit[:200], result.as_of
    source.rows_read, source.rows_new, source.rows_changed = result.rows, result.new, result.changed
    source.rows_unchanged, source.rows_rejected = result.unchanged, result.rejected
    source.control_differences = [difference.as_dict() for difference in result.control_differences]
    source.save()
    result.source_id = source.pk


def uploads_folder() -> Path:
    """Where files that were sent in are kept."""
    folder = Path(settings.UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@transaction.atomic
def receive_upload(*, file: BinaryIO, name: str, sheet: str, as_of: date | None, actor: User, at: datetime) -> Upload:
    """Keep a file that was sent in, to be checked next. The sender must hold the sheet's permission somewhere."""
    check_permission(actor, sheet_of(sheet).permission, on=at.date())
    upload = Upload.objects.create(
        name=name[-255:], path="", sha256="", size_bytes=0, sheet=sheet, as_of=as_of, sent_by=actor, sent_at=at
    )
    stored = f"{at:%Y%m}/{upload.pk}{Path(name).suffix[:10].lower()}"
    target = uploads_folder() / stored
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        shutil.copyfileobj(file, out)
    upload.path, upload.size_bytes, upload.sha256 = stored, target.stat().st_size, importing.sha256_of(target)
    upload.save(update_fields=["path", "size_bytes", "sha256"])
    return upload


def stored_path(upload: Upload) -> Path:
    """The file itself."""
    return uploads_folder() / upload.path


def error_book_path(upload: Upload) -> Path:
    """Where the rejected rows of the last step are."""
    return stored_path(upload).with_suffix(".errors.xlsx")


def check_upload(*, upload_id: int, at: Callable[[], datetime]) -> Upload:
    """Dry run: every finding is reported, nothing is written. Ends CHECKED or REFUSED."""
    upload = _start(upload_id, UploadState.RECEIVED, UploadState.CHECKING, at())
    return _run(upload, UploadState.CHECKED, commit=False, at=at)


@transaction.atomic
def confirm_upload(*, upload_id: int, actor: User, at: datetime) -> Upload:
    """The sender agrees to what the dry run showed."""
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    check_permission(actor, sheet_of(upload.sheet).permission, on=at.date())
    _move(upload, UploadState.CONFIRMED)
    upload.worked_at = at
    upload.save(update_fields=["state", "worked_at"])
    return upload


@transaction.atomic
def recheck_upload(*, upload_id: int, sheet: str, as_of: date | None, at: datetime) -> Upload:
    """Check again, with another sheet or day than before."""
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    _move(upload, UploadState.RECEIVED)
    upload.sheet, upload.as_of, upload.refusal, upload.worked_at = sheet, as_of, "", at
    upload.save(update_fields=["state", "sheet", "as_of", "refusal", "worked_at"])
    return upload


def import_upload(*, upload_id: int, at: Callable[[], datetime]) -> Upload:
    """Bring the confirmed file in: one transaction, then DONE."""
    upload = _start(upload_id, UploadState.CONFIRMED, UploadState.IMPORTING, at())
    return _run(upload, UploadState.DONE, commit=True, at=at)


def _move(upload: Upload, state: UploadState) -> None:
    if state not in UPLOAD_TRANSITIONS[UploadState(upload.state)]:
        words = {"name": upload.name, "state": upload.get_state_display()}
        raise WrongStateError(_("文件“%(name)s”现在是“%(state)s”，不能进行这一步，请刷新页面查看。") % words)
    upload.state = state


@transaction.atomic
def _start(upload_id: int, waiting: UploadState, working: UploadState, at: datetime) -> Upload:
    """Take the step up: from its waiting state, or again after a worker was killed in the middle of it."""
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.state != working:
        _move(upload, working)
    upload.worked_at, upload.rows_done, upload.rows_total = at, 0, 0
    upload.save(update_fields=["state", "worked_at", "rows_done", "rows_total"])
    return upload


def _run(upload: Upload, end: UploadState, *, commit: bool, at: Callable[[], datetime]) -> Upload:
    def progress(done: int, total: int) -> None:
        if not commit:  # a commit holds the one writer of SQLite: its progress shows when it is done
            Upload.objects.filter(pk=upload.pk).update(rows_done=done, rows_total=total, worked_at=at())

    path = stored_path(upload)
    try:
        with transaction.atomic() if commit else nullcontext():  # a dry run keeps no writer waiting
            result = bring_in(
                path,
                at=at(),
                file_name=upload.name,
                sheet=sheet_of(upload.sheet),
                actor=upload.sent_by,
                as_of=upload.as_of,
                commit=commit,
                progress=progress,
            )
            _finish(upload, end, result, at())
    except FileRefusedError as refused:
        upload.state, upload.refusal, upload.worked_at = UploadState.REFUSED, str(refused), at()
        upload.save(update_fields=["state", "refusal", "worked_at"])
        return upload
    if result.rejected:
        error_book.write(path, result, error_book_path(upload), name=upload.name)
    return upload


def _finish(upload: Upload, end: UploadState, result: ImportResult, at: datetime) -> None:
    upload.state, upload.report, upload.worked_at = end, result.as_dict(), at
    upload.rows_done = upload.rows_total = result.rows
    if end == UploadState.DONE:
        upload.source_id = result.source_id
    upload.save()


@transaction.atomic
def abandoned_uploads(*, before: datetime, at: datetime) -> list[Upload]:
    """Uploads whose step shows no sign of life since `before`; they count as seen now, so that one asker takes them."""
    waiting = Upload.objects.select_for_update().filter(state__in=WORKING)
    found = [upload for upload in waiting if (upload.worked_at or upload.sent_at) < before]
    Upload.objects.filter(pk__in=[upload.pk for upload in found]).update(worked_at=at)
    return found
