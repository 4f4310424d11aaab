"""The time, given from outside, so that a test can hold it still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives an aware UTC time."""


def system_clock() -> datetime:
    """Give the time of this machine, aware, in UTC."""
    return datetime.now(UTC)


def day_began(moment: datetime, zone: str) -> datetime:
    """Give when the day of a moment began in a zone: all that is kept where no hour may be.

    Examples
    --------
    >>> day_began(datetime(2026, 5, 1, 22, 15, tzinfo=UTC), "Asia/Shanghai").isoformat()
    '2026-05-01T16:00:00+00:00'
    """
    day = moment.astimezone(ZoneInfo(zone)).date()
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
