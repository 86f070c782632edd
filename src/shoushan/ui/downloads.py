"""Files that were made for a reader, as the answer to their request."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from django.http import HttpResponse

KINDS: Final = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""As what a file is sent, by the end of its name."""


def download(content: bytes, name: str) -> HttpResponse:
    """A file to be kept under a name, which may be Chinese; its end says what it is."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, KINDS[PurePath(name).suffix], headers=headers)
