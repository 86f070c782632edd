"""The keys of encrypted columns: a file beside the seal key; new values use the newest key, older keys still read.

`keys/personal.json`: `{"index": hex, "keys": [{"id": "k1", "cipher": "aes" | "sm4", "key": hex}, …]}`, oldest first.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from shoushan.privacy.errors import PrivacyError

SIZES = {"aes": 32, "sm4": 16}


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name in the values, AES-256 or SM4, the secret."""

    id: str
    cipher: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The key of the blind indexes, and every key that values may be encrypted with, oldest first."""

    index: bytes
    keys: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        """What new values are encrypted with."""
        return self.keys[-1]

    def of(self, key_id: str) -> Key:
        """The key of this name."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise PrivacyError(_("没有编号为 %(id)s 的个人信息密钥，请从备份恢复 personal.json。") % {"id": key_id})


def key_path() -> Path:
    """Where the keys are kept. They belong into the backup, apart from the database."""
    return Path(settings.KEYS) / "personal.json"


def ring() -> KeyRing:
    """The keys of this instance, made at the first use."""
    return _ring(str(key_path()))


def add_key() -> Key:
    """A new key by the cipher of the settings, for all values from now on; `shoushan personal rekey` moves the others."""
    now = ring()
    key = _new_key(f"k{len(now.keys) + 1}")
    path = key_path()
    fresh = path.with_suffix(".new")
    _write(fresh, KeyRing(now.index, (*now.keys, key)))
    fresh.replace(path)
    _ring.cache_clear()
    return key


@lru_cache(maxsize=4)
def _ring(name: str) -> KeyRing:
    path = Path(name)
    if not path.exists():
        _refuse_when_values_are_there()
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another process of the same start was quicker
            _write(path, KeyRing(os.urandom(32), (_new_key("k1"),)))
    try:
        found = json.loads(path.read_text())
        keys = tuple(Key(each["id"], each["cipher"], bytes.fromhex(each["key"])) for each in found["keys"])
        return _checked(KeyRing(bytes.fromhex(found["index"]), keys))
    except (ValueError, KeyError, TypeError) as error:
        raise PrivacyError(_("个人信息密钥文件 %(name)s 已损坏，请从备份恢复。") % {"name": path.name}) from error


def _checked(found: KeyRing) -> KeyRing:
    if len(found.index) != 32 or not found.keys or any(len(key.secret) != SIZES[key.cipher] for key in found.keys):
        raise ValueError("sizes")
    return found


def _new_key(key_id: str) -> Key:
    cipher = settings.PERSONAL_CIPHER.lower()
    return Key(key_id, cipher, os.urandom(SIZES[cipher]))


def _write(path: Path, found: KeyRing) -> None:
    content = {
        "index": found.index.hex(),
        "keys": [{"id": key.id, "cipher": key.cipher, "key": key.secret.hex()} for key in found.keys],
    }
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)


def _refuse_when_values_are_there() -> None:
    from shoushan.privacy.fields import has_values  # the models load after the settings that name the path

    if has_values():
        raise PrivacyError(
            _("库中已有加密的个人信息，但找不到密钥 personal.json，请把它从备份放回数据目录的 keys 文件夹。")
        )
