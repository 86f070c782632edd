"""Makes a district leader responsible for each of the thirteen subdistricts (包挂), once: `python -m demo.leaders`.

That each has one is what was reported (reference district E2); who, since when and the one change are synthetic, and leaders are posts.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import Any, Final

FIRST, CHANGED_ON = date(2020, 1, 27), date(2020, 3, 1)
DUTIES: Final = "督导社区防控和企业复工，到点位走访，协调解决困难。"
SUBDISTRICTS: Final = tuple(f"370102{number:03d}" for number in range(1, 14))
OF_THE_DEMO: Final = "370102011"
"""The subdistrict of the account `leader`, which whoever tries the product signs in with."""
HANDED_OVER: Final = "370102013"
"""It passes from one leader to another on CHANGED_ON."""


def main() -> int:
    """The thirteen responsibilities in a transaction of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from shoushan.directory.models import Responsibility

    if Responsibility.objects.filter(target_code=HANDED_OVER, target_kind="AREA").exists():
        print("包挂领导已在库中。")
        return 0
    with transaction.atomic():  # noqa: TID251 - all thirteen or none
        made = _tell()
    print(f"包挂领导：{made} 个街道，每个街道一名区级领导。")
    return 0


def holders() -> dict[str, str]:
    """User name by subdistrict on the first day."""
    numbers = iter(range(1, 13))
    return {code: "leader" if code == OF_THE_DEMO else f"leader{next(numbers):02d}" for code in SUBDISTRICTS}


def _tell() -> int:
    from demo import cast, ifc
    from shoushan.directory.enums import TargetKind
    from shoushan.directory.services_administration import make_responsible

    people: Any = cast.open_accounts(ifc.moment(FIRST, 8), cast.LEADERS)
    told = [(FIRST, code, username) for code, username in holders().items()] + [(CHANGED_ON, HANDED_OVER, "leader13")]
    for since, code, username in told:
        make_responsible(
            leader=people[username],
            target_kind=TargetKind.AREA,
            target_code=code,
            valid_from=since,
            duties=DUTIES,
            actor=people["office"],
            at=ifc.moment(since, 9),
        )
    return len(SUBDISTRICTS)


if __name__ == "__main__":
    sys.exit(main())
