"""What the pages of a room ask for: the grid of rooms, leases, uses, what is released to investors."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.enums.buildings import STATED_USES, EndingKind, Use
from shoushan.apps.premises.forms.buildings import ALL, named, typed
from shoushan.apps.premises.forms.fields import AmountField, EnterpriseField, SpaceField
from shoushan.apps.premises.models.buildings import read_floor
from shoushan.apps.premises.services import RoomLine
from shoushan.lib import texts
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_ROOMS = 1000


class RoomsForm(ProblemsForm):
    """Many rooms at once: a line a room, as it is pasted from a workbook."""

    since = forms.DateField(label=_("启用日期"), widget=DayInput())
    rooms = forms.CharField(
        label=_("房间"),
        strip=False,  # a blank line above counts, so that the number of a line is the one that is seen
        widget=forms.Textarea(attrs={"rows": 14, "class": "grid-paste", "spellcheck": "false", "lang": "zh-Hans"}),
        help_text=_(
            "每行一间：楼层、房号、面积（平方米）、使用状态（可不填），用空格、制表符或逗号隔开，可从 Excel 粘贴。"
        ),
    )

    def clean_rooms(self) -> list[RoomLine]:
        """The lines, read; every line that can't be read is named."""
        numbered = enumerate(self.cleaned_data["rooms"].splitlines(), start=1)
        lines = [(number, line) for number, line in numbered if line.strip()]
        if len(lines) > MOST_ROOMS:
            raise forms.ValidationError(_("一次最多登记 %(most)d 间，请分几次粘贴。") % {"most": MOST_ROOMS})
        read = [_read_line(number, line) for number, line in lines]
        problems = [each for each in read if isinstance(each, str)]
        if problems:
            raise forms.ValidationError(problems)
        return [each for each in read if isinstance(each, RoomLine)]


USES = {texts.match_key(str(use.label)): use.value for use in STATED_USES}


def _read_line(number: int, line: str) -> RoomLine | str:
    """A room, or why the line can't be read."""
    cells = [cell for cell in texts.clean(line.replace("\t", ",").replace("，", ",")).replace(",", " ").split() if cell]
    words: dict[str, Any] = {"line": number}
    if not 3 <= len(cells) <= 4:
        return _("第 %(line)d 行应有楼层、房号、面积三项，可加使用状态，现在有 %(n)d 项。") % {**words, "n": len(cells)}
    floor = read_floor(cells[0])
    if floor is None:
        return _("第 %(line)d 行：楼层“%(cell)s”看不懂，请写 12 或 B1。") % {**words, "cell": cells[0]}
    try:
        area = Decimal(cells[2].removesuffix("㎡").removesuffix("平方米"))
    except InvalidOperation:
        return _("第 %(line)d 行：面积“%(cell)s”不是数字。") % {**words, "cell": cells[2]}
    if not area.is_finite() or area != round(area, 2) or not 0 < area < 10_000_000:
        return _("第 %(line)d 行：面积“%(cell)s”应大于 0，最多两位小数。") % {**words, "cell": cells[2]}
    use = USES.get(texts.match_key(cells[3])) if len(cells) == 4 else Use.VACANT.value
    if use is None:
        known = "、".join(str(each.label) for each in STATED_USES)
        return _("第 %(line)d 行：使用状态“%(cell)s”应为%(known)s之一，在租请登记租约。") % {
            **words,
            "cell": cells[3],
            "known": known,
        }
    return RoomLine(floor, cells[1][:20], int(area * 100), use, number)


