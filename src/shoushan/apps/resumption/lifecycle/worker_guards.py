"""What stops a step of a worker's way back, as sentences that say how to mend it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.resumption.enums.workers import TestResult
from shoushan.apps.resumption.lifecycle.worker_effects import decided
from shoushan.apps.resumption.models import Worker
from shoushan.lib import readings
from shoushan.lib.temperatures import read_temperature
from shoushan.lifecycle.declarations import Guard, Occasion
from shoushan.lifecycle.errors import PolicyError


def _temperature_is_read(_worker: Worker, occasion: Occasion) -> str:
    raw = occasion.values.get("temperature")
    if raw is None:
        return ""
    reading = read_temperature(str(raw))
    return readings.sentence(reading, _("体温")) if reading.value is None else ""


def _certificate_is_valid(_worker: Worker, occasion: Occasion) -> str:
    until = occasion.values.get("certificate_until")
    if until is None or until >= occasion.on or not occasion.values.get("certificate_no"):
        return ""
    words = {"until": until.isoformat(), "day": occasion.on.isoformat()}
    return (
        _("健康证明有效期至 %(until)s，到达日 %(day)s 已过期：请填写新的证明，或不填证明编号，按没有证明办理。") % words
    )


def _rule_is_in_force(worker: Worker, occasion: Occasion) -> str:
    if occasion.values.get("temperature") is None:
        return ""
    try:
        decided(worker, occasion)
    except PolicyError as error:
        return str(error)
    return ""


def _is_over(worker: Worker, occasion: Occasion) -> str:
    if worker.observe_to is None or occasion.on >= worker.observe_to:
        return ""
    left = (worker.observe_to - occasion.on).days
    words = {"day": worker.observe_to.isoformat(), "n": left}
    return _("隔离观察至 %(day)s，还有 %(n)d 天，期满后再解除。") % words


def _no_bad_test(worker: Worker, _occasion: Occasion) -> str:
    newest = worker.tests.order_by("-sampled_on", "-pk").first()
    if newest is None or newest.result == TestResult.NEGATIVE:
        return ""
    if newest.result == TestResult.PENDING:
        return _("%(day)s 的核酸检测结果未出，请登记结果后再办。") % {"day": newest.sampled_on.isoformat()}
    return _("%(day)s 的核酸检测为阳性，请按规定报告，不能解除或上岗。") % {"day": newest.sampled_on.isoformat()}


def _has_negative_test(worker: Worker, occasion: Occasion) -> str:
    if not worker.tests.filter(result=TestResult.NEGATIVE, sampled_on__gte=worker.state_on).exists():
        return _("异常以来没有阴性的核酸检测结果，请先登记检测结果。")
    return _no_bad_test(worker, occasion)


TEMPERATURE_READ: Final = Guard("temperature_read", gettext_lazy("体温在 34.0 至 42.0 ℃之间"), _temperature_is_read)
CERTIFICATE_VALID: Final = Guard("certificate_valid", gettext_lazy("健康证明没有过期"), _certificate_is_valid)
RULE_IN_FORCE: Final = Guard("rule_in_force", gettext_lazy("当日有返岗人员隔离规定"), _rule_is_in_force)
OBSERVED_TO_THE_END: Final = Guard("observed_to_the_end", gettext_lazy("隔离观察期满"), _is_over)
TESTS_NEGATIVE: Final = Guard("tests_negative", gettext_lazy("最近一次核酸检测为阴性或未做"), _no_bad_test)
TESTED_NEGATIVE: Final = Guard("tested_negative", gettext_lazy("异常以来核酸检测为阴性"), _has_negative_test)
