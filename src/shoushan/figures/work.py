"""Published numbers that the ledger no longer says wait for whoever publishes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import has_permission
from shoushan.figures.models import CorrectionProposal
from shoushan.ui.work import WorkAction, WorkItem, rows_queue

if TYPE_CHECKING:
    from shoushan.directory.models import User

PUBLISH: Final = "figures.publish_release"


def _waiting(user: User, on: date) -> QuerySet[CorrectionProposal]:
    if not has_permission(user, PUBLISH, on=on):
        return CorrectionProposal.objects.none()
    return CorrectionProposal.objects.filter(closed_at=None).select_related("release").order_by("found_at", "pk")


def _item(proposal: CorrectionProposal) -> WorkItem:
    address = reverse("figures:release-detail", args=[proposal.release.number])
    return WorkItem(
        key=f"proposal:{proposal.pk}",
        code=proposal.release.number,
        title=f"{proposal.release.title}：{proposal.published} → {proposal.current}",
        address=address,
        since=timezone.localtime(proposal.found_at).date(),
        actions=[WorkAction(label=_("核对更正"), address=address)],
    )


PROPOSALS: Final = rows_queue("figures.proposals", _("发布的数字待更正"), _waiting, _item)
