"""Logging every look at personal data; encrypting all of it with a new key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import CharField, Model
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from shoushan.privacy import cipher
from shoushan.privacy.enums import AccessKind
from shoushan.privacy.errors import PrivacyError
from shoushan.privacy.fields import encrypted_fields
from shoushan.privacy.keys import ring
from shoushan.privacy.models import Access

if TYPE_CHECKING:
    from shoushan.directory.models import User

SHORTEST, LONGEST = 2, 200
BATCH = 500


def log_access(
    kind: AccessKind,
    *,
    subject: str,
    fields: Sequence[str],
    purpose: str,
    user: User | None,
    at: datetime,
    count: int = 1,
) -> Access:
    """Write down one look, before anything is shown; within the caller's transaction.

    `fields` are the labels of the columns. Raises PrivacyError where the purpose isn't said.
    """
    words = purpose.strip()
    if not SHORTEST <= len(words) <= LONGEST:
        raise PrivacyError(_("请写明查看的用途（2 至 200 字），用途会记入访问记录。"))
    return Access.objects.create(
        at=at,
        user=user,
        organisation_id=user.organisation_id if user else None,
        kind=kind,
        subject=subject[:80],
        fields="、".join(fields)[:200],
        count=count,
        purpose=words,
    )


def rekey() -> int:
    """Encrypt with the newest key whatever an older one encrypted; how many values. Can be run again after a break."""
    return sum(_rekey_column(field.model, field.name) for field in encrypted_fields())


def _rekey_column(model: type[Model], name: str) -> int:
    """In batches of their own transactions; the values are read raw, so that those of the newest key are left alone."""
    manager, newest, done, last = model._base_manager, ring().newest.id, 0, 0  # noqa: SLF001 - documented
    while True:
        with transaction.atomic():
            raw = manager.filter(pk__gt=last).order_by("pk").values_list("pk", Cast(name, CharField()))
            values = dict(raw[:BATCH])
            if not values:
                return done
            last = max(values)
            stale = [pk for pk, value in values.items() if value and cipher.key_id_of(value) != newest]
            rows = list(manager.filter(pk__in=stale).select_for_update())
            manager.bulk_update(rows, [name])
            done += len(rows)
