"""Periods in a question: 上个月, 近三个月, 2025年Q4, 国庆期间, March to May, since January."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from huiyin.ask.days import (
    DAY,
    EVER,
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
from huiyin.ask.dictionary import words
from huiyin.ask.numerals import HAN_NUMBER, WORD_NUMBER, read_whole

N = rf"(?:\d{{1,3}}|{HAN_NUMBER}{{1,3}})"
YEAR = (
    r"(?P<y>(?<!\d)(?:19|20)\d{2}\s*年?|(?<!\d)\d{2}\s*年|今年|去年|前年|上年|上一年|本年"
    r"|这一年|大前年|last year(?:'s)?|this year(?:'s)?)\s*度?\s*的?\s*"
)
UNIT = r"(?P<unit>天|日|周|个?星期|个?礼拜|个?月|个?季度?|年)"
UNITS = {"天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month",
         "季度": "quarter", "季": "quarter", "年": "year", "半年": "half"}  # fmt: skip
BACK = {"本": 0, "这": 0, "这个": 0, "这一": 0, "这一个": 0, "当": 0, "上": 1,
        "上个": 1, "上一": 1, "上一个": 1, "上上": 2, "上上个": 2, "this": 0, "the current": 0,
        "current": 0, "last": 1, "previous": 1}  # fmt: skip
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
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
EN_YEAR = (
    r"(?:(?:\s*,?\s*(?:of\s+)?(?P<y>(?:19|20)\d{2}|last year|this year|the year before last)\b))"
)
EN_BEFORE = r"(?:(?P<y0>(?:19|20)\d{2}|last year'?s?|this year'?s?)\s+)?"
BEFORE_THAT = "before that"
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
}
WEEKDAYS = "一二三四五六日"
EN_N = rf"(?P<n>\d{{1,3}}|{WORD_NUMBER})"
EN_UNIT = r"(?P<unit>day|week|month|quarter|year)s?\b"


@dataclass(frozen=True, slots=True)
class Found:
    """A period and where it stands in the question."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True, slots=True)
class Around:
    """What a form needs to be read: the day, and the year that was said before it."""

    today: date
    year: int | None = None


Read = Callable[["re.Match[str]", Around], Period]


def find_periods(text: str, today: date) -> list[Found]:
    """Find the periods of a question, in order, ranges joined, cut off at yesterday.

    Parameters
    ----------
    text : str
        In normal writing (`spelling.normal`).
    today : date
        In the dataset's zone.
    """
    yesterday = today - DAY
    points = _joined(text, _points(text, today), yesterday)
    return [replace(one, period=one.period.ending(yesterday)) for one in points]


def _points(text: str, today: date) -> list[Found]:
    found: list[Found] = []
    taken = [False] * len(text)
    matches = [(m, read) for pattern, read in _forms() for m in pattern.finditer(text)]
    chosen = []
    for match, read in matches:
        if read is _reserved and match.end() > match.start():
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
        elif not any(taken[match.start() : match.end()]) and match.end() > match.start():
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            chosen.append((match, read))
    year: int | None = None
    for match, read in sorted(chosen, key=lambda one: one[0].start()):
        period = read(match, Around(today, year))
        if period.unit in {"year", "month", "quarter", "day", "half"} and period.since:
            year = period.since.year if not period.yearless else year
        found.append(Found(match.start(), match.end(), period))
    return found


def _joined(text: str, points: list[Found], yesterday: date) -> list[Found]:
    out: list[Found] = []
    for point in points:
        before = out[-1] if out else None
        if before and _is_range(text, before, point):
            ends = point.period
            if before.period.since and ends.until and before.period.since <= ends.until:
                out[-1] = Found(before.start, point.end, _span(before.period, ends))
                continue
        out.append(point)
    return [_opened(text, one, yesterday) for one in out]


def _span(first: Period, end: Period) -> Period:
    return Period(first.since, end.until, yearless=first.yearless and end.yearless)


