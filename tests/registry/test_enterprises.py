"""Enterprises: registering, correcting, renaming, status, sites."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from shoushan.registry import selectors, services
from shoushan.registry.enums import STATUS_CHANGES, EntityKind, RegistrationStatus, Source
from shoushan.registry.models import Enterprise, EnterpriseName, EnterpriseStatus
from tests.registry.factories import AT, ON, OTHER_USCC, USCC, a_row, an_enterprise

pytestmark = pytest.mark.django_db


# ---- registering --------------------------------------------------------------------------------
def test_it_registers_an_enterprise_with_its_key_and_first_status() -> None:
    made = an_enterprise("示例0001号　餐饮有限责任公司（演示）", uscc=USCC)

    row = Enterprise.objects.get(code=made.code)
    assert (row.name_key, row.entity_kind, row.is_branch) == (
        "示例0001号餐饮有限公司(演示)",
        EntityKind.ENTERPRISE,
        False,
    )
    assert row.subject == f"enterprise:{row.code}"
    assert selectors.status_on(enterprise=row, on=ON) == RegistrationStatus.ACTIVE
    assert selectors.status_on(enterprise=row, on=date(2019, 12, 31)) == ""


def test_it_marks_branches() -> None:
    branch = an_enterprise("示例0001号餐饮有限公司历下分公司", uscc=USCC, parent_uscc=OTHER_USCC)

    assert branch.is_branch
    assert branch.entity_kind == EntityKind.BRANCH


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([a_row("  ")], "企业名称不能为空"),
        ([a_row(uscc=USCC), a_row("示例0002号餐饮有限公司", uscc=USCC)], "已经登记在另一企业名下"),
        ([a_row(area_code="370102")], "前后不一致"),
        ([a_row(uscc="123")], "前后不一致"),
        ([a_row(community_code="370102002001")], "前后不一致"),
        ([a_row(parent_uscc=USCC)], "前后不一致"),
        ([a_row(employees_total=12)], "前后不一致"),
        ([a_row("示例历下分公司", uscc=USCC, parent_uscc=USCC)], "前后不一致"),
    ],
)
def test_it_refuses_a_row_that_breaks_a_rule_and_registers_none(
    rows: list[services.NewEnterprise], sentence: str
) -> None:
    good = a_row("示例0009号餐饮有限公司")

    with pytest.raises(services.RegistryError, match=sentence):
        services.register_enterprises(rows=[good, *rows], source=Source.STATISTICS, on=ON, at=AT)

    assert Enterprise.objects.count() == 0


def test_it_refuses_a_credit_code_that_is_registered() -> None:
    an_enterprise(uscc=USCC)

    with pytest.raises(services.RegistryError, match=f"{USCC} 已经登记在另一企业名下"):
        an_enterprise("示例0002号餐饮有限公司", uscc=USCC)


def test_it_registers_many_enterprises_without_a_credit_code() -> None:
    rows = [a_row(f"示例{number:04}号餐饮有限公司") for number in range(3)]

    made = services.register_enterprises(rows=rows, source=Source.SUBDISTRICT, on=ON, at=AT)

    assert [row.name for row in made] == [row.name for row in rows]
    assert Enterprise.objects.filter(uscc=None).count() == 3


def test_it_registers_ten_thousand_in_batches(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    rows = [a_row(f"示例{number:05}号餐饮有限公司") for number in range(10_000)]

    with django_assert_max_num_queries(300):  # SQLite takes 999 parameters at a time
        services.register_enterprises(rows=rows, source=Source.STATISTICS, on=ON, at=AT)

    assert Enterprise.objects.count() == EnterpriseStatus.objects.count() == 10_000


# ---- correcting ---------------------------------------------------------------------------------
def test_it_corrects_fields_in_place() -> None:
    first, second = an_enterprise(), an_enterprise("示例0002号餐饮有限公司")

    touched = services.update_enterprises(
        changes={
            first.pk: {"employees_total": 35, "employees_on": date(2020, 3, 23)},
            second.pk: {"business_address": "示例路2号", "uscc": USCC},
        },
        at=AT,
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert touched == 2
    assert (first.employees_total, first.uscc) == (35, None)
    assert (second.business_address, second.uscc, second.employees_total) == ("示例路2号", USCC, None)


def test_it_corrects_ten_thousand_at_once(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    rows = [a_row(f"示例{number:05}号餐饮有限公司") for number in range(10_000)]
    entered = services.enter_enterprises(rows=rows, source=Source.STATISTICS, on=ON, at=AT)
    changes: dict[int, dict[str, Any]] = {
        each.id: {"employees_total": number, "employees_on": ON} if number % 2 else {"industry_code": "H6210"}
        for number, each in enumerate(entered)
    }

    with django_assert_max_num_queries(30):
        touched = services.update_enterprises(changes=changes, at=AT)

    assert touched == 10_000
    assert Enterprise.objects.filter(employees_on=ON, industry_code="").count() == 5_000
    assert Enterprise.objects.get(pk=entered[7777].id).employees_total == 7777
    assert Enterprise.objects.filter(employees_total=None, industry_code="H6210").count() == 5_000


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "别名"}, "字段 name 不能这样修改"),
        ({"status": "CANCELLED"}, "字段 status 不能这样修改"),
        ({"uscc": OTHER_USCC}, "已经登记在另一企业名下"),
        ({"area_code": "370102002"}, "字段 area_code 不能这样修改"),
        ({"community_code": "370102009001"}, "前后不一致"),
    ],
)
def test_it_refuses_a_correction_that_breaks_a_rule(change: dict[str, Any], sentence: str) -> None:
    row = an_enterprise(uscc=USCC)
    an_enterprise("示例0002号餐饮有限公司", uscc=OTHER_USCC)

    with pytest.raises(services.RegistryError, match=sentence):
        services.update_enterprises(changes={row.pk: change}, at=AT)

    row.refresh_from_db()
    assert (row.name, row.uscc, row.area_code) == ("示例0001号餐饮有限公司", USCC, "370102001")


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_branch": True},
        {"entity_kind": "BRANCH"},
        {"name_key": ""},
        {"area_code": "370102"},
        {"uscc": ""},
        {"community_code": "370102009001"},
        {"parent_uscc": OTHER_USCC},
        {"employees_total": 5},
    ],
)
def test_it_is_refused_by_the_database_as_well(wrong: dict[str, Any]) -> None:
    row = an_enterprise()

    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=row.pk).update(**wrong)


# ---- names --------------------------------------------------------------------------------------
def test_it_keeps_former_names_with_their_last_day() -> None:
    row = an_enterprise("旧示例有限公司")

    services.rename_enterprise(enterprise=row, name="新示例有限公司", on=date(2020, 3, 1), at=AT)

    assert (row.name, row.name_key) == ("新示例有限公司", "新示例有限公司")
    assert selectors.name_on(enterprise=row, on=date(2020, 2, 29)) == "旧示例有限公司"
    assert selectors.name_on(enterprise=row, on=date(2020, 3, 1)) == "新示例有限公司"


def test_it_takes_another_spelling_of_the_same_name_for_no_new_name() -> None:
    row = an_enterprise("示例有限公司")

    services.rename_enterprise(enterprise=row, name="示例有限责任公司", on=date(2020, 3, 1), at=AT)

    assert row.name == "示例有限责任公司"
    assert EnterpriseName.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "on", "sentence"),
    [
        ("", date(2020, 3, 5), "企业名称不能为空"),
        ("再改名有限公司", date(2020, 3, 1), "已经更名"),
        ("再改名有限公司", date(2020, 2, 1), "已经更名"),
    ],
)
def test_it_refuses_a_renaming_without_a_name_or_before_the_last_one(name: str, on: date, sentence: str) -> None:
    row = an_enterprise("旧示例有限公司")
    services.rename_enterprise(enterprise=row, name="新示例有限公司", on=date(2020, 3, 1), at=AT)

    with pytest.raises(services.RegistryError, match=sentence):
        services.rename_enterprise(enterprise=row, name=name, on=on, at=AT)

    assert Enterprise.objects.get(pk=row.pk).name == "新示例有限公司"


def test_it_follows_a_name_into_and_out_of_being_a_branch() -> None:
    row = an_enterprise("示例有限公司历下分公司")

    services.rename_enterprise(enterprise=row, name="历下示例有限公司", on=date(2020, 3, 1), at=AT)

    assert (row.is_branch, row.entity_kind) == (False, EntityKind.ENTERPRISE)


# ---- status and sites ---------------------------------------------------------------------------
def test_it_keeps_every_status_with_its_day() -> None:
    row = an_enterprise()

    services.change_status(enterprise=row, status=RegistrationStatus.MOVED_OUT, on=date(2020, 3, 10), at=AT)
    services.change_status(enterprise=row, status=RegistrationStatus.ACTIVE, on=date(2020, 4, 1), reason="迁回", at=AT)

    days = [date(2020, 3, 9), date(2020, 3, 10), date(2020, 3, 31), date(2020, 4, 1)]
    assert [selectors.status_on(enterprise=row, on=day) for day in days] == [
        "ACTIVE",
        "MOVED_OUT",
        "MOVED_OUT",
        "ACTIVE",
    ]
    assert row.status == RegistrationStatus.ACTIVE


@pytest.mark.parametrize("before", list(RegistrationStatus))
@pytest.mark.parametrize("after", list(RegistrationStatus))
def test_it_allows_exactly_the_listed_changes(before: RegistrationStatus, after: RegistrationStatus) -> None:
    row = an_enterprise()
    Enterprise.objects.filter(pk=row.pk).update(status=before)

    try:
        services.change_status(enterprise=row, status=after, on=date(2020, 3, 10), at=AT)
        is_changed = True
    except services.RegistryError:
        is_changed = False

    assert is_changed == (after in STATUS_CHANGES[before])


def test_it_refuses_a_status_before_the_last_one() -> None:
    row = an_enterprise()
    services.change_status(enterprise=row, status=RegistrationStatus.REVOKED, on=date(2020, 3, 10), at=AT)

    with pytest.raises(services.RegistryError, match="已有状态变更"):
        services.change_status(enterprise=row, status=RegistrationStatus.CANCELLED, on=date(2020, 3, 10), at=AT)


def test_it_has_many_sites_but_none_twice() -> None:
    row = an_enterprise()
    site = {"enterprise": row, "area_code": "370102002", "valid_from": ON}
    services.add_site(name="总部", **site)
    services.add_site(name="二厂", **site)

    with pytest.raises(services.RegistryError, match="与已有场所重复"):
        services.add_site(name="总部 ", **site)

    assert row.sites.count() == 2


# ---- the list -----------------------------------------------------------------------------------
def test_it_lists_the_enterprises_of_a_scope_with_filters() -> None:
    first = an_enterprise("甲示例有限公司", area_code="370102001", uscc=USCC)
    second = an_enterprise("乙示例有限公司", area_code="370102002", community_code="370102002008")
    branch = an_enterprise("丙示例有限公司历下分公司", area_code="370102002")

    def listed(*scope: str, **filters: Any) -> set[Enterprise]:
        return set(selectors.enterprises(scope=scope, **filters))

    assert listed("370102") == {first, second, branch}
    assert listed("370102001") == {first}
    assert listed("370102001", "370102002") == {first, second, branch}
    assert listed("370102002008") == {second}
    assert listed() == listed("370103") == set()
    assert listed("370102", area_code="370102002") == {second, branch}
    assert listed("370102001", area_code="370102002") == set()
    assert listed("370102", kind=EntityKind.BRANCH) == {branch}
    assert listed("370102", text="乙示例 有限责任公司") == {second}
    assert listed("370102", text="示例") == {first, second, branch}
    assert listed("370102", text=USCC[:10].lower()) == {first}
    assert listed("370102", text=branch.code) == {branch}
    assert listed("370102", text="%") == set()
