"""What the ledger refuses, each with the sentence that the reader sees."""

from __future__ import annotations


class LedgerError(ValueError):
    """A posting, question or seal that the ledger refuses."""


class KeyTakenError(LedgerError):
    """The same key was posted before with other content."""


class UnknownEntryError(LedgerError):
    """No entry has this key or number."""


class SealError(LedgerError):
    """The ledger can't be sealed, or a seal doesn't hold."""


class SealKeyError(LedgerError):
    """The instance's seal key is missing or can't be used."""
