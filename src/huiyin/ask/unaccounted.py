"""Small words that together say something: whom they pick, what they deny, how they reckon.

Each word alone only carries talk (找, 来, 不, 朋友); as 朋友介绍来的客户 or 不常来的 they pick some
of the rows. A query that holds nothing of it would answer another question.
"""

from __future__ import annotations

import re

from huiyin.ask.contracts import Kind, Understood
from huiyin.ask.meanings import NO, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.scanning import Token
from huiyin.ask.strays import small_words, tagged
from huiyin.ask.turns import QUALIFIED, explained_by_form, within

PEOPLE = re.compile(
    r"的(?:客户|顾客|客人|用户|人群|人|会员|消费者|买家)(?!等级|单位|经理|[里中]?均)"
)
CLAUSE_START = re.compile(r"[,，;；:。?？!]")
SOLID = ("n", "v", "a", "s", "t", "j", "l", "i", "m")
"""Words of these tags pick some, save the light ones, which go for every customer."""


def picks_people(mentions: Mentions) -> bool:
    """Tell 朋友介绍来的客户: which customers is said, and no part of it is in the data.

    Parameters
    ----------
    mentions : Mentions
    """
    explained = explained_by_form(mentions)
    for match in PEOPLE.finditer(mentions.text):
        start = _since_content(mentions, match.start())
        inside = [t for t in mentions.tokens if start < t.end and t.start <= match.start()]
        told = any(not _is_small(t) or within(t, explained) for t in inside)
        rated = QUALIFIED.search(mentions.text[start : match.end()])
        if not (told or rated) and _says_more(mentions.text, start, match.start()):
            return True
    return False


def _says_more(text: str, start: int, end: int) -> bool:
    """Tell whether a word between two places says more than every customer does."""
    return any(
        begin >= start
        and stop <= end
        and tag.startswith(SOLID)
        and text[begin:stop] not in small_words("light")
        for begin, stop, tag in tagged(text)
    )


def _since_content(mentions: Mentions, place: int) -> int:
    """Give where the last word about the data ends before a place, or its clause begins."""
    clause = max((m.end() for m in CLAUSE_START.finditer(mentions.text, 0, place)), default=0)
    ends = [t.end for t in mentions.tokens if t.end <= place and not _is_small(t)]
    return max([clause, *ends])


def _is_small(token: Token) -> bool:
    first = token.first
    return (
        token.period is None
        and token.number is None
        and (first is None or first.sort is Sort.FILLER or token.says("of"))
    )


DENIALS = frozenset({"不", "没", "没有", "未", "无"})
NO_DENIAL = re.compile(
    r"(?P<a>[一-鿿]{1,2})[不没](?P=a)|(?:不|没有?)(?=$|[?？,，吗呢啊嘛了])|(?:[要是]|还是)[不没]"
    r"|不(?=怎么|太|错)|(?:有|是|会|能)[没不]有?|差不多|不好意思|忍不住|对不[对起]|不知道?"
    r"|不管|不论|不仅|不但|不光|不过|不用(?!的)"
)
"""A or not A, a question at the end, and 不 that denies nothing of the data."""


def denies(mentions: Mentions) -> bool:
    """Tell 不常来的客户: something is denied by a character of its own.

    Parameters
    ----------
    mentions : Mentions
    """
    free = NO_DENIAL.sub(lambda m: "~" * len(m[0]), mentions.text)
    explained = explained_by_form(mentions)
    return any(
        token.text in DENIALS
        and _is_small(token)
        and free.startswith(token.text, token.start)
        and not within(token, explained)
        for token in mentions.tokens
    )


def holds_denial(understood: Understood) -> bool:
    """Tell whether a query holds what may be denied: all but some, a no, a bound, the worst.

    Parameters
    ----------
    understood : Understood
    """
    compare = understood.compare
    return bool(
        understood.threshold
        or understood.rank
        or understood.kind in {Kind.WHY, Kind.VOICES, Kind.DRIVERS, Kind.RELATION}
        or compare
        or any(one.operator == "!=" or NO in one.values for one in understood.where)
        or any(m.endswith(f"={NO}") or m.startswith("dissatisfied") for m in understood.metrics)
    )


ALIKE = re.compile(
    r"(?:中间|中等|中游|中下游|中上游)(?:水平|水准|位置|档次)?的|(?:差不多|持平|接近|相近|相当|相同|一样|一致)的"
)
REMARKABLE = re.compile(r"[高低好差多少强弱快慢]的(?:那些|这些)?")
RECKONS = re.compile(r"减去|减掉|除以|乘以|乘上|相加|之和|之比(?!较)|比值")
BOTH_AT_ONCE = re.compile(
    r"既.{1,8}又|(?:而且|并且|且|但是?|却|同时)(?=[^,，]{1,8}的?(?:客|顾|用户|人|占|比例))"
    r"|(?<=[一-鿿])[又还也](?=(?:都)?(?:不|没|很|挺|是)[^,，]{1,6}的(?:客|顾|用户|人|占|比例))"
)
TWO_BOUNDS = re.compile(
    r"(?:低于|高于|超过|不到|大于|小于|不足).{1,14}(?:又|且|同时|还)(?:要|得)?(?:低于|高于|超过|不到|大于|小于|不足)"
)
REMARKABLE_GROUP = re.compile(
    r"(?<![a-z0-9])[a-e](?=[类级]?(?:门店|店|城市|渠道|大区|网点))"
    r"|[一二三四五1-5]星级?(?:门店|店|网点)"
)
HOW_TWO_GO = re.compile(
    r"[吗么嘛?？不没]|是否|是不是|会|越|更|影响|关|带|跟着|也|就|差异|区别|验证|怀疑"
)


def picks_groups(mentions: Mentions, understood: Understood) -> bool:
    """Tell 满意率差不多的城市, NPS高的门店的满意率, 五星门店: what groups are like picks them.

    Parameters
    ----------
    mentions : Mentions
    understood : Understood
    """
    columns = [t for t in mentions.tokens if t.of(Sort.COLUMN, Sort.GENERIC)]
    measures = [t.start for t in mentions.tokens if t.of(Sort.METRIC, Sort.RATING, Sort.RATE)]
    text = mentions.text
    alike = any(m.end() == t.start for m in ALIKE.finditer(text) for t in columns)
    then_measured = any(
        m.end() == t.start and any(start >= t.end for start in measures)
        for m in REMARKABLE.finditer(text)
        for t in columns
    )
    number = understood.kind in {Kind.NUMBER, Kind.TREND, None}
    return number and (alike or then_measured or REMARKABLE_GROUP.search(text) is not None)


def reckons(mentions: Mentions, understood: Understood) -> bool:
    """Tell 满意度减去不满意率, 满意但不复购的占比: nothing is reckoned of two.

    Parameters
    ----------
    mentions : Mentions
    understood : Understood
    """
    text = mentions.text
    several = len(understood.metrics) > 1 or understood.kind in {Kind.NUMBER, None}
    two = several and RECKONS.search(text)
    shares = any(m.startswith(("satisfied:", "dissatisfied:")) for m in understood.metrics)
    both = (mentions.says("share") or shares) and BOTH_AT_ONCE.search(text)
    bounds = understood.kind is Kind.THRESHOLD and TWO_BOUNDS.search(text)
    return bool(two or both or bounds)
