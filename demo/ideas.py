"""Puts ideas into the pool of planned projects, once: `python -m demo.ideas`, after the campaign. All of them are synthetic."""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from typing import Any, Final

SEED_DAY: Final = date(2020, 1, 1)
THEMES: Final = ("PREMISES", "HEADQUARTERS", "FINANCE", "TECHNOLOGY", "CULTURE", "RENEWAL", "LIVELIHOOD")
PLACES: Final = (
    ("茂岭山", "370102011", "MAOLING"),
    ("长岭山", "370102013", "CHANGLING"),
    ("明府城", "370102006", "MINGFU"),
    ("经十路", "370102011", "IFC"),
)
"""Name, subdistrict, zone."""
WORDS: Final = {
    "PREMISES": "商务楼宇更新",
    "HEADQUARTERS": "总部基地",
    "FINANCE": "金融科技园",
    "TECHNOLOGY": "科创孵化中心",
    "CULTURE": "文旅街区",
    "RENEWAL": "老旧片区更新",
    "LIVELIHOOD": "邻里服务中心",
}
BASE, MORE, CONVERTED, DROPPED = 27, 15, 4, 2


def main() -> int:
    """The pool in a transaction of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from shoushan.apps.projects.models import Idea, Project

    if Idea.objects.exists():
        print("策划项目已在库中。")
        return 0
    if not Project.objects.exists():
        print("请先导入重点项目清单。")
        return 1
    with transaction.atomic():  # noqa: TID251 - all of it or none
        made = [_propose(number) for number in range(BASE + MORE)]
        _convert(made[:CONVERTED])
        for idea in made[-DROPPED:]:
            _take(idea, "drop", date(2020, 3, 20), reason="用地条件不具备。")
    print(f"策划项目：{len(made)} 个。")
    return 0


def _propose(number: int) -> Any:
    from demo import ifc
    from shoushan.apps.projects.models import Zone
    from shoushan.apps.projects.services.pool import propose_idea
    from shoushan.directory.models import Organisation

    theme, (place, area, zone) = THEMES[number % len(THEMES)], PLACES[number % len(PLACES)]
    day = SEED_DAY if number < BASE else SEED_DAY + timedelta(days=4 * (number - BASE + 1))
    values = {
        "name": f"{place}{WORDS[theme]}{number + 1:02d}（示例）",
        "theme": theme,
        "zone": Zone.objects.filter(code=zone).first(),
        "industry": "",
        "content": f"盘活{place}存量空间，带动{WORDS[theme]}相关产业。",
        "invest_fen": (6 + number * 7 % 25) * 10**10,
        "tax_fen": (800 + number * 130 % 2000) * 10**6,
        "jobs": 300 + number * 70 % 1200,
        "source": ("STUDY", "ENTERPRISE", "POLICY", "INVESTOR", "STREET")[number % 5],
    }
    lead = Organisation.objects.get(code=("DEPT_INVESTMENT_PROMOTION", "DEPT_DEVELOPMENT_REFORM")[number % 2])
    return propose_idea(values=values, area_code=area, on=day, actor=None, at=ifc.moment(day, 10), lead=lead)


def _convert(ideas: list[Any]) -> None:
    from shoushan.apps.projects.models import Project

    for number, (idea, project) in enumerate(zip(ideas, Project.objects.order_by("pk"), strict=False)):
        day = date(2020, 3, 2) + timedelta(days=number)
        _take(idea, "convert", day, values={"on": day.isoformat(), "became": project.code})


def _take(idea: Any, name: str, day: date, *, values: dict[str, str] | None = None, reason: str = "") -> None:
    from demo import ifc
    from shoushan.apps.projects.lifecycle import IDEAS
    from shoushan.lifecycle.services import advance

    advance(IDEAS, idea.pk, name, actor=None, at=ifc.moment(day, 17), values=values or {}, reason=reason)


if __name__ == "__main__":
    sys.exit(main())
