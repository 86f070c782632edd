"""Raising an obstacle from a project's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shoushan.apps.projects.forms.obstacles import ObstacleForm
from shoushan.apps.projects.services.obstacles import NewObstacle, raise_obstacle
from shoushan.apps.projects.views.projects import project_or_404
from shoushan.directory.access import AuthenticatedRequest, requires
from shoushan.lifecycle.form_pages import form_page


@require_http_methods(["GET", "HEAD", "POST"])
@requires("casework.raise_matter")
def obstacle_raise(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One obstacle; it goes to whom the rule names, and its story is on the matter's page."""
    project = project_or_404(request, code)
    form = ObstacleForm(request.POST or None)
    back = reverse("projects:project-detail", args=[code])

    def take(asked: dict[str, Any]) -> str:
        made = raise_obstacle(project=project, said=NewObstacle(**asked), actor=request.user, at=timezone.now())
        messages.success(request, _("堵点已登记：%(code)s。") % {"code": made.matter.code})
        return back

    about = f"{project.name} · {project.code}"
    return form_page(request, form, take, title=_("登记堵点"), button=_("登记"), back=back, about=about)
