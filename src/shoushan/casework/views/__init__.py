"""Pages of matters."""

from shoushan.casework.views.copies import copy_detail, copy_list, copy_publish, copy_withdraw
from shoushan.casework.views.matters import matter_detail, matter_file, matter_list, matter_step
from shoushan.casework.views.parts import assignment_step, supervision_step
from shoushan.casework.views.statistics import statistics

__all__ = [
    "assignment_step",
    "copy_detail",
    "copy_list",
    "copy_publish",
    "copy_withdraw",
    "matter_detail",
    "matter_file",
    "matter_list",
    "matter_step",
    "statistics",
    "supervision_step",
]
