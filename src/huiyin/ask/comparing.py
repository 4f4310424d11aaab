"""Periods and comparisons: which days, against which other days or group."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from huiyin.ask.contracts import Missing, Why
from huiyin.ask.days import DAY, Period, Standing, add_months, part_now
from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.opposites import VERSUS_SIDE
from huiyin.ask.period_forms import BEFORE_THAT
from huiyin.ask.scanning import Token
from huiyin.ask.turns import AS_ONE
from huiyin.measure.contracts import Against, Compare, Grain

THAN = re.compile(
    r"(?:比起?|较|相对于?|相比|对比|和|跟|与|同|than|versus|vs\.?"
    r"|with|to|against|from)\s*(?:the\s+|in\s+|that of\s+)*$"
)
BEFORE_THAN = re.compile(r"(?:相比|比较|比起来|比|来比|对比|相较)")
GRAINS = {f"grain_{grain.value}": grain for grain in Grain}
LAST_MONTH_NAME = re.compile(
    r"(?:\bthis \w+ .*|\b(?:than|versus|vs\.?|against|over|to|with|from) )"
    r"\blast (?!month|week|quarter|year)\w+"
)
LONG_DAYS = 62
MIDDLE_DAYS = 31


@dataclass(slots=True)
class Times:
    """The days that are asked about, and the comparison in time if any."""

    since: date | None = None
    until: date | None = None
    given: bool = False
    ever: bool = False
    unit: str = ""
    compare: Compare | None = None
    trouble: Missing | Why | None = None


def read_times(
    mentions: Mentions, today: date, last: tuple[date | None, date | None] = (None, None)
) -> Times:
    """Read which days a question is about and which it compares them with."""
    periods = [(at, t.period) for at, t in enumerate(mentions.tokens) if t.period is not None]
    periods = _settled(periods)
    before_that = [one for one in periods if one[1].named == BEFORE_THAT]
    if len(periods) == 2 and len(before_that) == 1:  # noqa: PLR2004
        ((_, period),) = [one for one in periods if one[1].named != BEFORE_THAT]
        return replace(_of(period), compare=Compare(Against.PREVIOUS), trouble=_trouble(period))
    further = _further_back(mentions, periods, last)
    for _, period in periods:
        trouble = _trouble(period)
        if trouble and not further:
            return Times(trouble=trouble)
    if mentions.says("grain_year") and any(one.named for _, one in periods):
        return Times(trouble=Missing.PERIOD)
    times = further or _against_thread(mentions, periods, last) or _paired(mentions, periods, today)
    if times.trouble is None and times.compare is None:
        times.compare = _said_comparison(mentions, times.since, today)
    if not periods and times.compare is not None and mentions.says("previous"):
        _before_thread(mentions, times, last)
        _previous_alone(mentions, times, today)
    if _named_by_no_day(mentions):
        times.trouble = times.trouble or Missing.PERIOD
    if not periods and not times.given:
        pointed = mentions.says("that_time") and last == (None, None)
        if pointed or mentions.says("vague"):
            times.trouble = Missing.PERIOD
    return times


def _settled(periods: list[tuple[int, Period]]) -> list[tuple[int, Period]]:
    """Beside another period a quarter without a year is the one before: Q1 and Q4."""
    if len(periods) != 2:  # noqa: PLR2004
        return periods
    fine = [one for _, one in periods if one.standing is Standing.FINE]
    return [
        (at, replace(one, standing=Standing.FINE))
        if one.standing is Standing.VAGUE and one.since and fine
        else (at, one)
        for at, one in periods
    ]


def _trouble(period: Period) -> Missing | Why | None:
    if period.standing is Standing.TO_COME:
        return Why.FUTURE
    return None if period.standing is Standing.FINE else Missing.PERIOD


TWO_YEARS_BACK = re.compile(r"前年(?:的)?同期")


def _said_comparison(mentions: Mentions, since: date | None, today: date) -> Compare | None:
    if TWO_YEARS_BACK.search(mentions.text):  # of the year before this one it is a year ago
        last_year = since is not None and since.year == today.year - 1
        return Compare(Against.YEAR_AGO) if last_year else None
    if mentions.says("lunar"):
        return Compare(Against.YEAR_AGO_LUNAR)
    if mentions.says("year_ago"):
        return Compare(Against.YEAR_AGO)
    if mentions.says("previous"):
        return Compare(Against.PREVIOUS)
    return None


ONE_BEFORE = re.compile(
    r"(?:the )?(month|week|quarter) (?:before(?: that)?|earlier)$"
    r"|(?:the )?(?:previous|prior|preceding) (month|week|quarter)$"
    r"|(?:再)?(?:往?前|上)(?:面)?一个?(月|周|季)"
)
UNITS = {
    "month": "month",
    "week": "week",
    "quarter": "quarter",
    "年": "year",
    "月": "month",
    "周": "week",
    "季": "quarter",
}


def _before_thread(mentions: Mentions, times: Times, last: tuple[date | None, date | None]) -> None:
    """“and the month before?”: the month before the one that the thread is about."""
    said = ONE_BEFORE.search(mentions.text.rstrip(" ?？呢"))
    since, until = last
    if not said or since is None or until is None or _compared_in_words(mentions):
        return
    unit = UNITS[said[1] or said[2] or said[3]]
    now = part_now(unit, 0, since)
    if now.since != since:
        return
    before = part_now(unit, 1, since)
    times.since, times.until, times.given, times.unit = before.since, before.until, True, unit
    times.compare = None


def _compared_in_words(mentions: Mentions) -> bool:
    return mentions.says("than", "compare", "versus", "up", "down", "change")


def _previous_alone(mentions: Mentions, times: Times, today: date) -> None:
    """“in the previous month” without another period is a period; with 比 it is a comparison."""
    token = mentions.tokens[mentions.saying("previous")[0]]
    unit = next((unit for word, unit in UNITS.items() if word in token.text), None)
    if unit is None or times.given or any(sign in token.text for sign in ("over", "环比", "-")):
        return
    if _compared_in_words(mentions) or THAN.search(mentions.text[: token.start]):
        return
    period = part_now(unit, 1, today)
    times.since, times.until, times.given, times.unit, times.compare = (
        period.since,
        period.until,
        True,
        unit,
        None,
    )


def _paired(mentions: Mentions, periods: list[tuple[int, Period]], today: date) -> Times:
    if not periods:
        return Times()
    if len(periods) == 1:
        at, period = periods[0]
        if _is_reference(mentions, at):
            if period.unit not in WHOLE_UNITS:
                return Times(trouble=Missing.PERIOD)
            return _against_now(period, today)
        return _of(period)
    pooled = AS_ONE.search(mentions.text) is not None and not _compared_in_words(mentions)
    if len(periods) == 2 and not pooled:  # noqa: PLR2004
        apart = _side_by_side(mentions, periods) or _sets_apart(mentions)
        apart = apart and not _each_of_them(mentions)
        return (
            _two(periods[0][1], periods[1][1], mentions) if apart else Times(trouble=Missing.PERIOD)
        )
    return _as_one([one for _, one in periods]) if pooled else Times(trouble=Missing.PERIOD)


USUAL = re.compile(
    r"[跟和与比较同](?:平时|平常|往常|平日|日常|以往|从前|过去|之前|以前|先前|往年|往期|年初|月初|季初|上次|上回|最初|一开始)"
    r"|\b(?:compared (?:to|with)|than|versus|vs\.?)"
    r" (?:usual|normal|before|in the past|previously|ever)\b"
)
"""跟平时比: which days those are is not said."""
THAT_DAY = re.compile(
    r"(?:当[天日]|那[一几两三]?[天周月]|那个(?:周末|月|季度)|那阵子?|那会儿|期间"
    r"|(?<![哪十要花用])几个?(?:天|周|星期|礼拜|月(?!份)|季度))"
)


def _undated(mentions: Mentions) -> bool:
    """Tell 会员日当天: which days those are no period before says."""
    ends = {token.end for token in mentions.tokens if token.period is not None}
    return not ends and THAT_DAY.search(mentions.text) is not None


def _named_by_no_day(mentions: Mentions) -> bool:
    """Tell whether days are meant that no calendar knows, whatever else is said."""
    usual = USUAL.search(mentions.text) is not None
    return usual or _undated(mentions) or _unknown_event(mentions)


def _unknown_event(mentions: Mentions) -> bool:
    """Tell 上季度促销期间: days of an event that nobody dated; 618大促期间 are the event's own."""
    named = (t for t in mentions.tokens if t.period is not None and t.period.named)
    ends = {token.end for token in named}
    return any(
        mentions.tokens[at].start not in ends and not mentions.tokens[at].of(Sort.VALUE)
        for at in mentions.saying("event")
    )


