"""Every component of the template library, with its edges."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from shoushan.ui.gallery import ExampleFilter, ExampleForm
from shoushan.ui.icons import ICONS

pytestmark = pytest.mark.urls("tests.ui.urls")


def rendered(source: str, address: str = "/", **context: Any) -> str:
    """The text of a template fragment as a page at `address` shows it, with blanks between tags collapsed."""
    request = RequestFactory().get(address)
    with translation.override("zh-hans"):
        text = Template("{% load ui %}" + source).render(Context({"request": request, **context}))
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "html"),
    [
        ('12345 "家"', '<span class="number">12,345<span class="unit">家</span></span>'),
        ("0", '<span class="number">0</span>'),
        ('None "家"', '<span class="number">—</span>'),
        ('nowhere "家"', '<span class="number">—</span>'),
        ('92.86 "%"', '<span class="number">92.9<span class="unit">%</span></span>'),
        ("3 risky", '<span class="number">3<span class="unit">&lt;b&gt;</span></span>'),
    ],
)
def test_it_shows_numbers_with_their_unit(arguments: str, html: str) -> None:
    assert rendered("{% number " + arguments + " %}", risky="<b>") == html


def test_it_shows_ratios_as_percentages() -> None:
    assert rendered("{% percent 0.5 %}") == '<span class="number">50.0%</span>'


def test_it_links_a_number_to_its_receipt_of_the_same_day_and_area() -> None:
    html = rendered('{% door "a.b" on 1234 "人" area="370102001" %}', on=date(2020, 3, 23))

    assert 'href="/figures/receipts/a.b/?as_of=2020-03-23&amp;area=370102001"' in html
    assert "1,234" in html


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ value|day }}", date(2020, 3, 23), "2020-03-23"),
        ("{{ value|day }}", datetime(2020, 3, 22, 17, 0, tzinfo=UTC), "2020-03-23"),
        ("{{ value|day }}", None, "—"),
        ("{{ value|moment }}", datetime(2020, 3, 23, 9, 5, tzinfo=UTC), "2020-03-23 17:05"),
        ("{{ value|moment }}", "", "—"),
        ("{{ value|long_day }}", date(2020, 3, 3), "2020年3月3日"),
        ("{{ value|long_day }}", None, "—"),
    ],
)
def test_it_writes_days_in_local_time(source: str, value: object, text: str) -> None:
    assert rendered(source, value=value) == text


def test_it_refuses_text_as_a_day() -> None:
    with pytest.raises(TypeError):
        rendered("{{ value|day }}", value="2020-03-23")


@pytest.mark.parametrize(("tone", "icon"), [("good", "check"), ("late", "alert"), ("soon", "clock")])
def test_it_repeats_the_tone_of_a_badge_as_an_icon(tone: str, icon: str) -> None:
    html = rendered('{% badge "已报" tone %}', tone=tone)

    assert f'class="badge {tone}"' in html
    assert f"icon-{icon}" in html
    assert "已报" in html


def test_it_refuses_an_unknown_tone() -> None:
    with pytest.raises(KeyError):
        rendered('{% badge "已报" "pink" %}')


@pytest.mark.parametrize("name", sorted(ICONS))
def test_it_draws_every_icon(name: str) -> None:
    html = rendered("{% icon name %}", name=name)

    assert html.count("<path") == len(ICONS[name])
    assert 'aria-hidden="true"' in html


def test_it_names_an_icon_that_stands_alone() -> None:
    html = rendered('{% icon "search" "查找" %}')

    assert 'aria-label="查找"' in html
    assert "aria-hidden" not in html


@pytest.mark.parametrize(
    ("value", "maximum", "expected"),
    [(6200, 10000, "62.0%"), (0, 10, "0.0%"), (None, 10, "正在处理"), (5, 0, "正在处理"), (None, None, "正在处理")],
)
def test_it_shows_progress_or_that_the_share_is_unknown(value: int | None, maximum: int | None, expected: str) -> None:
    html = rendered('{% progress value maximum "导入" %}', value=value, maximum=maximum)

    assert expected in html
    assert ("value=" in html) == expected.endswith("%")


def test_it_offers_the_first_step_in_an_empty_state() -> None:
    html = rendered('{% empty_state "还没有台账" "台账会列在这里。" "/up/" "上传" %}')

    assert '<a class="btn btn-primary" href="/up/">上传</a>' in html
    assert "台账会列在这里。" in html


def test_it_gives_the_reason_of_a_disabled_action() -> None:
    html = rendered('{% disabled_action "发布" "尚有街道未报。" %}')

    assert "disabled>发布</button>" in html
    assert "尚有街道未报。" in html


def test_it_lists_events_with_their_time_and_actor() -> None:
    at = datetime(2020, 3, 23, 1, 0, tzinfo=UTC)
    events = [{"at": at, "title": "核验", "actor": "街道", "url": "/e/"}, {"on": date(2020, 3, 20), "title": "申请"}]

    html = rendered("{% timeline events %}", events=events)

    assert "2020-03-23 09:00" in html
    assert '<a href="/e/">核验</a>' in html
    assert "2020-03-20" in html


def test_it_says_on_which_day_something_happened_that_was_entered_later() -> None:
    at = datetime(2020, 3, 23, 1, 0, tzinfo=UTC)

    html = rendered("{% timeline events %}", events=[{"at": at, "on": date(2020, 3, 20), "title": "核验"}])

    assert '<time class="timeline-when">2020-03-20</time>' in html
    assert "2020-03-23 09:00 录入" in html


def test_it_says_that_there_are_no_events() -> None:
    assert "尚无记录。" in rendered("{% timeline events %}", events=[])


def test_it_marks_the_current_step() -> None:
    steps = [
        {"label": "申请", "state": "done"},
        {"label": "核验", "state": "current"},
        {"label": "复工", "state": "todo"},
    ]

    html = rendered("{% stepper steps %}", steps=steps)

    assert html.count('aria-current="step"') == 1
    assert "（已完成）" in html


def test_it_draws_a_trend_with_its_table() -> None:
    html = rendered('{% trend series "复工企业" "家" %}', series=[(date(2020, 3, 22), 1000), (date(2020, 3, 23), 1010)])

    assert "<polyline" in html
    assert html.count("<tr>") == 3
    assert "2020-03-23 1,010家" in html


def test_it_says_that_a_trend_has_no_data() -> None:
    assert "这段时间没有数据。" in rendered('{% trend series "复工企业" %}', series=[])


def test_it_ties_label_hint_and_error_to_the_control() -> None:
    html = rendered("{% field form.name %}", form=ExampleForm({"name": ""}))

    assert '<label class="form-label" for="id_name">' in html
    assert "必填" in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_it_groups_radio_buttons_under_a_legend() -> None:
    html = rendered("{% field form.answer %}", form=ExampleForm())

    assert '<legend class="form-label">核验结果' in html
    assert html.count('type="radio"') == 2


def test_it_puts_the_label_of_a_box_behind_it() -> None:
    html = rendered("{% field form.is_read %}", form=ExampleForm())

    assert html.index('type="checkbox"') < html.index("已阅读防控要求")


def test_it_shows_only_the_control_of_a_hidden_field() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert rendered("{% field form.token %}", form=Hidden({"token": "t"})) == (
        '<input type="hidden" name="token" value="t" id="id_token">'
    )


def test_it_escapes_what_was_typed() -> None:
    html = rendered("{% field form.name %}", form=ExampleForm({"name": '"><script>'}))

    assert "<script>" not in html


def test_it_links_every_error_to_its_field() -> None:
    form = ExampleForm({})
    form.add_error(None, "两处不一致，请核对。")

    html = rendered("{% error_summary form %}", form=form)

    assert "有 5 处需要修改" in html
    assert "两处不一致，请核对。" in html
    for target in ("id_name", "id_kind", "id_answer", "id_is_read"):
        assert f'href="#{target}"' in html


def test_it_shows_no_summary_without_errors() -> None:
    assert rendered("{% error_summary form %}", form=ExampleForm()) == ""


def test_it_keeps_the_filter_when_turning_pages() -> None:
    page = Paginator(range(1234), 50).page(2)

    html = rendered("{% pagination page %}", "/list/?kind=INDUSTRY&page=2", page=page)

    assert "共 1,234 条，本页第 51–100 条" in " ".join(
        html.replace('<span class="number">', "").replace("</span>", "").split()
    )
    assert 'href="?kind=INDUSTRY&amp;page=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1


@pytest.mark.parametrize(("count", "shown"), [(0, "本页第 0–0 条"), (3, "本页第 1–3 条")])
def test_it_offers_no_pages_when_one_is_enough(count: int, shown: str) -> None:
    html = rendered("{% pagination page %}", page=Paginator(range(count), 50).page(1))

    assert shown in html
    assert "<ul>" not in html


@pytest.mark.parametrize(
    ("address", "aria", "link"),
    [
        ("/?kind=A&page=3", "", "?kind=A&amp;sort=name"),
        ("/?sort=name", "ascending", "?sort=-name"),
        ("/?sort=-name", "descending", "?sort=name"),
    ],
)
def test_it_turns_the_order_of_a_column(address: str, aria: str, link: str) -> None:
    html = rendered('{% sort_header "name" "企业名称" %}', address)

    assert f'href="{link}"' in html
    assert (f'aria-sort="{aria}"' in html) == bool(aria)


def test_it_shows_each_filter_with_the_way_to_drop_it() -> None:
    address = "/?word=甲&kind=INDUSTRY&page=2&sort=name"
    form = ExampleFilter(RequestFactory().get(address).GET)
    form.is_valid()

    html = rendered("{% filter_chips form %}", address, form=form)

    assert 'href="?kind=INDUSTRY&amp;sort=name"' in html
    assert "工业" in html
    assert 'class="chip-clear" href="?sort=name"' in html


def test_it_shows_no_chips_without_filters() -> None:
    form = ExampleFilter({})
    form.is_valid()

    assert rendered("{% filter_chips form %}", form=form) == ""


def test_it_refuses_a_component_that_does_not_exist() -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered("{% carousel %}")
