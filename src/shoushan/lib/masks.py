"""Personal data as it is shown by default: enough to tell two people apart, not enough to use."""

from __future__ import annotations

HIDDEN = "●"


def mask_number(number: str) -> str:
    """An identity number or another document's: the first three and the last two marks of at least eight."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}" if len(number) > 7 else "*" * len(number)


def mask_phone(phone: str) -> str:
    """A telephone number: the first three and the last four digits."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 9 else "*" * len(phone)


def mask_name(name: str) -> str:
    """A person's name for the public: the first character alone."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""
