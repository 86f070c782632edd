"""The ledger of workers who come back (返岗人员台账, handbook C5), one line a worker."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final, NamedTuple

from django.utils.translation import gettext as _

from shoushan.apps.resumption.enums.workers import KeyAreaContact
from shoushan.apps.resumption.models import Worker
from shoushan.apps.resumption.services.worker_ledgers import Chain, take_chain
from shoushan.apps.resumption.sheets import matching
from shoushan.exchange.columns import Choice, Column, Day, Mobile, Origin, ResidentId, Span, Text
from shoushan.exchange.declarations import Batch, Row, RowPlan, Sheet, Verdict
from shoushan.lib import texts
from shoushan.lib.marking import noop
from shoushan.lib.origins import name_of
from shoushan.privacy.enums import AccessKind
from shoushan.privacy.services import log_access
from shoushan.registry.selectors import EnterpriseBrief, match_enterprises, stays_of
from shoushan.registry.services_persons import document_index

KEY_AREA: Final = {
    "否": KeyAreaContact.NO.value,
    "无": KeyAreaContact.NO.value,
    "是": KeyAreaContact.YES.value,
    "有": KeyAreaContact.YES.value,
    "不详": KeyAreaContact.UNKNOWN.value,
}


class Line(NamedTuple):
    """A line that stands: the enterprise and the stages of the worker's way."""

    found: EnterpriseBrief
    chain: Chain


