"""The ledger as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Transfers, totals, seals and receipts."""

    name = "shoushan.ledger"
    label = "ledger"
    verbose_name = _("台账")
