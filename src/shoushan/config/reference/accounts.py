"""accounts.md: where countable things can be, and what can happen to them."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from shoushan.config.reference.installed import modules
from shoushan.config.reference.markdown import code, codes, page, table
from shoushan.figures.services import KIND
from shoushan.ledger.transfers import OUTSIDE, UNITS


def render() -> str:
    """The page."""
    lead = "Accounts of the ledger by app (`chart.py`), and the kinds of entries."
    return page("Ledger accounts and entry kinds", lead, [_account_names(), *_charts(), _releases()])


def _account_names() -> str:
    return (
        "An account is `code × unit × area × category`: `area` is an area code of up to 12 digits, `category` a code of "
        f"the app's own list. Units: {codes(sorted(UNITS))} (`yuan` in fen, `sqdm` in hundredths of a square metre, `hour` in minutes, `percent` in hundredths). Every family has an "
        f"account of origin that ends in `.{OUTSIDE}`; it alone may run negative."
    )


def _charts() -> Iterator[str]:
    for config, chart in modules("chart"):
        accounts = ((code(name), unit, meaning) for name, (unit, meaning) in accounts_of(chart).items())
        kinds = ((code(name), meaning) for name, meaning in kinds_of(chart).items())
        yield f"## {config.label}\n\n" + table(("Account", "Unit", "What is in it"), accounts)
        yield table(("Entry kind", "What happened"), kinds)


def accounts_of(chart: ModuleType) -> dict[str, tuple[str, str]]:
    """Account code -> unit and meaning: as declared in ACCOUNTS, else every constant that is spelled like one."""
    declared: dict[str, tuple[str, str]] | None = getattr(chart, "ACCOUNTS", None)
    return declared or {value: ("", name) for name, value in _constants(chart) if value.count(".") > 1}


def kinds_of(chart: ModuleType) -> dict[str, str]:
    """Entry kind -> meaning: as declared in KINDS, else every constant of two parts that tells of an event."""
    declared: dict[str, str] | None = getattr(chart, "KINDS", None)
    return declared or {
        value: name for name, value in _constants(chart) if value.count(".") == 1 and value.endswith("ed")
    }


def _constants(chart: ModuleType) -> list[tuple[str, str]]:
    return [
        (name.replace("_", " ").capitalize(), value)
        for name, value in vars(chart).items()
        if name.isupper() and isinstance(value, str) and "." in value
    ]


def _releases() -> str:
    rows = [(code(KIND), "a release was published; the entry carries the digest of its content and moves nothing")]
    return "## figures\n\n" + table(("Entry kind", "What happened"), rows)
