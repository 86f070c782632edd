"""Issuing a status report: composed of what was true at the end of a day, frozen, entered into the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects.lifecycle import CONFIRM, REPORT, check_project_access
from shoushan.apps.projects.lifecycle.duties import check_duty
from shoushan.apps.projects.models import Project, StatusReport
from shoushan.apps.projects.selectors.reporting import report_before
from shoushan.apps.projects.services import report_portfolio, report_project
from shoushan.apps.projects.services.report_words import Section
from shoushan.apps.projects.services.summaries import Summary, summary
from shoushan.directory.access import NotAllowedError, check_permission
from shoushan.figures.arithmetic import plain
from shoushan.figures.publications import REPORT_FORMAT, enter_publication
from shoushan.ledger import api as ledger
from shoushan.lib.languages import official
from shoushan.lifecycle.errors import MissingError
from shoushan.lifecycle.numbering import next_code

if TYPE_CHECKING:
    from shoushan.directory.models import User

KIND: Final = "projects.status_reported"


@dataclass(frozen=True, slots=True)
class NewReport:
    """What is typed of a report; everything else is composed."""

    as_of: date
    assessment: str
    next_steps: str = ""
    reason: str = ""
    """Why it corrects an earlier one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about: a project, or the portfolio of a year within an area."""

    year: int
    area_code: str
    area_name: str
    project: Project | None = None
    series: str = ""
    """What of it is reported on by itself (专题), such as 资金 or 二期; each series is compared with its own."""

    @property
    def title(self) -> str:
        """How the report is called."""
        part = f"（{self.series}）" if self.series else ""
        if self.project is not None:
            return f"{self.project.name}进展情况通报{part}"
        return f"{self.area_name}{self.year}年重点项目进展情况通报{part}"

    def before(self, as_of: date) -> StatusReport | None:
        """The report with which one of a day is compared."""
        about = {"project": self.project, "area": self.area_code, "year": self.year, "series": self.series}
        return report_before(**about, as_of=as_of)  # type: ignore[arg-type]


@transaction.atomic
def issue_report(
    scope: Scope, said: NewReport, *, actor: User | None, at: datetime, corrects: StatusReport | None = None
) -> StatusReport:
    """Freeze the report of a day and enter that it was issued. Raises NotAllowedError, MissingError."""
    today = timezone.localtime(at).date()
    if actor is not None:
        check_issuer(actor, scope, on=today)
    _check(scope, said, today, corrects)
    seal = ledger.seal(at=at)
    number = next_code("PSR", on=today)
    before = scope.before(said.as_of)
    content: dict[str, Any] = {
        "format": REPORT_FORMAT,
        "number": number,
        "title": scope.title,
        "district": settings.DISTRICT_CODE,
        "area": scope.area_code,
        "project": scope.project.code if scope.project else "",
        "year": scope.year,
        "series": scope.series,
        "as_of": said.as_of.isoformat(),
        "published_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "issuer": str(actor.organisation or "") if actor else "",
        "corrects": corrects.number if corrects else "",
        "reason": said.reason.strip() if corrects else "",
        "seal": ledger.seal_as_dict(seal),
        "assessment": said.assessment.strip(),
        "next_steps": said.next_steps.strip(),
    }
    with official():
        content |= _composed(scope, said.as_of, before)
    subject = scope.project.subject if scope.project else f"portfolio:{scope.area_code}-{scope.year}"
    entered = enter_publication(
        content, kind=KIND, subject=subject, key=f"projects.report/{number}", as_of=said.as_of, actor=actor, at=at
    )
    report = StatusReport.objects.create(
        number=number,
        project=scope.project,
        area_code=scope.area_code,
        year=scope.year,
        series=scope.series,
        as_of=said.as_of,
        title=scope.title,
        content=entered.text,
        digest=entered.digest,
        entry_number=entered.entry_number,
        issued_at=at,
        issued_by=actor,
        corrects=corrects,
        reason=content["reason"],
    )
    ledger.seal(at=at)
    return report


def check_issuer(actor: User, scope: Scope, *, on: date) -> None:
    """Raise NotAllowedError unless this person may report.

    On a project who answers for it; on a portfolio the office that confirms plans, and that of a subdistrict on its own.
    """
    if scope.project is not None:
        check_project_access(actor, scope.project, REPORT, on)
        return
    check_permission(actor, REPORT, on=on, area=scope.area_code)
    own = actor.organisation
    if scope.area_code == settings.DISTRICT_CODE or own is None or own.area_code != scope.area_code:
        check_duty(actor, CONFIRM, on=on)


def may_issue(actor: User, scope: Scope, *, on: date) -> bool:
    """Whether `check_issuer` lets this person report."""
    try:
        check_issuer(actor, scope, on=on)
    except NotAllowedError:
        return False
    return True


def draft(scope: Scope, as_of: date) -> list[dict[str, Any]]:
    """What a report of this day would say now, section by section."""
    before = scope.before(as_of)
    with official():
        sections: list[dict[str, Any]] = _composed(scope, as_of, before)["sections"]
    return sections


def _check(scope: Scope, said: NewReport, today: date, corrects: StatusReport | None) -> None:
    problems: dict[str, str] = {}
    if said.as_of > today:
        problems["as_of"] = _("截至日期 %(day)s 还没有到，请改为今天或以前。") % {"day": said.as_of.isoformat()}
    elif said.as_of.year != scope.year:
        problems["as_of"] = _("截至日期应在 %(year)d 年内。") % {"year": scope.year}
    if not said.assessment.strip():
        problems["assessment"] = _("请写明总体判断。")
    if corrects is not None and not said.reason.strip():
        problems["reason"] = _("更正已发布的通报必须写明原因。")
    if corrects is not None and StatusReport.objects.filter(corrects=corrects).exists():
        problems["reason"] = _("%(number)s 已有更正，请更正最新的一期。") % {"number": corrects.number}
    if problems:
        raise MissingError(problems)


def _composed(scope: Scope, as_of: date, before: StatusReport | None) -> dict[str, Any]:
    """Sections, facts, and the numbers that can be asked of the ledger again."""
    sections: list[Section]
    if scope.project is not None:
        sections, facts = report_project.sections_of(scope.project, year=scope.year, as_of=as_of, before=before)
        return {"sections": [each.as_dict() for each in sections], "facts": facts, "numbers": []}
    areas = (scope.area_code,)
    found = summary(as_of=as_of, areas=areas)
    sections, facts = report_portfolio.sections_of(found, areas=areas, year=scope.year, as_of=as_of, before=before)
    return {"sections": [each.as_dict() for each in sections], "facts": facts, "numbers": _numbers(found)}


def _numbers(found: Summary) -> list[dict[str, Any]]:
    return [
        {
            "measure": code,
            "name": str(figure.measure.name),
            "unit": str(figure.measure.unit),
            "value": plain(figure.value),
        }
        for code, figure in found.figures.items()
    ]
