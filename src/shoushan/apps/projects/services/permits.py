"""Applying for a permit; what follows is taken as steps of its lifecycle."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.permits import LIVE_PERMITS
from shoushan.apps.projects.enums.projects import ProjectStage
from shoushan.apps.projects.lifecycle import PERMITS, REPORT, check_project_access
from shoushan.apps.projects.lifecycle.permit_effects import address as permit_address
from shoushan.apps.projects.models import Permit, Project
from shoushan.apps.projects.selectors.permits import row_of, waits_for
from shoushan.directory.models import Organisation
from shoushan.lib.languages import official
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import begin
from shoushan.notices.services import Message, tell

if TYPE_CHECKING:
    from shoushan.directory.models import User


@transaction.atomic
def apply_permit(*, project: Project, item: str, on: date, actor: User | None, at: datetime) -> Permit:
    """Apply for a step of the rule of the day; taken ahead of its stage it is marked so.

    Raises NotAllowedError, MissingError for a step or day that can't be, GuardError where the step has to wait.
    """
    today = timezone.localtime(at).date()
    if actor is not None:
        check_project_access(actor, project, REPORT, today)
    row = row_of(item, on=min(on, today))
    if row is None:
        raise MissingError({"item": _("这一天的规则里没有这个审批事项，请从列表中选择。")})
    if on > today:
        raise MissingError({"on": _("申请日期还没有到，请核对。")})
    authority = Organisation.objects.valid_on(today).filter(code=row.organisation).first()
    if authority is None:
        words = {"item": row.item, "code": row.organisation}
        raise GuardError(_("“%(item)s”的审批单位“%(code)s”不在单位名录中，请更正“项目审批事项和承诺时限”。") % words)
    if project.state == ProjectStage.WITHDRAWN:
        raise GuardError(_("“%(name)s”已退出，不再办理审批事项。") % {"name": project.name})
    _check_once(project, row.code, row.item)
    earlier = waits_for(project, row, on=today)
    if earlier and not row.allows_ahead:
        words = {"item": row.item, "earlier": "、".join(each.item for each in earlier)}
        raise GuardError(_("“%(item)s”不能提前办理，请先办结“%(earlier)s”；已取得的许可可以补录。") % words)
    permit = Permit(
        code=next_code("PPM", on=today),
        area_code=project.area_code,
        project=project,
        stage=row.stage,
        item=row.code,
        item_name=row.item,
        organisation=authority,
        promised_days=row.days,
        is_ahead=bool(earlier),
        applied_on=on,
    )
    begin(PERMITS, permit, on=on, at=at, actor=actor)
    _tell_authority(permit, at)
    return permit


def _check_once(project: Project, code: str, item: str) -> None:
    there = project.permits.filter(item=code, state__in=LIVE_PERMITS).first()
    if there is not None:
        words = {"item": item, "code": there.code}
        raise GuardError(_("“%(item)s”已经申请过（%(code)s），请在原来的申请上办理。") % words)


def _tell_authority(permit: Permit, at: datetime) -> None:
    with official():
        title = _("有新的审批申请：%(name)s") % {"name": f"{permit.item_name}（{permit.project.name}）"}
    message = Message(
        key=f"{permit.code}/applied",
        subject=permit.subject,
        title=title,
        detail=permit.code,
        address=permit_address(permit.subject),
    )
    tell(message, at=at, organisations=[permit.organisation])
