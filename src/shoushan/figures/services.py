"""Publishing figures: frozen values, definitions and members, bound to the ledger by an entry and its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.figures.measures import Measure
from shoushan.figures.models import Release
from shoushan.figures.publications import RELEASE_FORMAT, enter_publication
from shoushan.figures.releases import freeze
from shoushan.figures.services_corrections import close_proposals
from shoushan.ledger import api as ledger
from shoushan.lib.languages import official

if TYPE_CHECKING:
    from shoushan.directory.models import User

KIND: Final = "figures.release_published"


class ReleaseError(ValueError):
    """A release that can't be made."""


@transaction.atomic
def publish_release(
    *,
    measures: Sequence[Measure],
    as_of: date,
    title: str,
    at: datetime,
    actor: User | None = None,
    corrects: Release | None = None,
    reason: str = "",
) -> Release:
    """Freeze the measures as of a day and as the ledger knows them now, and enter that this was published.

    Raises `ReleaseError` when the day lies in the future, when a correction gives no reason or names a release that
    was corrected before.
    """
    _check(as_of=as_of, at=at, corrects=corrects, reason=reason)
    seal = ledger.seal(at=at)
    number = _next_number(at)
    content = {
        "format": RELEASE_FORMAT,
        "number": number,
        "title": title,
        "district": settings.DISTRICT_CODE,
        "as_of": as_of.isoformat(),
        "published_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "corrects": corrects.number if corrects else "",
        "reason": reason,
        "seal": ledger.seal_as_dict(seal),
    }
    with official():  # what is released is a document, signed as it stands
        content |= freeze(measures, as_of=as_of, known_at=seal.size)
    entered = enter_publication(
        content,
        kind=KIND,
        subject=f"release:{number}",
        key=f"figures.release/{number}",
        as_of=as_of,
        actor=actor,
        at=at,
    )
    release = Release.objects.create(
        number=number,
        title=title,
        as_of=as_of,
        published_at=at,
        published_by=actor,
        content=entered.text,
        digest=entered.digest,
        entry_number=entered.entry_number,
        corrects=corrects,
        reason=reason,
    )
    if corrects is not None:
        close_proposals(corrected=corrects, correction=release, at=at)
    ledger.seal(at=at)
    return release


def _check(*, as_of: date, at: datetime, corrects: Release | None, reason: str) -> None:
    if as_of > at.astimezone(UTC).date() + timedelta(days=1):
        raise ReleaseError(_("截至日期 %(day)s 还没有到，不能发布。") % {"day": as_of.isoformat()})
    if corrects is not None and not reason.strip():
        raise ReleaseError(_("更正已发布的数字必须写明原因。"))
    if corrects is not None and Release.objects.filter(corrects=corrects).exists():
        raise ReleaseError(_("%(number)s 已有更正，请更正最新的一期。") % {"number": corrects.number})


def _next_number(at: datetime) -> str:
    day = at.astimezone(UTC).strftime("%Y%m%d")
    prefix = f"REL-{settings.DISTRICT_CODE}-{day}-"
    used = Release.objects.filter(number__startswith=prefix).count()
    return f"{prefix}{used + 1:04d}"
