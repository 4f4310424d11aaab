"""How long to wait after failed attempts to sign in: a pure rule over what the store keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
FREE_PER_LOGIN = 5
FREE_PER_ADDRESS = 30
FIRST_WAIT_SECONDS = 2
LONGEST_WAIT_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in."""

    at: datetime
    succeeded: bool


def wait_seconds(by_login: Iterable[Attempt], by_address: Iterable[Attempt], now: datetime) -> int:
    """Say how long the next attempt has to wait.

    A few failures are free. Each one more doubles the wait, counted from the last failure. A
    success clears the login's count, not the address's: who guesses many logins from one place
    does not get clean by knowing one of them.

    Parameters
    ----------
    by_login, by_address : iterable of Attempt
        Those on this login, and those from this address, in any order.
    now : datetime

    Returns
    -------
    int
        Seconds, 0 if it may go on at once.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> now = datetime(2026, 1, 1, tzinfo=UTC)
    >>> wait_seconds([Attempt(now, False)] * 6, [], now)
    2
    """
    since = now - WINDOW
    logins = sorted((a for a in by_login if a.at > since), key=lambda a: a.at)
    failed = _since_success(logins)
    from_here = [a for a in by_address if a.at > since and not a.succeeded]
    return max(
        _wait(failed, FREE_PER_LOGIN, now),
        _wait(sorted(from_here, key=lambda a: a.at), FREE_PER_ADDRESS, now),
    )


def _since_success(attempts: list[Attempt]) -> list[Attempt]:
    last = max((i for i, a in enumerate(attempts) if a.succeeded), default=-1)
    return attempts[last + 1 :]


def _wait(failed: list[Attempt], free: int, now: datetime) -> int:
    over = len(failed) - free
    if over <= 0:
        return 0
    seconds = min(FIRST_WAIT_SECONDS * 2 ** min(over - 1, 30), LONGEST_WAIT_SECONDS)
    left = failed[-1].at + timedelta(seconds=seconds) - now
    return max(0, -int(-left.total_seconds() // 1))
