"""Bringing files in: at once (command line) or step by step (the site's wizard), by the same importer."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from shoushan.directory.access import NotAllowedError, area_scope, check_permission
from shoushan.directory.selectors import area_matcher
from shoushan.exchange import error_book, importing, previews
from shoushan.exchange import progress as progress_of
from shoushan.exchange.declarations import Sheet, all_sheets
from shoushan.exchange.declarations import sheet as sheet_of
from shoushan.exchange.enums import UPLOAD_TRANSITIONS, WORKING, UploadState
from shoushan.exchange.importing import ImportResult, Options, Progress
from shoushan.exchange.limits import FileRefusedError
from shoushan.exchange.models import SourceFile, Upload
from shoushan.exchange.progress import ProgressFile, Standing
from shoushan.exchange.reports import report_of
from shoushan.exchange.selectors import known_headings
from shoushan.lib.languages import CHINESE, chosen, official

if TYPE_CHECKING:
    from shoushan.directory.models import User


MOST_LOSSES: Final = 3
"""So often a step is taken up again after its worker was lost."""
FAILED: Final = noop("处理时出现内部错误，没有写入任何内容。请稍后重新检查；如再次出现，请联系系统管理员。")


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
    unit_text: str = "",
    chosen: Mapping[str, str] | None = None,
    commit: bool = True,
    progress: Progress | None = None,
) -> ImportResult:
    """Read a file, judge every row and, with `commit`, write it in one transaction together with its `SourceFile`.

    `as_of`, `unit_text` and `chosen` (key of a heading -> column) go before what the file says.

    Without an actor (command line, on the server itself) the scope is the whole district. Raises `FileRefusedError`.
    """
    scope: tuple[str, ...] = (settings.DISTRICT_CODE,)
    if actor is not None:
        scope = _scope_of(actor, sheet, at.date())
    options = Options(
        at=at,
        actor=actor,
        area_matcher=area_matcher(on=as_of or at.date()),
        area_scope=scope,
        file_name=file_name or path.name,
        as_of=as_of,
        unit_text=unit_text,
        chosen=chosen or {},
    )
    with known_headings(on=timezone.localtime(at).date()):
        if not commit:
            return importing.run(path, options=options, sheet=sheet, progress=progress)
        with transaction.atomic():
            source = SourceFile.objects.create(
                name=(file_name or path.name)[-255:],
                sha256=importing.sha256_of(path),
                imported_at=at,
                imported_by=actor,
            )
            options = replace(options, upload_id=source.pk)
            result = importing.run(path, options=options, sheet=sheet, commit=True, progress=progress)
            _account_for(source, result)
    return result


def _scope_of(actor: User, sheet: Sheet | None, on: date) -> tuple[str, ...]:
    """Where the sender may write; what has changed since the file was sent counts."""
    if sheet is None:
        return ()
    try:
        check_may_bring_in(actor, sheet, on=on)
    except NotAllowedError as error:
        raise FileRefusedError("not_allowed", error.sentence) from error
    return area_scope(actor, sheet.permission, on=on)


def check_may_bring_in(actor: User, sheet: Sheet, *, on: date) -> None:
    """Raise NotAllowedError unless the sheet's permission is held somewhere, or in the whole district where it must be."""
    check_permission(actor, sheet.permission, on=on, area=settings.DISTRICT_CODE if sheet.is_of_district else "")


def _account_for(source: SourceFile, result: ImportResult) -> None:
    source.sheet, source.unit_text, source.as_of = result.sheet, result.unit[:200], result.as_of
    source.rows_read, source.rows_new, source.rows_changed = result.rows, result.new, result.changed
    source.rows_unchanged, source.rows_rejected = result.unchanged, result.rejected
    with official():
        source.control_differences = [difference.as_dict() for difference in result.control_differences]
    source.save()
    result.source_id = source.pk


