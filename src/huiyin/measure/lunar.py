"""A year ago by the lunar calendar: days as far from the Spring Festival as those asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from huiyin.core.festival import SPRING_FESTIVALS, festival_days, spring_festival
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text, listed
from huiyin.measure.contracts import Grain, QueryError
from huiyin.measure.periods import Window, period_range, shift, year_before

LAST_MONTH = 2
MONTHS_1_AND_2 = Text(
    "农历同比只用于 1–2 月：起止日要落在同一年的 1 月 1 日到 2 月底之间",
    "The lunar comparison is for January and February: the first and last day must lie "
    "inside these two months of one year",
)
NO_CALENDAR = Text(
    "历表只有 {first}–{last} 年的春节，算不了 {year} 年的农历同比",
    "The calendar knows the Spring Festivals of {first} to {last} only; {year} cannot be compared",
)
ALIGNED = Text(
    "农历同比：与 {since} 至 {until} 相比，两段离春节（{now}、{before}）的天数相同",
    "Lunar comparison with {since} to {until}: as many days from the Spring Festival ({now}, "
    "{before})",
)
MOVED = TextBySurface(
    Text("1–2 月可改用 --compare year_ago_lunar", "use --compare year_ago_lunar"),
    Text("1–2 月可改用农历同比", "compare by the lunar calendar"),
).within(
    Text(
        "春节不在同一天（{dates}），同比的两段里春节天数不同；{how}",
        "The Spring Festival moved ({dates}): periods and those a year before hold different "
        "numbers of its days; for January and February {how}",
    )
)


def lunar_shift(window: Window) -> int:
    """Give how many days lie between a window in months 1–2 and its lunar counterpart.

    Raises
    ------
    QueryError
        The window is open or leaves January and February of one year, or the calendar ends.
    """
    since, until = window.since, window.until
    if since is None or until is None or since.year != until.year or until.month > LAST_MONTH:
        raise QueryError(MONTHS_1_AND_2)
    now, before = spring_festival(since.year), spring_festival(since.year - 1)
    if now is None or before is None:
        years = SPRING_FESTIVALS[0].year, SPRING_FESTIVALS[-1].year
        raise QueryError(NO_CALENDAR.format(first=years[0], last=years[1], year=since.year))
    return (now - before).days


def earlier(window: Window, days: int) -> Window:
    """Move a closed window back by days."""
    since, until = (
        day - timedelta(days=days) if day else None for day in (window.since, window.until)
    )
    return Window(since, until)


def aligned_note(window: Window) -> Text:
    """Say which days a window was compared with."""
    before = earlier(window, lunar_shift(window))
    year = window.since.year if window.since else 0
    return ALIGNED.format(
        since=before.since,
        until=before.until,
        now=spring_festival(year),
        before=spring_festival(year - 1),
    )


def moved_note(window: Window, grain: Grain | None, last_day: date | None) -> Text | None:
    """Warn where the festival falls differently in a period and in the same one a year ago."""
    differ = sorted(
        {
            date_
            for now, before in _pairs(window, grain, last_day)
            if festival_days(*now) != festival_days(*before)
            for date_ in (spring_festival(now[1].year), spring_festival(before[1].year))
            if date_
        }
    )
    if not differ:
        return None
    return MOVED.format(dates=listed(day.isoformat() for day in differ))


def _pairs(
    window: Window, grain: Grain | None, last_day: date | None
) -> Iterable[tuple[tuple[date, date], tuple[date, date]]]:
    since, until = window.since, window.until or last_day
    if since is None or until is None:
        return
    if grain is None:
        before = Window(since, until).year_ago()
        if before and before.since and before.until:
            yield (since, until), (before.since, before.until)
        return
    for start in period_range(since, until, grain):
        yield _days(start, grain), _days(year_before(start, grain), grain)


def _days(start: date, grain: Grain) -> tuple[date, date]:
    return start, shift(start, grain, 1) - timedelta(days=1)
