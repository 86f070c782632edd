"""What is red in the key projects on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import ProjectStage
from shoushan.apps.projects.lifecycle import VIEW
from shoushan.apps.projects.selectors import permits, portfolio, returns
from shoushan.apps.projects.selectors.obstacles import red_obstacles
from shoushan.directory.access import area_scope
from shoushan.directory.models import User
from shoushan.ui.signals import Signal


def red(reader: User, as_of: date, at: datetime) -> Iterator[Signal]:
    """Projects with a red light, projects that were halted, projects without a return of the last month, late permits."""
    on = timezone.localtime(at).date()
    areas = area_scope(reader, VIEW, on=on)
    if not areas:
        return
    listed, lights = portfolio.portfolio(areas=areas, year=as_of.year), portfolio.Lights(on=as_of)
    address = reverse("projects:project-list")
    yield Signal(label=_("重点项目亮红灯"), count=lights.red_of(listed), unit="个", address=address)
    halted = listed.filter(state=ProjectStage.HALTED).count()
    yield Signal(label=_("重点项目停建缓建"), count=halted, unit="个", address=f"{address}?stage={ProjectStage.HALTED}")
    month = returns.before_month(as_of.replace(day=1))
    missing = returns.missing_in(month, areas=areas).count()
    address = f"{reverse('projects:return-list')}?month={month:%Y-%m}"
    yield Signal(label=_("重点项目未报上月月报"), count=missing, unit="个", address=address, tone="soon")
    critical = red_obstacles(areas=areas).count()
    address = f"{reverse('projects:project-list')}?obstacle=RED"
    yield Signal(label=_("重点项目关键或逾期堵点"), count=critical, unit="件", address=address)
    late = permits.overdue(permits.permits_of(areas=areas), at=at).count()
    address = f"{reverse('projects:permit-list')}?mark=LATE"
    yield Signal(label=_("项目审批超承诺时限"), count=late, unit="件", address=address)
    lacking = permits.missing_overdue(areas=areas, on=on).count()
    address = f"{reverse('projects:permit-list')}?mark=LACKING"
    yield Signal(label=_("容缺材料逾期未补"), count=lacking, unit="件", address=address)
