"""What the directory refuses, told where its user looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from shoushan.directory.errors import DirectoryError


@contextmanager
def told_in(form: BaseForm) -> Iterator[None]:
    """A refusal ends the block, and stands above the form."""
    try:
        yield
    except DirectoryError as error:
        form.add_error(None, error.sentence)


@contextmanager
def told_to(request: HttpRequest) -> Iterator[None]:
    """A refusal ends the block, and stands above the next page."""
    try:
        yield
    except DirectoryError as error:
        messages.error(request, error.sentence)
