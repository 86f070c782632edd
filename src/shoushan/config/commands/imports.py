"""`shoushan import`: files in, by the same importer as the site's."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.config.commands.common import CommandRefused, Progress, day, print_json, sentence_of
from shoushan.exchange import error_book
from shoushan.exchange.declarations import Sheet, UnknownSheetError, all_sheets, sheet
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.limits import FileRefusedError
from shoushan.exchange.services import bring_in


def add_commands(commands: Any) -> None:
    """Add the parser."""
    parser = commands.add_parser("import", help=_("导入台账文件"))
    parser.add_argument("files", nargs="+", metavar=_("文件"), type=Path, help=_("xlsx、xls、csv 或 txt"))
    parser.add_argument("--sheet", metavar=_("表代码"), help=_("不写则按表头识别"))
    parser.add_argument("--as-of", type=day, metavar=_("日期"), help=_("文件没有写明截至时间时用"))
    parser.add_argument("--dry-run", action="store_true", help=_("只检查，不写入"))
    parser.add_argument("--json", action="store_true", help=_("输出 JSON"))
    parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help=_("退回的行写到这个文件"))
    parser.add_argument("--quiet", action="store_true", help=_("不显示进度"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Bring the files in one after the other; a refused file does not stop the others."""
    if options.errors and len(options.files) > 1:
        raise CommandRefused(_("--errors 一次只用于一个文件，请分别导入。"), 2)
    declared = _declared(options.sheet) if options.sheet else None
    answers, refusals = [], 0
    progress = Progress(_("导入"), is_shown=False if options.quiet else None)
    for number, path in enumerate(options.files):
        try:
            result = _import(path, declared, options, progress, number)
        except (FileRefusedError, OSError) as error:
            refusals += 1
            answers.append(_refusal(path, error))
            continue
        answers.append(result.as_dict())
        if not options.json:
            _print(result, is_dry=options.dry_run, is_brief=len(options.files) > 3)
    progress.end()
    if options.json:
        print_json(answers)
    return 1 if refusals else 0


def _declared(code: str) -> Sheet:
    try:
        return sheet(code)
    except UnknownSheetError:
        words = {"code": code, "known": _("、").join(each.code for each in all_sheets())}
        raise CommandRefused(_("没有代码为 %(code)s 的表，可用的有：%(known)s。") % words) from None


def _import(
    path: Path, declared: Sheet | None, options: argparse.Namespace, progress: Progress, number: int
) -> ImportResult:
    files = len(options.files)

    def watch(done: int, total: int) -> None:
        progress(number * 1000 + (done * 1000 // total if total else 1000), files * 1000)

    as_of: date | None = options.as_of
    result = bring_in(path, at=timezone.now(), sheet=declared, as_of=as_of, commit=not options.dry_run, progress=watch)
    progress((number + 1) * 1000, files * 1000)
    if options.errors and result.rejected:
        error_book.write(path, result, options.errors)
    return result


def _refusal(path: Path, error: FileRefusedError | OSError) -> dict[str, Any]:
    sentence = str(error) if isinstance(error, FileRefusedError) else sentence_of(error)
    print(_("%(file)s：%(sentence)s") % {"file": path.name, "sentence": sentence}, file=sys.stderr)
    code = getattr(error, "code", "unreadable")
    return {
        **dict.fromkeys(("rows", "new", "changed", "unchanged", "rejected"), 0),
        "file": path.name,
        "sheet": "",
        "problems": [{"row": 0, "column": "", "value": "", "code": code, "message": sentence}],
        "refused": True,
    }


def _print(result: ImportResult, *, is_dry: bool, is_brief: bool) -> None:
    counts = {name: getattr(result, name) for name in ("file", "rows", "new", "changed", "unchanged", "rejected")}
    dry = _("%(file)s：检查 %(rows)d 行 = 新增 %(new)d + 变更 %(changed)d + 未变 %(unchanged)d + 退回 %(rejected)d")
    done = _("%(file)s：导入 %(rows)d 行 = 新增 %(new)d + 变更 %(changed)d + 未变 %(unchanged)d + 退回 %(rejected)d")
    print((dry if is_dry else done) % counts)
    if is_brief and not result.rejected:
        return
    for problem in result.problems:
        if problem.is_error or not is_brief:
            rejected, noted = (
                _("  退回 第 %(row)d 行 %(column)s：%(message)s"),
                _("  提示 第 %(row)d 行 %(column)s：%(message)s"),
            )
            print((rejected if problem.is_error else noted) % problem._asdict())
    for difference in result.control_differences if not is_brief else []:
        print(_("  提示 %(sentence)s") % {"sentence": difference.sentence})
    if result.problems_left_out:
        print(_("  另有 %(count)d 条没有列出。") % {"count": result.problems_left_out})
