"""Photos of monthly returns as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from shoushan.apps.projects.lifecycle import PHOTOS, RETURNS
from shoushan.apps.projects.models import MonthlyReturn
from shoushan.apps.projects.selectors.returns import photos_seen_before
from shoushan.lifecycle.evidence import photos_of

NEWEST: Final = 6
"""As many as the page of a project shows."""


def shown_photos(records: Sequence[MonthlyReturn], *, is_by_step: bool = False) -> list[dict[str, Any]]:
    """The photos of returns of projects, the newest first: address, month, day, the step that handed them in, doubles."""
    by_subject = photos_of(records, PHOTOS.name)
    own = [(each, photo) for each in records for photo in by_subject.get(each.subject, ())]
    own.sort(key=lambda pair: (pair[0].month, pair[1].pk), reverse=True)
    if not is_by_step:
        own = own[:NEWEST]
    doubles = photos_seen_before([photo for _record, photo in own]) if is_by_step else {}
    return [
        {
            "photo": photo,
            "record": record,
            "step": RETURNS.transition(photo.step.transition),
            "url": reverse("projects:return-file", args=[record.code, photo.pk]),
            "alt": _("%(month)s 现场照片“%(file)s”") % {"month": f"{record.month:%Y-%m}", "file": photo.file_name},
            "double": doubles.get(photo.pk),
        }
        for record, photo in own
    ]
