"""Areas, rents and enterprises as people type them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shoushan.apps.premises.selectors.leases import enterprise_named
from shoushan.lib import money, texts


class SpaceField(forms.DecimalField):
    """An area in square metres, kept in whole hundredths."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal(0), max_digits=12, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> Any:
        """The area in hundredths of a square metre."""
        area = super().clean(value)
        return None if area is None else int(area * 100)

    def prepare_value(self, value: Any) -> Any:
        """Hundredths that the program proposes are shown in square metres; what was typed stays as typed."""
        return f"{Decimal(value).scaleb(-2).normalize():f}" if isinstance(value, int) else value


class AmountField(forms.DecimalField):
    """Money in a unit, kept in whole fen."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        self.unit = unit
        places = len(str(money.FEN_PER_UNIT[unit])) - 1
        super().__init__(min_value=Decimal(0), max_digits=18, decimal_places=places, **kwargs)

    def clean(self, value: Any) -> Any:
        """The amount in fen."""
        amount = super().clean(value)
        return None if amount is None else money.to_fen(amount, self.unit)

    def prepare_value(self, value: Any) -> Any:
        """Fen that the program proposes are shown in the unit."""
        return f"{money.from_fen(value, self.unit).normalize():f}" if isinstance(value, int) else value


class EnterpriseField(forms.CharField):
    """An enterprise of the register by its credit code or full name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, **kwargs)
        self.widget.attrs["lang"] = "zh-Hans"

    def clean(self, value: Any) -> Any:
        """The enterprise; None where nothing is asked for."""
        text = super().clean(value).strip()
        if not text:
            return None
        found = enterprise_named(text, texts.match_key(text))
        if found is None:
            message = _("企业名录中没有唯一的“%(name)s”，请填写统一社会信用代码或登记的全称。")
            raise forms.ValidationError(message % {"name": text})
        return found
