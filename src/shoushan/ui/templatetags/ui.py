"""Components for pages: `{% load ui %}`. Each is shown in every state on the gallery page `/ui/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
)
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shoushan.lib import units
from shoushan.lib.languages import is_english
from shoushan.lib.money import from_fen
from shoushan.ui.charts import HEIGHT, TALL, Beside, trend_of
from shoushan.ui.icons import ICONS
from shoushan.ui.listing import ASKED, FORMS, is_for_file
from shoushan.ui.numerals import NOTHING, Number, exact_text, percentage, written
from shoushan.ui.widgets import NamesSelect

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from shoushan.ui.context import NavigationGroup

register = template.Library()
register.filter("written", written)

CHINESE_QUOTED = re.compile("“([^”]*[\u3400-\u9fff][^”]*)”")

TONE_ICONS = {"good": "check", "late": "alert", "soon": "clock", "neutral": ""}


# ---- numbers and days -----------------------------------------------------------------------------
@register.simple_tag
def number(value: Number | str | None, unit: str = "", places: int | None = None) -> SafeString:
    """A number with thousands separators and its unit. With the unit `%` the value is in percent, one decimal."""
    if unit == "%":
        places = 1 if places is None else places
    text = written(value, places=places)
    if is_for_file() and text != NOTHING:
        return format_html('<data value="{}" data-unit="{}">{}</data>', exact_text(value), unit, text)
    if not unit or unit == "%" or text == NOTHING:  # a list has hundreds; digits and marks need no escaping
        mark = "" if text == NOTHING or not unit else '<span class="unit">%</span>'
        return mark_safe(f'<span class="number">{text}{mark}</span>')  # noqa: S308 - made of digits alone
    gap, word = units.gap_and_word(str(unit), value)
    return format_html('<span class="number">{}{}<span class="unit">{}</span></span>', text, gap, word)


@register.simple_tag
def money(fen: int | None, unit: str = "万元", places: int = 2) -> SafeString:
    """An amount in fen as people of the trade write it, in 万元 or 亿元."""
    return number(None if fen is None else from_fen(fen, unit), unit, places)


@register.simple_tag
def yi(fen: int | None) -> SafeString:
    """An amount in fen as bare 亿元 with two decimals, for a column whose heading names the unit."""
    return number(None if fen is None else from_fen(fen, "亿元"), places=2)


@register.simple_tag
def wan(fen: int | None) -> SafeString:
    """An amount in fen as bare 万元 with two decimals, for a column whose heading names the unit."""
    return number(None if fen is None else from_fen(fen, "万元"), places=2)


@register.simple_tag
def yuan(fen: int | None) -> SafeString:
    """An amount in fen as bare 元 with two decimals, for a column whose heading names the unit."""
    return number(None if fen is None else from_fen(fen, "元"), places=2)


@register.filter
def shortened(text: object, length: int) -> str:
    """A text cut to a length for a list; whole in a file."""
    return str(text) if is_for_file() else Truncator(str(text)).chars(length)


@register.filter
def with_unit(value: Number | str | None, unit: str = "") -> str:
    """A number with its unit as plain text, for where no markup can stand."""
    text = written(value)
    return text if not unit or text == NOTHING else text + "".join(units.gap_and_word(str(unit), value))


@register.filter
def unit_word(unit: str) -> str:
    """A unit by itself, in the reader's language."""
    return units.word(str(unit))


@register.simple_tag
def percent(ratio: Number | str | None, places: int = 1) -> SafeString:
    """A ratio (0.93) as a percentage (93.0%)."""
    if is_for_file() and ratio not in (None, ""):
        return number(Fraction(ratio) * 100, "%")
    return format_html('<span class="number">{}</span>', percentage(ratio, places=places))


@register.simple_tag(takes_context=True)
def door(
    context: Context,
    figure_code: str,
    as_of: date,
    value: Number | str | None,
    unit: str = "",
    area: str = "",
    category: str = "",
    known_at: int | None = None,
) -> SafeString:
    """A counted number as a link to its receipt, as of the same day and for the same area and category.

    `known_at` is the size of a seal: the receipt is that of the number as it was known then.

    For a reader who may not open receipts it is the number alone.
    """
    reader = context.get("page_user")
    if reader is not None and not reader.may("figures.view_figure"):
        return number(value, unit)
    query = QueryDict(mutable=True)
    given = {"as_of": day(as_of), "area": area, "category": category, "known_at": str(known_at or "")}
    query.update({name: part for name, part in given.items() if part})
    address = f"{reverse('figures:receipt', args=[figure_code])}?{query.urlencode()}"
    title = _("查看这个数的口径、构成和凭据")
    return format_html('<a class="door" href="{}" title="{}">{}</a>', address, title, number(value, unit))


@register.filter
def day(value: date | datetime | str | None) -> str:
    """A day in data: 2020-03-23; a moment counts as its local day."""
    local = _local(value)
    return local.strftime("%Y-%m-%d") if local else NOTHING


