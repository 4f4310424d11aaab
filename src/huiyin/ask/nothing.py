"""Questions that name nothing of the data: about something else, small talk, or no question."""

from __future__ import annotations

import re

from huiyin.ask.contracts import Missing, Why
from huiyin.ask.mentions import Mentions
from huiyin.ask.spelling import is_han
from huiyin.ask.strays import stray_in, tag_at

OURS = re.compile(
    r"客户|顾客|用户|客人|我们|咱们|门店|店里|\b(?:customers?|clients?|users|we|our)\b"
)
LOOKS = re.compile(r"看|查|给我|来个|老样子|报表|数据|show|give|tell|see|report|data|update")
ASKS = re.compile(
    r"[吗呢么?？]|多少|什么|怎|谁|哪|几|what|how|who|when|where|why|is |are |do |does |can "
)


MEASURE_ASKED = re.compile(
    r"[一-鿿]{2,6}?(?:周期|天数|时长|耗时|成本|费用|金额|总额|数量|人数|次数|销量|产量|单价|占比|比例|[率量额])"
    r"(?:现在|目前|大概)?(?:[是有为]|达到)?(?:多少|多长|多久|多大|多高|几[天个次]|怎么样|如何)"
)


HOW_MUCH = re.compile(
    r"(?:的|现在|目前|大概|一共|总共|[是有为花赚收付投用]了?)*(?:多少|多[高大长久])"
)


SAID_ON = re.compile(
    r"(?:看看?|查一?下?|来点|给我)*([一-鿿a-z]{2,6}?)(?:平台)?上面?的(?:那些)?(?:评[价论]|口碑|网友|留言|差评|好评|吐槽)"
)
"""知乎上的评价: a place that no word explains."""


def measure_of_nothing(mentions: Mentions) -> str | None:
    """Find 回款周期多长, 运费多少: how much there is of something that no word explains."""
    found = MEASURE_ASKED.search(mentions.text)
    if found:
        return found[0]
    stray = stray_in(mentions, 0, len(mentions.text))
    if stray is None or not tag_at(mentions.text, stray[0]).startswith(("n", "vn", "j")):
        return None
    asked = HOW_MUCH.match(mentions.text, stray[1])
    return mentions.text[stray[0] : stray[1]] if asked else None


def all_small(mentions: Mentions) -> bool:
    """Tell whether there are only small words: nothing is said, and nothing else is meant."""
    return bool(mentions.tokens) and stray_in(mentions, 0, len(mentions.text)) is None


def kind_of_nothing(mentions: Mentions) -> Missing | Why:
    """Tell a question about something else from what is no question."""
    text = mentions.text
    if mentions.says("scope"):
        return Why.OUT_OF_SCOPE
    if mentions.says(
        "why", "up", "down", "change", "best", "worst", "than", "compare", "trend", "voices"
    ):
        return Missing.WHAT
    known = sum(token.end - token.start for token in mentions.tokens)
    if OURS.search(text):
        return Missing.WHAT
    if LOOKS.search(text) and not ASKS.search(text):
        return Missing.WHAT
    if ASKS.search(text) and (known or any(map(is_han, text))):
        return Why.OUT_OF_SCOPE
    return Why.NOT_A_QUESTION
