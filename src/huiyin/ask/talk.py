"""Words around a question that nothing explains and that say nothing of the data: they lead in."""

from __future__ import annotations

import re

from huiyin.ask.meanings import CONTENT, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.spelling import is_han
from huiyin.codebook.contracts import Role

CLAUSE_END = re.compile(r"[,;:!?。…\n]")
VERBS = ("v", "p", "d", "r", "y")
"""Tags of words that may lead in: 核实一下, 替我, 烦请."""
OF_SOMETHING = re.compile(
    r"^(?:过|了|着|完|好)?(?:的|得|上的|那边的|这边的|之?后|以后|之?前|以前|时|期间|率|度|量|额|数|客|人|顾|用户|会员|店|员|费|类|型)"
)
"""After these a verb tells whose or when: 退货的客户, 装修后."""
ASKED_FOR = re.compile(r"^(?:一下|下|出?来|上来|过来|给我|给咱|看看|吧|呗|啦|哈|哦|$)")
REPEATED = re.compile(r"^(.)(?:一?\1)$")
OF_A_GROUP = frozenset("端侧系款档业")
"""安卓端, 华为系: what a group is called besides its name."""
ASKERS = ("我", "我们", "咱", "咱们", "老板", "领导", "大家", "帮我", "请")
"""Who thinks or wants something: 我怀疑."""
LEADS_ON = re.compile(
    r"^ (?:me|us|through|about|into|at|on|up|out|over|the|our|what|how|which|whether|if|to know)\b"
)
HOW_VERB = re.compile(
    r"\bhow (?:did|does|do|has|have|is|are|was|were|will) .{2,60}? (?P<verb>[a-z]+)"
    r"(?: (?:up|out|along))?"
    r"(?= (?:in|over|during|against|versus|vs|this|last|since|between|across|by|for|from|compared"
    r"|at|on|within|today|yesterday|so far|relative|year|through)\b|\s*[?.!]|$)"
)
"""How did delivery fare in April: what a number does is not said by such a verb."""


def is_talk(mentions: Mentions, start: int, end: int, tag: str) -> bool:
    """Tell whether a word that nothing explains only leads in, or asks, or completes a name.

    Parameters
    ----------
    mentions : Mentions
    start, end : int
        Where the word stands.
    tag : str
        Its part of speech; empty in English.
    """
    if not any(token.of(*CONTENT) for token in mentions.tokens):
        return False
    if _explained_after(mentions, end):
        return True
    if not is_han(mentions.text[start]):
        return _is_english_talk(mentions, start, end)
    return (
        _completes_name(mentions, start, end)
        or (tag.startswith("v") and _came_by(mentions, start, end))
        or (tag.startswith(VERBS) and not tag.startswith("vn") and _leads_in(mentions, start, end))
        or _asks_at_end(mentions, start, end)
    )


THAT_IS = re.compile(
    r"[,，(（]\s*(?:也?就是说?|也即|即|换句话说|我指的?是|意思是|i\.?e\.?|that is|meaning"
    r"|in other words)[,: ]?"
)


def _explained_after(mentions: Mentions, end: int) -> bool:
    """Tell 最抠门,就是单笔花得最少: what follows says it in words that are known."""
    found = THAT_IS.search(mentions.text, end)
    return found is not None and any(
        token.start >= found.end() and token.of(*CONTENT) for token in mentions.tokens
    )


def _is_english_talk(mentions: Mentions, start: int, end: int) -> bool:
    text = mentions.text
    if _nothing_before(mentions, start) and LEADS_ON.match(text[end:]):
        return True
    found = HOW_VERB.search(text)
    return found is not None and found.span("verb") == (start, end)


def _clause_start(text: str, start: int) -> int:
    return max((m.end() for m in CLAUSE_END.finditer(text, 0, start)), default=0)


def _nothing_before(mentions: Mentions, start: int) -> bool:
    """Tell whether only small words stand before in the clause."""
    first = _clause_start(mentions.text, start)
    return not any(
        token.start >= first
        and token.end <= start
        and (
            token.period is not None
            or token.number is not None
            or (token.first is not None and token.first.sort is not Sort.FILLER)
        )
        for token in mentions.tokens
    )


def _leads_in(mentions: Mentions, start: int, end: int) -> bool:
    if not _nothing_before(mentions, start) or OF_SOMETHING.match(mentions.text[end:]):
        return False
    after = next((token for token in mentions.tokens if token.start >= end), None)
    if after is None:
        return False
    if mentions.text.endswith(ASKERS, 0, start):
        return True
    joined = after.start == end and after.of(Sort.COLUMN, Sort.GENERIC, Sort.NO_COLUMN, Sort.RATING)
    matter = after.start == end and after.of(Sort.YES_NO) and after.text.startswith("问题")
    return not (joined or matter) and not (after.start == end and after.of(Sort.METRIC))


