"""Persons who speak for enterprises: they open an account with a claim, and claim further enterprises."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.lifecycle.claims import CLAIMS
from shoushan.apps.resumption.models import EnterpriseClaim
from shoushan.apps.resumption.models.contacts import OPEN
from shoushan.directory.enums import Role
from shoushan.directory.services import create_user, grant_role
from shoushan.lib.uscc import read_uscc
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import begin
from shoushan.registry.models import Enterprise

if TYPE_CHECKING:
    from shoushan.directory.models import User


MOST_CLAIMS_AN_HOUR: Final = 20
"""Of one enterprise: the form is open to everybody."""


class ContactError(Exception):
    """A claim that can't be made; the sentence is shown to the person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def register_contact(
    *, uscc: str, username: str, password: str, display_name: str, duty: str, at: datetime
) -> EnterpriseClaim:
    """An account for a contact with the claim of one enterprise; without the claim there is no account.

    The account can do nothing for the enterprise before its subdistrict confirms the claim. Raises ContactError for
    the enterprise, DirectoryError for the account.
    """
    enterprise = enterprise_of(uscc)
    user = create_user(username=username, password=password, display_name=display_name, at=at)
    grant_role(
        user=user,
        role=Role.ENTERPRISE_CONTACT,
        area_code=settings.DISTRICT_CODE,
        valid_from=timezone.localtime(at).date(),
    )
    return _claim(enterprise, user, duty, at)


@transaction.atomic
def claim_enterprise(*, user: User, uscc: str, duty: str, at: datetime) -> EnterpriseClaim:
    """A contact claims one more enterprise. Raises ContactError where it is unknown or claimed by them already."""
    enterprise = enterprise_of(uscc)
    if EnterpriseClaim.objects.filter(OPEN, enterprise=enterprise, user=user).exists():
        raise ContactError(_("您已经认领过“%(name)s”，不需再次认领。") % {"name": enterprise.name})
    return _claim(enterprise, user, duty, at)


def enterprise_of(uscc: str) -> Enterprise:
    """The enterprise of a credit code as somebody typed it; raises ContactError that says what to do."""
    reading = read_uscc(uscc)
    if reading.value is None:
        raise ContactError(_("统一社会信用代码“%(code)s”不正确，请按营业执照核对 18 位代码。") % {"code": uscc})
    found = Enterprise.objects.filter(uscc=reading.value).first()
    if found is None:
        sentence = _("在册企业中没有统一社会信用代码 %(code)s，请联系属地街道登记企业后再认领。")
        raise ContactError(sentence % {"code": reading.value})
    return found


def _claim(enterprise: Enterprise, user: User, duty: str, at: datetime) -> EnterpriseClaim:
    on = timezone.localtime(at).date()
    recent = EnterpriseClaim.objects.filter(enterprise=enterprise, claimed_at__gt=at - timedelta(hours=1)).count()
    if recent >= MOST_CLAIMS_AN_HOUR:
        raise ContactError(
            _("近一小时认领“%(name)s”的次数过多，请稍后再试，或联系属地街道。") % {"name": enterprise.name}
        )
    claim = EnterpriseClaim(
        code=next_code("CLM", on=on),
        area_code=enterprise.area_code,
        enterprise=enterprise,
        user=user,
        duty=duty.strip(),
        claimed_at=at,
    )
    return begin(CLAIMS, claim, on=on, at=at, actor=user)
