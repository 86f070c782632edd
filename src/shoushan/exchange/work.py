"""Files of one's own that were checked and wait to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.exchange.enums import UploadState
from shoushan.exchange.models import Upload
from shoushan.ui.work import Queue, WorkAction, WorkItem

if TYPE_CHECKING:
    from shoushan.directory.models import User


def _waiting(user: User) -> QuerySet[Upload]:
    return Upload.objects.filter(sent_by=user, state__in=[UploadState.CHECKED, UploadState.REFUSED]).order_by(
        "sent_at", "pk"
    )


def _count(user: User, _on: date, _at: datetime) -> int:
    return _waiting(user).count()


def _items(user: User, _on: date, _at: datetime, first: int, number: int) -> Sequence[WorkItem]:
    return [_item(each) for each in _waiting(user)[first : first + number]]


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


UPLOADS: Final = Queue(code="exchange.uploads", label=_("导入待确认"), count=_count, items=_items)
