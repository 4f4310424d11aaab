"""The installation's key: 32 bytes in a file of its own, outside the data folder and backups."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

KEY_BYTES = 32


class BadKeyFileError(BadInputError):
    """The key file does not hold a key."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                "密钥文件 {path} 里不是有效的密钥。请换上备份的密钥文件，否则联系方式无法解开。",
                "The key file {path} holds no key. Put the backup of it in its place: without it "
                "contact data cannot be read.",
            ).format(path=path)
        )


def load_or_make_key(path: Path) -> tuple[bytes, bool]:
    """Give the installation's key, and whether it was made just now.

    Raises
    ------
    BadKeyFileError
        The file is there and holds no key. It is never replaced.
    """
    try:
        return _decoded(path), False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = os.urandom(KEY_BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return _decoded(path), False
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return key, True


def _decoded(path: Path) -> bytes:
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except binascii.Error as error:
        raise BadKeyFileError(path) from error
    if len(key) != KEY_BYTES:
        raise BadKeyFileError(path)
    return key
