"""What the import wizard asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.exchange import reports
from shoushan.exchange.declarations import Sheet
from shoushan.exchange.models import Upload
from shoushan.ui.widgets import DayInput, NamesSelect

WHOLE_ROW = "-"
"""In an address: findings about whole rows."""
SENTENCE_SHOWN = 32


class UploadForm(forms.Form):
    """A file; which table it is, of which day and from whom is read from it."""

    file = forms.FileField(label=gettext_lazy("台账文件"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"largest": settings.MAX_UPLOAD_BYTES // 1024 // 1024}
        hint = _("可以把文件拖到下面的框里。支持 xlsx、xls、csv、txt，最大 %(largest)d MB。")
        self.fields["file"].help_text = hint % words

    def clean_file(self) -> UploadedFile[Any]:
        """Too large a file is refused here, before it is kept."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
            largest = settings.MAX_UPLOAD_BYTES // 1024 // 1024
            raise forms.ValidationError(_("文件超过 %(largest)d MB，请拆分后再上传。") % {"largest": largest})
        return file


class RecognitionForm(forms.Form):
    """What the file was recognised as, for its sender to put right: the table, its day, its unit, every column."""

    sheet = forms.ChoiceField(
        label=gettext_lazy("哪一种表"), help_text=gettext_lazy("换一种表后，各列按新表重新识别。")
    )
    as_of = forms.DateField(
        label=gettext_lazy("截至日期"),
        required=False,
        help_text=gettext_lazy("留空则按文件所写。"),
        widget=DayInput(),
    )
    unit_text = forms.CharField(
        label=gettext_lazy("填报单位"), required=False, max_length=200, help_text=gettext_lazy("留空则按文件所写。")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, upload: Upload, sheets: Sequence[Sheet]) -> None:
        self.upload, self.sheets = upload, {each.code: each for each in sheets}
        self.preview: Mapping[str, Any] = upload.preview or {}
        found = {
            "sheet": upload.sheet,
            "as_of": upload.as_of or self.preview.get("as_of"),
            "unit_text": upload.unit_text or self.preview.get("unit", ""),
        }
        super().__init__(data, initial=found)
        self.fields["sheet"].choices = [  # type: ignore[attr-defined]
            *([] if upload.sheet else [("", _("请选择"))]),
            *[(each.code, _(each.title)) for each in sheets],
        ]
        self.found_columns = columns_of(self.preview)
        sheet = self.sheets.get(upload.sheet)
        for place, column in enumerate(self.found_columns if sheet else []):
            self.fields[f"column_{place}"] = _column_field(column, sheet)  # type: ignore[arg-type]

    def rows(self) -> list[tuple[dict[str, Any], forms.BoundField]]:
        """Each column of the file with its field."""
        pairs = [(column, f"column_{place}") for place, column in enumerate(self.found_columns)]
        return [(column, self[name]) for column, name in pairs if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Every required column is named, and no column twice; a change of the table leaves all that to the file."""
        cleaned: dict[str, Any] = super().clean() or {}
        sheet = self.sheets.get(cleaned.get("sheet", ""))
        if sheet is None or sheet.code != self.upload.sheet or not self.found_columns:
            return cleaned
        taken: dict[str, str] = {}
        titles = {column.name: column.title for column in sheet.columns}
        for place, column in enumerate(self.found_columns):
            name = cleaned.get(f"column_{place}")
            if name and name in taken:
                words = {"first": taken[name], "second": _shown(column), "column": titles[name]}
                message = _("%(first)s 和 %(second)s 两列都对应“%(column)s”，请只保留一列，另一列选“不读取”。")
                self.add_error(f"column_{place}", message % words)
            elif name:
                taken[name] = _shown(column)
        missing = [column.title for column in sheet.columns if column.required and column.name not in taken]
        if missing:
            listed = "、".join(f"“{title}”" for title in missing)
            message = _("缺少必需的列%(missing)s，请在“列的对应”中指定文件的哪一列是它。")
            self.add_error(None, message % {"missing": listed})
        return cleaned

    def said(self) -> dict[str, Any]:
        """What goes before the file's own word; a value as found is left to the file."""
        cleaned = self.cleaned_data
        as_of: date | None = cleaned["as_of"]
        is_found = as_of is not None and as_of.isoformat() == self.preview.get("as_of")
        unit = cleaned["unit_text"] if cleaned["unit_text"] != self.preview.get("unit") else ""
        chosen = self._chosen() if cleaned["sheet"] == self.upload.sheet else {}
        return {"sheet": cleaned["sheet"], "as_of": None if is_found else as_of, "unit_text": unit, "chosen": chosen}

    def _chosen(self) -> dict[str, str]:
        """Key of each heading -> column, as soon as one differs from what the headings say by themselves."""
        names = {
            column["key"]: self.cleaned_data.get(f"column_{place}", "")
            for place, column in enumerate(self.found_columns)
        }
        is_as_found = names == {column["key"]: column["name"] for column in self.found_columns}
        is_in_doubt = any(tab.get("doubled") for tab in self.preview.get("tabs", ()))
        return {} if is_as_found and not is_in_doubt and not self.upload.chosen else names


class HeadingForm(forms.Form):
    """One more heading for a column, from a day on."""

    column = forms.ChoiceField(label=gettext_lazy("列"), widget=NamesSelect)
    heading = forms.CharField(
        label=gettext_lazy("文件中的表头"), max_length=60, help_text=gettext_lazy("照文件中的写法，空格和标点不计。")
    )
    valid_from = forms.DateField(label=gettext_lazy("开始日期"), widget=DayInput())
    reason = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("如来文名称，或哪个单位的表这样写。")
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(each.name, f"{each.group}：{each.title}" if each.group else each.title) for each in sheet.columns]
        self.fields["column"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]


