"""What the list of buildings and the pages of one ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.enums.buildings import BuildingKind, HeadquartersLevel, TaxScope
from shoushan.apps.premises.enums.concerns import ConcernCategory
from shoushan.apps.premises.forms.fields import AmountField, EnterpriseField, SpaceField
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect

ALL = ("", _("全部"))


def typed(rows: int) -> forms.Textarea:
    """Room for words, which are Chinese in every language."""
    return forms.Textarea(attrs={"rows": rows, "lang": "zh-Hans"})


def named(length: int, label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """A line of Chinese words."""
    widget = forms.TextInput(attrs={"lang": "zh-Hans"})
    return forms.CharField(label=label, max_length=length, required=required, widget=widget, help_text=hint)


class BuildingFilter(forms.Form):
    """Filters of the list; all of them are in the address."""

    text = forms.CharField(label=_("名称、地址或运营单位"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    kind = forms.ChoiceField(label=_("载体类别"), required=False, choices=[ALL, *BuildingKind.choices])
    theme = forms.CharField(label=_("主导产业"), required=False, max_length=60)
    visit = forms.ChoiceField(label=_("走访"), required=False, choices=[ALL, ("DUE", _("到期走访"))])
    day = forms.DateField(label=_("截至日期"), required=False, widget=DayInput())

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]


class BuildingForm(ProblemsForm):
    """A building itself; its area is asked for once, and changed by a form of its own."""

    name = named(80, _("楼宇名称"), required=True)
    kind = forms.ChoiceField(label=_("载体类别"), choices=BuildingKind.choices)
    area_code = forms.ChoiceField(label=_("所属街道"), widget=NamesSelect)
    community_code = forms.ChoiceField(label=_("所属社区"), required=False, widget=NamesSelect)
    address = named(200, _("地址"))
    total_sqdm = SpaceField(label=_("总面积（平方米）"))
    lettable_sqdm = SpaceField(label=_("可租面积（平方米）"))
    since = forms.DateField(
        label=_("起算日期"),
        widget=DayInput(),
        help_text=_("面积和入驻率从这一天起计算，以前的租约也要查的请填得早些。"),
    )
    completed_on = forms.DateField(label=_("竣工日期"), required=False, widget=DayInput())
    project = named(80, _("建设项目编号"), hint=_("由哪个重点项目建成，如 PRJ-370102-20200302-0001；没有的不填。"))
    owner_name = named(120, _("产权单位"))
    operator_name = named(120, _("运营单位"))
    theme = named(60, _("主导产业"))
    rent_fen = AmountField(label=_("租金（元/平方米·天）"), unit="元", required=False)
    parking = forms.IntegerField(label=_("车位数"), required=False, min_value=0)
    metro_m = forms.IntegerField(label=_("距地铁站（米）"), required=False, min_value=0)
    floors_above = forms.IntegerField(label=_("地上层数"), required=False, min_value=0)
    floors_below = forms.IntegerField(label=_("地下层数"), required=False, min_value=0)
    property_fee_fen = AmountField(label=_("物业费（元/平方米·月）"), unit="元", required=False)
    hours = named(60, _("开放时间"), hint=_("如“工作日 8:00—20:00”，公众在空置房源页面能看到。"))
    contact_role = named(40, _("联系人"), hint=_("填岗位，如“招商部”，不填个人姓名。"))
    contact_phone = forms.CharField(
        label=_("联系电话"), required=False, max_length=40, help_text=_("加密保存，默认遮盖，查看时要写明用途。")
    )
    investor_phone = forms.CharField(
        label=_("招商电话（对外公布）"),
        required=False,
        max_length=40,
        help_text=_("公众在空置房源页面能看到，只填单位对外公布的号码；不填的由招商主管部门接洽。"),
    )
    note = named(500, _("备注"))

    def __init__(self, *args: Any, names: Mapping[str, str], communities: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"].choices = [("", _("请选择")), *names.items()]  # type: ignore[attr-defined]
        offered = [("", _("不限"))] + [(code, name) for code, name in communities.items()]
        self.fields["community_code"].choices = offered  # type: ignore[attr-defined]


class BuildingChangeForm(BuildingForm):
    """The same without its area; another subdistrict is said with its day."""

    total_sqdm = None  # type: ignore[assignment]
    lettable_sqdm = None  # type: ignore[assignment]
    since = None  # type: ignore[assignment]
    moved_on = forms.DateField(
        label=_("街道变更日期"),
        required=False,
        widget=DayInput(),
        help_text=_("更改所属街道时填写；这一天以前的数字仍算在原来的街道。"),
    )
    move_reason = named(200, _("街道变更原因"))


class SpaceForm(ProblemsForm):
    """Another area from a day on."""

    since = forms.DateField(label=_("生效日期"), widget=DayInput())
    total_sqdm = SpaceField(label=_("总面积（平方米）"))
    lettable_sqdm = SpaceField(label=_("可租面积（平方米）"))
    reason = forms.CharField(label=_("变更原因"), required=False, max_length=200, widget=typed(2))


class TaxForm(ProblemsForm):
    """The tax of a year."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    scope = forms.ChoiceField(label=_("税收口径"), choices=TaxScope.choices)
    amount_fen = AmountField(label=_("税收（万元）"), unit="万元")
    reason = named(200, _("更正原因"), hint=_("改动已经录入的数时填写；原来的数保留。"))


class VisitForm(ProblemsForm):
    """A visit; a concern is raised with it where both of the last fields are filled."""

    visited_on = forms.DateField(label=_("走访日期"), widget=DayInput())
    enterprise = EnterpriseField(
        label=_("走访企业"), required=False, help_text=_("统一社会信用代码或登记的全称；走访楼宇本身的不填。")
    )
    found = forms.CharField(label=_("走访情况"), max_length=1000, widget=typed(4))
    next_step = forms.CharField(label=_("下步安排"), required=False, max_length=500, widget=typed(2))
    next_on = forms.DateField(label=_("下次走访"), required=False, widget=DayInput())
    category = forms.ChoiceField(
        label=_("转办诉求类别"), required=False, choices=[("", _("不转办")), *ConcernCategory.choices]
    )
    concern = forms.CharField(
        label=_("转办的具体问题"),
        required=False,
        max_length=1000,
        widget=typed(3),
        help_text=_("填写后按规则分派、计时，并可在诉求中查看；不要写个人电话。"),
    )


class HeadquartersForm(ProblemsForm):
    """An enterprise is recognised as a headquarters."""

    enterprise = EnterpriseField(label=_("企业"), help_text=_("统一社会信用代码或登记的全称。"))
    level = forms.ChoiceField(label=_("认定级别"), choices=HeadquartersLevel.choices)
    since = forms.DateField(label=_("认定日期"), widget=DayInput())
    document = named(80, _("认定文件"), required=True)


class LastDayForm(ProblemsForm):
    """The last day of something."""

    last_on = forms.DateField(label=_("最后一日"), widget=DayInput())


class PeriodForm(forms.Form):
    """From which to which day."""

    first = forms.DateField(label=_("起始日期"), required=False, widget=DayInput())
    last = forms.DateField(label=_("截止日期"), required=False, widget=DayInput())

    def clean(self) -> dict[str, Any]:
        """The first is not after the last."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and first > last:
            words = {"first": first.isoformat(), "last": last.isoformat()}
            self.add_error("first", _("起始日期 %(first)s 晚于截止日期 %(last)s，请把两个日期对调。") % words)
        return given