FURTHER_BACK = re.compile(
    r"^(?:那|那么|然后)?(?:再|又)(?:往)?(?:上|前|之前|往前)(?:面|推|数|倒|看)?的?一?个?(?P<unit>周|星期|礼拜|月|季度?|年)"
    r"|^(?:and )?the (?P<en>week|month|quarter|year) (?:before|prior)(?: that)?\W*$"
)


def _further_back(
    mentions: Mentions,
    periods: list[tuple[int, Period]],
    last: tuple[date | None, date | None],
) -> Times | None:
    """再上一个月呢: the month before the one that the thread is about."""
    found = FURTHER_BACK.search(mentions.text)
    since, until = last
    if not found or since is None or until is None or len(periods) > 1:
        return None
    unit = found["en"] or UNITS.get((found["unit"] or "").rstrip("度"), "week")
    if part_now(unit, 0, since).since != since or _compared_in_words(mentions):
        return None
    before = part_now(unit, 1, since)
    return Times(before.since, before.until, given=True, unit=unit)


def _against_thread(
    mentions: Mentions,
    periods: list[tuple[int, Period]],
    last: tuple[date | None, date | None],
) -> Times | None:
    """比上上个月呢: the days of the thread are compared with those that are named."""
    since, until = last
    if len(periods) != 1 or since is None or until is None:
        return None
    ((at, period),) = periods
    if not _is_reference(mentions, at) or period.unit not in WHOLE_UNITS:
        return None
    thread = replace(period, since=since, until=until)
    compare = _relation(thread, period)
    if compare is None and period.unit == "year" and since.year - 1 == (period.since or since).year:
        compare = Compare(Against.YEAR_AGO)  # 五月, 跟去年比: the same days of that year
    if (since, until) == (period.since, period.until) and not mentions.metrics():
        # 5月NPS, then 比上个月呢 in June: May is compared with the month before it
        return Times(since, until, given=True, unit=period.unit, compare=PREVIOUS)
    if compare is None or since == period.since:
        return None
    return Times(since, until, given=True, unit=period.unit, compare=compare)


