"""Appendix 1 no. 3: 54 projects, 1,610 and 273 亿元, 18 completions, 80 万㎡ and 14 of the city come from rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from demo import portfolio, projects
from shoushan.apps.projects.models import Project, Zone, ZoneOutline
from shoushan.apps.projects.services.lists import Arrival, ListLine, take_lines
from shoushan.apps.projects.services.summaries import summary
from shoushan.exchange.services import bring_in
from shoushan.figures.values import members
from shoushan.ledger import api as ledger
from tests.kept import district

AT = datetime(2020, 4, 1, 2, 0, tzinfo=UTC)
DAY = date(2020, 3, 23)
SENTENCE = (
    "今年实施亿元以上重点项目54个，总投资1610亿元，年度计划投资273亿元；"
    "其中市级重点项目14个，年内计划竣工18个、商业载体80万平方米。"
)


@pytest.fixture
def _district(tmp_path: Path) -> None:
    district()
    projects.enter_zones()
    for path in projects.write(tmp_path):
        result = bring_in(path, at=AT)
        assert (result.rejected, result.control_differences) == (0, [])


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_district")]


def test_the_sentence_comes_from_the_rows() -> None:
    found = summary(as_of=DAY)

    assert found.headline == SENTENCE
    for code in ("projects.large_projects", "projects.large_total_investment", "projects.planned_premises"):
        figure = found.figures[code]
        behind = members(figure.measure, as_of=DAY)
        assert sum(each.amount for each in behind) == figure.numerator
        assert sum(Decimal(each.shown) for each in behind) == figure.value


def test_one_row_changed_changes_the_text() -> None:
    project = Project.objects.get(name="海晏门商业综合体")
    plan = project.plans.get()
    values = (plan.total_fen + 10**10, plan.done_before_fen, plan.year_fen, plan.year_content, 2018, 2021, 0)
    line = ListLine(
        project_id=project.pk,
        name=project.name,
        area_code=project.area_code,
        level="DISTRICT",
        stage="",
        project=(
            "", project.kind, project.owner_id, project.owner_name, project.zone_id, project.site, project.content,
            project.lead_id, "", "", "",
        ),
        plan=values,
    )  # fmt: skip
    take_lines([line], Arrival(year=2020, on=date(2020, 3, 24), at=AT, actor=None, reason="测试调整"))

    assert summary(as_of=DAY).headline == SENTENCE
    said = summary(as_of=date(2020, 3, 24)).headline
    assert "总投资1611亿元" in said
    assert "市级重点项目13个，年内计划竣工17个" in said


def test_a_list_is_in_force_from_its_day_to_the_end_of_its_year() -> None:
    assert summary(as_of=date(2020, 3, 1)).is_empty
    assert summary(as_of=date(2021, 1, 1)).is_empty


def test_the_returns_are_in_the_figures_and_the_ledger_verifies() -> None:
    found = summary(as_of=DAY)

    done = sum(lines[2] for month, rows in portfolio.months() if month == 2 for lines in rows)
    assert found.figures["projects.large_year_done"].value == (done / 10_000).quantize(Decimal("0.01"))
    assert ledger.verify() == []


def test_the_zones_are_there() -> None:
    assert {zone.name for zone in Zone.objects.filter(kind="MAIN")} == {"国际金融中心产业金融集聚区", "明府城片区"}
    assert {zone.name for zone in Zone.objects.filter(kind="PLANNED")} == {"茂岭山", "长岭山"}
    assert Project.objects.filter(zone__code="IFC").count() == 4
    drawn = ZoneOutline.objects.values_list("zone__code", "is_schematic", "source")
    assert {code for code, _schematic, _source in drawn} == {"IFC", "MINGFU", "MAOLING"}
    assert all(is_schematic and "非实际边界" in source for _code, is_schematic, source in drawn)
    projects.enter_zones()
    assert ZoneOutline.objects.count() == 3


def test_the_list_itself_adds_up() -> None:
    rows = portfolio.rows()
    assert (len(rows), sum(row.total for row in rows), sum(row.year for row in rows)) == (54, 1610, 273)
    assert sum(row.premises for row in rows) == 80
