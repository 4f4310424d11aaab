"""Guards that a person hardly notices: throttling, a trap field, a pause before sending."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

PER_MINUTE = 240
"""Answers that one network address may send in a minute: a shop or an office shares one."""
MOST_ADDRESSES = 50_000
OLDEST_SECONDS = 30 * 86_400.0
"""How old a page may be when it is sent."""
FASTEST_SHARE = 0.08
"""Faster than this share of the expected time, a machine is more likely than a person."""

WORK_BITS = 14
"""Zero bits that a proof of work begins with: some 16 000 hashes, a moment even on a slow phone."""
WAIT_SECONDS = 6.0
"""How long somebody waits whose browser computes nothing."""
_CHALLENGE_SIGNS = 24
_LONGEST_WORK = 12
_DIGEST_BITS = 256


@dataclass(slots=True)
class Throttle:
    """Counts by address and minute; the newest addresses are remembered."""

    per_minute: int = PER_MINUTE
    _counts: OrderedDict[str, tuple[int, int]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allows(self, address: str | None, now: float | None = None) -> bool:
        """Count one, and tell whether it is within what an address may send."""
        minute = int((time.time() if now is None else now) // 60)
        with self._lock:
            known, count = self._counts.pop(address or "", (minute, 0))
            count = count + 1 if known == minute else 1
            self._counts[address or ""] = (minute, count)
            if len(self._counts) > MOST_ADDRESSES:
                self._counts.popitem(last=False)
        return count <= self.per_minute


def looks_like_a_machine(shortest_minutes: float, trap: str, seconds: float) -> bool:
    """Tell whether an answer should be confirmed by one more tap.

    Parameters
    ----------
    shortest_minutes : float
        How long the shortest way through the questionnaire takes (`minutes.expect_minutes`).
    trap : str
        What stands in the field that nobody sees.
    seconds : float
        Since the page was opened.
    """
    return bool(trap) or seconds < shortest_minutes * 60 * FASTEST_SHARE


def is_worked(token: str, work: str) -> bool:
    """Tell whether a number proves that somebody computed for this token, as ``answer.js`` does.

    The first signs of a token are its signature: nobody knows them before the page is given out.

    References
    ----------
    Back (2002), Hashcash: a denial of service counter-measure.
    """
    if not work.isdecimal() or not work.isascii() or len(work) > _LONGEST_WORK:
        return False
    words = f"{token[:_CHALLENGE_SIGNS]}:{work}".encode()
    digest = int.from_bytes(hashlib.sha256(words).digest(), "big")
    return digest >> (_DIGEST_BITS - WORK_BITS) == 0