def _of(period: Period) -> Times:
    return Times(
        period.since, period.until, given=True, ever=period.unit == "ever", unit=period.unit
    )


PREVIOUS = Compare(Against.PREVIOUS)
WHOLE_UNITS = frozenset({"day", "week", "month", "quarter", "year"})


FROM_TO = re.compile(r" (?:to|until|till|through) |\d ?[-–] ?\d")


def _is_stretch(token: Token) -> bool:
    """Tell “from January to May”: the days themselves, nothing that others are compared with."""
    period = token.period
    if period is None or not period.since or not period.until or not FROM_TO.search(token.text):
        return False
    return (period.until - period.since).days > LONG_DAYS


LESS = re.compile(r"\b(?:become|became|grown|got|gotten) (?:less|more)\b")


def _is_reference(mentions: Mentions, at: int) -> bool:
    """Tell whether the only period is what is compared with: 比上个月, than last year."""
    token = mentions.tokens[at]
    before = mentions.text[: token.start]
    than = re.search(
        r"(?:(?<![占环同对])比|低于|高于|不如|好于|差于|不及|(?<!比)较|相对于?|相比于?|than|versus|vs\.?"
        r"|compared (?:with|to)|against)\s*(?:the\s+|in\s+)*$",
        before,
    )
    with_ = re.search(r"(?:和|跟|与|同)\s*$", before) and BEFORE_THAN.match(
        mentions.text[token.end :].lstrip()
    )
    from_ = (
        (token.text.startswith("since ") or re.search(r"from\s*$", before))
        and (mentions.says("up", "down", "change") or LESS.search(before))
        and token.period is not None
        and token.period.unit != "since"
        and not (token.period.running and token.text.startswith("since "))
        and not _is_stretch(token)
    )
    return bool(than or with_ or from_)


def _against_now(period: Period, today: date) -> Times:
    """比上个月: this month so far is compared with it."""
    unit = period.unit
    now = part_now(unit, 0, today).ending(today - DAY)
    one_before = part_now(unit, 1, today)
    if now.standing is not Standing.FINE or period.since != one_before.since:
        return Times(trouble=Missing.PERIOD)
    against = Against.YEAR_AGO if unit == "year" else Against.PREVIOUS
    return Times(now.since, now.until, given=True, unit=unit, compare=Compare(against))


def _as_one(periods: list[Period]) -> Times:
    """Take 3月和4月合起来 as the days of both, where one follows the other."""
    periods = sorted(periods, key=lambda one: one.since or date.min)
    follow = all(
        one.until is not None and one.until + DAY == after.since for one, after in pairwise(periods)
    )
    if not follow:
        return Times(trouble=Missing.PERIOD)
    return Times(periods[0].since, periods[-1].until, given=True)


EACH_OF_THEM = re.compile(
    r"各(?:是|有|自)?(?:多少|几)|分别(?:是|为|有)?(?:多少|几)|\brespectively\b"
)


