"""What the English forms of a period mean as days."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from huiyin.ask.days import (
    DAY,
    VAGUE,
    Period,
    add_months,
    half,
    last,
    month,
    one_day,
    part_now,
    quarter,
    year_of,
)
from huiyin.ask.numerals import read_whole
from huiyin.ask.period_readers import Around, latest, said_year, span, this_year

MONTHS = {
    name: n
    for n, names in enumerate(
        [
            "january|jan",
            "february|feb",
            "march|mar",
            "april|apr",
            "may",
            "june|jun",
            "july|jul",
            "august|aug",
            "september|sept|sep",
            "october|oct",
            "november|nov",
            "december|dec",
        ],
        1,
    )
    for name in names.split("|")
}
ORDINALS = {
    "first": 1, "1st": 1, "opening": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3,
    "fourth": 4, "4th": 4, "final": 4, "last": 4, "closing": 4,
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_UNITS = {"d": "day", "w": "week", "m": "month", "mo": "month", "q": "quarter", "y": "year"}
FORTNIGHT, WEEK, JUNE = 14, 7, 6


def english_month(m: re.Match[str], around: Around) -> Period:
    """Read March, May 5, Oct 2025."""
    groups = m.groupdict()
    number = MONTHS[m["month"]]
    said = groups.get("y") or groups.get("y0")
    day = groups.get("d") or groups.get("d0")
    year = said_year(said, around)
    if day:
        start = latest(lambda y: one_day(y, number, int(day)), around, year)
        until = groups.get("d2")
        if until and start.since:
            stop = one_day(start.since.year, number, int(until))
            return span(start, stop) if stop.until and stop.until >= start.since else VAGUE
        return start
    return latest(lambda y: month(y, number), around, year)


def read_week_of(m: re.Match[str], around: Around) -> Period:
    """Read week of June 1: the calendar week that the day lies in."""
    number = MONTHS[m["month"] or m["month0"]]
    day = latest(
        lambda y: one_day(y, number, int(m["d"] or m["d0"])), around, said_year(m["y"], around)
    )
    return part_now("week", 0, day.since) if day.since else VAGUE


def ordinal(m: re.Match[str], around: Around) -> Period:
    """Read third quarter of 2025."""
    said = m["y"] or m["y0"]
    if said == "the year":
        said = None
    number = ORDINALS[m["o"]]
    return this_year(lambda y: quarter(y, number), around, said_year(said, around))


def read_months_named(m: re.Match[str], around: Around) -> Period:
    """Read the month of “the first ten days of May”."""
    if m["whole"]:
        return part_now("month", 0 if m["back"] != "last" else 1, around.today)
    return english_month(m, around)


def read_end(m: re.Match[str], around: Around) -> Period:
    """Read the first two weeks of May, the last three months of 2025: so much of one end."""
    unit, n = m["edge"], read_whole(m["n"])
    if m["month"] or m["whole"]:
        whole = read_months_named(m, around)
    else:
        whole = year_of(said_year(m["yy"], replace(around, year=None)) or around.today.year)
    if not whole.since or not whole.until or n < 1:
        return VAGUE
    if unit == "month":
        first, end = whole.since, add_months(whole.since, n) - DAY
        if m["side"] != "first":
            first, end = add_months(whole.since, 12 - n), whole.until
    else:
        length = timedelta(days=n * (7 if unit == "week" else 1))
        first, end = whole.since, whole.since + length - DAY
        if m["side"] != "first":
            first, end = whole.until - length + DAY, whole.until
    return Period(first, end) if whole.since <= first and end <= whole.until else VAGUE


def read_half_month(m: re.Match[str], around: Around) -> Period:
    """Read the second half of May."""
    whole = read_months_named(m, around)
    if not whole.since or not whole.until:
        return VAGUE
    middle = whole.since + timedelta(days=15)
    first = m["half"] in {"first", "1st"}
    return Period(whole.since, middle - DAY) if first else Period(middle, whole.until)


def this_half(_m: re.Match[str], around: Around) -> Period:
    """Read this half year: the one that runs."""
    return half(around.today.year, 1 if around.today.month <= JUNE else 2)


def read_ago(m: re.Match[str], around: Around) -> Period:
    """Read three days ago; which days a longer time ago means is open."""
    if m["unit"] != "day":
        return VAGUE
    return part_now("day", read_whole(m["n"]) if m["n"] else 1, around.today)


def read_english_weekday(m: re.Match[str], around: Around) -> Period:
    """Read last Friday, since Tuesday: the latest one that is over."""
    said = (m["weekday"] or m["weekday0"])[:3]
    at = next(i for i, day in enumerate(WEEKDAYS) if day.startswith(said))
    back = (around.today.weekday() - at) % 7 or WEEK
    if m["of_last"]:
        monday = part_now("week", 1, around.today).since or around.today
        return Period(monday + timedelta(days=at), monday + timedelta(days=at), "day")
    if back == WEEK and m["told"] != "last":  # today's own weekday: which of the two
        return VAGUE
    return part_now("day", back, around.today)


def read_whole_units(m: re.Match[str], around: Around) -> Period:
    """Read the last three full months: parts of the calendar that are over."""
    n = read_whole(m["n"]) if m["n"] else 1
    first, end = part_now(m["unit"], n, around.today), part_now(m["unit"], 1, around.today)
    return Period(first.since, end.until)


def read_short(m: re.Match[str], around: Around) -> Period:
    """Read last 30d."""
    return last(int(m["n"]), SHORT_UNITS[m["short"]], around.today)


def last_weekend(_m: re.Match[str], around: Around) -> Period:
    """Read last weekend."""
    monday = part_now("week", 1, around.today).since or around.today
    return Period(monday + timedelta(days=5), monday + timedelta(days=6))