class WorkerSheet(Sheet):
    """An enterprise's or a subdistrict's list; sent again it moves workers on, what was entered before stays."""

    code: ClassVar[str] = "resumption.worker_ledger"
    title: ClassVar[str] = noop("返岗人员台账")
    permission: ClassVar[str] = "resumption.import_workers"
    export_permission: ClassVar[str] = "resumption.export_workers"
    file_hint: ClassVar[str] = "XX街道返岗人员台账(3.23).xlsx"
    columns: ClassVar[tuple[Column, ...]] = (
        Text("enterprise", "企业", required=True, synonyms=("企业名称", "单位名称"), max_length=120, width=36),
        Text("name", "姓名", required=True, max_length=60, is_personal=True),
        ResidentId("document_no", "身份证号", required=True, synonyms=("身份证号码", "证件号码")),
        Mobile("phone", "手机", synonyms=("联系电话", "手机号", "手机号码", "联系方式")),
        Text("household", "户籍地", synonyms=("户籍地址", "户籍"), max_length=100, is_personal=True),
        Origin("origin", "来源地(省市县)", required=True, synonyms=("来源地", "返回地"), is_personal=True),
        Day("arrived_on", "返济时间", synonyms=("返济日期", "到济时间")),
        Text("transport", "交通方式及车次", synonyms=("交通方式", "车次"), max_length=100, is_personal=True),
        Text("certificate_no", "健康通行卡号", synonyms=("健康证明", "健康通行卡"), max_length=60, is_personal=True),
        Choice("key_area", "是否途经重点地区", synonyms=("途经重点地区",), choices=KEY_AREA, is_personal=True),
        Text("observe_place", "隔离地点", max_length=80),
        Span("observed", "隔离起止", synonyms=("隔离时间", "隔离期"), is_personal=True, width=24),
        Day("cleared_on", "解除时间", synonyms=("解除隔离时间",)),
        Day("at_post_on", "上岗时间", synonyms=("上岗日期",)),
    )
    key: ClassVar[tuple[str, ...]] = ("document_no", "enterprise")

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line: the enterprise, the order of the days, what the worker's record says already."""
        keys = [texts.match_key(row.values[0]) for row in rows]
        matches = match_enterprises(usccs=[None] * len(rows), name_keys=keys)
        ids = [match.enterprise.id for match in matches if match.enterprise]
        batch.memory.setdefault("stays", {}).update(stays_of(enterprise_ids=ids))
        indexes = [document_index(row.values[2]) for row in rows]
        known = {
            (each.enterprise_id, each.person.document_index): each
            for each in Worker.objects.filter(person__document_index__in=indexes).select_related("person")
        }
        return [
            self._judge(row, match.enterprise, match.problem, known, batch)
            for row, match in zip(rows, matches, strict=True)
        ]

    def _judge(
        self,
        row: Row,
        found: EnterpriseBrief | None,
        problem: str,
        known: dict[tuple[int, str], Worker],
        batch: Batch,
    ) -> RowPlan:
        if found is None or problem:
            message = _("在册没有这个名称的企业，或有多家同名，请按登记的全称填写。")
            return self.reject(row, "enterprise", "enterprise_unknown", message)
        if not batch.may_write(found.area_code):
            words = {"name": matching.area_name(batch, found.area_code)}
            message = _("您只能填报本辖区的企业，%(name)s不在您的权限范围内。") % words
            return self.reject(row, "enterprise", "outside_scope", message)
        chain = _chain(row)
        refused = self._refusal_of_days(row, chain, batch)
        if refused:
            return refused
        there = known.get((found.id, chain.index))
        data = Line(found, chain)
        if there is None:
            return RowPlan(row, Verdict.NEW, data=data)
        contradiction = chain.contradiction(there)
        if contradiction:
            message = _("与已登记的“%(label)s”不同，请在人员页面办理，或改正后重新上传。")
            label = self.columns[self.position(contradiction)].title
            return self.reject(row, contradiction, "contradicts_record", message % {"label": label})
        return RowPlan(row, Verdict.CHANGED if chain.goes_on(there) else Verdict.UNCHANGED, data=data)

    def _refusal_of_days(self, row: Row, chain: Chain, batch: Batch) -> RowPlan | None:
        """The days of the way follow each other, and none lies ahead."""
        order = (
            ("observed", chain.observe_from, "arrived_on", chain.arrived_on),
            ("cleared_on", chain.cleared_on, "observed", chain.observe_from),
            ("at_post_on", chain.at_post_on, "cleared_on", chain.cleared_on),
            ("at_post_on", chain.at_post_on, "arrived_on", chain.arrived_on),
        )
        titles = {column.name: column.title for column in self.columns}
        for later, day, earlier, before in order:
            if day and before and day < before:
                words = {"later": titles[later], "earlier": titles[earlier]}
                message = _("“%(later)s”早于“%(earlier)s”，请核对两个日期。") % words
                return self.reject(row, later, "days_out_of_order", message)
        today = batch.today
        for name, day in (
            ("arrived_on", chain.arrived_on),
            ("cleared_on", chain.cleared_on),
            ("at_post_on", chain.at_post_on),
        ):
            if day and day > today:
                return self.reject(row, name, "day_ahead", _("“%(label)s”还没有到，请核对。") % {"label": titles[name]})
        if chain.arrived_on is None and (chain.observe_from or chain.cleared_on or chain.at_post_on):
            return self.reject(row, "arrived_on", "arrival_missing", _("填了隔离或上岗时间却没有返济时间，请补填。"))
        if chain.cleared_on and not chain.observe_from:
            return self.reject(row, "observed", "span_missing", _("填了解除时间却没有隔离起止，请补填。"))
        if chain.at_post_on and chain.observe_from and not chain.cleared_on:
            return self.reject(row, "cleared_on", "clearing_missing", _("隔离过的人员上岗前应有解除时间，请补填。"))
        return None

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Every worker goes as far as the line says."""
        going = [plan for plan in plans if plan.verdict != Verdict.UNCHANGED]
        for plan in going:
            take_chain(plan.data.found.id, plan.data.found.area_code, plan.data.chain, at=batch.at)
        batch.memory["entered"] = batch.memory.get("entered", 0) + len(going)

    def finish(self, batch: Batch) -> None:
        """That personal data came in is in the log."""
        log_access(
            AccessKind.IMPORTED,
            subject=f"upload:{batch.upload_id}",
            fields=[column.title for column in self.columns if column.is_personal],
            purpose=_("导入返岗人员台账"),
            count=batch.memory.get("entered", 0),
            user=batch.actor,
            at=batch.at,
        )


def _chain(row: Row) -> Chain:
    values = row.values
    span: tuple[date, date] | None = values[11]
    return Chain(
        name=values[1],
        document_no=values[2],
        phone=values[3] or "",
        household=values[4] or "",
        origin=values[5].code,
        origin_text=values[5].text,
        arrived_on=values[6],
        transport=values[7] or "",
        certificate_no=values[8] or "",
        key_area=values[9] or KeyAreaContact.UNKNOWN.value,
        observe_place=values[10] or "",
        observe_from=span[0] if span else None,
        observe_to=span[1] if span else None,
        cleared_on=values[12],
        at_post_on=values[13],
    )


def record_of(worker: Worker) -> dict[str, Any]:
    """A worker as the sheet's columns name the values."""
    person = worker.person
    is_observed = worker.observe_from and worker.observe_to
    return {
        "enterprise": worker.enterprise.name,
        "name": person.name,
        "document_no": person.document_no,
        "phone": person.phone or None,
        "household": person.household or None,
        "origin": worker.origin_text or name_of(worker.origin),
        "arrived_on": worker.arrived_on,
        "transport": worker.transport or None,
        "certificate_no": worker.certificate_no or None,
        "key_area": worker.key_area,
        "observe_place": worker.observe_place or None,
        "observed": (worker.observe_from, worker.observe_to) if is_observed else None,
        "cleared_on": worker.cleared_on,
        "at_post_on": worker.at_post_on,
    }
