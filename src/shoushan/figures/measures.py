"""What a measure is, and the register of all measures that the installed apps declare."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext as _

from shoushan.figures import arithmetic

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class UnknownMeasureError(LookupError):
    """No measure has this code."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A question to the ledger, as data.

    `numerator` and `denominator` are account codes whose balances are added up; without a denominator the measure is a
    stock. `unit` is a word of `lib.units`, `scale` how many of the ledger's own units it holds, a power of ten: 1 亿元 is
    10,000,000,000 fen, and a stock in it has `decimals` places. `base` names the denominator in words and must be printed with the rate.
    `days_back` > 0 makes it the change of the stock against so many days before. `frame_kind` is the kind of entry that says which frame list is in force.
    """

    code: str
    name: StrOrPromise
    unit: str
    definition: StrOrPromise
    owner: StrOrPromise
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    base: StrOrPromise = ""
    decimals: int = 1
    scale: int = 1
    factor: int = 100
    """How many times the quotient of a rate is shown: 100 in per cent, 1 in a unit such as 元/平方米."""
    numerator_in: tuple[str, int] = ("", 1)
    """Of a rate: the unit in which its numerator is shown, and how many of the ledger's own units that holds."""
    denominator_in: tuple[str, int] = ("", 1)
    """The same of its denominator."""
    days_back: int = 0
    frame_kind: str = ""
    categories: str = "category"
    """Under which name `naming.register_breakdown` knows the names of its categories."""
    cockpit: int = 0
    """Its place among the numbers of the cockpit, lowest first; 0 is not shown there."""

    @property
    def is_rate(self) -> bool:
        """Is it computed from two parts?"""
        return bool(self.denominator)

    def shown(self, amount: int) -> int | Decimal:
        """An amount of the numerator, such as a member's, in the measure's own unit, unrounded: the shown ones add up."""
        scale = self.numerator_in[1] if self.is_rate else self.scale
        return amount if scale == 1 else arithmetic.in_units(amount, scale).normalize()

    def shown_base(self, amount: int) -> int | Decimal:
        """An amount of the denominator in its unit, unrounded."""
        scale = self.denominator_in[1]
        return amount if scale == 1 else arithmetic.in_units(amount, scale).normalize()

    def as_dict(self) -> dict[str, Any]:
        """The definition as it is frozen in a release."""
        return {
            "code": self.code,
            "name": str(self.name),
            "unit": self.unit,
            "definition": str(self.definition),
            "owner": str(self.owner),
            "numerator": list(self.numerator),
            "denominator": list(self.denominator),
            "base": str(self.base),
            "decimals": self.decimals,
            "scale": self.scale,
            "days_back": self.days_back,
            **({} if self.factor == 100 else {"factor": self.factor}),  # files of before name none
        }


@lru_cache(maxsize=1)
def all_measures() -> dict[str, Measure]:
    """Every measure that an installed app lists as MEASURES in its measures module, in the order of declaration."""
    found: dict[str, Measure] = {}
    for config in apps.get_app_configs():
        if config.name == "shoushan.figures" or find_spec(f"{config.name}.measures") is None:
            continue
        for measure in getattr(import_module(f"{config.name}.measures"), "MEASURES", ()):
            if measure.code in found:
                raise ValueError(f"measure {measure.code} is declared twice")
            found[measure.code] = measure
    return found


def measure(code: str) -> Measure:
    """The measure of this code, or `UnknownMeasureError` naming those there are."""
    try:
        return all_measures()[code]
    except KeyError:
        known = _("、").join(all_measures())
        raise UnknownMeasureError(
            _("没有编码为 %(code)s 的指标，可用的有：%(known)s。") % {"code": code, "known": known}
        ) from None
