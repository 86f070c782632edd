"""What is done with premises."""

from shoushan.apps.premises.services.buildings import (
    BuildingLine,
    MoveLine,
    change_space,
    close_building,
    enter_building,
    update_building,
)
from shoushan.apps.premises.services.leases import LeaseLine, end_lease, enter_lease, enter_leases, enter_registration
from shoushan.apps.premises.services.plans import enter_plan
from shoushan.apps.premises.services.records import (
    VisitLine,
    enter_headquarters,
    enter_tax,
    record_visit,
    withdraw_headquarters,
)
from shoushan.apps.premises.services.units import (
    RoomLine,
    end_unit,
    enter_rooms,
    release_vacancy,
    state_use,
    withdraw_vacancy,
)

__all__ = [
    "BuildingLine",
    "LeaseLine",
    "MoveLine",
    "RoomLine",
    "VisitLine",
    "change_space",
    "close_building",
    "end_lease",
    "end_unit",
    "enter_building",
    "enter_headquarters",
    "enter_lease",
    "enter_leases",
    "enter_plan",
    "enter_registration",
    "enter_rooms",
    "enter_tax",
    "record_visit",
    "release_vacancy",
    "state_use",
    "update_building",
    "withdraw_headquarters",
    "withdraw_vacancy",
]
