"""A page with a form of its own whose service judges what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shoushan.fieldwork import sending
from shoushan.fieldwork.errors import SubmissionError
from shoushan.lifecycle.errors import LifecycleError, MissingError
from shoushan.ui.errors import wants_json

if TYPE_CHECKING:
    from django import forms

    from shoushan.lifecycle.forms import ProblemsForm


def posted(
    request: HttpRequest, form: ProblemsForm, take: Callable[[dict[str, Any]], str]
) -> tuple[HttpResponse | None, int]:
    """Do what a form says: the way on, which `take` answers as an address or the name of one.

    Without a way on there is the status of the page to show again: 200 for a form that was only asked for; for a refused one
    that of the refusal, whose sentences stand at the fields of the form, with all that was typed. A form that a phone kept
    and sends again is taken once; programs are told the same as data.
    """
    if request.method != "POST":
        return None, 200
    try:
        if address := sending.answer_before(request):
            return _taken(request, address), 200
        if not form.is_valid():
            return _refused(request, form), LifecycleError.status
        address = sending.take_once(request, take=lambda: take(dict(form.cleaned_data)))
    except MissingError as error:
        form.add_problems(error.fields)
        return _refused(request, form, error.status), error.status
    except (LifecycleError, SubmissionError) as error:
        form.add_error(None, error.sentence)
        return _refused(request, form, error.status), error.status
    return _taken(request, address), 302


def form_page(
    request: HttpRequest,
    form: ProblemsForm,
    take: Callable[[dict[str, Any]], str],
    *,
    title: str,
    back: str,
    button: str = "",
    about: str = "",
    more: str = "",
) -> HttpResponse:
    """A page that is one form about one thing, or what it did; a refusal stands beside its field and nothing typed is lost.

    `about` and `more` say in Chinese what it is about; `back` is where one gets without sending it.
    """
    answer, status = posted(request, form, take)
    if answer is not None:
        return answer
    context = {"form": form, "title": title, "back": back, "button": button or _("提交"), "about": about, "more": more}
    return render(request, "lifecycle/form_page.html", context, status=status)


def _taken(request: HttpRequest, address: str) -> HttpResponse:
    return sending.told_taken(address) if wants_json(request) else redirect(address)


def _refused(request: HttpRequest, form: forms.BaseForm, status: int = LifecycleError.status) -> HttpResponse | None:
    """For a program the sentences as data; a browser gets the page again, which its view makes."""
    if not wants_json(request):
        return None
    fields = {name: " ".join(map(str, errors)) for name, errors in form.errors.items() if name in form.fields}
    general = [str(each) for each in form.non_field_errors()]
    return sending.told_refused(" ".join(general or fields.values()), fields, status=status)