def _is_range(text: str, before: Found, point: Found) -> bool:
    between = text[before.end : point.start].strip()
    if between in {
        "到",
        "至",
        "~",
        "-",
        "–",
        "—",
        "一直到",
        "to",
        "through",
        "until",
        "till",
        "thru",
    }:
        return True
    return between == "and" and re.search(r"\bbetween\s*$", text[: before.start]) is not None


SINCE = re.compile(
    r"(?:份)?\s*(?:以来|至今|到现在|到今天|到目前|开始|起"
    r"|之后到现在|onwards|onward|to date|until now|till now"
    r"|to now|so far)"
)
SINCE_BEFORE = re.compile(r"(?:自从|自|since|starting|starting in|starting from)\s*(?:the\s+)?$")
BEFORE = re.compile(r"(?:之前|以前)")
BEFORE_BEFORE = re.compile(r"(?:before|prior to)\s*$")
UNTIL_BEFORE = re.compile(r"(?:截至|截止到?|until|up to|till)\s*$")
AFTER = re.compile(r"(?:之后|以后)")
AFTER_BEFORE = re.compile(r"\bafter\s*$")


def _opened(text: str, one: Found, yesterday: date) -> Found:
    """Read what stands beside a period: since, before, until, after it."""
    period = one.period
    after = text[one.end :]
    before = text[: one.start]
    tail = SINCE.match(after)
    if period.since and (tail or SINCE_BEFORE.search(before)):
        end = one.end + tail.end() if tail else one.end
        return Found(one.start, end, Period(period.since, yesterday, "since", running=True))
    if period.since and (BEFORE.match(after) or BEFORE_BEFORE.search(before)):
        end = one.end + (2 if BEFORE.match(after) else 0)
        return Found(one.start, end, Period(None, period.since - DAY, "before"))
    if period.until and UNTIL_BEFORE.search(before):
        return Found(one.start, one.end, Period(None, period.until, "before"))
    if period.until and (AFTER.match(after) or AFTER_BEFORE.search(before)):
        end = one.end + (2 if AFTER.match(after) else 0)
        return Found(one.start, end, Period(period.until + DAY, yesterday, "since"))
    return one


def _year(said: str | None, around: Around) -> int | None:
    """Give the year that was said: with the form, else just before it."""
    if not said:
        return around.year
    plain = said.replace("年", "").replace("'s", "").strip()
    back = {"今": 0, "本": 0, "这一": 0, "this year": 0, "去": 1, "上": 1, "上一": 1,
            "last year": 1, "前": 2, "大前": 3, "the year before last": 2}  # fmt: skip
    if plain in back:
        return around.today.year - back[plain]
    number = int(plain)
    return number if number > 99 else 2000 + number  # noqa: PLR2004


def _latest(build: Callable[[int], Period], around: Around, year: int | None) -> Period:
    """Without a year it is the latest one that has begun."""
    if year is not None:
        return build(year)
    this = build(around.today.year)
    begun = this.since is not None and this.since < around.today
    return replace(this if begun else build(around.today.year - 1), yearless=True)


def _this_year(build: Callable[[int], Period], around: Around, year: int | None) -> Period:
    """Without a year it is this year's; one that has not begun could be meant either way."""
    if year is not None:
        return build(year)
    found = replace(build(around.today.year), yearless=True)
    if found.since and found.since < around.today:
        return found
    return replace(build(around.today.year - 1), yearless=True, standing=Standing.VAGUE)


def _read_month(m: re.Match[str], around: Around) -> Period:
    number = read_whole(m["m"])
    return _latest(lambda y: month(y, number), around, _year(m["y"], around))


def _read_months(m: re.Match[str], around: Around) -> Period:
    first, end = read_whole(m["m"]), read_whole(m["m2"])
    year = _year(m["y"], around)
    start = _latest(lambda y: month(y, first), around, year)
    if not start.since:
        return VAGUE
    stop = month(start.since.year + (end < first), end)
    return _span(start, stop) if stop.until else VAGUE


def _read_day(m: re.Match[str], around: Around) -> Period:
    number, day = read_whole(m["m"]), read_whole(m["d"])
    return _latest(lambda y: one_day(y, number, day), around, _year(m["y"], around))


