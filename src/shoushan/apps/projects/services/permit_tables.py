"""The applications of a list as a workbook: whose they are, how many of the promised days are used, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import IO, Final

from shoushan.apps.projects.selectors.permits import PermitLine
from shoushan.exchange.exporting import plain_table, write_plain
from shoushan.lib.days import document_day
from shoushan.lib.languages import official

HEADINGS: Final = (
    ("申请编号", 24),
    ("项目名称", 40),
    ("所属街道", 14),
    ("审批阶段", 18),
    ("审批事项", 28),
    ("审批单位", 18),
    ("状态", 10),
    ("申请日期", 12),
    ("受理日期", 12),
    ("承诺时限(工作日)", 12),
    ("已用(工作日)", 12),
    ("到期", 20),
    ("是否逾期", 10),
    ("提前办理", 10),
    ("容缺未补材料及期限", 40),
    ("证书或文件编号", 24),
)


def write_permits(out: IO[bytes], lines: Sequence[PermitLine], *, on: date, names: Mapping[str, str]) -> None:
    """Write the applications, one a line, as of a day."""
    line = f"截至时间:{document_day(on)}    共{len(lines)}件"
    table = plain_table(out, "审批事项", title="重点项目审批事项台账", line=line, headings=HEADINGS)
    with official(), table as (page, formats):
        write_plain(page, formats, (tuple(_cells(each, names)) for each in lines))


def _cells(line: PermitLine, names: Mapping[str, str]) -> Iterator[str]:
    permit = line.permit
    yield from (permit.code, permit.project.name, names.get(permit.area_code, permit.area_code))
    yield from (str(permit.get_stage_display()), permit.item_name, str(permit.organisation))
    yield str(line.label)
    yield permit.applied_on.isoformat()
    yield permit.accepted_on.isoformat() if permit.accepted_on else ""
    yield str(permit.promised_days)
    yield "" if line.used is None else str(line.used)
    yield line.clock.due if line.clock else ""
    yield "是" if line.is_late else "否"
    yield "是" if permit.is_ahead else "否"
    yield "、".join(f"{each.name}（{each.due_on.isoformat()}）" for each in line.open_missing)
    yield permit.document_no
