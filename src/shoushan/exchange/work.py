"""Files of one's own that were checked and wait to be confirmed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.exchange.enums import UploadState
from shoushan.exchange.models import Upload
from shoushan.ui.work import WorkAction, WorkItem, rows_queue

if TYPE_CHECKING:
    from shoushan.directory.models import User


def _waiting(user: User, _on: date) -> QuerySet[Upload]:
    return Upload.objects.filter(sent_by=user, state__in=[UploadState.CHECKED, UploadState.REFUSED]).order_by(
        "sent_at", "pk"
    )


def _item(upload: Upload) -> WorkItem:
    address = reverse("exchange:upload-detail", args=[upload.pk])
    label = _("核对并确认") if upload.state == UploadState.CHECKED else _("查看原因")
    return WorkItem(
        key=f"upload:{upload.pk}",
        code=str(upload.pk),
        title=upload.name,
        address=address,
        since=timezone.localtime(upload.sent_at).date(),
        actions=[WorkAction(label=label, address=address)],
    )


UPLOADS: Final = rows_queue("exchange.uploads", _("导入待确认"), _waiting, _item)