def _each_of_them(mentions: Mentions) -> bool:
    """Tell 一季度和二季度各是多少: two numbers, and no difference of them."""
    differ = mentions.says("than", "compare", "up", "down", "change", "why", "year_ago", "previous")
    return EACH_OF_THEM.search(mentions.text) is not None and not differ


SETS_APART = (
    "than", "compare", "versus", "conj", "up", "down", "change", "why", "year_ago", "previous",
    "lunar", "again", "largest", "best", "relative",
)  # fmt: skip


def _sets_apart(mentions: Mentions) -> bool:
    """Tell whether two periods are compared: 中秋国庆 only stand side by side."""
    return mentions.says(*SETS_APART) or VERSUS_SIDE.search(mentions.text) is not None


SET_AGAINST = re.compile(r"^\s*(?:份|的)?\s*(?:对比?|比|到|至|vs\.?|/)\s*$")


def _side_by_side(mentions: Mentions, periods: list[tuple[int, Period]]) -> bool:
    """Tell 五月对四月: what stands between two periods sets them against each other."""
    return SET_AGAINST.match(mentions.between(periods[0][0], periods[1][0])) is not None


def _two(first: Period, second: Period, mentions: Mentions) -> Times:
    later, earlier = (
        (first, second)
        if (first.since or date.min) >= (second.since or date.min)
        else (second, first)
    )
    compare = _relation(later, earlier) or _same_days_of_year(first, second, mentions)
    if compare is not None and later.unit == "year" and earlier.unit != "year":
        later = earlier
    if LAST_MONTH_NAME.search(mentions.text) and later.since == earlier.since:
        compare = Compare(Against.YEAR_AGO)
    if compare is None or (mentions.says("lunar") and later.named):
        if compare is not None:
            compare = Compare(Against.YEAR_AGO_LUNAR)
        else:
            return Times(trouble=Missing.PERIOD)
    return Times(later.since, later.until, given=True, unit=later.unit, compare=compare)


AGAINST_YEAR = re.compile(
    r"(?:比|较|跟|和|与|同|相比于?|than|vs\.?|versus|against|compared (?:with|to)|with|to)"
    r"\s*(?:去年|上年|上一年|last year|20\d\d)|(?:去年|上年|上一年)(?:和|跟|与|对比?|比|、)今年"
)


def _same_days_of_year(first: Period, second: Period, mentions: Mentions) -> Compare | None:
    """今年一季度和去年比: the same days of the year before are meant."""
    years = [one for one in (first, second) if one.unit == "year"]
    parts = [one for one in (first, second) if one.unit != "year"]
    if len(years) != 1 or not AGAINST_YEAR.search(mentions.text):
        return None
    part, year = parts[0], years[0]
    if part.since is None or year.since is None or part.since.year - 1 != year.since.year:
        return None
    return Compare(Against.YEAR_AGO)


def _same_days_of_month(later: Period, earlier: Period) -> bool:
    """Tell 六月头两周 and 五月头两周: the first days of a month and of the one before."""
    if not (later.since and later.until and earlier.since and earlier.until):
        return False
    shifted = (add_months(later.since, -1), add_months(later.until, -1))
    return later.since.day == 1 and shifted == (earlier.since, earlier.until)


def _relation(later: Period, earlier: Period) -> Compare | None:
    if later.since is None or earlier.since is None or later.unit != earlier.unit:
        return None
    if later.named and later.named == earlier.named:
        lunar = later.named == "Spring Festival"
        return Compare(Against.YEAR_AGO_LUNAR if lunar else Against.YEAR_AGO)
    same = (later.since, later.until) == (earlier.since, earlier.until)
    if same and later.named == earlier.named:  # 去年中秋和国庆比 were the same days
        return Compare(Against.PREVIOUS)  # 一季度和上季度比: what is before the one that is named
    if add_months(later.since, -12) == earlier.since:
        return Compare(Against.YEAR_AGO)
    follows = earlier.until is not None and earlier.until + DAY == later.since
    if follows or _same_days_of_month(later, earlier):
        return Compare(Against.PREVIOUS)
    return None


def default_grain(times: Times) -> Grain:
    """Give the grain of a trend that names none: days of a month, weeks of two, else months."""
    if times.since is None or times.until is None:
        return Grain.MONTH
    days = (times.until - times.since).days + 1
    if days <= MIDDLE_DAYS:
        return Grain.DAY
    return Grain.WEEK if days < LONG_DAYS else Grain.MONTH


def read_grain(mentions: Mentions) -> Grain | None:
    """Give the grain that is named."""
    return next((grain for name, grain in GRAINS.items() if mentions.says(name)), None)
