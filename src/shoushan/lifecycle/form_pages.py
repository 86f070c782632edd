"""A page with a form of its own whose service judges what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shoushan.lifecycle.errors import LifecycleError, MissingError

if TYPE_CHECKING:
    from shoushan.lifecycle.forms import ProblemsForm


def posted(
    request: HttpRequest, form: ProblemsForm, take: Callable[[dict[str, Any]], str]
) -> tuple[HttpResponse | None, int]:
    """Do what a form says: the way on, which `take` answers as an address or the name of one.

    Without a way on there is the status of the page to show again: 200 for a form that was only asked for; for a refused one
    that of the refusal, whose sentences stand at the fields of the form, with all that was typed.
    """
    if request.method != "POST":
        return None, 200
    if not form.is_valid():
        return None, LifecycleError.status
    try:
        return redirect(take(dict(form.cleaned_data))), 302
    except MissingError as error:
        form.add_problems(error.fields)
        return None, error.status
    except LifecycleError as error:
        form.add_error(None, error.sentence)
        return None, error.status
