"""Controls that are written without a template are those that Django writes with one."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from shoushan.ui.rendering import WRITTEN, FormRenderer
from shoushan.ui.widgets import DayInput, NamesSelect

CHOICES: list[Any] = [
    ("", "全部"),
    ("A<B", '甲"乙&丙'),
    (3, "三"),
    ("一组", [("x", "内<b>"), ("y", "外")]),
    ("-", "不在其中"),
]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.Select(choices=CHOICES), "A<B"),
    (forms.Select(choices=CHOICES, attrs={"required": True, "disabled": False, "data-x": '"><script>'}), 3),
    (forms.Select(choices=CHOICES), "没有的"),
    (NamesSelect(choices=CHOICES), "x"),
    (forms.TextInput(attrs={"maxlength": 30, "lang": "zh-Hans"}), '"><script>alert(1)</script>'),
    (forms.TextInput(), None),
    (forms.TextInput(attrs={"type": "month"}), "2020-03"),
    (forms.NumberInput(attrs={"min": 0, "step": "any"}), 1234.5),
    (forms.HiddenInput(), ""),
    (DayInput(), date(2020, 3, 23)),
    (forms.EmailInput(), "a@b.cn"),
]


def told(html: str) -> list[str]:
    """The tags and texts in order; blanks between them are nothing."""
    return [part.strip() for part in re.split(r"(<[^>]*>)", html) if part.strip()]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_it_is_what_django_writes(widget: forms.Widget, value: Any) -> None:
    attrs = {"id": "id_<x>", "class": "form-control"}
    ours = widget.render("na<me", value, attrs=attrs, renderer=FormRenderer())
    theirs = widget.render("na<me", value, attrs=attrs, renderer=TemplatesSetting())

    assert told(ours) == told(theirs)
    assert widget.template_name in WRITTEN


def test_everything_else_has_its_template() -> None:
    box = forms.CheckboxInput().render("agreed", True, renderer=FormRenderer())

    assert 'type="checkbox"' in box
    assert "checked" in box
