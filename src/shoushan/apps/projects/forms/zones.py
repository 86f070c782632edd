"""What the pages of zones ask for."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import ZoneKind
from shoushan.lib.outlines import MOST_BYTES, too_large
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput

COUNT, TOTAL = "count", "total"
SHOWN: Final = ((COUNT, _("项目个数")), (TOTAL, _("总投资（亿元）")))
"""By what the maps are coloured."""


class ZoneFilter(forms.Form):
    """As of which day, and by what the maps are coloured; both are in the address."""

    as_of = forms.DateField(label=_("截至日期"), required=False, widget=DayInput())
    by = forms.ChoiceField(label=_("地图着色"), required=False, choices=SHOWN)


class ZoneForm(ProblemsForm):
    """A zone; its code is asked for once."""

    code = forms.CharField(
        label=_("代码"), max_length=20, help_text=_("用在网址里，登记后不再修改；字母、数字、“-”和“_”，如 MINGFU。")
    )
    name = forms.CharField(
        label=_("名称"),
        max_length=60,
        widget=forms.TextInput(attrs={"lang": "zh-Hans"}),
        help_text=_("重点项目清单的“所属片区”按这个名称对应；改名以后，清单也要用新的名称。"),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=[("", _("请选择")), *ZoneKind.choices])

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]


class OutlineForm(ProblemsForm):
    """The outline of a zone, as a file or pasted. A file that is refused is shown as text, so that it can be mended there."""

    file = forms.FileField(
        label=_("边界文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json,application/json"}),
        help_text=_("扩展名 .geojson 或 .json，不超过 1 MB、5,000 个点；选了文件就以文件为准。"),
    )
    text = forms.CharField(
        label=_("或粘贴 GeoJSON"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "code"}),
        help_text=_(
            "面（Polygon 或 MultiPolygon），可以带内圈。坐标用 WGS-84 或 CGCS2000 经纬度，单位为度，先经度、后纬度；"
            "从网上地图取的 GCJ-02 坐标会偏移几百米，请先转换。"
            "再次画入的是新的一版，以前各版保留。"
        ),
    )
    source = forms.CharField(
        label=_("依据"),
        max_length=200,
        error_messages={"required": _("请写明依据，如规划批复的文号；示意的写明由谁示意。")},
        widget=forms.TextInput(attrs={"lang": "zh-Hans"}),
        help_text=_("如规划批复的文号、图纸名称；示意的写明由谁示意。"),
    )
    is_schematic = forms.BooleanField(label=_("示意范围，不作为边界依据（地图上画虚线并注明）"), required=False)

    def clean(self) -> dict[str, Any]:
        """What was sent as a file stands as text from here on."""
        given = super().clean() or {}
        file = given.pop("file", None)
        if file is None:
            return given
        if file.size > MOST_BYTES:
            self.add_error("file", too_large(file.size))
            return given
        raw = file.read()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030", errors="replace")
        given["text"] = text.replace("\0", "")
        self.data = {**self.data.dict(), "text": given["text"]}  # type: ignore[attr-defined]  # a QueryDict
        return given
