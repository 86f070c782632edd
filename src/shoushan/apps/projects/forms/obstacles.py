"""What is asked of an obstacle."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.obstacles import ObstacleCategory
from shoushan.apps.projects.enums.projects import MilestoneKey
from shoushan.casework.enums import Source
from shoushan.lifecycle.forms import ProblemsForm


class ObstacleForm(ProblemsForm):
    """One obstacle of a project."""

    category = forms.ChoiceField(label=_("问题类别"), choices=[("", _("请选择")), *ObstacleCategory.choices])
    text = forms.CharField(
        label=_("具体问题"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "zh-Hans"}),
        help_text=_("写明卡在哪里、涉及哪些单位、希望什么时候解决；不要写个人身份证号和电话。"),
    )
    source = forms.ChoiceField(label=_("来源"), choices=Source.choices, initial=Source.MEETING)
    holds_up = forms.ChoiceField(
        label=_("影响的节点"), required=False, choices=[("", _("不影响节点")), *MilestoneKey.choices]
    )
    is_critical = forms.BooleanField(
        label=_("关键堵点"), required=False, help_text=_("不解决就不能往下推进的，列入会战红色清单。")
    )