def uploads_folder() -> Path:
    """Where files that were sent in are kept."""
    folder = Path(settings.UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def stored_path(upload: Upload) -> Path:
    """The file itself."""
    return uploads_folder() / upload.path


def error_book_path(upload: Upload) -> Path:
    """Where the rejected rows of the last step are."""
    return stored_path(upload).with_suffix(".errors.xlsx")


def progress_path(upload: Upload) -> Path:
    """Where the step under way says how far it is."""
    return stored_path(upload).with_suffix(".progress.json")


def standing(upload: Upload) -> Standing | None:
    """How far the step under way is; None before it begins and after its end."""
    return progress_of.read(progress_path(upload))


# ---- what the sender does -------------------------------------------------------------------------
@transaction.atomic
def receive_upload(*, file: BinaryIO, name: str, actor: User, at: datetime, sheet: str = "") -> Upload:
    """Keep a file that was sent in, to be checked next; without `sheet` its headings will tell which table it is.

    The sender must hold the permission of that sheet, or of any, somewhere. Raises NotAllowedError.
    """
    _check_may_send(actor, sheet, at.date())
    upload = Upload.objects.create(
        name=name[-255:], path="", sha256="", size_bytes=0, sheet=sheet, sent_by=actor, sent_at=at
    )
    stored = f"{at:%Y%m}/{upload.pk}{Path(name).suffix[:10].lower()}"
    target = uploads_folder() / stored
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        shutil.copyfileobj(file, out)
    upload.path, upload.size_bytes, upload.sha256 = stored, target.stat().st_size, importing.sha256_of(target)
    upload.save(update_fields=["path", "size_bytes", "sha256"])
    return upload


def _check_may_send(actor: User, sheet: str, on: date) -> None:
    """The permission of the sheet; for a file that is not known yet that of any sheet will do."""
    if sheet:
        check_may_bring_in(actor, sheet_of(sheet), on=on)
    elif not any(area_scope(actor, each.permission, on=on) for each in all_sheets()):
        raise NotAllowedError(_("您没有导入任何一种表的权限，如工作需要请联系本单位的系统管理员开通。"))


@transaction.atomic
def recheck_upload(
    *,
    upload_id: int,
    actor: User,
    at: datetime,
    sheet: str,
    as_of: date | None = None,
    unit_text: str = "",
    chosen: Mapping[str, str] | None = None,
) -> Upload:
    """Check again with what the sender says of the table, its day, its unit and its columns."""
    check_may_bring_in(actor, sheet_of(sheet), on=at.date())
    upload = _locked(upload_id, UploadState.RECEIVED)
    upload.sheet, upload.as_of, upload.unit_text, upload.chosen = sheet, as_of, unit_text, dict(chosen or {})
    upload.refusal, upload.worked_at = "", at
    upload.save(update_fields=["state", "sheet", "as_of", "unit_text", "chosen", "refusal", "worked_at"])
    return upload


@transaction.atomic
def confirm_upload(*, upload_id: int, actor: User, at: datetime) -> Upload:
    """The sender agrees to what the dry run showed. Of two who confirm at once, one is told that it has been done."""
    upload = _locked(upload_id, UploadState.CONFIRMED)
    check_may_bring_in(actor, sheet_of(upload.sheet), on=at.date())
    upload.worked_at = at
    upload.save(update_fields=["state", "worked_at"])
    return upload


def check_confirmable(upload: Upload) -> None:
    """Raise WrongStateError unless the upload waits for its sender to agree."""
    _check_move(upload, UploadState.CONFIRMED)


def check_recheckable(upload: Upload) -> None:
    """Raise WrongStateError unless the upload may be checked again."""
    _check_move(upload, UploadState.RECEIVED)


def _locked(upload_id: int, state: UploadState) -> Upload:
    """The upload under lock, moved to `state`. Asked without the lock first: a commit under way holds it for long."""
    _check_move(Upload.objects.defer("report", "preview").get(pk=upload_id), state)
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    _check_move(upload, state)
    upload.state = state
    progress_path(upload).unlink(missing_ok=True)  # what a killed worker left of the step before
    return upload


def _check_move(upload: Upload, state: UploadState) -> None:
    if state not in UPLOAD_TRANSITIONS[UploadState(upload.state)]:
        words = {"name": upload.name, "state": upload.get_state_display()}
        raise WrongStateError(_("文件“%(name)s”现在是“%(state)s”，不能进行这一步，请刷新页面查看。") % words)


# ---- what the background worker does --------------------------------------------------------------
def check_upload(*, upload_id: int, at: Callable[[], datetime]) -> Upload:
    """Dry run: what the file is and every finding are reported, nothing is written. Ends CHECKED or REFUSED.

    Does nothing when another worker has taken the step to its end.
    """
    upload = _start(upload_id, UploadState.RECEIVED, UploadState.CHECKING, at())
    if upload.state != UploadState.CHECKING:
        return upload
    return _run(upload, UploadState.CHECKED, commit=False, at=at)


def import_upload(*, upload_id: int, at: Callable[[], datetime]) -> Upload:
    """Bring the confirmed file in: one transaction, then DONE. Does nothing when another worker has done it."""
    upload = _start(upload_id, UploadState.CONFIRMED, UploadState.IMPORTING, at())
    if upload.state != UploadState.IMPORTING:
        return upload
    return _run(upload, UploadState.DONE, commit=True, at=at)


@transaction.atomic
def _start(upload_id: int, waiting: UploadState, working: UploadState, at: datetime) -> Upload:
    """Take the step up: from its waiting state, or again after a worker was killed in the middle of it."""
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.state not in {waiting, working}:
        return upload
    upload.losses = upload.losses + 1 if upload.state == working else 0
    upload.state, upload.worked_at = working, at
    upload.attempt += 1
    if upload.losses > MOST_LOSSES:  # it may be this file that ends its workers
        upload.state = UploadState.REFUSED
        upload.refusal = _("处理这个文件时后台任务多次中断，没有写入任何内容。请拆分或另存文件后再上传。")
    upload.save(update_fields=["state", "worked_at", "attempt", "losses", "refusal"])
    return upload


def _run(upload: Upload, end: UploadState, *, commit: bool, at: Callable[[], datetime]) -> Upload:
    # The findings are for the sender and come in the sender's language.
    with (
        chosen(upload.sent_by.language),
        known_headings(on=timezone.localtime(at()).date()),
        ProgressFile(progress_path(upload), clock=at) as progress,
    ):
        try:
            if not commit:
                _recognise(upload, at().date())
            with transaction.atomic() if commit else nullcontext():  # a dry run keeps no writer waiting
                if commit and not _is_mine(upload):
                    return Upload.objects.get(pk=upload.pk)
                result = bring_in(
                    stored_path(upload),
                    at=at(),
                    file_name=upload.name,
                    sheet=sheet_of(upload.sheet),
                    actor=upload.sent_by,
                    as_of=upload.as_of,
                    unit_text=upload.unit_text,
                    chosen=upload.chosen,
                    commit=commit,
                    progress=progress,
                )
                _keep_error_book(upload, result)
                return _finish(upload, end, at(), result=result)
        except (FileRefusedError, NotAllowedError) as refused:
            return _finish(upload, UploadState.REFUSED, at(), refusal=refused.sentence)
        except Exception:  # the sender learns that it is over; the task keeps what happened for the operator
            _finish(upload, UploadState.REFUSED, at(), refusal=_(FAILED))
            raise


def _recognise(upload: Upload, on: date) -> None:
    """What the file is: which sheet unless its sender said so, heading rows, columns. The sender may import it."""
    sheet = sheet_of(upload.sheet) if upload.sheet else None
    near = [each for each in all_sheets() if area_scope(upload.sent_by, each.permission, on=on)]
    preview = previews.sniff(stored_path(upload), name=upload.name, sheet=sheet, near=near, chosen=upload.chosen)
    upload.preview = preview.as_dict()
    upload.sheet = upload.sheet or preview.sheet
    if not upload.sheet:
        raise FileRefusedError("no_table", _unrecognised(preview))
    check_may_bring_in(upload.sent_by, sheet_of(upload.sheet), on=on)


def _unrecognised(preview: previews.Preview) -> str:
    found = next((tab.found for tab in preview.tabs if tab.found), [])
    listed = "、".join(f"“{text}”" for text in found[:12] if text) or _("没有内容")
    words = {"found": listed, "sheets": "、".join(f"“{each.title}”" for each in all_sheets())}
    return _("从表头认不出这是哪一种表，读到的是：%(found)s。可导入的表有%(sheets)s，请对照模板核对列名。") % words


def _keep_error_book(upload: Upload, result: ImportResult) -> None:
    """Have the rejected rows beside the file, whole, before the step ends; none when nothing was rejected."""
    target = error_book_path(upload)
    if not result.rejected:
        target.unlink(missing_ok=True)
        return
    spare = target.with_suffix(f".{upload.attempt}.tmp")
    error_book.write(stored_path(upload), result, spare, name=upload.name, chosen=upload.chosen)
    spare.replace(target)


def _is_mine(upload: Upload) -> bool:
    """Lock the upload and say whether this attempt still has the step."""
    there = Upload.objects.select_for_update().defer("report", "preview").get(pk=upload.pk)
    return there.attempt == upload.attempt and there.state == upload.state


@transaction.atomic
def _finish(
    upload: Upload, end: UploadState, at: datetime, *, result: ImportResult | None = None, refusal: str = ""
) -> Upload:
    """End the step, unless another attempt has taken it over meanwhile."""
    if not _is_mine(upload):
        return Upload.objects.get(pk=upload.pk)
    upload.state, upload.worked_at, upload.refusal = end, at, refusal
    upload.report = (report_of(result) if result is not None else {}) | {"language": upload.sent_by.language or CHINESE}
    if result is not None and end == UploadState.DONE:
        upload.source_id = result.source_id
    upload.save(update_fields=["state", "worked_at", "refusal", "report", "preview", "sheet", "source"])
    return upload


@transaction.atomic
def abandoned_uploads(*, before: datetime, at: datetime) -> list[Upload]:
    """Uploads whose step shows no sign of life since `before`; they count as seen now, so that one asker takes them.

    A row that is locked has a worker: it is passed over where the database can tell (PostgreSQL).
    """
    can_skip = connection.features.has_select_for_update_skip_locked
    waiting = Upload.objects.select_for_update(skip_locked=can_skip).defer("report", "preview")
    found = [upload for upload in waiting.filter(state__in=WORKING) if _last_sign(upload) < before]
    Upload.objects.filter(pk__in=[upload.pk for upload in found]).update(worked_at=at)
    return found


def _last_sign(upload: Upload) -> datetime:
    signs = [upload.worked_at or upload.sent_at]
    if (left := standing(upload)) is not None:
        signs.append(left.at)
    return max(signs)
