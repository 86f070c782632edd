"""`shoushan area`."""

from __future__ import annotations

from datetime import date

import pytest

from shoushan.directory.models import Area, AreaSuccession
from tests.config.test_cli import Command, shoushan
from tests.kept import district

__all__ = ["shoushan"]
pytestmark = pytest.mark.django_db
OLD, NEW = "370102011", "370102013901"


def test_it_moves_a_community(shoushan: Command) -> None:
    district()
    old = Area.objects.filter(code__startswith=OLD, level="COMMUNITY").order_by("code")[0]
    asked = ("area", "move", old.code, NEW, "--on", "2020-03-05", "--reason", "区划调整")

    moved = shoushan(*asked)

    assert (moved.code, moved.out) == (0, f"社区 {old.code} 自 2020-03-05 起为 {NEW}，随之划转企业 0 家。\n")
    assert AreaSuccession.objects.get().new.name == old.name
    old.refresh_from_db()
    assert old.valid_to == date(2020, 3, 4)
    again = shoushan(*asked)
    assert (again.code, again.err) == (1, f"2020-03-05 没有代码为 {old.code} 的社区，请核对代码和日期。\n")
    assert shoushan(*asked[:4]).code == 2
