"""Who may take a step: the office of the area, the people of the organisation named, those who raised the matter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.translation import gettext as _

from shoushan.casework.enums import Level
from shoushan.casework.kinds import kind_of
from shoushan.directory.access import NotAllowedError, check_permission, has_permission

if TYPE_CHECKING:
    from shoushan.casework.models import Assignment, Matter, Supervision
    from shoushan.directory.models import User

VIEW: Final = "casework.view_matter"
VIEW_AREA: Final = "casework.view_area_matters"
RAISE: Final = "casework.raise_matter"
DISPATCH: Final = "casework.dispatch_matter"
HANDLE: Final = "casework.handle_matter"
CALL_BACK: Final = "casework.call_back_matter"
RULE: Final = "casework.rule_matter"
SUPERVISE: Final = "casework.supervise_matter"
PUBLISH: Final = "casework.publish_matter"


def is_applicant(user: User, matter: Matter, *, on: date) -> bool:
    """Does this person speak for what the matter is about?"""
    kind = kind_of(matter.kind)
    return has_permission(user, kind.apply_permission, on=on) and matter.about in kind.applicant_of(user)


def check_matter_access(user: User, matter: Matter, permission: str, on: date) -> None:
    """Raise NotAllowedError unless this person may take a step of this matter that asks for the permission."""
    if permission == kind_of(matter.kind).apply_permission:
        check_permission(user, permission, on=on)
        if not is_applicant(user, matter, on=on):
            raise NotAllowedError(_("只有反映人所在的企业才能办理这一步。"))
        return
    if permission == HANDLE:
        _check_lead(user, matter, on)
        return
    is_above_street = permission == DISPATCH and matter.level != Level.STREET
    check_permission(user, permission, on=on, area=settings.DISTRICT_CODE if is_above_street else matter.area_code)
    if permission == CALL_BACK and matter.answered_by_id in user.acting_ids(on=on):
        raise NotAllowedError(_("答复人不能回访自己办理的诉求，请由其他同志回访。"))


def _check_lead(user: User, matter: Matter, on: date) -> None:
    check_permission(user, HANDLE, on=on)
    if matter.officer_id:
        if matter.officer_id not in user.acting_ids(on=on):
            raise NotAllowedError(_("%(code)s由“%(officer)s”承办。") % {"code": matter.code, "officer": matter.officer})
        return
    if matter.lead_id is None or user.organisation_id != matter.lead_id:
        words = {"code": matter.code, "office": matter.lead or _("待分派的单位")}
        raise NotAllowedError(_("%(code)s由“%(office)s”办理。") % words)


def check_part_access(user: User, part: Assignment | Supervision, permission: str, on: date) -> None:
    """The part of an organisation is done by its people; giving it and taking it back by those who lead the matter."""
    if permission != HANDLE:
        check_permission(user, permission, on=on, area=part.area_code)
        return
    check_permission(user, HANDLE, on=on)
    if user.organisation_id != part.organisation_id:
        raise NotAllowedError(_("%(code)s由“%(office)s”办理。") % {"code": part.code, "office": part.organisation})
