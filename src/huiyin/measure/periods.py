"""Windows and periods, cut from the local day of the answer."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from huiyin.measure.contracts import Grain

WEEK = 7
MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
WEEKS_A_YEAR = 52
WEEKS_BEFORE = 4
"""How far back the same weekdays are looked at."""


def add_months(day: date, months: int) -> date:
    """Move by calendar months; the last day of a month stays inside the month it lands in."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_start(day: date, grain: Grain) -> date:
    """Give the first day of the period that holds `day`; weeks start on Monday."""
    if grain is Grain.DAY:
        return day
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    month = (day.month - 1) // MONTHS[grain] * MONTHS[grain] + 1
    return date(day.year, month, 1)


def shift(start: date, grain: Grain, periods: int) -> date:
    """Give the first day of the period `periods` later."""
    if grain in MONTHS:
        return add_months(start, periods * MONTHS[grain])
    return start + timedelta(days=periods * (WEEK if grain is Grain.WEEK else 1))


def year_before(start: date, grain: Grain) -> date:
    """Give the first day of the same period a year ago (a week: 52 weeks ago)."""
    if grain is Grain.WEEK:
        return start - timedelta(weeks=WEEKS_A_YEAR)
    return add_months(start, -12)


def period_range(first: date, last: date, grain: Grain) -> Iterator[date]:
    """List the periods from the one that holds `first` to the one that holds `last`."""
    start = period_start(first, grain)
    while start <= last:
        yield start
        start = shift(start, grain, 1)


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, both included; None is open. Of `weekdays` only, Monday being 0."""

    since: date | None
    until: date | None
    weekdays: tuple[int, ...] = ()

    def before(self) -> Window | None:
        """Give the preceding complete window of equal length.

        A window of whole calendar months is preceded by as many whole months, any other by as
        many days.
        """
        if self.since is None or self.until is None:
            return None
        end = self.since - timedelta(days=1)
        months = _whole_months(self.since, self.until)
        if months:
            return Window(add_months(self.since, -months), end)
        return Window(self.since - (self.until - self.since) - timedelta(days=1), end)

    def same_weekdays(self) -> Window | None:
        """Give the same weekdays of the `WEEKS_BEFORE` weeks before the window begins."""
        if self.since is None or self.until is None:
            return None
        n_days = (self.until - self.since).days + 1
        end = self.since - timedelta(days=1)
        start = self.since - timedelta(weeks=WEEKS_BEFORE)
        if n_days >= WEEK:
            return Window(start, end)
        days = (self.since + timedelta(days=i) for i in range(n_days))
        return Window(start, end, tuple(sorted(day.weekday() for day in days)))

    def year_ago(self) -> Window | None:
        """Give the same dates a year ago."""
        if self.since is None or self.until is None:
            return None
        months = _whole_months(self.since, self.until)
        since = add_months(self.since, -12)
        if months:
            return Window(since, add_months(since, months) - timedelta(days=1))
        return Window(since, add_months(self.until, -12))


def _whole_months(since: date, until: date) -> int:
    after = until + timedelta(days=1)
    if since.day != 1 or after.day != 1:
        return 0
    return (after.year - since.year) * 12 + after.month - since.month
