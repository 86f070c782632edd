"""The list of what is to be done on site, and the parts of an application on a phone."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shoushan.directory.access import AuthenticatedRequest, public, requires
from shoushan.fieldwork.tasks import tasks_of

WORKER = Path(__file__).with_name("worker.js")


@require_safe
@requires("fieldwork.work_on_site")
def task_list(request: AuthenticatedRequest) -> HttpResponse:
    """What the person has to do on site today. The page keeps its forms on the phone for when there is no network."""
    now = timezone.now()
    found = tasks_of(request.user, on=timezone.localdate(), at=now)
    return render(request, "fieldwork/task_list.html", {"found": found, "at": now})


@never_cache
@require_safe
@public
def state(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and the token with which forms of theirs are sent: asked before a phone sends what it kept."""
    user = request.user.get_username() if request.user.is_authenticated else ""
    return JsonResponse({"user": user, "token": get_token(request) if user else ""})


@never_cache
@require_safe
@public
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that answers from what was kept; it lies at the root because it may only answer for what lies below it."""
    return HttpResponse(_script(), "text/javascript", headers={"Service-Worker-Allowed": "/"})


@lru_cache(maxsize=1)
def _script() -> str:
    words = {"{{list}}": reverse("fieldwork:task-list"), "{{static}}": settings.STATIC_URL}
    text = WORKER.read_text("utf-8")
    for name, value in words.items():
        text = text.replace(name, value if value.startswith("/") else f"/{value}")
    return text


@require_safe
@public
def manifest(_request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the product on its first page."""
    icons = [
        {"src": static(f"fieldwork/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    words = {
        "name": _("首善 现场办理"),
        "short_name": _("首善"),
        "start_url": reverse("fieldwork:task-list"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b5f5e",
        "lang": "zh-Hans",
        "icons": [*icons, {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(words, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
