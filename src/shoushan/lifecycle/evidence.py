"""Files handed in with a step: stored once by content, known by hash, checked for kind and size before anything is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from shoushan.lifecycle.declarations import Occasion
from shoushan.lifecycle.errors import MissingError
from shoushan.lifecycle.models import Evidence, Step

KINDS: Final[dict[str, tuple[bytes, ...]]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
}
"""Ending of the name and the first bytes that belong to it."""
CHUNK: Final = 1024 * 1024


def check_all(occasion: Occasion) -> None:
    """Raise MissingError for the first file that can't be taken, before anything of the step is done."""
    for name, upload in _uploads(occasion):
        check(name, upload)


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


def _keep(step: Step, name: str, upload: Any, occasion: Occasion) -> Evidence:
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
    return Evidence.objects.create(
        subject=step.subject,
        step=step,
        name=name,
        file_name=upload.name[-255:],
        path=path,
        sha256=sha256,
        size_bytes=upload.size,
        uploaded_by=occasion.actor,
        uploaded_at=occasion.at,
    )


def check(name: str, upload: Any) -> None:
    """Raise MissingError when the file is empty, too large, or not what its name says."""
    words = {"file": upload.name, "most": settings.MAX_UPLOAD_BYTES // 1024 // 1024}
    ending = Path(upload.name).suffix.lower()
    if ending not in KINDS:
        raise MissingError({name: _("“%(file)s”不能上传，请上传 PDF、JPG、PNG 或 WebP 文件。") % words})
    if not upload.size:
        raise MissingError({name: _("“%(file)s”是空文件，请重新选择。") % words})
    if upload.size > settings.MAX_UPLOAD_BYTES:
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
