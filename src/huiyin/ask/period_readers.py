"""What a form of a period means as days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from huiyin.ask.days import (
    DAY,
    VAGUE,
    Period,
    Standing,
    add_months,
    half,
    holiday,
    last,
    month,
    named_period,
    named_periods,
    one_day,
    part_now,
    quarter,
    year_of,
)
from huiyin.ask.numerals import read_whole

UNITS = {"天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month",
         "季度": "quarter", "季": "quarter", "年": "year", "半年": "half"}  # fmt: skip
BACK = {"本": 0, "这": 0, "这个": 0, "这一": 0, "这一个": 0, "当": 0, "上": 1,
        "上个": 1, "上一": 1, "上一个": 1, "上上": 2, "上上个": 2, "this": 0, "the current": 0,
        "current": 0, "last": 1, "previous": 1}  # fmt: skip
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Around:
    """What a form needs to be read: the day, and the year that was said before it."""

    today: date
    year: int | None = None


Read = Callable[["re.Match[str]", Around], Period]


def span(first: Period, end: Period) -> Period:
    """Join two periods: from the first day of one to the last of the other."""
    return Period(first.since, end.until, yearless=first.yearless and end.yearless)


def read_since_year(m: re.Match[str], around: Around) -> Period:
    """Read 2025年初到现在."""
    year = said_year(m["y"], around) or around.today.year
    return Period(date(year, 1, 1), around.today - DAY, "since", running=True)


def read_first_of_year(m: re.Match[str], around: Around) -> Period:
    """Read 去年年初 of 去年年初到今年3月: the end follows."""
    year = (said_year(m["y"], around) if m["y"] else None) or around.today.year
    return one_day(year, 1, 1)


def read_dotted(m: re.Match[str], around: Around) -> Period:
    """Read 3.1-3.15: from one day of the year to another."""
    start = latest(
        lambda y: one_day(y, int(m["m"]), int(m["d"])), around, said_year(m["y"], around)
    )
    if not start.since:
        return VAGUE
    stop = one_day(start.since.year, int(m["m2"]), int(m["d2"]))
    return span(start, stop) if stop.until and stop.until >= start.since else VAGUE


def said_year(said: str | None, around: Around) -> int | None:
    """Give the year that was said: with the form, else just before it."""
    if not said:
        return around.year
    plain = said.replace("年", "").replace("'s", "").strip(" '")
    back = {"今": 0, "本": 0, "这一": 0, "this year": 0, "the year": 0, "去": 1, "上": 1, "上一": 1,
            "last year": 1, "前": 2, "大前": 3, "the year before last": 2}  # fmt: skip
    if plain in back:
        return around.today.year - back[plain]
    number = int(plain)
    return number if number > 99 else 2000 + number  # noqa: PLR2004


def latest(build: Callable[[int], Period], around: Around, year: int | None) -> Period:
    """Without a year it is the latest one that has begun."""
    if year is not None:
        return build(year)
    this = build(around.today.year)
    begun = this.since is not None and this.since < around.today
    return replace(this if begun else build(around.today.year - 1), yearless=True)


def this_year(build: Callable[[int], Period], around: Around, year: int | None) -> Period:
    """Without a year it is this year's; one that has not begun could be meant either way."""
    if year is not None:
        return build(year)
    found = replace(build(around.today.year), yearless=True)
    if found.since and found.since < around.today:
        return found
    return replace(build(around.today.year - 1), yearless=True, standing=Standing.VAGUE)


def read_month(m: re.Match[str], around: Around) -> Period:
    """Read 5月, 去年10月份."""
    number = read_whole(m["m"])
    return latest(lambda y: month(y, number), around, said_year(m["y"], around))


def read_months(m: re.Match[str], around: Around) -> Period:
    """Read 3月到5月, 10-12月."""
    first, end = read_whole(m["m"]), read_whole(m["m2"])
    year = said_year(m["y"], around)
    start = latest(lambda y: month(y, first), around, year)
    if not start.since:
        return VAGUE
    stop = month(start.since.year + (end < first), end)
    return span(start, stop) if stop.until else VAGUE


