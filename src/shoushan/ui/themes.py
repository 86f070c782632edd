"""Light, dark or as the reader's system has it: the choice lives in a cookie, so that the first paint is right."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

COOKIE: Final = "theme"


class Theme(TextChoices):
    """What a reader may choose."""

    AUTO = "auto", _("跟随系统")
    LIGHT = "light", _("浅色")
    DARK = "dark", _("深色")


def theme_of(request: HttpRequest) -> Theme:
    """The reader's choice; without one, or with one that means nothing, the system's."""
    asked = request.COOKIES.get(COOKIE, "")
    return Theme(asked) if asked in Theme.values else Theme.AUTO


def remember(response: HttpResponseBase, theme: str) -> None:
    """Put the choice into the browser's cookie."""
    response.set_cookie(
        COOKIE,
        theme,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
