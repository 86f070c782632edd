"""What the tables with one line a room share: the building that a line names, and where in it the room is."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from shoushan.apps.premises.models import Building
from shoushan.apps.premises.models.buildings import in_sqm, read_floor
from shoushan.apps.premises.services.buildings import Undivided, problem_of_floor, undivided
from shoushan.exchange.declarations import Batch, Row, RowPlan, Sheet
from shoushan.lib.marking import noop

PREMISES: Final = noop("楼宇的房间或租约")
"""What others may have changed since the preview of a table."""


class RoomSheet(Sheet):
    """A table with the columns building, area, floor and number."""

    def building_unknown(self, row: Row) -> RowPlan:
        """There is no such building."""
        message = _("在册没有这个名称的楼宇，请按台账上的名称填写，或先导入楼宇台账。")
        return self.reject(row, "building", "building_unknown", message)

    def refusal_of_place(self, row: Row, building: Building | None, batch: Batch) -> RowPlan | None:
        """A building that nobody knows or that is not the sender's, another subdistrict, a floor that can't be read."""
        if building is None:
            return self.building_unknown(row)
        if not batch.may_write(building.area_code):
            message = _("不在您负责的辖区内，请由该街道或主管部门报送。")
            return self.reject(row, "building", "outside_scope", message)
        area = self.value(row, "area")
        if area and not area.startswith(building.area_code):
            message = _("在册属地与这一行不同，请核对；属地变更请在楼宇页面办理。")
            return self.reject(row, "area", "area_differs", message)
        floor = read_floor(self.value(row, "floor"))
        if floor is None:
            message = _("楼层看不懂，地上的写数字，如 12；地下的写 B1。")
            return self.reject(row, "floor", "floor_form", message)
        if problem := problem_of_floor(building, floor):
            return self.reject(row, "floor", "no_such_floor", problem)
        return None

    def other_size(self, row: Row, column: str, known_sqdm: int) -> RowPlan:
        """The room is there, and of another size."""
        message = _("在册这间房的面积是 %(area)s 平方米，请核对；房间合并或分割请在楼宇页面办理。")
        return self.reject(row, column, "area_of_room_differs", message % {"area": in_sqm(known_sqdm)})

    def left_in(self, building: Building, batch: Batch) -> Undivided:
        """What a building can still let in rooms, less what lines above were given."""
        left: dict[int, Undivided] = batch.memory.setdefault("left", {})
        if building.pk not in left:
            left[building.pk] = undivided(building)
        return left[building.pk]

    def no_room_left(self, row: Row, column: str, on: date, left_sqdm: int) -> RowPlan:
        """The room is more than the building can let on one of its days."""
        words = {"day": on.isoformat(), "left": in_sqm(max(0, left_sqdm))}
        message = _(
            "%(day)s 楼宇的可租面积只剩 %(left)s 平方米没有分间，这间房放不下，请核对面积和日期，或先变更可租面积。"
        )
        return self.reject(row, column, "beyond_lettable", message % words)