def read_day(m: re.Match[str], around: Around) -> Period:
    """Read 5月1号."""
    number, day = read_whole(m["m"]), read_whole(m["d"])
    return latest(lambda y: one_day(y, number, day), around, said_year(m["y"], around))


def read_day_of(m: re.Match[str], around: Around) -> Period:
    """Read 上个月25号."""
    whole = read_part(m, around)
    day = read_whole(m["d"])
    return one_day(whole.since.year, whole.since.month, day) if whole.since else VAGUE


def read_days(m: re.Match[str], around: Around) -> Period:
    """Read 5月1号到5号."""
    start = read_day(m, around)
    if not start.since:
        return VAGUE
    stop = one_day(start.since.year, start.since.month, read_whole(m["d2"]))
    return span(start, stop) if stop.until and stop.until >= start.since else VAGUE


def read_iso(m: re.Match[str], _around: Around) -> Period:
    """Read 2026-03 and 2026-03-15."""
    year, number = int(m["y"]), int(m["m"])
    return one_day(year, number, int(m["d"])) if m["d"] else month(year, number)


def read_quarter(m: re.Match[str], around: Around) -> Period:
    """Read Q2, 去年四季度."""
    groups = m.groupdict()
    number = read_whole(m["q"] or groups["q2"])
    said = groups.get("y") or groups.get("y0") or groups.get("y2")
    if not 1 <= number <= 4:  # noqa: PLR2004
        return VAGUE
    return this_year(lambda y: quarter(y, number), around, said_year(said, around))


def read_month_of_quarter(m: re.Match[str], around: Around) -> Period:
    """Read 一季度最后一个月."""
    whole = read_quarter(m, around)
    if not whole.since:
        return VAGUE
    at = (
        2
        if m["at"] in {"最后一", "末"}
        else 0
        if m["at"] in {"头一", "首"}
        else read_whole(m["at"]) - 1
    )
    return month(whole.since.year, whole.since.month + at)


def read_half(m: re.Match[str], around: Around) -> Period:
    """Read 上半年, H1."""
    number = 1 if m["h"] in {"上", "first", "1", "1st"} else 2
    groups = m.groupdict()
    said = groups.get("y") or groups.get("y0")
    return this_year(lambda y: half(y, number), around, said_year(said, around))


def read_year(m: re.Match[str], around: Around) -> Period:
    """Read 去年, 2025年."""
    return year_of(said_year(m["y"], around) or around.today.year)


def unit_of(said: str) -> str:
    """Give the unit of the calendar that a word means."""
    plain = said.removeprefix("个")
    return UNITS.get(plain, plain)


def read_last(m: re.Match[str], around: Around) -> Period:
    """Read 近三个月, past 30 days."""
    n = read_whole(m["n"]) if m["n"] else 1
    return last(n, unit_of(m["unit"]), around.today)


def read_part(m: re.Match[str], around: Around) -> Period:
    """Read 上个月, this week."""
    back = " ".join(m["back"].split())
    return part_now(unit_of(m["unit"]), BACK[back], around.today)


def read_weekday(m: re.Match[str], around: Around) -> Period:
    """Read 上周五."""
    monday = part_now("week", BACK[m["back"]], around.today).since or around.today
    if m["w"] == "末":
        return Period(monday + timedelta(days=5), monday + timedelta(days=6))
    at = WEEKDAYS.index("日" if m["w"] == "天" else m["w"])
    return one_day(*(monday + timedelta(days=at)).timetuple()[:3])