@register.filter
def moment(value: datetime | str | None) -> str:
    """A moment in data: 2020-03-23 17:00, local time."""
    local = _local(value)
    return local.strftime("%Y-%m-%d %H:%M") if local else NOTHING


@register.filter
def long_day(value: date | datetime | str | None) -> str:
    """A day in words: 2020年3月23日, 23 March 2020."""
    local = _local(value)
    return NOTHING if local is None else date_format(local, "DATE_FORMAT")


@register.filter
def cited(sentence: object) -> SafeString:
    """A sentence of an English page, in which quoted Chinese (a column, a name, what a cell held) is marked as Chinese."""
    escaped = conditional_escape(str(sentence))
    if not is_english():
        return escaped
    return mark_safe(CHINESE_QUOTED.sub(r'“<span lang="zh-Hans">\1</span>”', escaped))  # noqa: S308 - escaped above


def _local(value: date | datetime | str | None) -> date | datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value
    raise TypeError(f"A day is wanted, not {type(value).__name__}.")


# ---- small marks ----------------------------------------------------------------------------------
@register.simple_tag
@lru_cache(maxsize=256)  # a page shows dozens, each the same every time
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the set; without a label it is decoration and hidden from screen readers."""
    return render_to_string("ui/_icon.html", {"paths": ICONS[name], "name": name, "label": label})


@register.simple_tag
def navigation(groups: tuple[NavigationGroup, ...]) -> SafeString:
    """The entries at the side of a page."""
    return _navigation(groups, get_language())


@lru_cache(maxsize=512)  # the same for everybody with the same roles on pages below the same entry
def _navigation(groups: tuple[NavigationGroup, ...], _language: str | None) -> SafeString:
    return render_to_string("ui/_navigation.html", {"groups": groups})


@register.simple_tag
def options(choices: tuple[tuple[str, StrOrPromise], ...]) -> SafeString:
    """The options of a closed list."""
    return _options(choices, get_language())


@lru_cache(maxsize=64)  # made once a language, not once a page
def _options(choices: tuple[tuple[str, StrOrPromise], ...], _language: str | None) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', choices)


@register.simple_tag
def badge(text: StrOrPromise | int, tone: str = "neutral") -> SafeString:
    """A short state in words. Tones: good, late, soon, neutral; the icon repeats what the colour says."""
    return _badge(written(text) if isinstance(text, int) else str(text), tone)


@lru_cache(maxsize=1024)  # a list has two a line, each the same in many
def _badge(text: str, tone: str) -> SafeString:
    return render_to_string("ui/_badge.html", {"text": text, "tone": tone, "icon": TONE_ICONS[tone]})


@register.inclusion_tag("ui/_progress.html")
def progress(value: int | None, maximum: int | None, label: str, unit: str = "") -> dict[str, Any]:
    """How far a piece of work is; unknown (no value or no maximum) shows that it runs, without a share."""
    is_known = value is not None and bool(maximum)
    share = percentage(value / maximum) if value is not None and maximum else ""
    return {"value": value, "maximum": maximum, "label": label, "unit": unit, "is_known": is_known, "share": share}


@register.inclusion_tag("ui/_empty_state.html")
def empty_state(
    title: str, sentence: str = "", action_url: str = "", action_label: str = "", icon: str = "empty"
) -> dict[str, Any]:
    """What belongs here, and the first step."""
    return {
        "title": title,
        "sentence": sentence,
        "action_url": action_url,
        "action_label": action_label,
        "icon": icon,
    }


@register.inclusion_tag("ui/_disabled_action.html")
def disabled_action(label: str, reason: str) -> dict[str, str]:
    """An action that cannot be taken now, with the reason in a sentence beside it."""
    return {"label": label, "reason": reason}


# ---- records --------------------------------------------------------------------------------------
@register.inclusion_tag("ui/_timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """Who did what when. Each event has `title`, and any of `at`, `on`, `actor`, `detail` (in
    `language`, when that is not the page's), `url`, `tone`. With both, it happened on the day `on` and was entered `at`.
    """
    return {"events": list(events)}


@register.inclusion_tag("ui/_stepper.html")
def stepper(steps: Iterable[Any]) -> dict[str, Any]:
    """The stages of a record. Each step has `label`, `state` (done, current, todo) and perhaps `on`."""
    return {"steps": list(steps)}


@register.inclusion_tag("ui/_trend.html")
def trend(
    series: Sequence[tuple[date, int | float]],
    label: str,
    unit: str = "",
    beside: Sequence[Beside] = (),
    own: str = "",
    *,
    is_tall: bool = False,
) -> dict[str, Any]:
    """A line of (day, value) pairs in ascending days, with its table for those who read rather than look.

    `beside` are plans and targets drawn with it; `own` is then the name of the line itself in the legend.
    """
    drawn = trend_of(series, beside, height=TALL if is_tall else HEIGHT)
    return {"trend": drawn, "label": label, "unit": unit, "own": own or label}


# ---- forms ----------------------------------------------------------------------------------------
@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One form field: label above, hint, required mark, errors tied to the control."""
    widget = bound.field.widget
    is_box = isinstance(widget, CheckboxInput)
    classes = widget.attrs.get("class", "")
    if not isinstance(widget, RadioSelect | CheckboxSelectMultiple):  # these would put it on the group
        own = "form-check-input" if is_box else "form-select" if isinstance(widget, Select) else "form-control"
        classes = f"{own} {classes}".strip()
    control = bound.as_widget(attrs={"class": classes} if classes else None)
    return {"field": bound, "control": control, "is_box": is_box, "target": _target(bound)}


@register.inclusion_tag("ui/_error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All errors of a form above it, each linking to its field."""
    errors: list[tuple[str, str, str]] = [("", "", str(error)) for error in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else _target(bound)
        errors += [(str(bound.label), target, str(error)) for error in bound.errors]
    return {"errors": errors}


def _target(bound: BoundField) -> str:
    """The id that a link to the field jumps to; a group of radio buttons has no single label target."""
    return bound.id_for_label or bound.auto_id


# ---- tables ---------------------------------------------------------------------------------------
@register.inclusion_tag("ui/_pagination.html", takes_context=True)
def pagination(context: Context, page_obj: Page[Any], *, has_table: bool = True) -> dict[str, Any]:
    """Links to the pages of a table, and to all of it as plain files; everything else in the address stays."""
    paginator = page_obj.paginator
    shown = paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    pages = [(text, _address(context, page=text) if isinstance(text, int) else "") for text in shown]
    before = _address(context, page=page_obj.previous_page_number()) if page_obj.has_previous() else ""
    after = _address(context, page=page_obj.next_page_number()) if page_obj.has_next() else ""
    links = {"before": before, "after": after, "files": _file_links(context) if has_table else []}
    return {"page_obj": page_obj, "pages": pages, "count": paginator.count, **links}


@register.inclusion_tag("ui/_files.html", takes_context=True)
def files(context: Context) -> dict[str, Any]:
    """Links to the list of this page as plain files, for a list that has no further pages."""
    return {"files": _file_links(context)}


def _file_links(context: Context) -> list[tuple[str, str]]:
    """Kind and address of the plain files of a list."""
    labels = {"xlsx": "Excel", "csv": "CSV"}
    return [(labels[form], _address(context, page=None, **{ASKED: form})) for form in FORMS]


@register.inclusion_tag("ui/_sort_header.html", takes_context=True)
def sort_header(context: Context, name: str, label: str, is_numeric: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002
    """A column title that sorts by `?sort=name`, and the other way round (`-name`) when it is chosen again."""
    chosen = _query(context).get("sort", "")
    direction = {name: "ascending", f"-{name}": "descending"}.get(chosen, "")
    other = f"-{name}" if direction == "ascending" else name
    address = _address(context, sort=other, page=None)
    return {"label": label, "direction": direction, "address": address, "is_numeric": is_numeric}


@register.inclusion_tag("ui/_filter_bar.html")
def filter_bar(form: BaseForm, *, label: str = "", without: str = "") -> dict[str, Any]:
    """The fields of a GET form above a list with their button; `without` names fields that this page doesn't ask for."""
    return {"form": form, "label": label or _("筛选"), "without": without.split()}


@register.inclusion_tag("ui/_filter_chips.html", takes_context=True)
def filter_chips(context: Context, form: BaseForm) -> dict[str, Any]:
    """The filters in force (of a bound GET form), each with the address without it."""
    cleaned = getattr(form, "cleaned_data", {})
    chips = [
        {
            "label": bound.label,
            "value": _chosen(bound),
            "is_name": not getattr(bound.field, "choices", None) or _is_name(bound),
            "address": _address(context, page=None, **{bound.html_name: None}),
        }
        for bound in form
        if not bound.is_hidden and cleaned.get(bound.name) not in (None, "", False) and bound.data
    ]
    everything = _address(
        context, page=None, **dict.fromkeys((bound.html_name for bound in form if not bound.is_hidden), None)
    )
    return {"chips": chips, "everything": everything, "views": context.get("page_views")}


def _is_name(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, NamesSelect) and NamesSelect.is_name(bound.data)


def _chosen(bound: BoundField) -> str:
    """The value as its reader chose it: the label of a choice, the text as typed otherwise."""
    values = bound.data if isinstance(bound.data, list) else [bound.data]
    if isinstance(bound.field.widget, CheckboxInput):
        return _("是")
    labels = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    return _("、").join(labels.get(str(value), str(value)) for value in values)


def _query(context: Context) -> QueryDict:
    request: HttpRequest | None = context.get("request")
    return request.GET if request else QueryDict()


def _address(context: Context, **changes: int | str | None) -> str:
    """The query string of this page with some parameters changed or, with None, left out."""
    asked = {name: values for name, values in _query(context).lists() if name not in changes}
    asked |= {name: [str(value)] for name, value in changes.items() if value is not None}
    return f"?{urlencode(asked, doseq=True)}"
