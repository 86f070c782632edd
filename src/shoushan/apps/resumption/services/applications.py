"""Applications: drafted by a contact, checked item by item on site, and what the public reports of permitted places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.enums.applications import ItemResult, MeasureState, Party
from shoushan.apps.resumption.enums.policies import EntryMeasure
from shoushan.apps.resumption.lifecycle import APPLICATIONS, CHECK_LIST, VIOLATIONS, permits
from shoushan.apps.resumption.lifecycle.applications import CHECK, check_application_access
from shoushan.apps.resumption.models import Application, CheckFinding, MeasureStanding, Permit, Violation
from shoushan.apps.resumption.selectors.applications import judged_state, newest_findings
from shoushan.apps.resumption.selectors.contacts import REPRESENT
from shoushan.directory.enums import Role
from shoushan.lib.languages import official
from shoushan.lifecycle import selectors as rules
from shoushan.lifecycle.errors import LifecycleError, MissingError, StaleError
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import advance, begin

if TYPE_CHECKING:
    from shoushan.directory.models import User
    from shoushan.registry.models import Enterprise

MOST_REPORTS_AN_HOUR: Final = 20
"""Of one place: who floods the form buries what others report."""


@transaction.atomic
def draft_application(*, enterprise: Enterprise, values: Mapping[str, Any], actor: User, at: datetime) -> Application:
    """A draft, which only its enterprise sees. Raises NotAllowedError unless the person speaks for the enterprise."""
    on = timezone.localtime(at).date()
    application = Application(
        code=next_code("RES", on=on),
        area_code=enterprise.area_code,
        enterprise=enterprise,
        created_by=actor,
        **values,
    )
    check_application_access(actor, application, REPRESENT, on)
    return begin(APPLICATIONS, application, on=on, at=at, actor=actor)


@transaction.atomic
def change_draft(*, application_id: int, values: Mapping[str, Any], actor: User, at: datetime) -> Application:
    """Change what a draft, or one that came back incomplete, says. Raises LifecycleError in any other state."""
    application = Application.objects.select_for_update().get(pk=application_id)
    check_application_access(actor, application, REPRESENT, timezone.localtime(at).date())
    if application.state not in {"DRAFT", "INCOMPLETE"}:
        state = APPLICATIONS.state(application.state).label
        raise LifecycleError(_("申请现在是“%(state)s”，内容不能再改。") % {"state": state})
    for name, value in values.items():
        setattr(application, name, value)
    application.save(update_fields=[*values])
    return application


# ---- the check on site ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Found:
    """What an inspector found of one item of the check list."""

    result: str
    note: str = ""


def party_of(user: User, *, at: datetime) -> Party:
    """For whom a person checks: those of subdistricts for theirs, all others for the department in charge."""
    on = timezone.localtime(at).date()
    held = {grant.role for grant in user.grants_for(CHECK, on=on)}
    return Party.SUBDISTRICT if held & {Role.STREET_ADMIN, Role.STREET_USER} else Party.DEPARTMENT


def items_of(application: Application, *, at: datetime) -> list[dict[str, Any]]:
    """The check list in force; raises PolicyError where there is none."""
    on = timezone.localtime(at).date()
    return rules.check_rule_in_force(CHECK_LIST.code, on=on, area=application.area_code).rows


@transaction.atomic
def record_check(
    *,
    application_id: int,
    found: Mapping[str, Found],
    actor: User,
    at: datetime,
    files: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> Application:
    """What one party found on site, item by item of the check list. The newest finding of each item and party counts.

    A measure is in place when both parties found all of its items so; a permit that lapsed holds again when all four
    are. Raises MissingError for items without a result or a fault without a note, and what `advance` raises.
    """
    on = timezone.localtime(at).date()
    application = Application.objects.select_for_update().get(pk=application_id)
    rule = rules.check_rule_in_force(CHECK_LIST.code, on=on, area=application.area_code)
    waiting = {
        each.measure: each for each in application.measures.select_for_update() if each.state != MeasureState.PASSED
    }
    items = [row for row in rule.rows if row["measure"] in waiting]
    _check_complete(items, found)
    if seen is not None and seen != application.revision:
        raise StaleError(
            _("%(code)s已经有人办理过，您的核验结果没有提交，请刷新页面查看后再填。") % {"code": application.code}
        )
    party = party_of(actor, at=at)
    CheckFinding.objects.bulk_create(
        CheckFinding(
            application=application,
            party=party,
            measure=row["measure"],
            item_code=row["code"],
            text=row["text"],
            standard=row["standard"],
            result=found[row["code"]].result,
            note=found[row["code"]].note.strip(),
            rule=rule.rule,
            checked_by=actor,
            checked_at=at,
            checked_on=on,
            round=waiting[row["measure"]].round,
        )
        for row in items
    )
    states = _judged(application, waiting, items)
    reason = _summary(party, states)
    checked: Application = advance(
        APPLICATIONS, application_id, "record_check", actor=actor, at=at, files=files, reason=reason
    )
    for measure, state in states.items():
        MeasureStanding.objects.filter(pk=waiting[measure].pk).update(state=state, changed_at=at)
    if checked.state != "STOPPED" and set(states.values()) == {MeasureState.PASSED}:
        permits.revive(checked)
    return checked


def _check_complete(items: Sequence[Mapping[str, Any]], found: Mapping[str, Found]) -> None:
    problems: dict[str, str] = {}
    for row in items:
        answer = found.get(row["code"])
        if answer is None or answer.result not in ItemResult.values:
            problems[row["code"]] = _("请选择“%(item)s”的核验结果。") % {"item": row["text"]}
        elif answer.result == ItemResult.FAILED and not answer.note.strip():
            problems[row["code"]] = _("“%(item)s”不合格，请写明问题和整改要求。") % {"item": row["text"]}
    if problems:
        raise MissingError(problems)


def _judged(
    application: Application, waiting: Mapping[str, MeasureStanding], items: Sequence[Mapping[str, Any]]
) -> dict[str, MeasureState]:
    """The states of the measures that waited, after these findings."""
    findings = newest_findings(application.pk, waiting.values())
    return {
        measure: judged_state(
            [row["code"] for row in items if row["measure"] == measure],
            [each for each in findings if each.measure == measure],
        )
        for measure in waiting
    }


def _summary(party: Party, states: Mapping[str, MeasureState]) -> str:
    with official():
        parts = [f"{EntryMeasure(measure).label}：{state.label}" for measure, state in states.items()]
        return f"{party.label}；{'；'.join(parts)}"


# ---- violations ---------------------------------------------------------------------------------------------
@transaction.atomic
def report_violation(*, permit: Permit, measure: str, text: str, at: datetime) -> Violation:
    """Somebody saw that a permitted place does not keep to a measure; nothing is asked about who they are."""
    on = timezone.localtime(at).date()
    recent = Violation.objects.filter(permit=permit, reported_at__gt=at - timedelta(hours=1)).count()
    if recent >= MOST_REPORTS_AN_HOUR:
        raise LifecycleError(_("这一场所近一小时已收到多次举报，正在核实，请稍后再试。"))
    violation = Violation(
        code=next_code("VIO", on=on),
        area_code=permit.application.area_code,
        permit=permit,
        measure=measure,
        text=text.strip(),
        seen_on=on,
        reported_at=at,
    )
    return begin(VIOLATIONS, violation, on=on, at=at, actor=None)
