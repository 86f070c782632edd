"""How records name who did something."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shoushan.directory.models import User


def actor_code(user: User | None) -> str:
    """The code by which an entry of the ledger names who made it; without a user it was the program itself."""
    return f"user:{user.pk}" if user else "system"
