"""Pages of premises."""

from shoushan.apps.premises.views.buildings import (
    building_close,
    building_detail,
    building_edit,
    building_export,
    building_list,
    building_open,
    contact_show,
    space_change,
)
from shoushan.apps.premises.views.records import (
    addition_export,
    addition_list,
    headquarters_end,
    headquarters_list,
    tax_enter,
    tenant_watch,
    visit_record,
)
from shoushan.apps.premises.views.rooms import (
    lease_end,
    lease_enter,
    registration_set,
    unit_detail,
    unit_end,
    unit_enter,
    unit_use,
    vacancy_release,
    vacancy_withdraw,
)
from shoushan.apps.premises.views.vacancies import vacancy_export, vacancy_list, vacancy_plan, vacancy_table

__all__ = [
    "addition_export",
    "addition_list",
    "building_close",
    "building_detail",
    "building_edit",
    "building_export",
    "building_list",
    "building_open",
    "contact_show",
    "headquarters_end",
    "headquarters_list",
    "lease_end",
    "lease_enter",
    "registration_set",
    "space_change",
    "tax_enter",
    "tenant_watch",
    "unit_detail",
    "unit_end",
    "unit_enter",
    "unit_use",
    "vacancy_export",
    "vacancy_list",
    "vacancy_plan",
    "vacancy_release",
    "vacancy_table",
    "vacancy_withdraw",
    "visit_record",
]
