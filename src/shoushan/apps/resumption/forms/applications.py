"""What applications, their lists, checks on site and reports of violations ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.applications import ApplicationState, ItemResult, ViolationState
from shoushan.apps.resumption.enums.policies import EntryMeasure, Regime
from shoushan.apps.resumption.models import Application
from shoushan.apps.resumption.services import Found
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect

ALL = ("", _("全部"))


class ApplicationForm(forms.ModelForm[Application]):
    """What an application says; a draft may leave out what is asked for only when it is handed in."""

    class Meta:
        model = Application
        fields: ClassVar[list[str]] = [
            "site",
            "planned_on",
            "is_exempt",
            "staff_total",
            "staff_planned",
            "staff_from_hubei",
            "staff_from_other",
            "staff_isolated",
            "accommodation",
            "isolation_rooms",
            "masks",
            "masks_daily",
            "disinfectant",
            "disinfectant_daily",
            "thermometers",
            "entrances",
        ]
        widgets: ClassVar[dict[str, forms.Widget]] = {"planned_on": DayInput()}
        help_texts: ClassVar[dict[str, Any]] = {
            "site": _("实际办公、生产的地址；一家企业多处复工的，每处各申请一次。"),
            "is_exempt": _("公用事业、防疫物资、生活必需、国计民生企业。"),
            "staff_total": _("只填本单位在本区的人数。"),
            "staff_isolated": _("来自疫情重点地区的人员须先隔离观察。"),
        }

    def clean(self) -> dict[str, Any]:
        """More people returning than there are is refused at once."""
        cleaned: dict[str, Any] = super().clean() or {}
        total, planned = cleaned.get("staff_total"), cleaned.get("staff_planned")
        if total is not None and planned is not None and planned > total:
            self.add_error("staff_planned", _("拟返岗人数多于职工总数，请核对。"))
        return cleaned


class ApplicationFilter(forms.Form):
    """Filters of the list of applications; all of them are in the address."""

    text = forms.CharField(label=_("企业名称或编号"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[ALL, *(each for each in ApplicationState.choices if each[0] != ApplicationState.DRAFT)],
    )
    regime = forms.ChoiceField(label=_("办理方式"), required=False, choices=[ALL, *Regime.choices])

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]


class PermitFilter(forms.Form):
    """What a visitor looks for among the permitted places."""

    text = forms.CharField(label=_("企业名称或许可编号"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]


class CheckForm(ProblemsForm):
    """The check list: a result and a note for each item, photos of the place, and the signature of those who were there."""

    photo = forms.FileField(label=_("现场照片"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))
    signature = forms.FileField(
        label=_("被核验单位签字"),
        required=False,
        help_text=_("在手机上直接签，或上传签字页的照片。"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for row in items:
            self.fields[f"result_{row['code']}"] = forms.ChoiceField(
                label=format_html('<span lang="zh-Hans">{} {}</span>', row["code"], row["text"]),
                help_text=format_html('<span lang="zh-Hans">{}</span>', row["standard"]),
                choices=ItemResult.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("请选择“%(item)s”的核验结果。") % {"item": row["text"]}},
            )
            self.fields[f"note_{row['code']}"] = forms.CharField(
                label=_("说明（不合格的必填）"), required=False, max_length=300
            )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The items by measure, as the page shows them."""
        measures = list(dict.fromkeys(row["measure"] for row in self.items))
        return [
            {
                "label": EntryMeasure(measure).label,
                "items": [
                    (self[f"result_{row['code']}"], self[f"note_{row['code']}"])
                    for row in self.items
                    if row["measure"] == measure
                ],
            }
            for measure in measures
        ]

    @property
    def found(self) -> dict[str, Found]:
        """The findings, by the code of the item."""
        cleaned = self.cleaned_data
        return {
            row["code"]: Found(cleaned.get(f"result_{row['code']}", ""), cleaned.get(f"note_{row['code']}", ""))
            for row in self.items
        }

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Sentences of the service, each at its item; those of files at the files."""
        for code, sentence in problems.items():
            named = {f"result_{code}": f"note_{code}"}
            field = next((name for pair in named.items() for name in pair[::-1] if name in self.fields), code)
            self.add_error(field if field in self.fields else None, sentence)


class ViolationForm(forms.Form):
    """What a visitor saw."""

    measure = forms.ChoiceField(label=_("涉及的措施"), choices=EntryMeasure.choices)
    text = forms.CharField(
        label=_("情况"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("请写明时间和具体情况，不需要填写个人信息。"),
    )


class ViolationFilter(forms.Form):
    """Filter of the list of reports."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *ViolationState.choices])
