"""Rows that wait in the store rest sealed, as the files that people send do.

AES-256-GCM under a key derived for this purpose; a row opens in its own place only.

References
----------
NIST SP 800-38D (GCM); RFC 5869 (HKDF).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from huiyin.core.errors import HuiyinError
from huiyin.core.ids import Chance
from huiyin.core.text import Text
from huiyin.store.keys import derived_key

SEALED = "_sealed"
"""No pushed column begins with an underscore: what has this key is sealed."""
MARK = "_id:"
_NONCE_BYTES = 12
_nonces = Chance(_NONCE_BYTES)
_as_json = json.JSONEncoder(ensure_ascii=False).encode


class SealedRowError(HuiyinError):
    """A row does not open: another key, or its bytes were changed."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "推送来的数据打不开：密钥文件不是当初那一个。请恢复原来的密钥文件。",
                "Pushed rows cannot be opened: this is not the key file they were sealed with. "
                "Restore that key file.",
            )
        )


class RowSeal:
    """Seals rows and opens them.

    Parameters
    ----------
    key : bytes
        The installation's key.
    """

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(derived_key(key, "pushed rows"))

        self._marking = derived_key(key, "row ids")

    def mark(self, native_id: str) -> str:
        """Give what stands for a row's own id in the store: the same for the same id, a keyed hash.

        Whoever reads the store could try all order or phone numbers, but not without the key.
        """
        return MARK + hmac.new(self._marking, native_id.encode(), hashlib.sha256).hexdigest()

    def close(self, place: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Seal a row for its place."""
        nonce, words = _nonces.take(), _as_json(row)
        sealed = nonce + self._cipher.encrypt(nonce, words.encode(), place.encode())
        return {SEALED: base64.b64encode(sealed).decode()}

    def open(self, place: str, kept: Mapping[str, Any]) -> Mapping[str, Any]:
        """Open a row; one that was kept before rows were sealed is given as it is.

        Raises
        ------
        SealedRowError
            Another key or place, or it was changed.
        """
        from cryptography.exceptions import InvalidTag

        if SEALED not in kept:
            return kept
        raw = base64.b64decode(kept[SEALED])
        try:
            plain = self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode())
        except InvalidTag as fault:
            raise SealedRowError from fault
        row: Mapping[str, Any] = json.loads(plain)
        return row
