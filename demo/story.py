"""Tells the cases of February 2020 as records, once: `python -m demo.story`, after `shoushan setup`."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """The tower's case and the week of difficulties, each in a transaction of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from demo import cast, ifc, week

    if ifc.enterprise() is not None:
        print("复工案例和企业诉求已在库中。")
        return 0
    with transaction.atomic():  # noqa: TID251 - the whole story or none of it
        people = cast.open_accounts(ifc.moment(ifc.NINTH, 8))
        application = ifc.tell(people)
        matters = week.tell(people)
    print(f"复工案例 {application.code}，许可 {application.decided_on}；企业诉求 {len(matters)} 件，均已办结。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
