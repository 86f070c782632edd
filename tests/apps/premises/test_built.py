"""What stands of a project, asked by whoever knows its code: the ledger of buildings answers through the register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shoushan.apps.premises.models import Building
from shoushan.registry.built import built_by
from tests.apps.premises.factories import MARCH_23, a_building, a_firm, let, rooms, setting

pytestmark = pytest.mark.django_db


def test_the_buildings_of_a_project_are_added_up_as_of_a_day() -> None:
    setting()
    first, second, elsewhere = a_building("甲座"), a_building("乙座", lettable=500), a_building("别处")
    Building.objects.filter(pk__in=[first.pk, second.pk]).update(project="PRJ-1")
    Building.objects.filter(pk=elsewhere.pk).update(project="PRJ-2")
    (room,) = rooms(first, 300)
    let(room, a_firm(), since=date(2020, 2, 1))

    found = built_by(["PRJ-1", "PRJ-3", ""], on=MARCH_23)

    assert set(found) == {"PRJ-1"}
    stands = found["PRJ-1"]
    assert (stands.total_sqm, stands.lettable_sqm, stands.let_sqm) == (Decimal(4000), Decimal(1500), Decimal(300))
    assert set(stands.subjects) == {first.subject, second.subject}
    assert built_by(["PRJ-1"], on=date(2020, 1, 31))["PRJ-1"].let_sqm == 0
    assert built_by(["PRJ-1"], on=date(2019, 12, 31)) == {}