def _asks_at_end(mentions: Mentions, start: int, end: int) -> bool:
    """Tell 瞅瞅, 报上来: after all that is said somebody is asked for it."""
    text = mentions.text
    later = [t for t in mentions.tokens if t.start >= end]
    small = all(t.first is None or t.first.sort is Sort.FILLER for t in later)
    if any(t.number is not None or t.period is not None for t in later) or not small:
        return False
    return bool(REPEATED.match(text[start:end])) or (
        end < len(text)
        and ASKED_FOR.match(text[end:]) is not None
        and len(text) - end <= LONGEST_END
    )


LONGEST_END = 4


def _completes_name(mentions: Mentions, start: int, end: int) -> bool:
    """Tell 安卓端: one character right after a value."""
    if end - start != 1 or mentions.text[start] not in OF_A_GROUP:
        return False
    return any(token.end == start and token.of(Sort.VALUE) for token in mentions.tokens)


CAME = re.compile(r"^(?:过?来|进来|进店)?的")


def _came_by(mentions: Mentions, start: int, end: int) -> bool:
    """Tell 短信邀请来的: how a channel brought them."""
    book = mentions.vocabulary.codebook
    channels = (t.of(Sort.VALUE) for t in mentions.tokens if t.end == start)
    known = any(m and book[m.columns[0]].role is Role.CHANNEL for m in channels)
    return known and CAME.match(mentions.text[end:]) is not None


EVENT = re.compile(
    r"^(?:了|过|完)?(?:之后|以后|之前|以前|前后|以来|期间|至今|那[天周月会阵]|当天|后|前|起)"
    r"|^ (?:was|were|went|came|has|launched)\b"
)
OPENS = frozenset({"since", "after", "before", "until", "till"})
EVENT_EN = re.compile(
    r"\b(?:since|after|before|during|until|following|post|pre) (?:the |our |we )*$"
)


def tells_when(mentions: Mentions, start: int, end: int) -> bool:
    """Tell 上线以后, since the relaunch: an event that no calendar knows.

    Parameters
    ----------
    mentions : Mentions
    start, end : int
        Where the word for it stands.
    """
    text = mentions.text
    if is_han(text[start]):
        whole = end - start > 1 and text[end - 1] in "完后前"
        return whole or EVENT.match(text[end:]) is not None
    return text[start:end] in OPENS or EVENT_EN.search(text[:start]) is not None


AMOUNT_ASKED = re.compile(
    r"^(?:的)?(?:是|有|为|达到?|到底|现在|目前|一共|总共|[花赚收付投用]了?)*(?:多少|多[高大长久快]|几|高不高|低不低|大不大|高吗|低吗|怎么样|怎样|如何"
    r"|最[高低多少大小好差]|排[名行]|走势|趋势|同比|环比|变化|[高低]于|$)"
)


LEADS_TO_MEASURE = re.compile(
    r"^(?:(?:what|how high|how large|how much|show|give|tell|me|us|is|was|are|were|the|our|my"
    r"|please"
    r"|average|total|mean|monthly|weekly|daily|number of) ?)*$"
)
MEASURE_ENDS = re.compile(
    r"(?: [a-z-]+)?(?: (?:by|per|in|for|last|this|of|at|across|during|since|over|today|yesterday"
    r"|right now)\b|\W*$)"
)


GROUPED_AFTER = re.compile(r"(?: [a-z-]+)? (?:by|per)\b")


def is_measured_in_english(mentions: Mentions, start: int, end: int) -> bool:
    """Tell “gross margin by store”: what a question begins with, and no word explains.

    Parameters
    ----------
    mentions : Mentions
        In which no metric is named.
    start, end : int
        Where the word stands.
    """
    text = mentions.text
    if is_han(text[start]):
        return False
    if LEADS_TO_MEASURE.match(text[:start]) and MEASURE_ENDS.match(text, end):
        return True
    return _nothing_before(mentions, start) and GROUPED_AFTER.match(text, end) is not None


def is_measured(mentions: Mentions, end: int, tag: str) -> bool:
    """Tell 租金 of 各门店租金: how much there is of something that no word explains.

    Parameters
    ----------
    mentions : Mentions
        In which no metric is named.
    end : int
        Where the word ends.
    tag : str
    """
    named = tag.startswith(("n", "vn", "j", "eng")) and not tag.startswith(("nr", "ns", "nt"))
    return named and AMOUNT_ASKED.match(mentions.text[end:]) is not None
