"""A file is taken after its preview: what a step refuses by then gets its sentence to the sender, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from shoushan.exchange.limits import FileRefusedError
from shoushan.lifecycle.errors import LifecycleError


@contextmanager
def taking(what: str, *, row: int | None = None) -> Iterator[None]:
    """Take a line of a file, or some. Somebody who changed `what` since the preview is why a service refuses it now.

    Raises FileRefusedError with the service's sentence, and the line where one is named.
    """
    try:
        yield
    except LifecycleError as error:
        sentence = error.sentence
        if row is not None:
            sentence = _("第 %(row)d 行：%(sentence)s") % {"row": row, "sentence": sentence}
        message = _("预览以后%(what)s有变动，本次没有录入：%(sentence)s请重新上传。")
        raise FileRefusedError("changed_since_preview", message % {"what": what, "sentence": sentence}) from error