def columns_of(preview: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The columns of all tabs that are read; tabs with the same headings share them."""
    found: dict[str, dict[str, Any]] = {}
    for tab in preview.get("tabs", ()):
        for column in tab.get("columns", ()):
            found.setdefault(column["key"], column)
    return list(found.values())


def _column_field(column: Mapping[str, Any], sheet: Sheet) -> forms.ChoiceField:
    needed = _("（必需）")
    offered = [(each.name, each.title + (needed if each.required else "")) for each in sheet.columns]
    return forms.ChoiceField(
        label=_shown(column), required=False, choices=[("", _("不读取")), *offered], initial=column["name"]
    )


def _shown(column: Mapping[str, Any]) -> str:
    """A column of the file in a sentence: its letter and its heading."""
    return _("%(letters)s 列“%(heading)s”") % {"letters": column["letters"], "heading": column["heading"] or "—"}


class FindingFilter(forms.Form):
    """Which findings to show; both are in the address."""

    column = forms.ChoiceField(label=gettext_lazy("列"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("种类"), required=False)

    def __init__(self, *args: Any, report: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        columns = [(name or WHOLE_ROW, name or _("整行"), count) for name, count in reports.columns_found(report)]
        codes = [(code, sentence[:SENTENCE_SHOWN], count) for code, sentence, count in reports.codes_found(report)]
        levels = [
            (level, label, len(reports.findings(report, kind=level)))
            for level, label in ((reports.ERROR, _("退回")), (reports.WARNING, _("提示")))
        ]
        self.fields["column"].choices = _counted(_("全部列"), columns)  # type: ignore[attr-defined]
        self.fields["kind"].choices = _counted(_("全部种类"), levels + codes)  # type: ignore[attr-defined]

    def findings(self) -> list[dict[str, Any]]:
        """The findings that fit; what the address says wrongly is passed over."""
        self.is_valid()
        asked = getattr(self, "cleaned_data", {})
        column = asked.get("column") or None
        wanted = reports.ROW if column == WHOLE_ROW else column
        return reports.findings(self.report, column=wanted, kind=asked.get("kind") or "")


def _counted(everything: str, choices: Sequence[tuple[str, str, int]]) -> list[tuple[str, str]]:
    shown = [
        (value, _("%(label)s（%(count)d）") % {"label": label, "count": count})
        for value, label, count in choices
        if count
    ]
    return [("", everything), *shown]
