"""When something may go out: days and hours on the clock of a zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from huiyin.collect.sending.contracts import Window

_DAY = timedelta(days=1)


def is_open(window: Window, moment: datetime) -> bool:
    """Tell whether something may go out at a moment."""
    local = moment.astimezone(ZoneInfo(window.zone))
    return local.isoweekday() in window.days and window.from_hour <= local.hour < window.to_hour


def next_open(window: Window, moment: datetime) -> datetime:
    """Give the first moment, not before this one, at which something may go out; in UTC.

    Examples
    --------
    >>> night = datetime(2026, 5, 1, 14, 30, tzinfo=UTC)  # 22:30 in Shanghai
    >>> next_open(Window(), night).isoformat()
    '2026-05-02T01:00:00+00:00'
    """
    if is_open(window, moment):
        return moment.astimezone(UTC)
    zone = ZoneInfo(window.zone)
    local = moment.astimezone(zone)
    for ahead in range(9):
        day = (local + ahead * _DAY).date()
        start = datetime.combine(day, time(window.from_hour), zone).astimezone(UTC)
        if start > moment and day.isoweekday() in window.days:
            return start
    raise AssertionError(window)  # a window has at least one day a week
