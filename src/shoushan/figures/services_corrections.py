"""After a publication the ledger goes on: numbers that it no longer says are proposed to be corrected, never changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.figures import arithmetic
from shoushan.figures.measures import UnknownMeasureError, measure
from shoushan.figures.models import CorrectionProposal, Release
from shoushan.figures.values import evaluate
from shoushan.lib.languages import official
from shoushan.notices.services import Message, tell

WATCHED_DAYS: Final = 90
"""Releases are looked at for so long; a later correction is made by hand."""


def propose_corrections(at: datetime) -> int:
    """Compare the newest releases with the ledger; how many proposals are new. Harmless when it runs twice."""
    newest = Release.objects.filter(published_at__gte=at - timedelta(days=WATCHED_DAYS), corrected_by=None)
    return sum(_compare(release, at) for release in newest)


@transaction.atomic
def _compare(release: Release, at: datetime) -> int:
    open_ones = {each.measure: each for each in release.proposals.select_for_update().filter(closed_at=None)}
    fresh: list[CorrectionProposal] = []
    for frozen in release.figures:
        code = str(frozen["definition"]["code"])
        current = _current(code, release)
        if current is None:
            continue
        published, known = written(frozen["value"]), open_ones.get(code)
        if current == published:
            if known is not None:
                known.closed_at = at
                known.save(update_fields=["closed_at"])
        elif known is None:
            fresh.append(
                CorrectionProposal(release=release, measure=code, published=published, current=current, found_at=at)
            )
        elif known.current != current:
            known.current = current
            known.save(update_fields=["current"])
    CorrectionProposal.objects.bulk_create(fresh)
    if fresh:
        _tell(release, at)
    return len(fresh)


def _current(code: str, release: Release) -> str | None:
    """What the ledger says now; None of a measure that the product no longer has."""
    try:
        return written(arithmetic.plain(evaluate(measure(code), as_of=release.as_of).value))
    except UnknownMeasureError:
        return None


def written(value: Any) -> str:
    """A number as proposals keep it."""
    return "—" if value is None else str(value)


def _tell(release: Release, at: datetime) -> None:
    """Whoever published it, or the office where the command line did."""
    office = User.objects.filter(
        is_active=True, role_grants__role=Role.HQ_OFFICE, role_grants__area_code=settings.DISTRICT_CODE
    )
    users = [release.published_by] if release.published_by else list(office.distinct())
    with official():
        message = Message(
            key=f"{release.number}/changed/{at.date().isoformat()}",
            subject=f"release:{release.number}",
            title=_("发布以后台账有变化，请核对是否更正：%(number)s") % {"number": release.number},
            detail=release.title,
            address=reverse("figures:release-detail", args=[release.number]),
        )
    tell(message, at=at, users=users)


def close_proposals(*, corrected: Release, correction: Release, at: datetime) -> None:
    """A correction takes up what was proposed for the release that it corrects; within the caller's transaction."""
    corrected.proposals.filter(closed_at=None).update(closed_at=at, correction=correction)
