"""What the receipt of a number can be asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.ui.widgets import DayInput


class ReceiptForm(forms.Form):
    """As of when, within which area and category, and as known at which seal."""

    as_of = forms.DateField(label=_("截至日期"), required=False, widget=DayInput())
    area = forms.RegexField(r"^\d{6,12}$", label=_("区划代码"), required=False)
    category = forms.RegexField(r"^[A-Z0-9_]{1,40}$", label=_("类别"), required=False)
    known_at = forms.IntegerField(label=_("按哪次封存所知"), required=False, min_value=1)
