"""One value encrypted and authenticated for its column, and the index by which equal values are found."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.utils.translation import gettext as _

from shoushan.privacy.errors import PrivacyError
from shoushan.privacy.keys import Key, ring

NONCE, TAG = 12, 16
MARK = "$"
INDEX_LENGTH = 32


def encrypt(value: str, place: str) -> str:
    """`key$base64(nonce, tag, ciphertext)`; `place` names the column, so that a value moved to another one is refused."""
    key, nonce = ring().newest, os.urandom(NONCE)
    encryptor = Cipher(_algorithm(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place.encode())
    content = encryptor.update(value.encode()) + encryptor.finalize()
    return key.id + MARK + base64.b64encode(nonce + encryptor.tag + content).decode()


def decrypt(text: str, place: str) -> str:
    """What was encrypted for this column. Raises PrivacyError for anything else."""
    key_id, _mark, rest = text.partition(MARK)
    key = ring().of(key_id)
    try:
        raw = base64.b64decode(rest, validate=True)
        nonce, tag, content = raw[:NONCE], raw[NONCE : NONCE + TAG], raw[NONCE + TAG :]
        decryptor = Cipher(_algorithm(key), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(place.encode())
        return (decryptor.update(content) + decryptor.finalize()).decode()
    except (ValueError, InvalidTag) as error:
        raise PrivacyError(_("加密的个人信息已损坏或被移动，不能读取。")) from error


def blind_index(value: str, place: str) -> str:
    """Equal values of one place have equal indexes; without the key nobody can tell which value it is."""
    digest = hmac.new(ring().index, f"{place}\0{value}".encode(), hashlib.sha256).hexdigest()
    return digest[:INDEX_LENGTH] if value else ""


def key_id_of(text: str) -> str:
    """The key with which a stored value is encrypted."""
    return text.partition(MARK)[0]


def _algorithm(key: Key) -> algorithms.AES | algorithms.SM4:
    return algorithms.SM4(key.secret) if key.cipher == "sm4" else algorithms.AES(key.secret)
