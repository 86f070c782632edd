"""Plain makers of what the tests of the registry need."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from shoushan.registry import services
from shoushan.registry.enums import Source
from shoushan.registry.models import Enterprise, Frame

AT = datetime(2020, 3, 23, 9, 0, tzinfo=UTC)
ON = date(2020, 1, 1)
USCC = "913701020000001740"  # computed, not looked up (handbook B2)
OTHER_USCC = "9137010200000006XN"


def a_row(name: str = "示例0001号餐饮有限公司", **fields: Any) -> services.NewEnterprise:
    """What a file tells of an enterprise."""
    return services.NewEnterprise(name=name, **{"area_code": "370102001", **fields})


def an_enterprise(name: str = "示例0001号餐饮有限公司", **fields: Any) -> Enterprise:
    """A registered enterprise."""
    return services.register_enterprise(row=a_row(name, **fields), source=Source.STATISTICS, on=ON, at=AT)


def a_frame(month: date = date(2020, 1, 1), list_name: str = "四上企业在库名单") -> Frame:
    """An open frame."""
    return services.open_frame(list_name=list_name, month=month, at=AT)
