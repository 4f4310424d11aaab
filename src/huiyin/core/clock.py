"""The time, given from outside, so that a test can hold it still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives an aware UTC time."""


def system_clock() -> datetime:
    """Give the time of this machine, aware, in UTC."""
    return datetime.now(UTC)


def day_in(moment: datetime, zone: str) -> date:
    """Give the day of a moment on the clock of a zone.

    Examples
    --------
    >>> day_in(datetime(2026, 5, 1, 22, 15, tzinfo=UTC), "Asia/Shanghai")
    datetime.date(2026, 5, 2)
    """
    return moment.astimezone(ZoneInfo(zone)).date()


def day_began(moment: datetime, zone: str) -> datetime:
    """Give when the day of a moment began in a zone: all that is kept where no hour may be.

    Examples
    --------
    >>> day_began(datetime(2026, 5, 1, 22, 15, tzinfo=UTC), "Asia/Shanghai").isoformat()
    '2026-05-01T16:00:00+00:00'
    """
    return datetime.combine(day_in(moment, zone), time(), ZoneInfo(zone)).astimezone(UTC)
