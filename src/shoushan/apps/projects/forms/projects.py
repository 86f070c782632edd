"""What the pages of key projects ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import ChangeKind, Kind, Level, MilestoneKey, ProjectStage
from shoushan.apps.projects.lifecycle import PHOTOS
from shoushan.apps.projects.selectors.portfolio import NO_ZONE
from shoushan.apps.projects.services.return_rules import MOST_MONEY, MOST_WORKERS
from shoushan.lib import money
from shoushan.lifecycle.forms import PhotosField, ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect

ALL = ("", _("全部"))
YI, WAN = "亿元", "万元"
MOST_SQM: Final = 1_000_000_000
"""Ten times the district's own area."""


def _typed(rows: int) -> forms.Textarea:
    """Room for words, which are Chinese in every language."""
    return forms.Textarea(attrs={"rows": rows, "lang": "zh-Hans"})


class MoneyField(forms.DecimalField):
    """An amount in a unit of money, kept as whole fen."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        self.unit = unit
        places = len(str(money.FEN_PER_UNIT[unit])) - 1
        most = Decimal(MOST_MONEY // money.FEN_PER_UNIT[unit])
        super().__init__(min_value=Decimal(0), max_value=most, max_digits=20, decimal_places=places, **kwargs)

    def clean(self, value: Any) -> Any:
        """The amount in fen."""
        amount = super().clean(value)
        return None if amount is None else money.to_fen(amount, self.unit)

    def prepare_value(self, value: Any) -> Any:
        """Fen that the program proposes are shown in the unit; what was typed stays as typed."""
        return f"{money.from_fen(value, self.unit).normalize():f}" if isinstance(value, int) else value


class PortfolioFilter(forms.Form):
    """Filters of the portfolio; all of them are in the address."""

    text = forms.CharField(label=_("名称、单位或代码"), required=False, max_length=60)
    year = forms.IntegerField(label=_("年度"), required=False, min_value=2000, max_value=2100)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    level = forms.ChoiceField(label=_("级别"), required=False, choices=[ALL, *Level.choices])
    kind = forms.ChoiceField(label=_("项目类别"), required=False, choices=[ALL, *Kind.choices])
    stage = forms.ChoiceField(label=_("阶段"), required=False, choices=[ALL, *ProjectStage.choices])
    lead = forms.ChoiceField(label=_("牵头单位"), required=False, widget=NamesSelect)
    zone = forms.ChoiceField(label=_("片区"), required=False, widget=NamesSelect)
    obstacle = forms.ChoiceField(
        label=_("堵点"), required=False, choices=[ALL, ("OPEN", _("有堵点")), ("RED", _("有关键或逾期堵点"))]
    )

    as_of = forms.DateField(label=_("概况截至"), required=False, widget=DayInput())
    layout = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        names: Mapping[str, str],
        leads: Iterable[tuple[str, str]],
        zones: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [ALL, *zones, (NO_ZONE, _("不在片区内"))]  # type: ignore[attr-defined]
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]
        self.fields["lead"].choices = [ALL, *leads]  # type: ignore[attr-defined]


class CompareForm(forms.Form):
    """Which list on which two days; all of it is in the address."""

    year = forms.IntegerField(label=_("年度"), required=False, min_value=2000, max_value=2100)
    first = forms.DateField(label=_("基准日"), required=False, widget=DayInput())
    last = forms.DateField(label=_("对照日"), required=False, widget=DayInput())
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    kind = forms.ChoiceField(label=_("变化"), required=False, choices=[ALL, *ChangeKind.choices])

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The base day is not after the other."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and first > last:
            words = {"first": first.isoformat(), "last": last.isoformat()}
            self.add_error("first", _("基准日 %(first)s 晚于对照日 %(last)s，请把两个日期对调。") % words)
        return given


class MonthFilter(forms.Form):
    """A month, as the browser's own control sends it."""

    month = forms.CharField(
        label=_("月份"), required=False, max_length=7, widget=forms.TextInput(attrs={"type": "month"})
    )

    def clean_month(self) -> date | None:
        """The first day of the month."""
        text = self.cleaned_data["month"]
        try:
            return date.fromisoformat(f"{text}-01") if text else None
        except ValueError:
            raise forms.ValidationError(_("请按 2020-03 的格式填写月份。")) from None


class ReturnForm(ProblemsForm):
    """The return of a month; last month's sums and words are filled in."""

    month_fen = MoneyField(label=_("本月完成投资（万元）"), unit=WAN)
    year_fen = MoneyField(label=_("本年累计完成投资（万元）"), unit=WAN)
    total_fen = MoneyField(label=_("自开始建设累计完成投资（万元）"), unit=WAN)
    unit_sure = forms.BooleanField(label=_("确认以万元为单位的金额无误"), required=False)
    progress = forms.CharField(
        label=_("形象进度"),
        max_length=500,
        widget=_typed(3),
        help_text=_("写到分部分项，如“3号楼主体施工至12层”；没有变化的写明原因。"),
    )
    workers = forms.IntegerField(label=_("现场人数"), required=False, min_value=0, max_value=MOST_WORKERS)
    problems = forms.CharField(label=_("存在问题"), required=False, max_length=500, widget=_typed(2))
    next_step = forms.CharField(label=_("下步打算"), required=False, max_length=500, widget=_typed(2))
    photos = PhotosField(label=PHOTOS.label, required=False, help_text=PHOTOS.hint)

    def shown(self) -> list[forms.BoundField]:
        """Its fields; the one that confirms the unit only when it is asked for."""
        return [each for each in self if each.name != "unit_sure" or each.errors or each.value()]


class PlanForm(ProblemsForm):
    """A further revision of a year's plan."""

    on = forms.DateField(label=_("生效日期"), widget=DayInput())
    total_fen = MoneyField(label=_("总投资（亿元）"), unit=YI)
    done_before_fen = MoneyField(label=_("截至上年底完成（亿元）"), unit=YI)
    year_fen = MoneyField(label=_("本年计划投资（亿元）"), unit=YI)
    start_year = forms.IntegerField(label=_("开工年份"), min_value=1990, max_value=2100)
    end_year = forms.IntegerField(label=_("竣工年份"), min_value=1990, max_value=2100)
    premises_sqm = forms.IntegerField(label=_("本年竣工载体面积（平方米）"), min_value=0, max_value=MOST_SQM)
    year_content = forms.CharField(label=_("本年建设内容"), required=False, max_length=1000, widget=_typed(3))
    reason = forms.CharField(
        label=_("调整原因"),
        required=False,
        max_length=500,
        widget=_typed(3),
        help_text=_("写明依据的会议或文件；原计划保留，可按任一日期查看。"),
    )


class MilestoneForm(ProblemsForm):
    """One milestone: planned, expected, reached."""

    key = forms.ChoiceField(label=_("节点"), choices=MilestoneKey.choices)
    planned_on = forms.DateField(label=_("计划日期"), required=False, widget=DayInput())
    forecast_on = forms.DateField(label=_("预计日期"), required=False, widget=DayInput())
    actual_on = forms.DateField(label=_("实际日期"), required=False, widget=DayInput())
    reason = forms.CharField(label=_("变动原因"), required=False, max_length=300)
