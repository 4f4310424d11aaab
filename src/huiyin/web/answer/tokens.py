"""What an answer page carries from one request to the next: signed, so that nothing need be kept.

Opening a page writes nothing: a mail scanner or a preview leaves no trace. The id of the answer is
given out here, which makes sending the same answer twice harmless.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass, fields
from typing import Any

from huiyin.store.keys import derived_key

_PURPOSE = "answer page"
_MAC_BYTES = 18
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Start:
    """How an answer began.

    Attributes
    ----------
    response_id : str
    code : str
        Of the link.
    version : int
    at : float
        Seconds since 1970.
    language : str
    seed : int
        Of the random order of questions and options.
    invitation : str or None
        Whose personal link it was.
    mode : str
        ``self``, ``widget``, ``phone``, ``mail``, ``api``.
    asked_again : bool
        Whether they were asked to send it once more, as a machine would not.
    customer : str or None
        Whom a site that shows the questionnaire vouches for, where we know no such customer yet.
    wait_until : float
        From when it is taken without the browser's proof of work, in seconds since 1970; 0: never.
    entered_by : str or None
        Who fills it in on the telephone.
    """

    response_id: str
    code: str
    version: int
    at: float
    language: str
    seed: int
    invitation: str | None = None
    mode: str = "self"
    asked_again: bool = False
    customer: str | None = None
    entered_by: str | None = None
    wait_until: float = 0.0


_NAMES = tuple(one.name for one in fields(Start))
_encode = json.JSONEncoder(separators=(",", ":")).encode


class Signer:
    """Signs and reads `Start` with a key derived from the installation's."""

    def __init__(self, key: bytes) -> None:
        self._key = derived_key(key, _PURPOSE)

    def sign(self, start: Start) -> str:
        """Give it as words for a hidden field."""
        body = _encode([getattr(start, name) for name in _NAMES])
        raw = body.encode()
        return base64.urlsafe_b64encode(self._mac(raw) + raw).decode().rstrip("=")

    def read(self, words: str | None) -> Start | None:
        """Read what `sign` gave; None where it is not ours or was changed."""
        if not words or len(words) > _LONGEST:
            return None
        try:
            raw = base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))
        except (binascii.Error, ValueError):
            return None
        if not hmac.compare_digest(raw[:_MAC_BYTES], self._mac(raw[_MAC_BYTES:])):
            return None
        facts: list[Any] = json.loads(raw[_MAC_BYTES:])
        return Start(*facts)

    def _mac(self, raw: bytes) -> bytes:
        return hashlib.blake2b(raw, digest_size=_MAC_BYTES, key=self._key).digest()
