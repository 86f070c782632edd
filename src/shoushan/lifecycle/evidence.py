"""Files handed in with a step: stored once by content, known by hash, checked for kind and size before anything is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from shoushan.lifecycle.declarations import Need, Occasion
from shoushan.lifecycle.errors import MissingError
from shoushan.lifecycle.models import Evidence, LifecycleRecord, Step

KINDS: Final[dict[str, tuple[bytes, ...]]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
}
"""Ending of the name and the first bytes that belong to it."""
CHUNK: Final = 1024 * 1024


PHOTO_KINDS: Final = tuple(kind for kind in KINDS if kind != ".pdf")
PHONE_KINDS: Final = (".heic", ".heif")
"""What some phones make of a photo; browsers and older computers can't show it."""


def check_all(occasion: Occasion, needs: Sequence[Need] = ()) -> None:
    """Raise MissingError for files that can't be taken, before anything of the step is done."""
    photos = {need.name: need for need in needs if need.are_photos}
    several: dict[str, list[str]] = {}
    for name, upload in _uploads(occasion):
        if name not in photos:
            check(name, upload)
        elif problem := _problem_of_photo(name, upload):
            several.setdefault(name, []).append(problem)
    for need in photos.values():
        count = sum(name == need.name for name, _upload in _uploads(occasion))
        if count > need.most:
            words: dict[str, Any] = {"most": need.most, "count": count}
            several.setdefault(need.name, []).append(
                _("照片最多 %(most)d 张，现在选了 %(count)d 张，请减少后再报送。") % words
            )
    if several:
        raise MissingError({name: "".join(problems) for name, problems in several.items()})


def _problem_of_photo(name: str, upload: Any) -> str:
    """Why a photo can't be taken; every one is judged, so that all of them are mended at once."""
    ending, words = Path(upload.name).suffix.lower(), {"file": upload.name}
    if ending in PHONE_KINDS:
        return (
            _("“%(file)s”是 HEIC 照片，别的电脑打不开，请把手机相机格式设为“兼容性最佳”，或转成 JPG 后上传。") % words
        )
    if ending not in PHOTO_KINDS:
        return _("“%(file)s”不是照片，请上传 JPG、PNG 或 WebP 文件。") % words
    try:
        check(name, upload)
    except MissingError as error:
        return error.fields[name]
    return ""


def keep(step: Step, occasion: Occasion) -> list[Evidence]:
    """Store the files of a step, which were checked; the same content is stored once, its rows are many."""
    return [_keep(step, name, upload, occasion) for name, upload in _uploads(occasion)]


def _uploads(occasion: Occasion) -> list[tuple[str, Any]]:
    return [
        (name, upload)
        for name, uploads in occasion.files.items()
        for upload in (uploads if isinstance(uploads, list | tuple) else [uploads])
        if upload
    ]


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is stored: where, below the folder of uploads, and its hash."""

    path: str
    sha256: str


def store(upload: Any) -> Stored:
    """Store a file that was checked by its content, once; whoever asks keeps a row with its name and where it is."""
    digest = hashlib.sha256()
    for piece in _pieces(upload):
        digest.update(piece)
    sha256 = digest.hexdigest()
    path = f"evidence/{sha256[:2]}/{sha256}{Path(upload.name).suffix.lower()}"
    target = Path(settings.UPLOADS) / path
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".part")
        with draft.open("wb") as out:
            for piece in _pieces(upload):
                out.write(piece)
        draft.replace(target)
    return Stored(path, sha256)


def _keep(step: Step, name: str, upload: Any, occasion: Occasion) -> Evidence:
    stored = store(upload)
    return Evidence.objects.create(
        subject=step.subject,
        step=step,
        name=name,
        file_name=upload.name[-255:],
        path=stored.path,
        sha256=stored.sha256,
        size_bytes=upload.size,
        uploaded_by=occasion.actor,
        uploaded_at=occasion.at,
    )


def check(name: str, upload: Any, *, most_bytes: int | None = None) -> None:
    """Raise MissingError when the file is empty, too large, or not what its name says; `most_bytes` may only be stricter."""
    most = min(settings.MAX_UPLOAD_BYTES, most_bytes or settings.MAX_UPLOAD_BYTES)
    words = {"file": upload.name, "most": most // 1024 // 1024}
    ending = Path(upload.name).suffix.lower()
    if ending not in KINDS:
        raise MissingError({name: _("“%(file)s”不能上传，请上传 PDF、JPG、PNG 或 WebP 文件。") % words})
    if not upload.size:
        raise MissingError({name: _("“%(file)s”是空文件，请重新选择。") % words})
    if upload.size > most:
        raise MissingError({name: _("“%(file)s”超过 %(most)d MB，请压缩后再上传。") % words})
    upload.seek(0)
    if not upload.read(16).startswith(KINDS[ending]):
        raise MissingError({name: _("“%(file)s”的内容与扩展名不符，请重新导出后上传。") % words})


def _pieces(upload: Any) -> Iterable[bytes]:
    upload.seek(0)
    return iter(lambda: upload.read(CHUNK), b"")


def same_content(subject: str) -> dict[str, list[str]]:
    """Which other records hold a file with the same content as one of this record's: hash to subjects."""
    own = Evidence.objects.filter(subject=subject).values_list("sha256", flat=True)
    found: dict[str, list[str]] = {}
    others = Evidence.objects.filter(sha256__in=list(own)).exclude(subject=subject)
    for sha256, other in others.values_list("sha256", "subject").distinct().order_by("sha256", "subject"):
        found.setdefault(sha256, []).append(other)
    return found


def photos_of(records: Iterable[LifecycleRecord], name: str) -> dict[str, list[Evidence]]:
    """The files that were handed in under a name, by the subject of their record, in the order of their steps."""
    found: dict[str, list[Evidence]] = {}
    subjects = [each.subject for each in records]
    for each in Evidence.objects.filter(subject__in=subjects, name=name).select_related("step").order_by("pk"):
        found.setdefault(each.subject, []).append(each)
    return found
