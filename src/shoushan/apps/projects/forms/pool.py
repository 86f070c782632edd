"""What the pages of the pool of ideas ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.pool import IdeaSource, IdeaState, IdeaTheme
from shoushan.apps.projects.forms.projects import ALL, WAN, YI, MoneyField
from shoushan.apps.projects.models import Zone
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect

CHOOSE = ("", _("请选择"))


class IdeaForm(ProblemsForm):
    """An idea; where it lies and since when is asked for once."""

    name = forms.CharField(label=_("策划项目名称"), max_length=120, widget=forms.TextInput(attrs={"lang": "zh-Hans"}))
    theme = forms.ChoiceField(label=_("主题"), choices=[CHOOSE, *IdeaTheme.choices])
    area = forms.ChoiceField(label=_("所属街道"), widget=NamesSelect)
    zone = forms.ModelChoiceField(label=_("片区"), queryset=Zone.objects.all(), required=False, widget=NamesSelect)
    industry = forms.CharField(label=_("行业"), max_length=40, required=False)
    content = forms.CharField(
        label=_("策划内容"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}),
        help_text=_("写明带动什么产业、盘活哪一片区域、依托什么资源。"),
    )
    invest_fen = MoneyField(label=_("预计总投资（亿元）"), unit=YI)
    tax_fen = MoneyField(label=_("预计年税收（万元）"), unit=WAN, initial=0)
    jobs = forms.IntegerField(label=_("预计就业（人）"), min_value=0, max_value=1_000_000, initial=0)
    source = forms.ChoiceField(label=_("来源"), choices=[CHOOSE, *IdeaSource.choices])
    on = forms.DateField(label=_("入库日期"), widget=DayInput())

    def __init__(self, *args: Any, names: Iterable[tuple[str, str]], is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [CHOOSE, *names]  # type: ignore[attr-defined]
        self.fields["zone"].empty_label = str(_("不在片区内"))  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["area"], self.fields["on"]


class PoolFilter(forms.Form):
    """Filters of the pool; all of them are in the address."""

    text = forms.CharField(label=_("名称或内容"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    theme = forms.ChoiceField(label=_("主题"), required=False, choices=[ALL, *IdeaTheme.choices])
    source = forms.ChoiceField(label=_("来源"), required=False, choices=[ALL, *IdeaSource.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *IdeaState.choices])
    as_of = forms.DateField(label=_("概况截至"), required=False, widget=DayInput())

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]

    @property
    def day(self) -> date | None:
        """As of which day; None where none can be read."""
        return self.cleaned_data.get("as_of") if self.is_valid() else None
