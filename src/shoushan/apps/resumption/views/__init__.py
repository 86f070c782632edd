"""Pages of work resumption: the ledger, one enterprise, the bulletin of a day."""

from shoushan.apps.resumption.views.bulletins import bulletin, bulletin_release
from shoushan.apps.resumption.views.contacts import (
    contact_claim,
    contact_detail,
    contact_home,
    contact_list,
    contact_register,
    contact_step,
)
from shoushan.apps.resumption.views.enterprises import enterprise_detail, enterprise_move
from shoushan.apps.resumption.views.ledgers import ledger, ledger_export

__all__ = [
    "bulletin",
    "bulletin_release",
    "contact_claim",
    "contact_detail",
    "contact_home",
    "contact_list",
    "contact_register",
    "contact_step",
    "enterprise_detail",
    "enterprise_move",
    "ledger",
    "ledger_export",
]
