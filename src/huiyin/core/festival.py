"""Spring Festival (春节): when it falls, because it moves between January and February."""

from __future__ import annotations

from datetime import date, timedelta

_NEW_YEAR = (
    "2005-02-09 2006-01-29 2007-02-18 2008-02-07 2009-01-26 2010-02-14 2011-02-03 2012-01-23 "
    "2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 "
    "2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 "
    "2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08"
)
SPRING_FESTIVALS = tuple(date.fromisoformat(day) for day in _NEW_YEAR.split())
"""First day of the lunar year, 2005 to 2035: astronomy, so known before holidays are."""
FESTIVAL_DAYS = 7
_BY_YEAR = {day.year: day for day in SPRING_FESTIVALS}
_AROUND = timedelta(days=7)


def spring_festival(year: int) -> date | None:
    """Give the lunar new year's day of a year; None outside the table."""
    return _BY_YEAR.get(year)


def festival_days(first: date, last: date) -> int:
    """Count the days from `first` to `last` that lie in a festival week, new year's day first."""
    length = timedelta(days=FESTIVAL_DAYS - 1)
    overlaps = (
        (min(last, day + length) - max(first, day)).days + 1
        for day in map(spring_festival, range(first.year, last.year + 1))
        if day
    )
    return sum(max(overlap, 0) for overlap in overlaps)


def festivals_between(first: date, last: date) -> tuple[date, ...]:
    """List the lunar new years whose week before or after touches the days `first` to `last`."""
    return tuple(day for day in SPRING_FESTIVALS if first - _AROUND <= day <= last + _AROUND)
