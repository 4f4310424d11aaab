"""Files that rest encrypted: what people sent, and rows as they came.

AES-256-GCM in chunks under a key of the file's own, derived from the installation's key. A chunk
that is missing, moved or changed is noticed, the end of the file too.

References
----------
NIST SP 800-38D (GCM); RFC 5869 (HKDF); Hoang et al. (2015), CRYPTO: the STREAM construction.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.store.keys import derived_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"HYF1"
CHUNK_BYTES = 1 << 20
_SALT_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16


class SealedFileError(HuiyinError):
    """A sealed file does not open: another key, or its bytes were changed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                "加密文件 {name} 打不开：密钥文件不对，或文件已损坏。请恢复原来的密钥文件或备份。",
                "The sealed file {name} cannot be opened: this is not the key file it was sealed "
                "with, or it is damaged. Restore that key file, or a backup.",
            ).format(name=path.name)
        )


def write_sealed(key: bytes, chunks: Iterable[bytes], file: IO[bytes]) -> None:
    """Write bytes sealed.

    Parameters
    ----------
    key : bytes
        The installation's key.
    chunks : iterable of bytes
        Of any size.
    file : binary file
        Open for writing.
    """
    writer = SealedWriter(key, file)
    for chunk in chunks:
        writer.add(chunk)
    writer.end()


class SealedWriter:
    """Writes bytes sealed as they come.

    Parameters
    ----------
    key : bytes
        The installation's key.
    file : binary file
        Open for writing; it is whole after `end`.
    """

    def __init__(self, key: bytes, file: IO[bytes]) -> None:
        salt = os.urandom(_SALT_BYTES)
        file.write(MARK + salt)
        self._file, self._cipher = file, _cipher(key, salt)
        self._number, self._waiting = 0, b""

    def add(self, chunk: bytes) -> None:
        """Take more bytes, however many."""
        self._waiting += chunk
        while len(self._waiting) > CHUNK_BYTES:
            self._seal(self._waiting[:CHUNK_BYTES], b"more")
            self._waiting = self._waiting[CHUNK_BYTES:]

    def end(self) -> None:
        """Write the last bytes, and that they are the last."""
        self._seal(self._waiting, b"last")

    def _seal(self, chunk: bytes, place: bytes) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number), chunk, place))
        self._number += 1


def read_sealed(key: bytes, path: Path) -> Iterator[bytes]:
    """Give the bytes of a sealed file, a chunk at a time.

    Raises
    ------
    SealedFileError
        Another key, or the file was changed or cut.
    OSError
    """
    from cryptography.exceptions import InvalidTag

    with path.open("rb") as file:
        head = file.read(len(MARK) + _SALT_BYTES)
        if not head.startswith(MARK):
            raise SealedFileError(path)
        cipher = _cipher(key, head[len(MARK) :])
        number, chunk = 0, file.read(CHUNK_BYTES + _TAG_BYTES)
        while True:
            after = file.read(CHUNK_BYTES + _TAG_BYTES)
            place = b"more" if after else b"last"
            try:
                yield cipher.decrypt(_nonce(number), chunk, place)
            except InvalidTag as fault:
                raise SealedFileError(path) from fault
            if not after:
                return
            number, chunk = number + 1, after


def seal_file(key: bytes, source: Path, target: Path) -> None:
    """Write a file's bytes sealed; the target appears only when it is whole."""
    part = target.with_name(f".{target.name}.part")
    try:
        with source.open("rb") as plain, part.open("wb") as file:
            write_sealed(key, iter(lambda: plain.read(CHUNK_BYTES), b""), file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def unseal_file(key: bytes, source: Path, target: Path) -> None:
    """Write a sealed file's bytes plain, into a folder that does not last.

    Raises
    ------
    SealedFileError
        Another key, or the file was changed or cut.
    """
    with target.open("wb") as file:
        for chunk in read_sealed(key, source):
            file.write(chunk)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(derived_key(key, "file", salt))


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE_BYTES, "big")
