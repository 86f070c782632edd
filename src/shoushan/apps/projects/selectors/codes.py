"""National codes of projects: what is wrong with one, and by which a project was known before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from shoushan.apps.projects.models import FormerProjectCode, Project
from shoushan.lib import project_codes, rows


def problem_of_code(code: str, *, on: date) -> str:
    """Why a text can't be the national code of a project on a day; "" where it can, and for no code (handbook D2)."""
    if not code:
        return ""
    if not project_codes.style(code):
        return _("不是投资项目统一代码，应为五段，如 2020-370102-70-03-012345 或 2103-370102-04-01-123456。")
    if project_codes.is_ahead(code, on):
        words = {"block": code.split("-")[0]}
        return _("统一代码的年月“%(block)s”比今天晚一年以上，请核对代码的第一段。") % words
    return ""


def region_warning(code: str) -> str:
    """What is odd about a code whose region is not the district's; "" where nothing is.

    A project that crosses borders, or was approved above the district, may have another region: it is pointed out only.
    """
    region, own = project_codes.region(code), settings.DISTRICT_CODE[:6]
    if not region or region == own:
        return ""
    words = {"region": region, "own": own}
    return _("统一代码的区划段是 %(region)s，本区是 %(own)s，请核对是不是本区的项目。") % words


def taken_by(code: str, *, other_than: Project) -> Project | None:
    """Another project that has a code, or had it."""
    others = Project.objects.exclude(pk=other_than.pk)
    return others.filter(project_code=code).first() or others.filter(former_codes__code=code).first()


def codes_in_force(codes: Collection[str]) -> dict[str, str]:
    """Of these codes those that a project had before, with the code that it has now."""
    found: dict[str, str] = {}
    for part in rows.chunks(sorted({*codes} - {""}), 400):
        found.update(FormerProjectCode.objects.filter(code__in=part).values_list("code", "project__project_code"))
    return found
