"""What a question wants to know, and the ranks and bounds it names."""

from __future__ import annotations

import re
from datetime import date

from huiyin.ask.contracts import Kind, Rank, Threshold
from huiyin.ask.mentions import Mentions
from huiyin.ask.scanning import Token
from huiyin.ask.vocabulary import Sort
from huiyin.measure.contracts import Compare, Grain

OPERATORS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
AFTER = {"ge_after": ">=", "lt_after": "<", "le_after": "<="}
RANKING = ("worst", "best", "effort_most", "effort_least", "largest", "smallest")
MOST_RANKED, SEVERAL = 100, 5
LOWER_IS_BETTER = ("ces", "dissatisfied")
TENTHS = "成"
SIZE = re.compile(r"(?:哪(?:个|家|一个|一家|位|种|类|条|里|儿)?.{0,14}?)(?P<size>更?[高低好差](?!于|过))|which .{1,40}?(?P<en>higher|lower|better|worse)\b")
LOWS = {"低", "差", "更低", "更差", "lower", "worse"}
LONG_TREND_DAYS = 60
SINGULAR = re.compile(r"哪(?:个|家|一个|一家|位|种|类|一|条)|最.{0,4}的(?:是|那个|一个)|(?:which|what) (?:\w+ ){1,3}(?:has|is|was|had|scores|gets|does|did|got)\b|\bthe (?:worst|best|top|lowest|highest) \w+\b(?<!s)")
SEVERAL_WORDS = re.compile(r"哪些|哪几|几个|几家|which \w+s (?:have|are|were|had|score|get)\b|what \w+s (?:have|are|were)\b")


def read_threshold(mentions: Mentions) -> tuple[str, float, str] | None:
    """Find a bound: operator, number and unit as they are written."""
    for at, token in enumerate(mentions.tokens):
        for name, operator in OPERATORS.items():
            if token.says(name):
                number = _number_after(mentions, at)
                if number is not None:
                    return operator, number.number or 0.0, number.unit
        for name, operator in AFTER.items():
            if token.says(name):
                number = _number_before(mentions, at)
                if number is not None:
                    return operator, number.number or 0.0, number.unit
    return None


def _number_after(mentions: Mentions, at: int) -> Token | None:
    place = mentions.near(at, 1)
    token = mentions.tokens[place] if place is not None else None
    return token if token is not None and token.number is not None else None


def _number_before(mentions: Mentions, at: int) -> Token | None:
    place = at - 1
    while place >= 0 and mentions.tokens[place].number is None:
        token = mentions.tokens[place]
        if not (token.of(Sort.FILLER) or token.says("of", "points")):
            return None
        place -= 1
    return mentions.tokens[place] if place >= 0 else None


def threshold_of(found: tuple[str, float, str], metric: str) -> Threshold:
    """Write a bound in the metric's unit: shares as proportions."""
    operator, number, unit = found
    if is_share(metric):
        if unit == TENTHS:
            number /= 10
        elif unit or number > 1:
            number /= 100
    return Threshold(operator, round(number, 6))


def is_share(metric: str) -> bool:
    """Tell whether a metric is a proportion."""
    return metric.partition(":")[0] in {"satisfied", "dissatisfied", "easy", "intent", "share", "response_rate"}


def read_rank(mentions: Mentions, metric: str) -> Rank | None:
    """Read which end of a ranking is asked for and how much of it."""
    places = mentions.saying(*RANKING)
    places = [at for at in places if not _is_count(mentions.tokens[at])]
    best = _end(mentions, places, metric)
    if best is None:
        return None
    number = _count(mentions, places)
    return Rank(best, number)


def _is_count(token: Token) -> bool:
    return token.number is not None


