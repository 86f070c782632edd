"""The statistics bureau's lists."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from shoushan.directory.services import create_user
from shoushan.registry import selectors, services
from shoushan.registry.enums import AboveScaleType
from shoushan.registry.models import Enterprise, Frame, FrameMember
from tests.registry.factories import AT, a_frame, an_enterprise

pytestmark = pytest.mark.django_db
LIST = "四上企业在库名单"


@pytest.fixture
def locked() -> Frame:
    """A locked frame of January with one member."""
    frame = a_frame()
    services.add_frame_members(frame=frame, members={an_enterprise().pk: AboveScaleType.HOTEL_CATERING})
    services.lock_frame(frame=frame, by=None, at=AT)
    return frame


def test_it_takes_members_with_the_type_that_the_bureau_gave() -> None:
    frame = a_frame()
    first, second = an_enterprise(), an_enterprise("示例0002号商贸有限公司")

    touched = services.add_frame_members(
        frame=frame, members={first.pk: AboveScaleType.HOTEL_CATERING, second.pk: AboveScaleType.RETAIL}
    )

    assert touched == 2
    assert selectors.frame_types(frame=frame) == {first.pk: "HOTEL_CATERING", second.pk: "RETAIL"}
    assert set(selectors.enterprises(scope=["370102"], frame_id=frame.pk)) == {first, second}
    assert set(selectors.enterprises(scope=["370102"], frame_id=frame.pk, above_scale_type="RETAIL")) == {second}


def test_it_changes_only_what_differs_when_loaded_again() -> None:
    frame = a_frame()
    row = an_enterprise()
    services.add_frame_members(frame=frame, members={row.pk: AboveScaleType.RETAIL})

    same = services.add_frame_members(frame=frame, members={row.pk: AboveScaleType.RETAIL})
    other = services.add_frame_members(frame=frame, members={row.pk: AboveScaleType.WHOLESALE})

    assert (same, other) == (0, 1)
    assert selectors.frame_types(frame=frame) == {row.pk: "WHOLESALE"}


def test_it_refuses_branches() -> None:
    frame = a_frame()
    branch = an_enterprise("示例有限公司历下分公司")

    with pytest.raises(services.RegistryError, match="“示例有限公司历下分公司”是分支机构"):
        services.add_frame_members(frame=frame, members={branch.pk: AboveScaleType.RETAIL})

    assert not frame.members.exists()


def test_it_notes_who_locked_it_and_refuses_changes_with_a_sentence(locked: Frame) -> None:
    user = create_user(username="clerk", password="spring-water-72", display_name="测试用户", at=AT)
    march = a_frame(date(2020, 3, 1))
    services.add_frame_members(frame=march, members={an_enterprise("示例二有限公司").pk: AboveScaleType.RETAIL})

    services.lock_frame(frame=march, by=user, at=AT)

    assert (march.is_locked, march.locked_by) == (True, user)
    with pytest.raises(services.RegistryError, match="已锁定，不能再修改"):
        services.add_frame_members(frame=march, members={})
    with pytest.raises(services.RegistryError, match="已锁定，不能再修改"):
        services.lock_frame(frame=locked, by=user, at=AT)


def test_it_does_not_lock_an_empty_list() -> None:
    with pytest.raises(services.RegistryError, match="没有成员，不能锁定"):
        services.lock_frame(frame=a_frame(), by=None, at=AT)


def test_it_opens_one_frame_at_a_time_and_a_new_revision_after_the_lock(locked: Frame) -> None:
    second = a_frame()
    again = a_frame()

    assert (locked.revision, second.revision) == (1, 2)
    assert again == second
    assert second.name == "四上企业在库名单（2020年1月）"


def test_it_wants_the_first_day_of_the_month() -> None:
    with pytest.raises(services.RegistryError, match="应填该月第一天"):
        a_frame(date(2020, 1, 31))


def test_it_answers_with_the_latest_locked_list_of_a_day(locked: Frame) -> None:
    march = a_frame(date(2020, 3, 1))
    before_lock = selectors.frame_in_force(on=date(2020, 3, 23), list_name=LIST)
    services.add_frame_members(frame=march, members={Enterprise.objects.get().pk: AboveScaleType.RETAIL})
    services.lock_frame(frame=march, by=None, at=AT)

    assert before_lock == locked
    assert selectors.frame_in_force(on=date(2020, 3, 23), list_name=LIST) == march
    assert selectors.frame_in_force(on=date(2020, 2, 29), list_name=LIST) == locked
    assert selectors.frame_in_force(on=date(2019, 12, 31), list_name=LIST) is None


def _insert(frame: Frame) -> None:
    FrameMember.objects.create(frame=frame, enterprise=an_enterprise("示例三有限公司"), above_scale_type="RETAIL")


def _move_in(frame: Frame) -> None:
    other = a_frame(date(2020, 2, 1))
    services.add_frame_members(frame=other, members={an_enterprise("示例四有限公司").pk: AboveScaleType.RETAIL})
    FrameMember.objects.filter(frame=other).update(frame=frame)


def _move_out(frame: Frame) -> None:
    FrameMember.objects.filter(frame=frame).update(frame=a_frame(date(2020, 2, 1)))


@pytest.mark.parametrize(
    "change",
    [
        _insert,
        _move_in,
        _move_out,
        lambda frame: FrameMember.objects.filter(frame=frame).update(above_scale_type="SERVICE"),
        lambda frame: FrameMember.objects.filter(frame=frame).delete(),
        lambda frame: Frame.objects.filter(pk=frame.pk).update(locked_at=None),
        lambda frame: Frame.objects.filter(pk=frame.pk).update(month=date(2020, 2, 1)),
        lambda frame: Frame.objects.filter(pk=frame.pk)._raw_delete("default"),
    ],
)
def test_it_is_protected_by_the_database_once_locked(locked: Frame, change: object) -> None:
    with pytest.raises(IntegrityError, match="a locked frame cannot be changed"), transaction.atomic():
        change(locked)  # type: ignore[operator]

    assert selectors.frame_types(frame=locked) == {Enterprise.objects.order_by("pk").first().pk: "HOTEL_CATERING"}  # type: ignore[union-attr]
