from datetime import UTC, date, datetime

import pytest

from shoushan.apps.resumption.enums.policies import EntryMeasure, IsolationResult, Regime
from shoushan.apps.resumption.lifecycle import RULES, SEEDS
from shoushan.apps.resumption.lifecycle.regimes import ABROAD, isolation_of, limit, regime_on
from shoushan.lifecycle import selectors
from shoushan.lifecycle.errors import PolicyError
from shoushan.lifecycle.services import load_policies, preview_rule

pytestmark = pytest.mark.django_db

AT = datetime(2020, 6, 1, tzinfo=UTC)
YAOJIA = "370102011"
WUHAN, HANGZHOU, HEZE = "420100", "330100", "371700"


@pytest.fixture(autouse=True)
def _rules() -> None:
    load_policies(SEEDS, at=AT)


@pytest.mark.parametrize(
    ("on", "is_exempt", "regime"),
    [
        (date(2020, 2, 8), False, Regime.NOT_ALLOWED),
        (date(2020, 2, 8), True, Regime.APPROVAL),
        (date(2020, 2, 9), False, Regime.NOT_ALLOWED),
        (date(2020, 2, 10), False, Regime.APPROVAL),
        (date(2020, 2, 11), False, Regime.APPROVAL),
        (date(2020, 3, 2), False, Regime.APPROVAL),
        (date(2020, 3, 3), False, Regime.NOTICE_ONLY),
        (date(2020, 3, 5), False, Regime.NOTICE_ONLY),
    ],
)
def test_it_judges_two_identical_applications_by_their_own_days(on: date, is_exempt: bool, regime: Regime) -> None:
    assert regime_on(area=YAOJIA, on=on, is_exempt=is_exempt)[0] == regime


def test_it_cites_the_document_that_ended_approvals() -> None:
    before, after = (regime_on(area=YAOJIA, on=date(2020, month, day))[1] for month, day in ((2, 11), (3, 5)))

    assert before.cited == "依据山东省企业复工通知（2020-01-31）（第1项）"
    assert after.cited == "依据国办发明电〔2020〕6号（第1项）"


def test_it_still_approves_where_the_risk_is_not_low() -> None:
    regime, ruling = regime_on(area=WUHAN, on=date(2020, 3, 5))

    assert (regime, ruling.row["reply_days"]) == (Regime.APPROVAL, 2)


def test_it_knows_no_rule_before_the_first() -> None:
    with pytest.raises(PolicyError, match="2020-01-30没有有效的“复工办理方式”"):
        regime_on(area=YAOJIA, on=date(2020, 1, 30))


@pytest.mark.parametrize(
    ("origin", "papers", "on", "result"),
    [
        (WUHAN, "certificate charter normal", date(2020, 2, 20), IsolationResult.MUST_NOT_COME),
        (ABROAD, "certificate charter normal", date(2020, 2, 20), IsolationResult.FOURTEEN_DAYS),
        (HANGZHOU, "", date(2020, 2, 20), IsolationResult.FOURTEEN_DAYS),
        (HANGZHOU, "certificate normal", date(2020, 2, 20), IsolationResult.FOURTEEN_DAYS),
        (HANGZHOU, "certificate charter normal", date(2020, 2, 20), IsolationResult.NONE),
        (HEZE, "certificate normal", date(2020, 2, 20), IsolationResult.NONE),
        (HEZE, "certificate", date(2020, 2, 20), IsolationResult.FOURTEEN_DAYS),
        (HANGZHOU, "normal", date(2020, 4, 7), IsolationResult.NONE),
        (ABROAD, "certificate charter normal", date(2020, 4, 7), IsolationResult.FOURTEEN_DAYS),
    ],
)
def test_it_isolates_by_origin_papers_and_day(origin: str, papers: str, on: date, result: IsolationResult) -> None:
    there = papers.split()

    found, ruling = isolation_of(
        area=YAOJIA,
        origin=origin,
        on=on,
        has_certificate="certificate" in there,
        by_charter="charter" in there,
        is_normal="normal" in there,
    )

    assert found == result
    assert ruling.cited.startswith("依据")


def test_it_has_a_check_list_for_each_of_the_four_measures() -> None:
    found = selectors.check_rule_in_force("resumption.check_list", on=date(2020, 2, 11), area=YAOJIA)

    assert {row["measure"] for row in found.rows} == set(EntryMeasure.values)
    assert limit("体温上限", area=YAOJIA, on=date(2020, 2, 11)) == 37.3


@pytest.mark.parametrize("rule", [rule for seed in SEEDS for rule in seed.rules], ids=lambda rule: str(rule.valid_from))
def test_it_brings_rules_that_may_be_entered(rule: object) -> None:
    words = {"code": rule.code, "rows": rule.rows, "valid_from": rule.valid_from}  # type: ignore[attr-defined]
    assert preview_rule(area_code="370102", **words) == []


def test_it_enters_them_once() -> None:
    assert load_policies(SEEDS, at=AT) == 0
    assert {rule.code for rule in RULES} == {rule.code for seed in SEEDS for rule in seed.rules}
