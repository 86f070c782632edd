"""Writes the reference district's workbooks and their manifest: python -m demo.generate OUT_DIR [--seed N]."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from demo import frames, layouts, manifest, records, scenario, writers
from demo.course import district
from demo.enterprises import Enterprise
from demo.habits import HABITS, Habit
from demo.manifest import FileEntry
from demo.scenario import Subdistrict

MANIFEST = "manifest.json"


def ledger_name(street: str, on: date, suffix: str) -> str:
    """Return the name a subdistrict gives its file; the full-width colon is allowed on every system."""
    return f"附件2：{street}复工台账({on.month}.{on.day}).{suffix}"


def _write(path: Path, sheet: layouts.Sheet, habit: Habit) -> None:
    if habit.suffix == "xlsx":
        writers.write_xlsx(path, sheet)
    elif habit.suffix == "xls":
        writers.write_xls(path, sheet)
    else:
        writers.write_delimited(path, sheet, encoding=habit.encoding, delimiter=habit.delimiter)


def write_frame(out: Path, enterprises: list[Enterprise], month: date) -> FileEntry:
    """Write the statistics bureau's list of a month."""
    sheet = frames.frame_sheet(enterprises, month)
    relative = Path(frames.FOLDER) / frames.file_name(month)
    (out / frames.FOLDER).mkdir(parents=True, exist_ok=True)
    writers.write_xlsx(out / relative, sheet)
    rows = sum(line.role == "record" for line in sheet.lines)
    return FileEntry(relative.as_posix(), scenario.FRAME_SHEET, month.isoformat(), "370102", "历下区", "xlsx", rows, 0)


def write_ledger(out: Path, enterprises: list[Enterprise], subdistrict: Subdistrict, on: date) -> FileEntry:
    """Write one subdistrict's ledger as of a day."""
    habit = HABITS[subdistrict.code]
    rows = records.ledger(enterprises, area=subdistrict.code, on=on)
    sheet = layouts.ledger_sheet(rows, habit, street=subdistrict.name, on=on)
    relative = Path(on.isoformat()) / ledger_name(subdistrict.name, on, habit.suffix)
    (out / on.isoformat()).mkdir(parents=True, exist_ok=True)
    _write(out / relative, sheet, habit)
    wrong = manifest.wrong_rows(sheet, habit)
    return FileEntry(
        path=relative.as_posix(),
        sheet=scenario.LEDGER_SHEET,
        date=on.isoformat(),
        area=subdistrict.code,
        area_name=subdistrict.name,
        encoding=habit.encoding or habit.suffix,
        rows=len(rows),
        rejected=len(wrong),
        wrong=wrong,
    )


def generate(out: Path, *, seed: int = scenario.SEED, dates: Sequence[date] = scenario.REPORT_DATES) -> list[FileEntry]:
    """Write the workbooks of the given dates in import order, with the manifest; files of the same name are replaced."""
    enterprises = district(seed)
    out.mkdir(parents=True, exist_ok=True)
    files = [write_frame(out, enterprises, month) for month in (scenario.JANUARY, scenario.MARCH)]
    for day in dates:
        files += [write_ledger(out, enterprises, subdistrict, day) for subdistrict in scenario.SUBDISTRICTS]
    content = manifest.manifest(enterprises, files, seed=seed, dates=tuple(dates))
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (out / MANIFEST).write_bytes(text.encode())
    return files


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; answer 0 when everything is written and 1 when the directory cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m demo.generate", description="生成参考区（历下区）的示例台账文件。")
    parser.add_argument("out", type=Path, metavar="OUT_DIR", help="写入文件的目录，没有时新建。")
    parser.add_argument("--seed", type=int, default=scenario.SEED, help="随机种子，默认 %(default)s。")
    options = parser.parse_args(arguments)
    try:
        files = generate(options.out, seed=options.seed)
    except OSError as error:
        print(f"无法写入目录 {options.out}：{error.strerror}。请换一个可以写入的目录。", file=sys.stderr)
        return 1
    wrong = sum(entry.rejected for entry in files)
    print(f"已在 {options.out} 写入 {len(files)} 个文件，其中有意写错 {wrong} 行，清单见 {MANIFEST}。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
