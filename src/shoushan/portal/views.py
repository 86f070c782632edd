"""Pages that cross domains: what a person sees first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from shoushan.directory.access import AuthenticatedRequest, signed_in


@signed_in
def home(request: AuthenticatedRequest) -> HttpResponse:
    """The first page that the person may open: leaders and officers start with the bulletin, others with the ledger or their enterprises."""
    for permission, url_name in (
        ("resumption.view_bulletin", "resumption:bulletin"),
        ("resumption.view_ledger", "resumption:ledger"),
        ("resumption.represent_enterprise", "resumption:contact-home"),
    ):
        if request.user.may(permission):
            return redirect(url_name)
    return render(request, "portal/home.html")
