"""Contact fields at rest: each customer has a data key, wrapped by the installation's key.

Without the wrapped key a customer's fields are noise: erasure destroys it first.

References
----------
NIST SP 800-38D (GCM); RFC 5869 (HKDF).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.store.keys import KEY_BYTES, derived_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


class BoxError(HuiyinError):
    """A contact field does not open."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "联系方式解不开：密钥文件不是当初那一个。请恢复原来的密钥文件。",
                "Contact data cannot be opened: this is not the key file it was sealed with. "
                "Restore that key file.",
            )
        )


class Box(NamedTuple):
    """What seals and opens the fields of one customer."""

    customer_id: str
    cipher: AESGCM

    def close(self, field: str, words: str, nonce: bytes | None = None) -> bytes:
        """Seal one field; a `nonce` is one of `nonces`, each for one field only."""
        nonce = nonce or os.urandom(_NONCE_BYTES)
        return nonce + self.cipher.encrypt(nonce, words.encode(), self._place(field))

    def open(self, field: str, sealed: bytes) -> str:
        """Open one field.

        Raises
        ------
        BoxError
            It was sealed for another customer, another field, or with another key.
        """
        return _opened(self.cipher, sealed, self._place(field)).decode()

    def _place(self, field: str) -> bytes:
        return f"{self.customer_id}|{field}".encode()


class Boxes:
    """Makes and opens the boxes of an installation.

    Parameters
    ----------
    key : bytes
        The installation's key.
    """

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM
        self._master = AESGCM(derived_key(key, "customer keys"))

    def made(self, customers: Sequence[str]) -> Iterator[tuple[bytes, Box]]:
        """Make a data key for each of some new customers: wrapped, and the box that it opens."""
        wrap, cipher = self._master.encrypt, self._cipher
        keys = _random_parts(len(customers), KEY_BYTES)
        for one, nonce, own in zip(customers, nonces(len(customers)), keys, strict=True):
            yield nonce + wrap(nonce, own, one.encode()), Box(one, cipher(own))

    def of(self, customer_id: str, wrapped: bytes) -> Box:
        """Give the box of a customer.

        Raises
        ------
        BoxError
            The key was wrapped for another customer, or with another key.
        """
        own = _opened(self._master, wrapped, customer_id.encode())
        return Box(customer_id, self._cipher(own))


def nonces(n: int) -> Iterator[bytes]:
    """Draw so many nonces."""
    return _random_parts(n, _NONCE_BYTES)


def _random_parts(n: int, n_bytes: int) -> Iterator[bytes]:
    """Take random bytes of many at once: each call of the system gives up the interpreter."""
    drawn = os.urandom(n * n_bytes)
    return (drawn[start : start + n_bytes] for start in range(0, n * n_bytes, n_bytes))


def _opened(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
    except InvalidTag as fault:
        raise BoxError from fault
