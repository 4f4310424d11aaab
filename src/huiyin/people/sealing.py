"""Secrets that must be read again: sealed with the installation's key, which is not in the store.

AES-256-GCM under a key derived for one purpose; what was sealed for one purpose opens for no other.

References
----------
NIST SP 800-38D (GCM); RFC 5869 (HKDF).
"""

from __future__ import annotations

import base64
import os

from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.store.keys import derived_key

_MARK = "v1."
_NONCE_BYTES = 12


class UnsealError(HuiyinError):
    """The key does not fit: another key file, or the text was changed."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "加密的设置打不开：密钥文件不是当初那一个。请恢复原来的密钥文件，或重新填写密钥类设置。",
                "A sealed setting cannot be opened: this is not the key file it was sealed with. "
                "Restore that key file, or enter the secrets again.",
            )
        )


def seal(key: bytes, words: str, purpose: str) -> str:
    """Seal a text.

    Parameters
    ----------
    key : bytes
        The installation's key.
    words, purpose : str
        `purpose` says what the text is for, and must be given again to open it.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(derived_key(key, purpose)).encrypt(nonce, words.encode(), purpose.encode())
    return _MARK + base64.b64encode(nonce + sealed).decode()


def unseal(key: bytes, sealed: str, purpose: str) -> str:
    """Open a sealed text.

    Raises
    ------
    UnsealError
        Key or purpose do not fit, or the text was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        raw = base64.b64decode(sealed.removeprefix(_MARK), validate=True)
        words = AESGCM(derived_key(key, purpose)).decrypt(
            raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()
        )
    except (InvalidTag, ValueError) as fault:
        raise UnsealError from fault
    return words.decode()
