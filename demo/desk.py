"""Puts the open work of a day on the desks, once a day: `python -m demo.desk`, after `demo.story`."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import Any, Final

OPEN: Final = (
    ("TRANSPORT", "外省返岗员工 40 人，需要一辆包车。", "industry", ()),
    ("SUPPLIES", "防护口罩存量只够四天。", "industry", ()),
    ("ISOLATION", "两名员工的隔离期满证明未办。", "yaojia2", ("sign",)),
    ("FUNDS_LOAN", "月底货款周转困难，希望对接银行。", "reform", ("sign", "plan")),
    ("TRANSPORT_PASS", "材料运输车辆需要通行证。", "industry", ("sign", "plan")),
)
"""Category, words, who leads, and the steps taken so far."""


def main() -> int:
    """Matters of this hour in the states in which they wait for somebody."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from demo import cast, ifc

    if ifc.enterprise() is None:
        print("请先运行 python -m demo.story。")
        return 1
    now = timezone.now() - timedelta(hours=2)  # noqa: TID251 - a command of its own
    with transaction.atomic():  # noqa: TID251 - the desks as a whole or not at all
        told = _tell(cast.open_accounts(now), now)
    print(f"今日待办 {told} 件。" if told else "今日待办已在库中。")
    return 0


def _tell(people: Any, now: Any) -> int:
    from demo import ifc
    from shoushan.apps.resumption.models import EnterpriseClaim
    from shoushan.apps.resumption.services import Difficulty, Funds, raise_difficulty
    from shoushan.casework.models import Matter
    from shoushan.casework.services import lifecycle_of_matter
    from shoushan.lifecycle.services import advance

    claim = EnterpriseClaim.objects.select_related("enterprise", "user").get(enterprise__uscc=ifc.USCC)
    if Matter.objects.filter(raised_at__date=now.date()).exists():
        return 0
    day = (now + timedelta(days=2)).date().isoformat()
    values = {"plan": {"plan": "与有关单位核对后办理。", "planned_on": day}}
    for category, text, lead, steps in OPEN:
        funds = Funds(8_000_000_00, 6, "支付货款") if category == "FUNDS_LOAN" else None
        difficulty = Difficulty(category, text, "PLATFORM", funds)
        matter = raise_difficulty(enterprise=claim.enterprise, difficulty=difficulty, actor=claim.user, at=now)
        for place, step in enumerate(steps, 1):
            at = now + timedelta(minutes=20 * place)
            words = values.get(step, {})
            advance(lifecycle_of_matter(matter), matter.pk, step, actor=people[lead], at=at, values=words)
    return len(OPEN)


if __name__ == "__main__":
    sys.exit(main())
