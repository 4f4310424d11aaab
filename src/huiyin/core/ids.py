"""Identifiers: sortable by the time they were made, so that an index grows at its end."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

TIME_SIGNS = 13
"""So many signs of an identifier tell the time it was made."""
_VERSION = 7
_VARIANT = 0b10
_RANDOM_BYTES = 10
_RANDOM_OF_GROUP = 8
_TURN_BITS = 12
_LAST_TURN = (1 << _TURN_BITS) - 1
_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


class Chance:
    """Random bytes fetched many at a time: each call of the system gives up the interpreter.

    Parameters
    ----------
    n_bytes : int
        How many are taken at once; none is ever taken twice.
    """

    def __init__(self, n_bytes: int) -> None:
        self._n_bytes = n_bytes
        self._turn = threading.Lock()
        self._left = b""
        os.register_at_fork(after_in_child=self._forget)  # two processes never share them

    def _forget(self) -> None:
        self._turn = threading.Lock()
        self._left = b""

    def take(self) -> bytes:
        """Give the next bytes."""
        n_bytes = self._n_bytes
        with self._turn:
            if not self._left:
                self._left = os.urandom(n_bytes * _FETCHED)
            taken, self._left = self._left[:n_bytes], self._left[n_bytes:]
        return taken


_FETCHED = 100
_chance = Chance(_RANDOM_BYTES)


def new_ids(n: int, group: int) -> Iterator[str]:
    """Make many identifiers at once, in groups.

    Parameters
    ----------
    n : int
    group : int
        Ids of one group, which are in no order; each group sorts after the one before it.

    Yields
    ------
    str
        As `new_id` gives them, of 62 random bits each.

    References
    ----------
    RFC 9562, section 6.2, method 1: a counter in the bits after the time.
    """
    moment = time.time_ns() // 1_000_000
    for turn, first in enumerate(range(0, n, group)):
        yield from _group(moment + (turn >> _TURN_BITS), turn & _LAST_TURN, min(group, n - first))


def _group(moment: int, turn: int, n: int) -> Iterator[str]:
    time_part = f"{moment:012x}"
    head = f"{time_part[:8]}-{time_part[8:]}-{_VERSION}{turn:03x}-"
    raw = os.urandom(_RANDOM_OF_GROUP * n).hex()
    for i in range(0, 2 * _RANDOM_OF_GROUP * n, 2 * _RANDOM_OF_GROUP):
        yield f"{head}{_VARIANTS[raw[i]]}{raw[i + 1 : i + 4]}-{raw[i + 4 : i + 16]}"


def new_id(at: float | None = None) -> str:
    """Make an identifier: a UUID of version 7 as text of 36 characters.

    Parameters
    ----------
    at : float, optional
        The moment it tells, in seconds since 1970, where that is not to be now.

    Returns
    -------
    str
        Later ids sort after earlier ones, to the millisecond.

    References
    ----------
    RFC 9562, section 5.7.
    """
    random = int.from_bytes(_chance.take(), "big")
    value = (time.time_ns() // 1_000_000 if at is None else int(at * 1000)) << 80
    value |= _VERSION << 76 | (random >> 68) << 64
    value |= _VARIANT << 62 | random & ((1 << 62) - 1)
    words = f"{value:032x}"
    return f"{words[:8]}-{words[8:12]}-{words[12:16]}-{words[16:20]}-{words[20:]}"


def moment_of(identifier: str) -> datetime:
    """Give when an identifier was made, to the millisecond.

    Examples
    --------
    >>> moment_of("01a21dbc-2800-7ca9-8146-e76c72b2c440").isoformat()
    '2026-11-27T16:00:00+00:00'
    """
    milliseconds = int(identifier[:TIME_SIGNS].replace("-", ""), 16)
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
