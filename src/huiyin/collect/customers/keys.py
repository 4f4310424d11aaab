"""What a customer is known by: numbers, telephones, mail addresses, papers; kept as blind indexes.

A blind index is a keyed hash: equal values have equal ones, and nobody without the installation's
key can try values against it. BLAKE2b takes a key by itself and is a MAC (RFC 7693).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

NUMBER = "number"
PHONE = "phone"
MAIL = "mail"
PAPER = "paper"
WORDS = "words"
"""Any other contact value, a name say: it can be searched but tells nobody from anybody."""
INDEX_BYTES = 16
_DECORATION = r"[\s().-]+"
_MAIL = r"^[^@\s*]+@[^@\s*]+\.[A-Za-z]{2,}$"
_CHINESE_PREFIX = r"^(?:\+|00)?86(1[3-9][0-9]{9})$"
_PHONE = r"^(?:1[3-9][0-9]{9}|\+[0-9]{7,15}|0[0-9]{9,11})$"
_PAPER = r"^[1-9][0-9]{16}[0-9Xx]$"


@dataclass(frozen=True, slots=True)
class Known:
    """A value in the form that is compared, and what kind it is."""

    kind: str
    value: str


def known_by(value: str) -> Known:
    """Bring a contact value to the form in which it is compared.

    Parameters
    ----------
    value : str

    Returns
    -------
    Known
        `WORDS` where the value tells nobody apart: a name, a masked number.

    Examples
    --------
    >>> known_by("+86 138-0013-8000"), known_by(" Li@Example.com ").value
    (Known(kind='phone', value='13800138000'), 'li@example.com')
    """
    plain = value.strip()
    if re.match(_MAIL, plain, re.ASCII):
        return Known(MAIL, plain.lower())
    if re.match(_PAPER, plain, re.ASCII):
        return Known(PAPER, plain.upper())
    bare = re.sub(_DECORATION, "", plain, flags=re.ASCII)
    bare = re.sub(_CHINESE_PREFIX, r"\1", bare, flags=re.ASCII)
    return Known(PHONE, bare) if re.match(_PHONE, bare, re.ASCII) else Known(WORDS, plain)


def plan_known(value: Any) -> Any:
    """Plan `known_by` for a column: ``kind:value``, NULL where the value tells nobody apart.

    Parameters
    ----------
    value : ibis string column

    Returns
    -------
    ibis string column
    """
    plain = value.strip()
    bare = plain.re_replace(_DECORATION, "").re_replace(_CHINESE_PREFIX, r"\1")
    return (
        plain.re_search(_MAIL)
        .ifelse(f"{MAIL}:" + _lower(plain), None)
        .coalesce(plain.re_search(_PAPER).ifelse(f"{PAPER}:" + plain.upper(), None))
        .coalesce(bare.re_search(_PHONE).ifelse(f"{PHONE}:" + bare, None))
    )


def _lower(words: Any) -> Any:
    return words.lower()


def spelled(known: Known) -> str:
    """Write what is known as `plan_known` does: ``kind:value``.

    Examples
    --------
    >>> spelled(Known("phone", "13800138000"))
    'phone:13800138000'
    """
    return f"{known.kind}:{known.value}"


def blind_indexer(key: bytes) -> Callable[[str], bytes]:
    """Give the function that hides ``kind:value``.

    Parameters
    ----------
    key : bytes
        The installation's key.

    Returns
    -------
    callable
        str → 16 bytes.
    """
    own = hashlib.blake2b(b"huiyin blind index", key=key, digest_size=32).digest()
    started = hashlib.blake2b(key=own, digest_size=INDEX_BYTES)

    def blind(words: str) -> bytes:
        mac = started.copy()
        mac.update(words.encode())
        return mac.digest()

    return blind


def surrogate_hash(surrogate: str) -> str:
    """Give what is left of a surrogate in the ledger of erasures.

    Examples
    --------
    >>> len(surrogate_hash("01900000-0000-7000-8000-000000000000"))
    64
    """
    return hashlib.sha256(surrogate.encode()).hexdigest()
