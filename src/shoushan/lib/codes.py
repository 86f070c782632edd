"""The readers of all codes under one name, for the columns of a sheet."""

from shoushan.lib.area_codes import read_area_code
from shoushan.lib.industries import read_industry
from shoushan.lib.phones import read_mobile, read_mobiles
from shoushan.lib.resident_ids import read_resident_id
from shoushan.lib.uscc import read_uscc

__all__ = ["read_area_code", "read_industry", "read_mobile", "read_mobiles", "read_resident_id", "read_uscc"]
