"""What is published never changes: its canonical text, the entry of its digest in the ledger, the signed file of both.

A release of figures is published so, and a report that an app composes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from shoushan.directory.actors import actor_code
from shoushan.ledger import api as ledger

if TYPE_CHECKING:
    from shoushan.directory.models import User

RELEASE_FORMAT: Final = "shoushan-release/1"
REPORT_FORMAT: Final = "shoushan-report/1"
"""A report holds sentences and tables; there are no figures in it to compute again."""


class Published(Protocol):
    """A record of something published."""

    content: str
    digest: str
    entry_number: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What the record of a publication keeps."""

    text: str
    digest: str
    entry_number: int


def canonical_json(content: Mapping[str, Any]) -> str:
    """Sorted keys, no blanks, Chinese as it is: the bytes that digest and signature are over."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def enter_publication(
    content: Mapping[str, Any], *, kind: str, subject: str, key: str, as_of: date, actor: User | None, at: datetime
) -> Publication:
    """Enter the digest of a content, which names its `number` and what it `corrects`, within the caller's transaction."""
    text = canonical_json(content)
    digest = hashlib.sha256(text.encode()).hexdigest()
    entry = ledger.post(
        key=key,
        kind=kind,
        occurred_on=as_of,
        subject=subject,
        moves=[],
        details={"digest": digest, "number": content["number"], "corrects": content["corrects"]},
        at=at,
        actor=actor_code(actor),
    )
    return Publication(text, digest, entry)


def signed_document(published: Published) -> dict[str, Any]:
    """The file: the content, the receipt of its entry in the ledger, and a signature over both."""
    receipt = ledger.receipt(published.entry_number)
    document = {
        "content": json.loads(published.content),
        "digest": published.digest,
        "receipt": {"content": receipt.content, "leaf": receipt.leaf, "path": receipt.path, "seal": receipt.seal},
    }
    return document | {"signature": ledger.sign(canonical_json(document).encode()), "public_key": ledger.public_key()}


def document_text(published: Published) -> str:
    """The file as it is written: readable, one holding a line."""
    return json.dumps(signed_document(published), ensure_ascii=False, indent=1, sort_keys=True)
