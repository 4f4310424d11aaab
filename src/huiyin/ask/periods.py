"""Periods in a question, in order: ranges joined, open ends read, cut off at yesterday."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from huiyin.ask.days import DAY, Period
from huiyin.ask.period_forms import period_forms
from huiyin.ask.period_readers import Around, read_months, reserved, span


@dataclass(frozen=True, slots=True)
class Found:
    """A period and where it stands in the question."""

    start: int
    end: int
    period: Period


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
    apart = CHANGED_BY.search(text) is not None
    matches = [
        (m, read)
        for pattern, read in period_forms()
        for m in pattern.finditer(text)
        if not (apart and read is read_months)
    ]
    chosen = []
    for match, read in matches:
        if read is reserved and match.end() > match.start():
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
        elif not any(taken[match.start() : match.end()]) and match.end() > match.start():
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            chosen.append((match, read))
    year: int | None = None
    for match, read in sorted(chosen, key=lambda one: one[0].start()):
        period = read(match, Around(today, year))
        if period.unit in {"year", "month", "quarter", "day", "half"} and period.since:
            told = not period.yearless and not REFERENCE.search(text[: match.start()])
            year = period.since.year if told else year
        found.append(Found(match.start(), match.end(), period))
    return found


def _joined(text: str, points: list[Found], yesterday: date) -> list[Found]:
    out: list[Found] = []
    for point in points:
        before = out[-1] if out else None
        if before and _is_range(text, before, point):
            ends = point.period
            if before.period.since and ends.until and before.period.since <= ends.until:
                out[-1] = Found(before.start, point.end, span(before.period, ends))
                continue
        out.append(point)
    return _overlapping(text, [_opened(text, one, yesterday) for one in out])


OPEN = frozenset({"before", "since"})
SIDE_BY_SIDE = frozenset({"", "的", ","})


def _overlapping(text: str, found: list[Found]) -> list[Found]:
    """Take 截至5月底今年的 and 今年截至5月底 as the days that lie in both."""
    out: list[Found] = []
    for one in found:
        before = out[-1] if out else None
        if before and _same_holiday(text, before, one):
            out[-1] = replace(before, end=one.end)
            continue
        beside = before and text[before.end : one.start].strip() in SIDE_BY_SIDE
        if before and beside and _narrows(before.period, one.period):
            shared = _shared(before.period, one.period)
            if shared:
                out[-1] = Found(before.start, one.end, shared)
                continue
        out.append(one)
    return out


HOLIDAYS_TOGETHER = re.compile(r"(?:的?(?:和|与|及|跟|加|、))?")
DAYS_OFF = re.compile(r"年|假|黄金周")
SET_APART = re.compile(r"[^,，]{0,4}(?:比|对照)")


def _same_holiday(text: str, first: Found, second: Found) -> bool:
    """Tell 去年中秋国庆, where both were the same days off."""
    one, other = first.period, second.period
    same = one.named and other.named and (one.since, one.until) == (other.since, other.until)
    together = HOLIDAYS_TOGETHER.fullmatch(text[first.end : second.start].strip()) is not None
    told = DAYS_OFF.search(text[first.start : second.end]) or DAYS_OFF.match(text, second.end)
    return bool(same and together and told and not SET_APART.match(text, second.end))


WIDER = ("day", "week", "month", "quarter", "half", "year")


def _narrows(first: Period, second: Period) -> bool:
    """Tell 上半年第二季度, 今年截至5月底: one is part of the other, or leaves one end open."""
    if (first.unit in OPEN) != (second.unit in OPEN):
        return True
    known = {first.unit, second.unit} <= {*WIDER}
    if not known or not (first.since and second.since and first.until and second.until):
        return False
    inside = first.since <= second.since and second.until <= first.until
    return inside and WIDER.index(second.unit) < WIDER.index(first.unit)


def _shared(first: Period, second: Period) -> Period | None:
    since = max((p.since for p in (first, second) if p.since), default=None)
    until = min((p.until for p in (first, second) if p.until), default=None)
    unit = second.unit if second.unit in WIDER else first.unit
    return Period(since, until, unit) if since and until and since < until else None


def _is_range(text: str, before: Found, point: Found) -> bool:
    between = text[before.end : point.start].strip()
    if CHANGED_BY.search(text) and before.period.unit == point.period.unit:
        return False
    if between in {
        "到",
        "至",
        "~",
        "-",
        "–",
        "—",
        "一直到",
        "截至",
        "截止",
        "截止到",
        "截至到",
        "to",
        "through",
        "until",
        "till",
        "thru",
    }:
        return True
    if RANGE_TO.fullmatch(between):
        return re.search(r"\bfrom (?:the )?$", text[: before.start]) is not None
    return between == "and" and re.search(r"\bbetween\s*$", text[: before.start]) is not None


RANGE_TO = re.compile(
    r"(?:(?:right|straight|all the way|up|on|and) )*(?:to|through|until|till|thru)"
    r"(?: and including)?(?: the (?:very )?end of)?(?: the)?"
)
"""From last October until the end of March."""
CHANGED_BY = re.compile(
    r"(?:差|涨|跌|掉|降|升|变|变化|提升|提高|下降|下滑|上升|增加|减少|改善)了(?:多少|几|没)"
    r"|\b(?:difference|gap|change)s? (?:in .{1,40} )?between\b"
    r"|how much (?:did|has) .{1,40}(?:change|rise|fall|drop|improve|grow)"
    r"|\b(?:did|has|have|was|were|how)\b.{1,60}\b(?:chang|ris|fall|drop|improv|grow|slip|dip|declin"
    r"|increas|decreas|worsen|mov|up|down)\w* (?:between|from)\b"
)
"""From one month to another a number changed so much: both ends are meant, not all between."""
REFERENCE = re.compile(
    r"(?:[比较跟和与同]|相比于?|than|vs\.?|versus|against|compared (?:with|to))\s*$"
)
"""What stands before a period that others are compared with: its year is not theirs."""
SINCE = re.compile(
    r"(?:份)?\s*(?:以来|至今(?![年天日早晚])|到现在|到今天|到目前(?:为止)?|至目前(?:为止)?|到今天为止|开始|起(?!伏)"
    r"|之后到现在|onwards|onward|to date|so far"
    r"|(?:right |all the way |up )*(?:to|until|till|through) (?:now|today|the present(?: day)?))"
)
SINCE_BEFORE = re.compile(
    r"(?:自从|自|since|(?:starting|beginning)(?: in| from| with| on)?)\s*(?:the\s+)?"
    r"(?:(?:very )?(?:start|beginning) of\s+)?(?:the\s+)?$"
    r"|from (?:the )?(?:very )?(?:start|beginning) of (?:the )?$"
)
BEFORE = re.compile(r"(?:[底末]?之前|[底末]?以前|[底末]前|前(?=的(?![\d前])|[,，。?？]|$))")
END_OF = re.compile(r"[底末](?:为止)?")
BEFORE_BEFORE = re.compile(r"\b(?:before|prior to|pre)\s*$")
UNTIL_BEFORE = re.compile(
    r"(?:截至|截止到?|截至到|\b(?:until|up to|till|through|by|as (?:of|at)(?= (?:the )?end of))"
    r"(?:(?: the)? end of)?)\s*$"
)
FROM_ON = re.compile(r"\bfrom (?:the )?$")
ON = re.compile(r" on(?= *[,?]| *$| (?:for|in|by|per)\b)")
"""From March on."""
AFTER = re.compile(r"(?:之后|以后)")
AFTER_BEFORE = re.compile(r"\b(?:after|following|post)(?: the)?\s*$")


CHANGED_SINCE = re.compile(
    r"\b(?:improv|chang|ris|rose|fall|fell|drop|gone (?:up|down)|better|worse|up|down|increas"
    r"|declin|grow|mov|differ|(?:less|more) )\w*(?: (?:the )?most)?"
    r"(?: (?:on|in|for) \w+(?: \w+)?)? since (?:the )?$"
)


LAST_OF_NAME = re.compile(
    r"(?:last|previous) (?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|spring|summer|autumn"
    r"|fall|winter|christmas|new year|national|labou?r|q[1-4]|mid|chinese|golden)"
)
"""Falling since last September: nothing now is of its kind."""


def _is_other_side(text: str, one: Found) -> bool:
    """Tell “improved since last quarter”: that quarter is what this one is compared with."""
    last = text.startswith(("last ", "previous "), one.start)
    last = last and not LAST_OF_NAME.match(text, one.start)
    last = last or (text.startswith("how much ") and one.period.unit in {"month", "quarter"})
    return last and CHANGED_SINCE.search(text[: one.start]) is not None


def _opened(text: str, one: Found, yesterday: date) -> Found:
    """Read what stands beside a period: since, before, until, after it."""
    period = one.period
    after = text[one.end :]
    before = text[: one.start]
    tail = SINCE.match(after) or (ON.match(after) if FROM_ON.search(before) else None)
    if _is_other_side(text, one):
        return replace(one, start=_from(SINCE_BEFORE, before, one))
    if period.since and (tail or SINCE_BEFORE.search(before)):
        end = one.end + tail.end() if tail else one.end
        start = _from(SINCE_BEFORE, before, one)
        unit = period.unit if period.until and period.until >= yesterday else "since"
        return Found(start, end, Period(period.since, yesterday, unit, running=True))
    if period.since and (BEFORE.match(after) or BEFORE_BEFORE.search(before)):
        told = BEFORE.match(after)
        last = period.until if told and told[0][0] in "底末" else period.since - DAY
        end = one.end + (told.end() if told else 0)
        return Found(_from(BEFORE_BEFORE, before, one), end, Period(None, last, "before"))
    if period.until and UNTIL_BEFORE.search(before):
        told = END_OF.match(after)
        end = one.end + (told.end() if told else 0)
        start = _from(UNTIL_BEFORE, before, one)
        return Found(start, end, Period(None, period.until, "before"))
    if period.until and (AFTER.match(after) or AFTER_BEFORE.search(before)):
        end = one.end + (2 if AFTER.match(after) else 0)
        start = _from(AFTER_BEFORE, before, one)
        return Found(start, end, Period(period.until + DAY, yesterday, "since"))
    return one


def _from(mark: re.Pattern[str], before: str, one: Found) -> int:
    """Give where a period begins with the English word before it that opens it: before, since."""
    told = mark.search(before)
    told = told if told and told[0][0].isascii() else None
    return told.start() if told else one.start
