"""Puts field work on the phones of the subdistrict, once: `python -m demo.field`, after `demo.story`.

Five enterprises of one subdistrict report their work, one measure of each is to be checked anew on site, one is reported by the
public, three have a service officer.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import Any, Final

MEASURES: Final = ("STAFF", "SUPPLIES", "MECHANISM", "STAFF", "SUPPLIES")
"""Which of the four measures of each enterprise is checked anew."""
REASON: Final = "每周抽查"
SERVED: Final = 3


def main() -> int:
    """What there is to do on site today."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from demo import cast, ifc
    from shoushan.directory.models import User

    if ifc.enterprise() is None:
        print("请先运行 python -m demo.story。")
        return 1
    if User.objects.filter(username="field1").exists():
        print("现场任务已在库中。")
        return 0
    now = timezone.now() - timedelta(hours=1)  # noqa: TID251 - a command of its own
    with transaction.atomic():  # noqa: TID251 - all of it or nothing
        print(f"现场任务 {_tell(cast.open_accounts(now), now)} 件。")
    return 0


def _tell(people: Any, now: Any) -> int:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from demo import ifc
    from demo.cast import PASSWORD, YAOJIA
    from shoushan.apps.resumption.enums.policies import EntryMeasure
    from shoushan.apps.resumption.lifecycle import APPLICATIONS, CLAIMS
    from shoushan.apps.resumption.models import Permit
    from shoushan.apps.resumption.services import (
        appoint_officer,
        draft_application,
        register_contact,
        report_violation,
    )
    from shoushan.lifecycle.services import advance
    from shoushan.registry.models import Enterprise

    found = Enterprise.objects.filter(area_code__startswith=YAOJIA, uscc__isnull=False).exclude(uscc=ifc.USCC)
    enterprises = list(found.order_by("pk")[: len(MEASURES)])
    street = people.yaojia2
    for number, (enterprise, measure) in enumerate(zip(enterprises, MEASURES, strict=False), start=1):
        person = {
            "username": f"field{number}",
            "password": PASSWORD,
            "display_name": "企业联络人（演示）",
            "duty": "专员",
        }
        claim = register_contact(uscc=enterprise.uscc or "", **person, at=now)
        advance(CLAIMS, claim.pk, "confirm", actor=street, at=now)
        values = ifc.VALUES | {
            "site": f"姚家街道{number}号厂区（演示）",
            "planned_on": (now + timedelta(days=2)).date(),
        }
        drafted = draft_application(enterprise=enterprise, values=values, actor=claim.user, at=now)
        paper = SimpleUploadedFile("承诺书.pdf", f"%PDF-1.4 {number}".encode())
        advance(APPLICATIONS, drafted.pk, "report", actor=claim.user, at=now, files={"commitment": [paper]})
        anew = {"measure": EntryMeasure[measure].value}
        if number == 1:
            permit = Permit.objects.get(application=drafted)
            report_violation(permit=permit, measure=anew["measure"], text="门口无人测温登记。", at=now)
        advance(APPLICATIONS, drafted.pk, "review_measure", actor=street, at=now, values=anew, reason=REASON)
        if number <= SERVED:
            appoint_officer(enterprise=enterprise, officer=street, since=now.date(), actor=people.callback)
    return 2 * len(enterprises)


if __name__ == "__main__":
    sys.exit(main())
