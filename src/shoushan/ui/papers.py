"""An official paper as an answer: written as Word or as PDF."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.utils.translation import gettext as _

from shoushan.lib.papers_pdf import write_pdf
from shoushan.lib.papers_word import write_word
from shoushan.ui.downloads import download

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from shoushan.lib.papers import Paper

FORMS: Final = {"docx": write_word, "pdf": write_pdf}
"""How a paper is written."""


def paper_download(compose: Callable[[], Paper], form: str, name: str) -> HttpResponse:
    """The paper as a file of this name; an unknown form is not found, and nothing is composed for it."""
    if form not in FORMS:
        raise Http404(_("没有这种格式，请选择 Word 或 PDF。"))
    out = BytesIO()
    FORMS[form](out, compose())
    return download(out.getvalue(), f"{name}.{form}")
