"""Lists: a page of what was found or, for a reader who asked for a file (`?as=xlsx`), all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE: Final = 50
"""Rows of a page."""
MOST: Final = 10_000
"""Rows of a file; who finds more is asked to filter."""
FORMS: Final = ("xlsx", "csv")
ASKED: Final = "as"
"""The parameter of an address that asks for a file instead of the page."""

_is_for_file: ContextVar[bool] = ContextVar("is_for_file", default=False)


class TooManyRowsError(Exception):
    """More rows than a file may have; says so in a sentence."""

    def __init__(self, count: int) -> None:
        words = {"count": f"{count:,}", "most": f"{MOST:,}"}
        self.sentence = _("找到 %(count)s 条，一次最多导出 %(most)s 条。请先用筛选条件缩小范围，再分次导出。") % words
        super().__init__(self.sentence)


def asked_form(request: HttpRequest) -> str:
    """The kind of file that is asked for, "" for the page itself."""
    asked = request.GET.get(ASKED, "")
    return asked if asked in FORMS and request.method in {"GET", "HEAD"} else ""


def is_for_file() -> bool:
    """Whether what is being written will be read by a program: numbers exact, texts whole."""
    return _is_for_file.get()


@contextmanager
def writing_file() -> Iterator[None]:
    """Everything written within is for a file."""
    before = _is_for_file.set(True)
    try:
        yield
    finally:
        _is_for_file.reset(before)


def page_of(request: HttpRequest, found: Any, *, size: int = PAGE) -> Page[Any]:
    """The page of `found` that the address asks for, the nearest there is for a wrong number.

    For a file all rows are one page. Raises TooManyRowsError.
    """
    if not asked_form(request):
        return Paginator(found, size).get_page(request.GET.get("page"))
    paginator = Paginator(found, MOST)
    if paginator.count > MOST:
        raise TooManyRowsError(paginator.count)
    return paginator.page(1)