def _unless_changed(label: StrOrPromise) -> forms.TypedChoiceField:
    """Yes or no, or what is known stays."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("不变")), ("1", _("是")), ("0", _("否"))],
        coerce=lambda text: text == "1",
        empty_value=None,
        required=False,
    )


class LeaseForm(ProblemsForm):
    """Letting a room."""

    tenant = EnterpriseField(label=_("承租企业"), help_text=_("统一社会信用代码或登记的全称；名录中没有的先登记企业。"))
    since = forms.DateField(label=_("起租日期"), widget=DayInput())
    until = forms.DateField(label=_("约定到期日"), required=False, widget=DayInput(), help_text=_("不定期的不填。"))
    area_sqdm = SpaceField(label=_("承租面积（平方米）"), help_text=_("租一部分的填租用的面积，其余部分仍计空置。"))
    rent_fen = AmountField(label=_("租金（元/平方米·天）"), unit="元", required=False)
    document = named(60, _("合同编号"))
    is_registered_here = _unless_changed(_("注册地在区内"))
    is_taxed_here = _unless_changed(_("在区内纳税"))


class EndingForm(ProblemsForm):
    """Ending a lease before its agreed day."""

    kind = forms.ChoiceField(label=_("退租方式"), choices=EndingKind.choices)
    last_on = forms.DateField(
        label=_("最后一日"), required=False, widget=DayInput(), help_text=_("撤销未履行的租约不填，整个租期不再计算。")
    )
    reason = forms.CharField(label=_("原因"), required=False, max_length=200, widget=typed(2))


class RegistrationForm(ProblemsForm):
    """Where a tenant is registered and pays its tax, from a day on."""

    since = forms.DateField(label=_("起始日期"), widget=DayInput())
    is_here = _unless_changed(_("注册地在区内"))
    is_taxed_here = _unless_changed(_("在区内纳税"))


class UseForm(ProblemsForm):
    """How a room is used from a day on."""

    since = forms.DateField(label=_("起始日期"), widget=DayInput())
    use = forms.ChoiceField(label=_("使用状态"), choices=[(each.value, each.label) for each in STATED_USES])
    reason = named(200, _("说明"), hint=_("空置的写明空置原因，如“原租户到期迁出，正在招租”；已经空置的也可以补写。"))


class ReleaseForm(ProblemsForm):
    """What investors are told of a vacant room."""

    rent_fen = AmountField(
        label=_("租金（元/平方米·天）"), unit="元", required=False, help_text=_("不填的按楼宇租金显示。")
    )
    available_on = forms.DateField(
        label=_("可交付时间"), required=False, widget=DayInput(), help_text=_("随时可交付的不填。")
    )


class PlanForm(ProblemsForm):
    """A drawing of a floor; the service judges the file."""

    floor = forms.CharField(label=_("楼层"), max_length=10, help_text=_("地上的写数字，如 12；地下的写 B1。"))
    file = forms.FileField(
        label=_("平面图"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.pdf"}),
        help_text=_(
            "JPG、PNG、WebP 或 PDF，不超过 10 MB。同一楼层再次上传的是新的一版。"
            "楼层有发布的房源时公众可以查看，图上不要有承租企业和个人的信息。"
        ),
    )

    def clean_floor(self) -> int | None:
        """The floor, None where it can't be read: the service says so."""
        return read_floor(self.cleaned_data["floor"])


class VacancyFilter(forms.Form):
    """What an investor looks for; all of it is in the address."""

    least = forms.DecimalField(
        label=_("面积从（平方米）"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    most = forms.DecimalField(label=_("面积到（平方米）"), required=False, min_value=0, max_digits=10, decimal_places=2)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    rent = AmountField(label=_("租金不高于（元/平方米·天）"), unit="元", required=False)
    theme = forms.CharField(label=_("主导产业"), required=False, max_length=60)
    text = forms.CharField(label=_("楼宇名称"), required=False, max_length=60)

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The least area is not more than the most."""
        given = super().clean() or {}
        least, most = given.get("least"), given.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("least", _("起始面积大于截止面积，请把两个数对调。"))
        return given

    @property
    def asked(self) -> dict[str, Any]:
        """As the question wants it."""
        given = self.cleaned_data
        return {
            "text": given["text"],
            "area": given["area"],
            "theme": given["theme"],
            "least_sqm": given["least"],
            "most_sqm": given["most"],
            "most_rent_fen": given["rent"],
        }
