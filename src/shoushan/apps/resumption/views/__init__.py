"""Pages of work resumption: the ledger, one enterprise, the bulletin of a day."""

from shoushan.apps.resumption.views.applications import (
    application_check,
    application_create,
    application_detail,
    application_edit,
    application_file,
    application_list,
    application_step,
)
from shoushan.apps.resumption.views.bulletins import bulletin, bulletin_release, daily_report
from shoushan.apps.resumption.views.contacts import (
    contact_claim,
    contact_detail,
    contact_home,
    contact_list,
    contact_register,
    contact_step,
)
from shoushan.apps.resumption.views.difficulties import difficulty_create, difficulty_export, funds_list
from shoushan.apps.resumption.views.enterprises import enterprise_detail, enterprise_move
from shoushan.apps.resumption.views.filings import (
    filing_detail,
    filing_step,
    return_decide,
    return_file,
    return_list,
    return_lock,
    return_remind,
)
from shoushan.apps.resumption.views.ledgers import ledger, ledger_export
from shoushan.apps.resumption.views.permits import permit_detail, permit_list
from shoushan.apps.resumption.views.places import place_list
from shoushan.apps.resumption.views.trips import trip_detail, trip_list, trip_plan, trip_seat, trip_step
from shoushan.apps.resumption.views.violations import violation_detail, violation_file, violation_list, violation_step
from shoushan.apps.resumption.views.visits import officer_appoint, visit_create, visit_list
from shoushan.apps.resumption.views.workers import (
    check_list,
    worker_bed,
    worker_create,
    worker_detail,
    worker_export,
    worker_list,
    worker_show,
    worker_step,
    worker_test,
)

__all__ = [
    "application_check",
    "application_create",
    "application_detail",
    "application_edit",
    "application_file",
    "application_list",
    "application_step",
    "bulletin",
    "bulletin_release",
    "check_list",
    "contact_claim",
    "contact_detail",
    "contact_home",
    "contact_list",
    "contact_register",
    "contact_step",
    "daily_report",
    "difficulty_create",
    "difficulty_export",
    "enterprise_detail",
    "enterprise_move",
    "filing_detail",
    "filing_step",
    "funds_list",
    "ledger",
    "ledger_export",
    "officer_appoint",
    "permit_detail",
    "permit_list",
    "place_list",
    "return_decide",
    "return_file",
    "return_list",
    "return_lock",
    "return_remind",
    "trip_detail",
    "trip_list",
    "trip_plan",
    "trip_seat",
    "trip_step",
    "violation_detail",
    "violation_file",
    "violation_list",
    "violation_step",
    "visit_create",
    "visit_list",
    "worker_bed",
    "worker_create",
    "worker_detail",
    "worker_export",
    "worker_list",
    "worker_show",
    "worker_step",
    "worker_test",
]
