"""Periods as days: months, quarters, the last N months, holidays. Everything ends yesterday."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

DAY = timedelta(days=1)
WEEK = 7
HALF = 6
DAYS_OF = {"day": 1, "week": WEEK}
MONTHS_OF = {"month": 1, "quarter": 3, "half": HALF, "year": 12}


class Standing(StrEnum):
    """Whether a period can be asked about."""

    FINE = "fine"
    TO_COME = "to_come"
    JUST_BEGUN = "just_begun"
    VAGUE = "vague"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, and of what `unit` it is one.

    `since` and `until` are None where it is open; `running` says that it goes on after yesterday.
    `named` tells holidays and sales from plain parts of the calendar; `yearless` that no year was
    said.
    """

    since: date | None
    until: date | None
    unit: str = "span"
    standing: Standing = Standing.FINE
    running: bool = False
    named: str | None = None
    yearless: bool = False

    def ending(self, yesterday: date) -> Period:
        """Cut off what has not happened yet."""
        if self.standing is not Standing.FINE:
            return self
        if self.since and self.since > yesterday:
            today = yesterday + DAY
            begun = Standing.JUST_BEGUN if self.since == today else Standing.TO_COME
            return replace(self, standing=begun)
        if self.until and self.until > yesterday:
            return replace(self, until=yesterday, running=True)
        return self


VAGUE = Period(None, None, standing=Standing.VAGUE)
EVER = Period(None, None, unit="ever")


def add_months(day: date, months: int) -> date:
    """Move by calendar months; the last day of a month stays inside the month it lands in."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        return day
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def calendar_part(first: date, months: int, unit: str) -> Period:
    """Give so many whole months from a first day on."""
    return Period(first, add_months(first, months) - DAY, unit)


def month(year: int, number: int) -> Period:
    """Give a calendar month; vague where there is none of that number."""
    if not (1 <= number <= 12 and date.min.year < year < date.max.year):  # noqa: PLR2004
        return VAGUE
    return calendar_part(date(year, number, 1), 1, "month")


def quarter(year: int, number: int) -> Period:
    """Give a calendar quarter."""
    return calendar_part(date(year, 3 * number - 2, 1), 3, "quarter")


def half(year: int, number: int) -> Period:
    """Give the first or second half of a year."""
    return calendar_part(date(year, HALF * number - 5, 1), HALF, "half")


def year_of(year: int) -> Period:
    """Give a calendar year."""
    return calendar_part(date(year, 1, 1), 12, "year")


def one_day(year: int, number: int, day: int) -> Period:
    """Give a day; vague where there is none."""
    try:
        found = date(year, number, day)
    except ValueError:
        return VAGUE
    return Period(found, found, "day")


def last(n: int, unit: str, today: date) -> Period:
    """Give the last n days, weeks, months… up to yesterday."""
    if not 0 < n <= 400:  # noqa: PLR2004 -- more of any unit is no question
        return VAGUE
    if unit in DAYS_OF:
        return Period(today - timedelta(days=n * DAYS_OF[unit]), today - DAY)
    return Period(add_months(today, -n * MONTHS_OF[unit]), today - DAY)


def part_now(unit: str, back: int, today: date) -> Period:
    """Give this week, month… or the one so many before it, complete."""
    if unit == "day":
        day = today - timedelta(days=back)
        return Period(day, day, "day")
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + WEEK * back)
        return Period(monday, monday + timedelta(days=WEEK - 1), "week")
    months = MONTHS_OF[unit]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    return calendar_part(add_months(first, -months * back), months, unit)


@cache
def named_periods() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Give the words of holidays and of named periods, from ``periods.yaml``.

    Returns
    -------
    (word → holiday, word → {name, from, to})
    """
    text = resources.files("huiyin.ask").joinpath("periods.yaml").read_text("utf-8")
    known: dict[str, Any] = yaml.safe_load(text)
    holidays = {w: name for name, words in known["holidays"].items() for w in _parted(words)}
    named = {
        word: {"name": name, "from": facts["from"], "to": facts["to"]}
        for name, facts in known["named"].items()
        for word in _parted(facts["words"])
    }
    return holidays, named


def _parted(words: str) -> list[str]:
    return [word.strip() for part in words.split("、") for word in part.split(",") if word.strip()]


def holiday(name: str, year: int | None, today: date) -> Period:
    """Give the State Council's days of a holiday; without a year those of its latest past one."""
    if year is not None:
        return holiday_in(name, year)
    found = holiday_in(name, today.year)
    if found.standing is Standing.FINE and found.since and found.since < today:
        return replace(found, yearless=True)
    return replace(holiday_in(name, today.year - 1), yearless=True)


@cache
def _details(year: int) -> dict[date, tuple[bool, str | None]]:
    """Give which days of a year are free, and the holiday they belong to."""
    from chinese_calendar import get_holiday_detail

    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    return {day: get_holiday_detail(day) for day in days}


@cache
def holiday_in(name: str, year: int) -> Period:
    """Give a holiday's days in a year; a year that is not published yet is said, not guessed."""
    try:
        detail = _details(year)
    except NotImplementedError:
        return Period(None, None, standing=Standing.UNPUBLISHED, named=name)
    own = [day for day in detail if detail[day] == (True, name)]
    if not own:
        return Period(None, None, standing=Standing.UNPUBLISHED, named=name)
    first, end = own[0], own[-1]
    free = {day for day in detail if detail[day][0] and detail[day][1]}
    while end + DAY in free:
        end += DAY
    while first - DAY in free:
        first -= DAY
    return Period(first, end, "holiday", named=name)


def named_period(facts: dict[str, str], year: int | None, today: date) -> Period:
    """Give a named period; without a year the latest that has begun."""
    yearless = year is None
    for one in (year,) if year is not None else (today.year, today.year - 1):
        since = date.fromisoformat(f"{one}-{facts['from']}")
        until = date.fromisoformat(f"{one}-{facts['to']}")
        if not yearless or since < today:
            break
    return Period(since, until, "named", named=facts["name"], yearless=yearless)
