"""The demonstration's buildings as they are planned: the same every time, and within what they can let."""

from demo import premises


def test_the_buildings_are_the_same_every_time_and_fit() -> None:
    found = list(premises.plans())

    assert found == list(premises.plans())
    assert len({each.name for each in found}) == len(found) == premises.COUNT
    for each in found:
        assert sum(area for _floor, _number, area in each.rooms) <= each.lettable <= each.total
        assert len({number for _floor, number, _area in each.rooms}) == len(each.rooms)
        assert "示例" in each.name
