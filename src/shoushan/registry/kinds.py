"""What a name and a credit code tell about the kind of an enterprise, and the codes by which we call it."""

from __future__ import annotations

import re
import secrets
from typing import Final

from shoushan.registry.enums import EntityKind

# 第一营业部, 济南分行, 历下支行, 华东办事处, 泉城路店(分店): the ending decides, not the middle (分公司管理有限公司 is none).
_BRANCH: Final = re.compile(r"(分公司|分店|营业部|办事处|分行|支行|分所|分厂|分院|分校|分社|分部)(\([^()]*\))?$")

# GB 32100-2015: registration authority and class of entity (handbook B2).
_BY_USCC: Final[dict[str, EntityKind]] = {
    "91": EntityKind.ENTERPRISE,
    "92": EntityKind.INDIVIDUAL,
    "93": EntityKind.COOPERATIVE,
    "12": EntityKind.INSTITUTION,
    "51": EntityKind.ASSOCIATION,
    "52": EntityKind.PRIVATE_NON_ENTERPRISE,
}

# Crockford's base 32: no I, L, O, U. A letter in front, so that no spreadsheet takes a code for a number.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 12
_LETTERS: Final = ALPHABET[10:26]
_FROM_BYTE: Final = bytes(ord(ALPHABET[byte & 31]) for byte in range(256))
_LETTER_FROM_BYTE: Final = bytes(ord(_LETTERS[byte & 15]) for byte in range(256))


def is_branch_name(name: str) -> bool:
    """Whether the name, or its match key, ends like that of a branch."""
    return _BRANCH.search(name) is not None


def entity_kind(*, name: str, uscc: str | None = None, stated: EntityKind | None = None) -> EntityKind:
    """The kind: what is stated; else the credit code's class; an enterprise whose name ends like a branch's is one.

    A stall or an institution keeps its kind whatever its name, because only an enterprise opens branches (分公司).
    """
    kind = stated or _BY_USCC.get((uscc or "91")[:2], EntityKind.OTHER)
    return EntityKind.BRANCH if kind == EntityKind.ENTERPRISE and is_branch_name(name) else kind


def new_codes(count: int) -> list[str]:
    """So many different random codes of twelve characters; 32^11 * 16 are possible, the database refuses a repetition."""
    found: set[str] = set()
    while len(found) < count:
        needed = count - len(found)
        heads = secrets.token_bytes(needed).translate(_LETTER_FROM_BYTE).decode()
        tails = secrets.token_bytes(needed * (CODE_LENGTH - 1)).translate(_FROM_BYTE).decode()
        found.update(head + tails[i * 11 : i * 11 + 11] for i, head in enumerate(heads))
    return list(found)
