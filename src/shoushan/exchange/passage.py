"""The way of one file through the importer: tabs, chunks, verdicts, and the account of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shoushan.exchange import messages, preambles, refusals, tabs, totals
from shoushan.exchange.cells import CellReader, Outcome
from shoushan.exchange.columns import Circumstances, Day
from shoushan.exchange.declarations import Batch, Problem, Row, RowPlan, Sheet, Verdict
from shoushan.exchange.files import Book, SourceRow, Tab
from shoushan.exchange.headings import Mapping
from shoushan.exchange.layout import Table
from shoushan.exchange.limits import Limits
from shoushan.exchange.rejections import Rejection
from shoushan.exchange.totals import ControlRow
from shoushan.lib.readings import Reading

if TYPE_CHECKING:
    from shoushan.exchange.importing import ImportResult, Options


class Passage:
    """One run of one file; fills the result that it is given."""

    def __init__(
        self,
        book: Book,
        result: ImportResult,
        options: Options,
        *,
        sheet: Sheet | None,
        commit: bool,
        progress: Callable[[int, int], None] | None,
        chunk: int,
        limits: Limits,
    ) -> None:
        self.book, self.result, self.options = book, result, options
        self.sheet, self.commit, self.progress, self.chunk = sheet, commit, progress, chunk
        self.limits = limits
        self.batch: Batch | None = None
        self.seen: dict[Hashable, int] = {}
        self.year: int | None = None

    def run(self) -> None:
        """Read every visible tab that holds a table of the sheet; at least one must."""
        read = tabs.find_tables(self.book, self.sheet, self.result, self.options.chosen)
        for sheet, table in read:
            self.sheet = sheet
            self._tab(table)
        if self.batch is None:
            raise refusals.no_table(self.sheet, self.result)
        if self.commit:
            self.batch.sheet.finish(self.batch)
            self.result.is_committed = True
        if self.progress is not None:
            self.progress(self.result.rows, self.result.rows)

    # ---- one tab ----------------------------------------------------------------------------------
    def _tab(self, table: Table) -> None:
        assert self.sheet is not None  # noqa: S101 - find_tables names it
        refusals.check_mapping(table.mapping, table.tab.name)
        if self.batch is None:
            self.batch = self._open_batch(self.sheet, table)
        self._note_columns(table.mapping)
        about = Circumstances(
            on=self.batch.as_of or self.batch.today,
            year=self.year,
            epoch_1904=self.book.epoch_1904,
            area_matcher=self.options.area_matcher,
        )
        columns = self.sheet.columns
        reader = CellReader(columns, table.mapping, about, tab=self._shown(table.tab), merges=table.merges)
        summed = [index for index, column in enumerate(columns) if column.control_total]
        sums = totals.Ledger(columns, summed, self._shown(table.tab))
        before = self.result.rows
        self._stream(table, reader, sums)
        tabs.report(self.result, table, self.result.rows - before)

    def _shown(self, tab: Tab) -> str:
        """The tab's name where the file has several."""
        return tab.name if len(self.book.tabs) > 1 else ""

    def _stream(self, table: Table, reader: CellReader, sums: totals.Ledger) -> None:
        """Cut the records into chunks; totals rows keep their place among them."""
        rows: list[SourceRow] = []
        controls: list[tuple[int, ControlRow]] = []
        for item in table.records():
            if isinstance(item, ControlRow):
                controls.append((len(rows), item))
            elif isinstance(item, Mapping):
                self._finish_chunk(rows, controls, reader, sums)
                rows, controls = [], []
                refusals.check_mapping(item, table.tab.name)
                reader.remap(item)
            else:
                rows.append(item)
                if len(rows) >= self.chunk:
                    self._finish_chunk(rows, controls, reader, sums)
                    rows, controls = [], []
        self._finish_chunk(rows, controls, reader, sums)

    def _finish_chunk(
        self,
        rows: list[SourceRow],
        controls: list[tuple[int, ControlRow]],
        reader: CellReader,
        sums: totals.Ledger,
    ) -> None:
        plans = (
            self._judge(reader.read([number for number, _cells in rows], [cells for _number, cells in rows]))
            if rows
            else []
        )
        self._account(plans)
        if self.commit and plans:
            assert self.batch is not None  # noqa: S101
            accepted = [plan for plan in plans if plan.verdict != Verdict.REJECTED]
            self.batch.sheet.apply(accepted, self.batch)
        self._sum(plans, controls, sums)
        if self.progress is not None and plans:
            share = self.book.fraction()
            self.progress(self.result.rows, max(self.result.rows, int(self.result.rows / share) if share else 0))

    def _judge(self, outcome: Outcome) -> list[RowPlan]:
        """One plan per row, in order: refused by its cells, as a duplicate, or judged by the sheet."""
        batch = self.batch
        assert batch is not None  # noqa: S101
        plans: dict[int, RowPlan] = {}
        sound: list[Row] = []
        for index, row in enumerate(outcome.rows):
            errors = outcome.errors.get(index)
            if errors is None:
                errors = self._duplicate(batch.sheet, row)
            if errors:
                plans[row.number] = RowPlan(row, Verdict.REJECTED, errors)
            else:
                sound.append(row)
        judged = batch.sheet.plan(sound, batch) if sound else []
        if len(judged) != len(sound):
            raise AssertionError(f"{batch.sheet.code}: {len(sound)} rows to judge, {len(judged)} plans")
        if not plans:
            return judged
        plans.update({plan.row.number: plan for plan in judged})
        return [plans[row.number] for row in outcome.rows]

    def _duplicate(self, sheet: Sheet, row: Row) -> list[Problem] | None:
        key = sheet.key_of(row)
        if key is None:
            return None
        earlier = self.seen.get(key)
        if earlier is None:
            self.seen[key] = row.number
            return None
        reading = Reading(None, "duplicate_in_file", "", str(earlier))
        title = sheet.columns[sheet.position(sheet.key[0])].title if sheet.key else ""
        shown = str(row.values[sheet.position(sheet.key[0])]) if sheet.key else ""
        message = messages.sentence(reading, title)
        return [Problem(row.number, title, shown, reading.code, message, "error", str(earlier), row.tab)]

    # ---- the account ------------------------------------------------------------------------------
    def _account(self, plans: Sequence[RowPlan]) -> None:
        result = self.result
        counts = Counter(str(plan.verdict) for plan in plans)
        result.rows += len(plans)
        result.new += counts["new"]
        result.changed += counts["changed"]
        result.unchanged += counts["unchanged"]
        result.rejected += counts["rejected"]
        if result.rows > self.limits.rows:
            raise refusals.too_many_rows(self.limits.rows)
        for plan in plans:
            if plan.problems or plan.row.warnings:
                self._keep(plan)

    def _keep(self, plan: RowPlan) -> None:
        found = [*plan.problems, *plan.row.warnings]
        room = self.limits.problems - len(self.result.problems)
        self.result.problems += found[: max(0, room)]
        self.result.problems_left_out += max(0, len(found) - max(0, room))
        if plan.verdict == Verdict.REJECTED:
            text = "\n".join(problem.message for problem in plan.problems if problem.is_error)
            self.result.rejections.add(Rejection(plan.row.tab, plan.row.number, text))

    def _sum(self, plans: Sequence[RowPlan], controls: list[tuple[int, ControlRow]], sums: totals.Ledger) -> None:
        """Walk the chunk in order, answering each totals row at its place."""
        if not sums.positions:
            return
        done = 0
        for place, control in controls:
            sums.add_all([(plan.row.values, plan.verdict != Verdict.REJECTED) for plan in plans[done:place]])
            self.result.control_differences += sums.differences(control)
            done = place
        sums.add_all([(plan.row.values, plan.verdict != Verdict.REJECTED) for plan in plans[done:]])

    # ---- what the file says about itself ---------------------------------------------------------
    def _open_batch(self, sheet: Sheet, table: Table) -> Batch:
        result, options = self.result, self.options
        stated, named = table.preamble.as_of, preambles.as_of_in_name(self.book.name)
        written = stated or named
        self.year = (
            options.year or (options.as_of.year if options.as_of else None) or (written.year if written else None)
        )
        if self.year is None:
            self.year = tabs.year_of_data(
                table, [i for i, column in enumerate(sheet.columns) if isinstance(column, Day)]
            )
            if self.year is not None and written is not None:
                result.notices.append(
                    _("“%(text)s”没有写明年份，已按表内日期取 %(year)s 年，请核对。")
                    % {"text": written.text, "year": self.year}
                )
        as_of = options.as_of or (written.on(self.year) if written else None)
        if as_of is None and sheet.needs_as_of:
            raise refusals.no_as_of(written.text if written else "")
        if options.as_of is None:
            self._note_disagreement(stated, named)
        result.sheet, result.as_of = sheet.code, as_of
        result.as_of_hour = written.hour if written and options.as_of is None else None
        result.unit = options.unit_text or table.preamble.unit or preambles.unit_in_name(self.book.name)
        return Batch(
            sheet=sheet,
            at=options.at,
            file_name=result.file,
            sha256=result.sha256,
            as_of=as_of,
            as_of_hour=result.as_of_hour,
            unit_text=result.unit,
            area_matcher=options.area_matcher,
            actor=options.actor,
            upload_id=options.upload_id,
            area_scope=options.area_scope,
            is_commit=self.commit,
        )

    def _note_disagreement(self, stated: preambles.AsOf | None, named: preambles.AsOf | None) -> None:
        inside, outside = _day(stated, self.year), _day(named, self.year)
        if inside and outside and named and named.day and inside != outside:
            self.result.notices.append(
                _("表内截至时间为 %(inside)s，文件名中的日期为 %(outside)s，已按表内日期处理，请核对。")
                % {"inside": inside.isoformat(), "outside": outside.isoformat()}
            )

    def _note_columns(self, mapping: Mapping) -> None:
        fresh = [heading for heading in mapping.unknown if heading not in self.result.unknown_columns]
        self.result.unknown_columns += fresh
        if fresh:
            self.result.notices.append(
                _("以下列不属于本表，未读取：%(columns)s。")
                % {"columns": _("、").join(name.replace("|", ":") for name in fresh)}
            )


def _day(as_of: preambles.AsOf | None, year: int | None) -> date | None:
    return as_of.on(year) if as_of else None
