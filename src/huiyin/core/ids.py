"""Identifiers: sortable by the time they were made, so that an index grows at its end."""

from __future__ import annotations

import os
import threading
import time
import uuid

_VERSION = 7
_VARIANT = 0b10
_RANDOM_BYTES = 10
_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


class _Chance:
    """Random bytes fetched many at a time: each call of the system gives up the interpreter."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._left = b""
        os.register_at_fork(after_in_child=self._forget)  # two processes never share them

    def _forget(self) -> None:
        self._turn = threading.Lock()
        self._left = b""

    def take(self) -> bytes:
        with self._turn:
            if not self._left:
                self._left = os.urandom(_RANDOM_BYTES * _FETCHED)
            taken, self._left = self._left[:_RANDOM_BYTES], self._left[_RANDOM_BYTES:]
        return taken


_FETCHED = 100
_chance = _Chance()


def new_ids(n: int) -> list[str]:
    """Make many identifiers at once: each random, all of the same moment."""
    moment = f"{time.time_ns() // 1_000_000:012x}"
    head = f"{moment[:8]}-{moment[8:]}-7"
    raw = os.urandom(_RANDOM_BYTES * n).hex()
    step = 2 * _RANDOM_BYTES
    return [
        f"{head}{raw[i : i + 3]}-{_VARIANTS[raw[i + 3]]}{raw[i + 4 : i + 7]}-{raw[i + 7 : i + 19]}"
        for i in range(0, step * n, step)
    ]


def new_id() -> str:
    """Make an identifier: a UUID of version 7 as text of 36 characters.

    Returns
    -------
    str
        Later ids sort after earlier ones, to the millisecond.

    References
    ----------
    RFC 9562, section 5.7.
    """
    random = int.from_bytes(_chance.take(), "big")
    value = (time.time_ns() // 1_000_000) << 80
    value |= _VERSION << 76 | (random >> 68) << 64
    value |= _VARIANT << 62 | random & ((1 << 62) - 1)
    return str(uuid.UUID(int=value))