def _read_days(m: re.Match[str], around: Around) -> Period:
    start = _read_day(m, around)
    if not start.since:
        return VAGUE
    stop = one_day(start.since.year, start.since.month, read_whole(m["d2"]))
    return _span(start, stop) if stop.until and stop.until >= start.since else VAGUE


def _read_iso(m: re.Match[str], _around: Around) -> Period:
    year, number = int(m["y"]), int(m["m"])
    return one_day(year, number, int(m["d"])) if m["d"] else month(year, number)


def _read_quarter(m: re.Match[str], around: Around) -> Period:
    number = read_whole(m["q"])
    groups = m.groupdict()
    said = groups.get("y") or groups.get("y0") or groups.get("y2")
    if not 1 <= number <= 4:  # noqa: PLR2004
        return VAGUE
    return _this_year(lambda y: quarter(y, number), around, _year(said, around))


def _read_half(m: re.Match[str], around: Around) -> Period:
    number = 1 if m["h"] in {"上", "first", "1", "1st"} else 2
    groups = m.groupdict()
    said = groups.get("y") or groups.get("y0")
    return _this_year(lambda y: half(y, number), around, _year(said, around))


def _read_year(m: re.Match[str], around: Around) -> Period:
    return year_of(_year(m["y"], around) or around.today.year)


def _unit(said: str) -> str:
    plain = said.removeprefix("个")
    return UNITS.get(plain, plain)


def _read_last(m: re.Match[str], around: Around) -> Period:
    n = read_whole(m["n"]) if m["n"] else 1
    return last(n, _unit(m["unit"]), around.today)


def _read_part(m: re.Match[str], around: Around) -> Period:
    back = " ".join(m["back"].split())
    return part_now(_unit(m["unit"]), BACK[back], around.today)


def _read_weekday(m: re.Match[str], around: Around) -> Period:
    monday = part_now("week", BACK[m["back"]], around.today).since or around.today
    if m["w"] == "末":
        return Period(monday + timedelta(days=5), monday + timedelta(days=6))
    at = WEEKDAYS.index("日" if m["w"] == "天" else m["w"])
    return one_day(*(monday + timedelta(days=at)).timetuple()[:3])


def _read_first_months(m: re.Match[str], around: Around) -> Period:
    year = _year(m["y"], around) or around.today.year
    end = month(year, read_whole(m["n"]))
    return Period(date(year, 1, 1), end.until) if end.until else VAGUE


def _english_month(m: re.Match[str], around: Around) -> Period:
    groups = m.groupdict()
    number = MONTHS[m["month"]]
    said = groups.get("y") or groups.get("y0")
    day = groups.get("d") or groups.get("d0")
    year = _year(said, around)
    if day:
        start = _latest(lambda y: one_day(y, number, int(day)), around, year)
        until = groups.get("d2")
        if until and start.since:
            stop = one_day(start.since.year, number, int(until))
            return _span(start, stop) if stop.until and stop.until >= start.since else VAGUE
        return start
    return _latest(lambda y: month(y, number), around, year)


def _ordinal(m: re.Match[str], around: Around) -> Period:
    said = m["y"] or m["y0"]
    if said == "the year":
        said = None
    number = ORDINALS[m["o"]]
    return _this_year(lambda y: quarter(y, number), around, _year(said, around))


def _year_to_date(unit: str) -> Read:
    return lambda _m, around: part_now(unit, 0, around.today)


def _reserved(_m: re.Match[str], _around: Around) -> Period:
    """Stand for words that name a comparison, not a period: 去年同期."""
    return VAGUE


def _fixed(period: Period) -> Read:
    return lambda _m, _around: period


def _days_back(back: int) -> Read:
    return lambda _m, around: part_now("day", back, around.today)


def _half_month(_m: re.Match[str], around: Around) -> Period:
    return last(15, "day", around.today)


def _half_year(_m: re.Match[str], around: Around) -> Period:
    return Period(add_months(around.today, -6), around.today - DAY)


