"""Form controls that Django does not have."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms


class NamesSelect(forms.Select):
    """A choice among names that stay Chinese in every language (areas, organisations); "all" and "none of them" are words."""

    NONE: ClassVar[str] = "-"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One option, marked as Chinese when it is a name."""
        option = super().create_option(name, value, *args, **kwargs)
        if self.is_name(value):
            option["attrs"]["lang"] = "zh-Hans"
        return option

    @classmethod
    def is_name(cls, value: Any) -> bool:
        """Whether a choice is one of the names."""
        return bool(value) and value != cls.NONE


class DayInput(forms.DateInput):
    """The browser's own control for a day, which wants it as 2020-03-23 in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
