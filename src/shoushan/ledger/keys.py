"""The instance's seal key: signs roots and releases (Ed25519) and keys the digests of entries not yet sealed."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _

from shoushan.ledger.errors import SealKeyError


def key_path() -> Path:
    """Where the key is kept. It belongs into the backup, apart from the database."""
    return Path(settings.KEYS) / "seal.key"


@lru_cache(maxsize=4)
def _seed(name: str) -> bytes:
    path = Path(name)
    if not path.exists():
        _refuse_when_ledger_has_entries(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(os.urandom(32).hex())
        except FileExistsError:  # another process of the same start was quicker
            pass
    try:
        seed = bytes.fromhex(path.read_text().strip())
    except ValueError:
        seed = b""
    if len(seed) != 32:
        raise SealKeyError(_("封存密钥文件 %(name)s 已损坏，请从备份恢复。") % {"name": path.name})
    return seed


def _refuse_when_ledger_has_entries(path: Path) -> None:
    from shoushan.ledger.models import Entry  # the models load after the settings that name the path

    if Entry.objects.exists():
        raise SealKeyError(
            _("台账已有分录，但找不到封存密钥 %(name)s，请把它从备份放回数据目录的 keys 文件夹。") % {"name": path.name}
        )


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_seed(str(key_path())))


def public_key() -> str:
    """The public key as hex."""
    return _private().public_key().public_bytes_raw().hex()


def sign(content: bytes) -> str:
    """Ed25519 signature as hex."""
    return _private().sign(content).hex()


def is_signed(content: bytes, signature: str, key: str) -> bool:
    """Is this the signature of the holder of `key`?"""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=4)
def _digest_key(name: str) -> bytes:
    return hashlib.blake2b(_seed(name), person=b"entry digest", digest_size=32).digest()


def digest_key() -> bytes:
    """Key of the digests, derived from the seal key so that there is one secret to keep."""
    return _digest_key(str(key_path()))


def digest(content: bytes) -> bytes:
    """Keyed digest of a row's canonical text."""
    return hashlib.blake2b(content, key=digest_key(), digest_size=32).digest()
