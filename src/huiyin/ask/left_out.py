"""Whether a value is named only to leave it out: 除华东外, 短信去掉后, 别把华东算上."""

from __future__ import annotations

import re

from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions

OF_WHOM = (
    "(?:(?:过|进)?来)?(?:的)?(?:客户|顾客|用户|客人|人|会员|渠道|手机|门店|店|地区|大区|区域"
    "|这[个家块边]|那[个家块边])?"
)
LEFT_OUT_AFTER = re.compile(
    OF_WHOM + "的?(?:都|先|就|给|全都?|统统|一律)*"
    "(?:(?:不|别|不用|甭|不要|无需)(?:看|要|算|计|管|考虑|统计|包[括含]|含)"
    "|去掉|去除|剔除|剔掉|剔出去|排除|刨[掉除去]|扣[掉除]|除掉|拿掉|抛[开掉]|撇[开掉]"
    "|踢[掉除出]|摘(?:出去|掉|开|除)|[拎排]出去|除外|(?:以|之)?外(?![地国围面]))"
    "(?:掉|在外|在内|进去|进来|上|之外)?(?:了|后|之?后|以后|的话|外)?"
    "(?=[,，、。的;；)）]|$|看|再|满|地区|区域|[a-z])"
)
"""华东不算, 短信去掉后: the verb follows what it leaves out."""
TAKEN_OUT = re.compile(r"(?:别|不要|不用|甭|勿|不)再?(?:把|将|让|叫)$")
COUNTED_IN = re.compile(OF_WHOM + "[也都]?(?:算|计|放|包|统计|加|掺|混)[上进入在括]")
"""别把华东算上: the verb stands around it."""
WITHOUT_ONE = re.compile(r"(?:(?<!有)没有?|[没少缺离]了)$")
WERE_IT_SO = re.compile(OF_WHOM + "的话")
"""没有华东的话."""
NOT_SO = re.compile(
    r"(?<![要是])(?:不|没有?|未)(?:再)?(?:用|走|通过|选|选择|是|在|属于|来自|从|经过?|使用|拿|持有?|办|买)过?$"
)
"""不用小程序的客户: who has the value is denied."""
OUTSIDE = frozenset({"以外", "之外", "除外"})
LISTING = frozenset({"", "和", "、", "与", "及", "以及", "跟", "and", "or", "或"})


def is_left_out(mentions: Mentions, at: int) -> bool:
    """Tell whether a value is named to leave it out.

    Parameters
    ----------
    mentions : Mentions
    at : int
        The place of its token. Of a list, what leaves out one of it leaves out all.
    """
    return (
        _verb_follows(mentions, at)
        or _preceded(mentions, at)
        or _follows_in_list(mentions, at)
        or _leads_list(mentions, at)
        or _outside(mentions, at)
    )


def _verb_follows(mentions: Mentions, at: int) -> bool:
    """Tell 华东不算, 别把华东算上, 没有华东的话."""
    token, text = mentions.tokens[at], mentions.text
    before = text[: token.start]
    return bool(
        LEFT_OUT_AFTER.match(text, token.end)
        or (TAKEN_OUT.search(before) and COUNTED_IN.match(text, token.end))
        or NOT_SO.search(before)
        or (WITHOUT_ONE.search(before) and WERE_IT_SO.match(text, token.end))
    )


def _preceded(mentions: Mentions, at: int) -> bool:
    """Tell 除了华东; after a comma such a word is about what stood before it."""
    if at and _leaves_out_next(mentions, at - 1):
        return "," not in mentions.between(at - 1, at)
    before = mentions.near(at, -1, "conj")
    if before is not None and _is_its_column(mentions, before, at):
        before = mentions.near(before, -1, "conj")
    told = before is not None and _leaves_out_next(mentions, before)
    return told and before is not None and "," not in mentions.between(before, at)


def _leaves_out_next(mentions: Mentions, at: int) -> bool:
    """Tell 除了 from 之外, which leaves out what stands before it: 武汉之外的湖北."""
    token = mentions.tokens[at]
    return token.says("except") and token.text not in OUTSIDE


def _is_its_column(mentions: Mentions, before: int, at: int) -> bool:
    """Tell 年龄段 of 除了年龄段56岁以上."""
    column, value = mentions.tokens[before].of(Sort.COLUMN), mentions.tokens[at].of(Sort.VALUE)
    return bool(column and value and column.columns == value.columns)


def _follows_in_list(mentions: Mentions, at: int) -> bool:
    """Tell 金卡 of 不含黑金和金卡."""
    before = mentions.near(at, -1, "conj")
    return (
        before is not None
        and _listed_with(mentions, before, at)
        and (_preceded(mentions, before) or _follows_in_list(mentions, before))
    )


def _leads_list(mentions: Mentions, at: int) -> bool:
    """Tell 黑金 of 黑金和金卡不算."""
    after = mentions.near(at, 1, "conj")
    return (
        after is not None
        and _listed_with(mentions, at, after)
        and (_verb_follows(mentions, after) or _leads_list(mentions, after))
    )


def _outside(mentions: Mentions, at: int) -> bool:
    after = mentions.near(at, 1)
    return after is not None and mentions.tokens[after].text in OUTSIDE


def _listed_with(mentions: Mentions, before: int, at: int) -> bool:
    """Tell whether two values of one column stand in one list: 不含黑金和金卡."""
    first, second = (
        {c for m in mentions.tokens[one].meanings if m.sort is Sort.VALUE for c in m.columns}
        for one in (before, at)
    )
    together = not first.isdisjoint(second)
    return together and mentions.between(before, at).strip() in LISTING