def _end(mentions: Mentions, places: list[int], metric: str) -> bool | None:
    lower = metric.partition(":")[0] in LOWER_IS_BETTER
    for at in places:
        token = mentions.tokens[at]
        if token.says("effort_most", "effort_least"):
            return token.says("effort_least")
        if token.says("largest"):
            return not lower
        if token.says("smallest"):
            return lower
        return token.says("best")
    match = SIZE.search(mentions.text)
    if match is None:
        return None
    word = match["size"] or match["en"]
    quality = word in {"好", "差", "更好", "更差", "better", "worse"}
    high = word not in LOWS
    return high if quality or not lower else not high


def _count(mentions: Mentions, places: list[int]) -> int:
    for token in mentions.tokens:
        if token.number is not None and not token.unit and 0 < token.number <= MOST_RANKED:
            after = mentions.text[token.end : token.end + 1]
            if token.number % 1 == 0 and after not in {"分", "点", "%"}:
                return int(token.number)
    if SEVERAL_WORDS.search(mentions.text):
        return SEVERAL
    if SINGULAR.search(mentions.text) or not places:
        return 1
    text = mentions.text
    plural = re.search(r"\b(?:worst|best|top|bottom|lowest|highest)[\w -]* (\w+s)\b", text)
    return SEVERAL if plural else 1


def kind_of(
    mentions: Mentions,
    *,
    n_metrics: int,
    compare: Compare | None,
    grain: Grain | None,
    days: tuple[date | None, date | None],
    grouped: bool,
) -> Kind | None:
    """Tell what a question wants to know; None where nothing says it."""
    if _voices(mentions, n_metrics):
        return Kind.VOICES
    if mentions.says("why") or ASKS_WHY.search(mentions.text):
        return Kind.WHY
    if mentions.says("relation") and n_metrics >= 2:  # noqa: PLR2004
        return Kind.RELATION
    if mentions.says("drivers"):
        return Kind.DRIVERS
    if mentions.says("relation") and not mentions.says("worst", "best"):
        return Kind.RELATION
    if read_threshold(mentions) and grouped:
        return Kind.THRESHOLD
    if compare is None and _ranks(mentions, grouped=grouped):
        return Kind.RANKING
    if grain or mentions.says("trend") or _long_change(mentions, compare, days):
        return Kind.TREND
    if compare is not None:
        return Kind.COMPARE
    if mentions.says("up", "down", "change") and not read_threshold(mentions):
        return Kind.COMPARE
    return None


def _ranks(mentions: Mentions, *, grouped: bool) -> bool:
    if mentions.says("rank"):
        return True
    if mentions.says(*RANKING):
        return True
    return grouped and SIZE.search(mentions.text) is not None


STRONG_VOICES = re.compile(r"说|讲|吐槽|抱怨|原话|原声|评论|留言|意见|建议|骂|夸|反映|怎么看|怎么评价|写|文字|comment|verbatim|\bsa(?:y|id|ying)\b|complain|own words|wr(?:ote|ite|itten)|quote|remark|voices?\b|feedback|mention|suggest|told|tell us|opinion|praise")


SAYS_WHAT = re.compile(r"(?:说|讲|聊|写|提|反映|反馈|抱怨|吐槽|骂|夸)(?:了|过|的|些|到|都|是|出)*(?:什么|啥|哪些)|怎么(?:说|看|讲|评价|评|想)(?!出)")
ASKS_WHY = re.compile(r"(?:怎么|咋)(?:会|就|突然|一下子|又|还)*(?:变|这么|那么|越来越)?(?:得|的)?(?:低|差|降|跌|掉|下滑|下降|涨|升|变差|不行|上升|提高)")


def _voices(mentions: Mentions, n_metrics: int) -> bool:
    if not mentions.says("voices") and not SAYS_WHAT.search(mentions.text):
        return False
    if n_metrics == 0:
        return True
    return STRONG_VOICES.search(mentions.text) is not None and mentions.says("low", "high", "detractors", "promoters", "passives")


def _long_change(
    mentions: Mentions, compare: Compare | None, days: tuple[date | None, date | None]
) -> bool:
    if compare is not None or not mentions.says("series", "change"):
        return False
    since, until = days
    return since is not None and until is not None and (until - since).days >= LONG_TREND_DAYS
