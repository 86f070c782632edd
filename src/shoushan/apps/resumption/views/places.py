"""Places where workers are observed, with their beds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shoushan.apps.resumption import selectors
from shoushan.apps.resumption.forms.workers import PlaceForm
from shoushan.apps.resumption.selectors import workers as questions
from shoushan.apps.resumption.services.workers import open_place
from shoushan.directory.access import AuthenticatedRequest, area_scope, has_permission, requires
from shoushan.lifecycle.errors import MissingError

VIEW, MANAGE = "resumption.view_workers", "resumption.manage_workers"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def place_list(request: AuthenticatedRequest) -> HttpResponse:
    """The places within the reader's areas, how many beds are free; a new place."""
    on = timezone.localdate()
    areas = area_scope(request.user, VIEW, on=on)
    names = selectors.names_of_subdistricts()
    own = {code: name for code, name in names.items() if has_permission(request.user, MANAGE, on=on, area=code)}
    form, status = PlaceForm(request.POST or None, names=own) if own else None, 200
    if request.method == "POST" and form is not None:
        status = 422
        if form.is_valid():
            try:
                open_place(on=on, enterprise=None, actor=request.user, at=timezone.now(), **form.cleaned_data)
            except MissingError as error:
                for name, sentence in error.fields.items():
                    form.add_error(name, sentence)
            else:
                messages.success(request, _("隔离点已启用。"))
                return redirect("resumption:place-list")
    lines = [
        {"record": each, "area": names.get(each.area_code, each.area_code), "free": each.all_beds - each.taken}
        for each in questions.places(areas)
    ]
    return render(request, "resumption/place_list.html", {"form": form, "lines": lines}, status=status)
