"""Tells the first weeks of the 100-day campaign as records, once: `python -m demo.campaign`, after the lists came in.

Targets and days are synthetic; the campaign's name, first day and length are what was reported (reference district P1).
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime, timedelta
from typing import Any, Final

CODE: Final = "SANGE_2020"
FIRST: Final = date(2020, 3, 2)
TARGETS: Final = {"SIGN": (8, 60), "LAND": (8, 120), "START": (12, 200)}
"""Batch: projects, total investment in 亿元."""
BATCH_OF: Final = {"RESERVE": "SIGN", "SIGNED": "LAND", "PREPARATION": "START"}
STEPS: Final = {
    "SIGN": ("sign", {"contract_type": "FORMAL", "contract_no": "历投合〔2020〕示例号"}),
    "LAND": ("land", {"site_basis": "LEASE"}),
    "START": (
        "start",
        {"first_work": "PERMANENT", "start_basis": "PERMIT", "start_document": "3701022020示例"},
    ),
}
DECISIONS: Final = (
    (date(2020, 3, 9), "一周内办结施工许可，容缺材料3月底前补齐。", "DEPT_ADMINISTRATIVE_APPROVAL", date(2020, 3, 16), date(2020, 3, 15)),
    (date(2020, 3, 16), "协调外地监理人员返济，落实隔离用房。", "DEPT_HOUSING_CONSTRUCTION", date(2020, 3, 20), date(2020, 3, 19)),
    (date(2020, 3, 23), "对接两家银行落实项目贷款。", "DEPT_DEVELOPMENT_REFORM", date(2020, 3, 30), None),
)  # fmt: skip


def main() -> int:
    """The campaign in a transaction of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from shoushan.apps.projects.models import Campaign, Project

    if Campaign.objects.filter(code=CODE).exists():
        print("三个一批会战已在库中。")
        return 0
    if not Project.objects.exists():
        print("请先导入重点项目清单。")
        return 1
    with transaction.atomic():  # noqa: TID251 - the whole campaign or none of it
        items, done = _tell()
    print(f"三个一批会战：列入 {items} 个，截至演示已完成 {done} 个。")
    return 0


def _tell() -> tuple[int, int]:
    from demo import cast, ifc
    from shoushan.apps.projects.models import Project
    from shoushan.apps.projects.services.campaigns import (
        Place,
        Target,
        close_decision,
        decide,
        open_campaign,
        place_projects,
    )
    from shoushan.directory.models import Organisation

    bureau = cast.open_accounts(ifc.moment(FIRST, 8))["reform"]
    opened = ifc.moment(FIRST, 15)
    targets = {key: Target(count, yi * 10**10) for key, (count, yi) in TARGETS.items()}
    campaign = open_campaign(
        code=CODE,
        name="三个一批重点项目百日大会战",
        start_on=FIRST,
        days=100,
        targets=targets,
        actor=bureau,
        at=opened,
    )
    waiting = list(Project.objects.filter(state__in=BATCH_OF).order_by("pk"))
    places = [
        Place(project.pk, BATCH_OF[project.state], FIRST + timedelta(days=7 + 5 * number % 80))
        for number, project in enumerate(waiting)
    ]
    place_projects(campaign, places, on=FIRST, actor=bureau, at=opened)
    done = [_achieve(project, number, bureau) for number, project in enumerate(waiting) if number % 3 == 0]
    for held, text, unit, due, finished in DECISIONS:
        made = decide(
            campaign,
            held_on=held,
            project=waiting[0],
            text=text,
            organisation=Organisation.objects.get(code=unit),
            due_on=due,
            actor=bureau,
            at=ifc.moment(held, 17),
        )
        if finished:
            close_decision(made, done_on=finished, result="已落实。", actor=bureau, at=ifc.moment(finished, 17))
    return len(places), len(done)


def _achieve(project: Any, number: int, bureau: Any) -> Any:
    """The step that its batch asks for, by the bureau, with a paper for each file that it wants."""
    from demo import ifc
    from shoushan.apps.projects.lifecycle import PROJECTS
    from shoushan.lifecycle.services import advance

    name, values = STEPS[BATCH_OF[project.state]]
    day = FIRST + timedelta(days=3 + number % 20)
    step = PROJECTS.transition(name)
    files = (
        {need.name: [_paper(str(need.label), project)] for need in step.needs if need.kind == "FILE"} if step else {}
    )
    at: datetime = ifc.moment(day, 16)
    return advance(
        PROJECTS, project.pk, name, actor=bureau, at=at, values={"on": day.isoformat(), **values}, files=files
    )


def _paper(title: str, project: Any) -> Any:
    """A file as it would be handed in, marked as a demonstration."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(f"{title}（演示）.pdf", f"%PDF-1.4 {project.code} {title}".encode())


if __name__ == "__main__":
    sys.exit(main())