def _read_holiday(m: re.Match[str], around: Around) -> Period:
    holidays, _ = named_periods()
    groups = m.groupdict()
    said = groups.get("y") or groups.get("y0")
    return holiday(holidays[m["name"]], _year(said, replace(around, year=None)), around.today)


def _read_named(m: re.Match[str], around: Around) -> Period:
    _, named = named_periods()
    groups = m.groupdict()
    said = groups.get("y") or groups.get("y0")
    return named_period(named[m["name"]], _year(said, replace(around, year=None)), around.today)


def _alternatives(names: dict[str, object]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _comparisons() -> str:
    told = [*words().signals["year_ago"], *words().signals["previous"]]
    plain = "|".join(re.escape(word) for word in sorted(told, key=len, reverse=True))
    return rf"(?<![a-z])(?:{plain})(?![a-z])"


def _names() -> Iterator[tuple[str, Read]]:
    holidays, named = named_periods()
    tail = r"(?:期间|那几天|那会儿|时候|当天|(?: holiday| week| festival| period| sale)s?\b)?"
    for known, read in ((holidays, _read_holiday), (named, _read_named)):
        name = f"(?P<name>{_alternatives(dict(known))})"
        yield rf"{YEAR}(?:{name}){tail}", read
        yield rf"{EN_BEFORE}(?<![\w.]){name}(?!月|\d|[.]\d){tail}{EN_YEAR}?", read


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Read], ...]:
    """List the forms, the more telling ones first."""
    back = r"(?P<back>上上个|上上|上一个|上个|上一|上|这一个|这个|这一|这|本|当)"
    recent = r"(?:最近的?|过去的?|近|这)"
    may = r"(?<!\w)"
    forms: list[tuple[str, Read]] = [
        (_comparisons(), _reserved),
        (
            (
                rf"(?:{YEAR})?(?:国庆|春节|五一|元旦|中秋|端午|双11|双十一"
                rf"|618)(?:节|假期)?(?:前后|前|后)(?:的?{N}?{UNIT})?"
            ),
            _fixed(VAGUE),
        ),
        *_names(),
        (r"(?<!\d)(?P<y>20\d{2})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?!\d)", _read_iso),
        (
            (
                rf"(?:{YEAR})?(?P<m>{N})月份?(?P<d>{N})[日号]?\s*(?:到"
                rf"|至|-|~|–|—)\s*(?P<d2>{N})[日号]"
            ),
            _read_days,
        ),
        (rf"(?:{YEAR})?(?P<m>{N})月份?(?P<d>{N})[日号]", _read_day),
        (rf"(?:{YEAR})?(?P<m>{N})月?份?\s*(?:到|至|-|~|–|—)\s*(?P<m2>{N})月份?", _read_months),
        (rf"{YEAR}(?:前|头)(?P<n>{N})个?月", _read_first_months),
        (rf"(?:{YEAR})?(?<!\d)(?P<m>\d{{1,2}}|{HAN_NUMBER}{{1,3}})月份?(?!\d)", _read_month),
        (
            (
                rf"(?:{YEAR})?q(?P<q>[1-4])(?!\d)(?:\s*(?:of\s+)?(?P<y2>20\d{{2}}"
                rf"|last year|this year)\b)?"
            ),
            _read_quarter,
        ),
        (rf"(?:{YEAR})?第?(?P<q>[1-4一二三四])个?季度?(?!度)", _read_quarter),
        (rf"(?:{YEAR})?(?P<h>上|下)半年", _read_half),
        (rf"{back}(?:周|星期|礼拜|个星期)(?P<w>[一二三四五六日天末])", _read_weekday),
        (rf"{recent}(?P<n>{N})\s*{UNIT}(?:来|内|里|之?内|以来)?", _read_last),
        (rf"{recent}个?半个?月", _half_month),
        (r"(?:最近|过去|近|这)(?:的)?半年(?:来|内|里)?", _half_year),
        (
            r"(?:再?之?前|头)(?:的)?" + N + r"(?:天|周|个星期|个?月|个?季度)",
            _fixed(replace(VAGUE, named=BEFORE_THAT)),
        ),
        (r"(?:上|过去)" + N + r"(?:天|周|个星期|个月|个季度|年)", _fixed(VAGUE)),
        (rf"{back}(?P<unit>个?月|周|个?星期|个?礼拜|个?季度?)(?:份|度)?(?!几)", _read_part),
        (
            (
                r"(?P<y>今年|去年|前年|上年|上一年|本年|这一年|大前年"
                r"|(?<!\d)(?:20)?\d{2}\s*年)度?(?:全年|一整年|整年)?(?!同)"
            ),
            _read_year,
        ),
        (r"大?前天", _days_back(2)),
        (r"昨[天日]|yesterday", _days_back(1)),
        (r"今[天日]|\btoday\b", _days_back(0)),
        (
            (
                r"一直以来|有史以来|历史上?|全部时间|所有时间|全时段|\ball[- ]time\b"
                r"|\bever since the beginning\b|\bof all time\b"
            ),
            _fixed(EVER),
        ),
        # English
        (r"\bday before yesterday\b", _days_back(2)),
        (
            r"\b(?:year[- ]to[- ]date|ytd|so far this year|this year so far)\b",
            _year_to_date("year"),
        ),
        (
            r"\b(?:month[- ]to[- ]date|mtd|so far this month|this month so far)\b",
            _year_to_date("month"),
        ),
        (
            r"\b(?:quarter[- ]to[- ]date|qtd|so far this quarter|this quarter so far)\b",
            _year_to_date("quarter"),
        ),
        (
            rf"\b(?:last|past|previous|recent|latest|trailing|preceding)\s+{EN_N}[\s-]+{EN_UNIT}",
            _read_last,
        ),
        (
            (
                r"\b(?:last|past|previous)\s+half[- ]year\b|\bpast half a year\b"
                r"|\blast half a year\b"
            ),
            _half_year,
        ),
        (rf"\b(?:the\s+)?past\s+(?P<n>)(?:a\s+)?{EN_UNIT}", _read_last),
        (
            r"\b(?:the\s+)?(?P<unit>week|month|quarter|year) before last\b",
            lambda m, a: part_now(m["unit"], 2, a.today),
        ),
        (
            (
                r"\b(?P<h>first|second|1st|2nd) half (?:of )?(?:the year"
                r"|(?P<y>20\d{2}|last year|this year))"
            ),
            _read_half,
        ),
        (rf"\b{EN_BEFORE}h(?P<h>[12])\b{EN_YEAR}?", _read_half),
        (
            (
                rf"\b{EN_BEFORE}(?P<o>first|second|third|fourth|1st|2nd"
                rf"|3rd|4th) quarter\b(?:\s+(?:of\s+)?(?P<y>20\d{{2}}|last year"
                rf"|this year|the year)\b)?"
            ),
            _ordinal,
        ),
        (rf"\b{EN_BEFORE}q(?P<q>[1-4])\b{EN_YEAR}?", _read_quarter),
        (
            (
                rf"{may}{EN_BEFORE}{MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd"
                rf"|th)?(?:\s*(?:to|-|–|through)\s*(?P<d2>\d{{1,2}})(?:st"
                rf"|nd|rd|th)?)?(?!\d){EN_YEAR}?"
            ),
            _english_month,
        ),
        (rf"{may}(?P<d0>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}{EN_YEAR}?", _english_month),
        (
            (
                rf"{may}{EN_BEFORE}(?:last\s+|this\s+)?(?!may (?:i|we|be"
                rf"|you)\b){MONTH}{EN_YEAR}?"
            ),
            _english_month,
        ),
        (
            (
                r"\b(?P<back>this|the current|current|last|previous)\s+(?P<unit>week"
                r"|month|quarter|year)\b"
            ),
            _read_part,
        ),
        (r"(?<![\d.\-])(?P<y>20[12]\d)(?![\d.\-%])", _read_year),
    ]
    return tuple((re.compile(pattern), read) for pattern, read in forms)
