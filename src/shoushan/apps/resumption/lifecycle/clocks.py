"""The clock of the reply to an application (two working days, 国办发明电〔2020〕6号): who is told when."""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.resumption.models import Application
from shoushan.casework.routing import office_of
from shoushan.casework.terms import AT_DUE, HALF, LATER
from shoushan.casework.tidings import responsible_leader
from shoushan.deadlines.enums import RungAction, Unit
from shoushan.deadlines.kinds import ClockKind, FiringNotice
from shoushan.lib.languages import official
from shoushan.notices.services import Message, tell


def told(notice: FiringNotice) -> None:
    """The subdistrict is reminded at half of the time; overdue, its leader and the office above it are told too."""
    code = notice.clock.subject.partition(":")[2]
    application = Application.objects.select_related("enterprise").get(code=code)
    on = timezone.localtime(notice.at).date()
    office = office_of(application.area_code, on=on)
    is_overdue = notice.rung.action == RungAction.ESCALATE
    with official():
        title = _("复工申请已逾期未答复：%(name)s") if is_overdue else _("请尽快答复复工申请：%(name)s")
        message = Message(
            key=f"{code}/clock{notice.clock.pk}/{notice.rung.code}",
            subject=notice.clock.subject,
            title=title % {"name": application.enterprise.name},
            detail=code,
            address=address(notice.clock.subject),
            is_urgent=is_overdue,
        )
    above = office.parent if office and is_overdue else None
    leader = responsible_leader(application.area_code, on=on) if is_overdue else None
    tell(message, at=notice.at, users=[leader], organisations=[office, above])


def address(subject: str) -> str:
    """The page of the application."""
    return reverse("resumption:application-detail", args=[subject.partition(":")[2]])


REPLY_CLOCK: Final = ClockKind(
    code="resumption.reply",
    label=gettext_lazy("复工申请答复时限"),
    unit=Unit.WORKING_DAYS,
    budget=2,
    rungs=(HALF, AT_DUE, LATER),
    handler=told,
    address=address,
)
