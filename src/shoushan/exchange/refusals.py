"""Why a readable file is refused as a table: the sentences name what was found instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shoushan.exchange.declarations import Sheet
from shoushan.exchange.headings import Mapping
from shoushan.exchange.limits import FileRefusedError

if TYPE_CHECKING:
    from shoushan.exchange.importing import ImportResult


def _listed(names: list[str]) -> str:
    shown = _("、").join(f"“{name.replace('|', ':')}”" for name in names[:30])
    return shown or _("没有可辨认的列名")


def check_mapping(mapping: Mapping, tab: str) -> None:
    """Refuse a table without a required column, with two headings for one column, or with a foreign unit."""
    if mapping.doubled:
        column, first, second = mapping.doubled[0]
        raise FileRefusedError(
            "doubled_columns",
            _("工作表“%(tab)s”中“%(first)s”和“%(second)s”两列都对应“%(column)s”，请删去其中一列后再上传。")
            % {
                "tab": tab,
                "first": first.replace("|", ":"),
                "second": second.replace("|", ":"),
                "column": column.title,
            },
        )
    if mapping.missing:
        raise FileRefusedError(
            "missing_columns",
            _("工作表“%(tab)s”缺少必需的列%(missing)s；未能识别的列有：%(found)s。请对照模板补齐列名后再上传。")
            % {
                "tab": tab,
                "missing": _listed([column.title for column in mapping.missing]),
                "found": _listed(mapping.unknown),
            },
        )
    if mapping.units:
        column, unit = mapping.units[0]
        raise FileRefusedError(
            "unit_conflict",
            _(
                "工作表“%(tab)s”中“%(column)s”的列名注明单位为“%(found)s”，本表规定为“%(unit)s”，请换算并改正列名后再上传。"
            )
            % {"tab": tab, "column": column.title, "found": unit, "unit": column.unit},
        )


def no_table(sheet: Sheet | None, result: ImportResult) -> FileRefusedError:
    """No tab holds a table that we know."""
    if not any(tab.rows or tab.heading_rows or tab.skipped for tab in result.tabs):
        return FileRefusedError("empty", _("文件中没有任何内容，请填写后再上传。"))
    found = "".join(tab.skipped for tab in result.tabs if tab.skipped)
    if sheet is None:
        message = _("表头与已登记的各种表都不相符。%(found)s请对照模板核对列名后再上传。")
        return FileRefusedError("no_table", message % {"found": found})
    wanted = _listed([column.title for column in sheet.columns if column.required])
    message = _("没有找到可读取的表格：需要的列有%(wanted)s。%(found)s请对照模板核对列名后再上传。")
    return FileRefusedError("no_table", message % {"wanted": wanted, "found": found})


def no_as_of(text: str) -> FileRefusedError:
    """The file does not say as of when it is, or not of which year."""
    if text:
        return FileRefusedError(
            "as_of_year_missing",
            _("截至时间“%(text)s”没有写明年份，请在表头写成“截至时间：2020年3月23日”或在上传时指定日期。")
            % {"text": text},
        )
    return FileRefusedError(
        "as_of_missing",
        _("表头和文件名都没有写明截至时间，请在表头写明“截至时间：2020年3月23日”或在上传时指定日期。"),
    )


def too_many_rows(most: int) -> FileRefusedError:
    return FileRefusedError("too_many_rows", _("数据行超过 %(most)s 行的上限，请拆分后分别上传。") % {"most": most})
