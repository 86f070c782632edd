"""Issues status reports of the demonstration, once: `python -m demo.reports`, after the campaign and the monthly tables.

One of the portfolio after the first week of the campaign, one two weeks later that is compared with it, one of the largest project.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import Any, Final

OFFICE: Final = "reform"
WHOLE: Final = (
    (
        date(2020, 3, 9),
        "百日会战启动一周，年度投资慢于时间进度，主要是外地施工人员未返岗。",
        "逐个项目核对人员返岗和材料供应。",
    ),
    (
        date(2020, 3, 23),
        "百日会战启动三周，签约、落地、开工三批按节点推进。",
        "盯紧四月开工的项目，落实资金和管线迁改。",
    ),
)
OF_ONE: Final = (date(2020, 3, 23), "主体按节点施工，人员已返岗。", "按月度计划完成投资，提前准备验收材料。")


def main() -> int:
    """The reports in a transaction of their own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from shoushan.apps.projects.models import MonthlyReturn, StatusReport

    if StatusReport.objects.exists():
        print("项目通报已在库中。")
        return 0
    if not MonthlyReturn.objects.exists():
        print("请先导入项目月调度表。")
        return 1
    with transaction.atomic():  # noqa: TID251 - all of them or none
        _issue()
    print(f"项目通报：{StatusReport.objects.count()} 期。")
    return 0


def _issue() -> None:
    from django.conf import settings
    from django.utils import timezone

    from shoushan.apps.projects.models import MonthlyReturn
    from shoushan.apps.projects.services.reports import NewReport, Scope, issue_report
    from shoushan.directory.models import User
    from shoushan.directory.selectors import area_names

    now: Any = timezone.now()  # noqa: TID251 - a command of its own
    office = User.objects.get(username=OFFICE)
    name = area_names()[settings.DISTRICT_CODE]
    for said in WHOLE:
        issue_report(Scope(2020, settings.DISTRICT_CODE, name), NewReport(*said), actor=office, at=now)
    newest = MonthlyReturn.objects.filter(month__year=2020).order_by("-total_fen").select_related("project").first()
    if newest is not None:
        project = newest.project
        issue_report(Scope(2020, project.area_code, "", project), NewReport(*OF_ONE), actor=None, at=now)


if __name__ == "__main__":
    sys.exit(main())