def read_weekdays(m: re.Match[str], around: Around) -> Period:
    """Read 上周一到周日, 上周五到本周二."""
    monday = part_now("week", BACK[m["back"]], around.today).since or around.today
    last = part_now("week", BACK[m["back2"] or m["back"]], around.today).since or around.today
    ends = WEEKDAYS.index("日" if m["w2"] == "天" else m["w2"])
    first = monday + timedelta(days=WEEKDAYS.index(m["w"]))
    until = last + timedelta(days=ends)
    return Period(first, until) if first <= until else VAGUE


def read_first_months(m: re.Match[str], around: Around) -> Period:
    """Read 今年前五个月."""
    year = said_year(m["y"], around) or around.today.year
    end = month(year, read_whole(m["n"]))
    return Period(date(year, 1, 1), end.until) if end.until else VAGUE


def year_to_date(unit: str) -> Read:
    """Read a part of the calendar up to yesterday."""
    return lambda _m, around: part_now(unit, 0, around.today)


def reserved(_m: re.Match[str], _around: Around) -> Period:
    """Stand for words that name a comparison, not a period: 去年同期."""
    return VAGUE


def fixed(period: Period) -> Read:
    """Give the same period wherever the form stands."""
    return lambda _m, _around: period


def days_back(back: int) -> Read:
    """Read yesterday and the like."""
    return lambda _m, around: part_now("day", back, around.today)


def half_month(_m: re.Match[str], around: Around) -> Period:
    """Read 近半个月."""
    return last(15, "day", around.today)


def half_year(_m: re.Match[str], around: Around) -> Period:
    """Read 近半年."""
    return Period(add_months(around.today, -6), around.today - DAY)


ON_THE_DAY = re.compile(r"(?:[当那][天日]|那一天)$")


def read_holiday(m: re.Match[str], around: Around) -> Period:
    """Read 国庆期间."""
    holidays, _ = named_periods()
    groups = m.groupdict()
    said = groups.get("y") or groups.get("y0")
    found = holiday(holidays[m["name"]], said_year(said, replace(around, year=None)), around.today)
    return VAGUE if ON_THE_DAY.search(m[0]) and found.since != found.until else found


def read_named(m: re.Match[str], around: Around) -> Period:
    """Read 双11, 618."""
    _, named = named_periods()
    groups = m.groupdict()
    said = groups.get("y") or groups.get("y0")
    found = named_period(
        named[m["name"]], said_year(said, replace(around, year=None)), around.today
    )
    return replace(found, since=found.until) if ON_THE_DAY.search(m[0]) else found


THIRDS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
}


def read_third(m: re.Match[str], around: Around) -> Period:
    """Read 9月上旬: a third or a half of a month."""
    whole = read_part(m, around) if m.groupdict().get("back") else read_month(m, around)
    if not whole.since or not whole.until:
        return VAGUE
    first, end = THIRDS[m["third"]]
    start = whole.since.replace(day=first)
    return Period(start, min(whole.until, whole.since.replace(day=min(end, whole.until.day))))


def read_thirds(m: re.Match[str], around: Around) -> Period:
    """Read 3月上旬到中旬."""
    whole, first = read_month(m, around), read_third(m, around)
    if not whole.since or not whole.until:
        return VAGUE
    end = min(THIRDS[m["third2"]][1], whole.until.day)
    return Period(first.since, whole.since.replace(day=end))


def read_edge(m: re.Match[str], around: Around) -> Period:
    """Read 5月前两周, 上个月最后10天: so many days at one end of a month or a year."""
    groups = m.groupdict()
    if groups.get("back"):
        whole = read_part(m, around)
    else:
        whole = read_month(m, around) if groups.get("m") else read_year(m, around)
    n = read_whole(m["n"]) if m["n"] else 1
    length = timedelta(days=n * (7 if "周" in m["edge"] or "week" in m["edge"] else 1))
    if not whole.since or not whole.until or n < 1 or length > whole.until - whole.since + DAY:
        return VAGUE
    if m["side"] in {"前", "头", "first"}:
        return Period(whole.since, whole.since + length - DAY)
    return Period(whole.until - length + DAY, whole.until)
