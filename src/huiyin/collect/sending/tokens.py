"""The token of a personal link: derived from the key, so that the store holds its hash only."""

from __future__ import annotations

import base64
import hashlib
import hmac

from huiyin.store.keys import derived_key

_PURPOSE = "personal link"
_BYTES = 15


def token_of(key: bytes, invitation_id: str) -> str:
    """Give the token of an invitation: 24 letters and digits, 120 bits.

    Examples
    --------
    >>> len(token_of(b"k" * 32, "1"))
    24
    """
    mac = hmac.digest(derived_key(key, _PURPOSE), invitation_id.encode(), hashlib.sha256)
    return base64.b32encode(mac[:_BYTES]).decode().lower()


def token_hash(token: str) -> str:
    """Give what the store knows of a token."""
    return hashlib.sha256(token.lower().encode()).hexdigest()
