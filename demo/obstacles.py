"""Puts some obstacles of these days in the way of projects, once: `python -m demo.obstacles`, after the campaign."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import Any, Final

SAID: Final = (
    ("FUNDS", "项目贷款还差 2 亿元没有落实，影响 4 月开工。", "START", True),
    ("UTILITIES", "地块内一条 DN600 供水管线需要迁改。", "START", True),
    ("EPIDEMIC", "外省施工人员返岗隔离用房不足。", "", False),
    ("APPROVAL", "施工图审查意见修改后待复核。", "BUILDING_PERMIT", False),
)
"""Category, words, what it holds up, is it critical."""


def main() -> int:
    """The obstacles in a transaction of their own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from shoushan.apps.projects.models import CampaignItem, Obstacle, Project

    if Obstacle.objects.exists():
        print("项目堵点已在库中。")
        return 0
    waiting = list(Project.objects.filter(pk__in=CampaignItem.objects.values("project")).order_by("pk")[:2])
    if not waiting:
        print("请先运行 python -m demo.campaign。")
        return 1
    now = timezone.now() - timedelta(days=1)  # noqa: TID251 - a command of its own
    with transaction.atomic():  # noqa: TID251 - all of it or none
        for number, said in enumerate(SAID):
            _raise(waiting[number % len(waiting)], said, now)
    print(f"项目堵点：{len(SAID)} 件。")
    return 0


def _raise(project: Any, said: tuple[str, str, str, bool], at: Any) -> None:
    from shoushan.apps.projects.services.obstacles import NewObstacle, raise_obstacle

    category, text, holds_up, is_critical = said
    words = NewObstacle(category, text, "MEETING", holds_up, is_critical)
    raise_obstacle(project=project, said=words, actor=None, at=at)


if __name__ == "__main__":
    sys.exit(main())
