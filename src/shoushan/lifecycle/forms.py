"""The form of a step, made from its declaration; the form of a new rule version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.lifecycle.declarations import Need, NeedKind, Transition
from shoushan.lifecycle.models import LifecycleRecord
from shoushan.lifecycle.policies import ANY, RuleDeclaration
from shoushan.ui.widgets import DayInput, NamesSelect

SPARE_ROWS = 3


class ProblemsForm(forms.Form):
    """A form whose values the service judges."""

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Put the service's sentences beside their fields."""
        for name, sentence in problems.items():
            self.add_error(name if name in self.fields else None, sentence)


class PhotosInput(forms.FileInput):
    """Several photos at once; a phone offers its camera, and large ones are made smaller before they are sent."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        accept = "image/jpeg,image/png,image/webp"
        super().__init__({"accept": accept, "multiple": True, "data-smaller": True} | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All that were chosen."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])


class PhotosField(forms.FileField):
    """Any number of files, as they are: the service judges each and says which can't be taken and why."""

    widget = PhotosInput

    def clean(self, data: Any, _initial: Any = None) -> list[Any]:
        """The files that were chosen."""
        return list(data or [])


class StepForm(ProblemsForm):
    """Shows what a step needs. What was typed is read and judged by the service, which has the sentences."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, step: Transition, record: LifecycleRecord, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["seen"].initial = record.revision
        for need in step.needs:
            self.fields[need.name] = _field(need, record)
            if need.initial is not None:
                self.fields[need.name].initial = need.initial(record)
        if step.is_reason_required:
            self.fields["reason"] = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}))


def _field(need: Need, record: LifecycleRecord) -> forms.Field:
    words: dict[str, Any] = {"label": need.label, "help_text": need.hint, "required": need.is_required}
    if need.kind == NeedKind.FILE and need.are_photos:
        return PhotosField(**words)
    if need.kind == NeedKind.FILE:
        return forms.FileField(**words)
    if need.kind == NeedKind.DAY:
        return forms.CharField(widget=DayInput(), **words)
    if need.kind == NeedKind.WHOLE:
        return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **words)
    if need.kind == NeedKind.CHOICE:
        offered = need.choices(record) if need.choices else []
        widget = NamesSelect if need.are_names else forms.Select
        return forms.ChoiceField(choices=[("", _("请选择")), *offered], widget=widget, **words)
    if need.kind == NeedKind.LONG_TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}), **words)
    return forms.CharField(**words)


class RuleForm(forms.Form):
    """When a new version comes into force, and which document makes it; the rows are read apart."""

    valid_from = forms.DateField(label=_("施行日期"), widget=DayInput())
    valid_to = forms.DateField(
        label=_("最后一日"),
        required=False,
        widget=DayInput(),
        help_text=_("长期有效的不填"),
    )
    number = forms.CharField(label=_("发文字号"), max_length=80, help_text=_("如 国办发明电〔2020〕6号"))
    title = forms.CharField(label=_("文件标题"), max_length=200)
    issuer = forms.CharField(label=_("发文机关"), max_length=80)
    issued_on = forms.DateField(label=_("成文日期"), widget=DayInput())
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def rule_words(self) -> dict[str, Any]:
        """What the service wants of the version itself."""
        return {name: self.cleaned_data[name] for name in ("valid_from", "valid_to", "note")}

    def document_words(self) -> dict[str, Any]:
        """What the service wants of the document."""
        return {name: self.cleaned_data[name] for name in ("number", "title", "issuer", "issued_on")}


def rows_of(data: Mapping[str, str], declaration: RuleDeclaration) -> list[dict[str, str]]:
    """The rows of the grid as they were typed: `cell-0-name` and so on."""
    numbers = sorted({int(name.split("-")[1]) for name in data if _is_cell(name)})
    return [
        {column.name: data.get(f"cell-{number}-{column.name}", "") for column in declaration.columns}
        for number in numbers
    ]


def _is_cell(name: str) -> bool:
    parts = name.split("-", 2)
    return len(parts) == 3 and parts[0] == "cell" and parts[1].isascii() and parts[1].isdecimal()


def grid_of(
    rows: list[dict[str, Any]], declaration: RuleDeclaration, *, spare: int = SPARE_ROWS
) -> list[list[dict[str, Any]]]:
    """The grid to be shown: the rows and some empty ones."""
    filled = [*rows, *({} for _row in range(spare))]
    return [
        [
            {
                "name": f"cell-{number}-{column.name}",
                "column": column,
                "value": "" if row.get(column.name) is None else row.get(column.name, ""),
                "choices": [*([(ANY, _("不限"))] if column.is_condition and column.choices else []), *column.choices],
            }
            for column in declaration.columns
        ]
        for number, row in enumerate(filled)
    ]
