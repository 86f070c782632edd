"""Pages of the exchange: the import wizard, and the sheets with what the district calls their columns."""

from shoushan.exchange.views.sheets import heading_end, sheet_detail, sheet_list
from shoushan.exchange.views.uploads import (
    template_download,
    upload_confirm,
    upload_create,
    upload_detail,
    upload_errors,
    upload_file,
    upload_list,
    upload_recheck,
)

__all__ = [
    "heading_end",
    "sheet_detail",
    "sheet_list",
    "template_download",
    "upload_confirm",
    "upload_create",
    "upload_detail",
    "upload_errors",
    "upload_file",
    "upload_list",
    "upload_recheck",
]
