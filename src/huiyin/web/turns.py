"""Turns: what many ask for at the same moment is made by one of them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager


class Turns:
    """One thread at a time for each key; the others wait, and find what it made."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._asking: Counter[Hashable] = Counter()

    @contextmanager
    def of(self, key: Hashable) -> Iterator[None]:
        """Wait until nobody else has the turn of this key, and hold it during the block."""
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
            self._asking[key] += 1
        try:
            with lock:
                yield
        finally:
            with self._guard:
                self._asking[key] -= 1
                if not self._asking[key]:
                    del self._locks[key], self._asking[key]
