"""When sessions were last used: noted for all of them together, once a minute."""

from __future__ import annotations

import threading
from datetime import datetime

from huiyin.people.sessions import TOUCH_EVERY


class LastSeen:
    """Uses of sessions that the store does not know yet.

    A write for each reader would make everything that is held in memory void each time.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, datetime] = {}
        self._written_at: datetime | None = None
        self._turn = threading.Lock()

    def note(self, session_id: str, now: datetime) -> bool:
        """Note a use; True: it is time to write them down."""
        with self._turn:
            self._waiting[session_id] = now
            return self._written_at is None or now - self._written_at >= TOUCH_EVERY

    def taken(self, now: datetime) -> dict[str, datetime]:
        """Take what is to be written, by session id; the minute begins anew."""
        with self._turn:
            taken, self._waiting = self._waiting, {}
            self._written_at = now
            return taken
