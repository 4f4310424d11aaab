"""What nothing explains: it is asked about, or refused; never guessed over."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from huiyin.ask.contracts import Missing, Why
from huiyin.ask.mentions import Mentions
from huiyin.ask.spelling import is_han
from huiyin.ask.vocabulary import Sort

CLAUSE = re.compile(r"[,;:!?。…\n]|(?<!\d)\.|\.(?!\d)")
MEASURES = re.compile(r"(?:率|时长|数量|金额|销量|额|量|指数)$")
RATE_AFTER = re.compile(r"(?:率|时长|数量|次数|金额|总量|总数|占比)")
DAYS_NAMED = re.compile(r"(?:节|节日|纪念日|庆典|开学|开学季|购物节|淡旺季|周年庆|店庆|新年|圣诞|寒暑假)$")
HOW_MANY = re.compile(
    r"(?:有几|有多少|多少|一共几|共几)(?:个|条|份|张|位|名)?(?:人|客户|顾客)?(?:给|打|写|提)?(?:了|的)?(?:差评|好评|投诉|答卷|贬损者|推荐者|意见|留言|评论|回复)"
    r"|(?:差评|好评|贬损者|推荐者)(?:有)?(?:几|多少)(?:个|条|份|人|位)"
    r"|how many (?:customers|people|users|detractors|promoters|comments|reviews|answers|responses|complaints)"
)
"""Counts are no metric here."""
THINGS = re.compile(
    r"(?:店|支行|网点|渠道|版本?|组|路|街|商场|广场|省|市"
    r"|区|县|品牌|险|等级|级|行业|业|客户|客|甲|乙|丙|丁|家"
    r"|族|机)$"
)
EXPLAINED = frozenset(
    {
        Sort.METRIC,
        Sort.RATING,
        Sort.AMOUNT,
        Sort.RATE,
        Sort.COLUMN,
        Sort.GENERIC,
        Sort.VALUE,
        Sort.YES_NO,
        Sort.ASPECTS,
    }
)
GROUPS_AFTER = (
    "会员",
    "客户",
    "用户",
    "渠道",
    "店",
    "大区",
    "卡",
    "手机",
    "版",
    "顾客",
    "岁",
    " members",
    " customers",
    " shop",
    " channel",
    " region",
    " users",
    " branch",
    " members'",
)
SURNAMES = frozenset(
    "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛"
)
OF_A_PERSON = re.compile(r"(?:的)?(?:打分|评分|给|打|满意|电话|答卷|意见|说|反馈|评价)")
STRAY = re.compile(r"[㐀-鿿]+|[a-z][a-z0-9.'-]+|[a-z0-9][a-z0-9.'-]{2,}|\d+\.\d+")
OURS = re.compile(r"客户|顾客|用户|客人|我们|咱们|门店|店里|\b(?:customers?|clients?|users|we|our)\b")
LOOKS = re.compile(r"看|查|给我|来个|老样子|报表|数据|show|give|tell|see|report|data|update")
ASKS = re.compile(
    r"[吗呢么?？]|多少|什么|怎|谁|哪|几|what|how|who|when|where|why|is |are |do |does |can "
)


def absent(mentions: Mentions, *, has_metric: bool) -> tuple[Why, str] | None:
    """Find a word that other data knows: this data does not hold it."""
    many = HOW_MANY.search(mentions.text)
    if many and not mentions.says("share"):
        return Why.NO_SUCH_METRIC, many[0]
    for at, token in enumerate(mentions.tokens):
        first = token.first
        if first is None or token.of(Sort.SIGNAL):
            continue
        if first.sort is Sort.NO_METRIC:
            if (token.of(Sort.FILLER) and has_metric) or _explained_beside(mentions, at):
                continue
            return Why.NO_SUCH_METRIC, token.text
        if first.sort is Sort.NO_VALUE and not (token.of(Sort.FILLER) and has_metric):
            return Why.NO_SUCH_VALUE, token.text
    return None


def _explained_beside(mentions: Mentions, at: int) -> bool:
    """Tell whether a character belongs to the known word that it touches."""
    token = mentions.tokens[at]
    return len(token.text) == 1 and any(
        other.end == token.start or other.start == token.end for other in mentions.tokens
    )


def unexplained(
    mentions: Mentions, explained: list[tuple[int, int]]
) -> tuple[Missing | Why, str] | None:
    """Find a stretch of content that no word explains, in a part that says something."""
    for start, end in _clauses(mentions):
        stray = _stray_in(mentions, start, end, explained)
        if stray is None:
            continue
        if not _says_something(mentions, start, end) and _says_something(
            mentions, 0, len(mentions.text)
        ):
            continue
        if not _says_something(mentions, 0, len(mentions.text)):
            return None
        return _reason(mentions, *stray)
    return None


def _clauses(mentions: Mentions) -> list[tuple[int, int]]:
    ends = [match.end() for match in CLAUSE.finditer(mentions.text)]
    bounds = [0, *ends, len(mentions.text)]
    return [(a, b) for a, b in itertools.pairwise(bounds) if b > a]


def _stray_in(
    mentions: Mentions, start: int, end: int, explained: Sequence[tuple[int, int]] = ()
) -> tuple[int, int] | None:
    for first, last in mentions.scanned.left:
        begin, stop = max(first, start), min(last, end)
        if begin >= stop or any(a <= begin and stop <= b for a, b in explained):
            continue
        for match in STRAY.finditer(mentions.text, begin, stop):
            if match[0].endswith("ly"):
                continue
            if not is_han(match[0][0]):
                return match.span()
            word = _word_around(mentions, *match.span())
            if word is not None and not _says_how(mentions, *word):
                return word
    return _swallowed(mentions, start, end, explained)


def _swallowed(
    mentions: Mentions, start: int, end: int, explained: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Find a word that only single small characters cover: 外地 is neither 外 nor 地."""
    small = {
        t.start for t in mentions.tokens
        if len(t.text) == 1 and t.first is not None and t.first.sort is Sort.FILLER
    }  # fmt: skip
    for begin, stop, tag in _tagged(mentions.text):
        if stop - begin < 2 or begin < start or stop > end or not tag.startswith(SOLID_TAGS):  # noqa: PLR2004
            continue
        word = mentions.text[begin:stop]
        if word in mentions.vocabulary.exact or not TALK.isdisjoint(word):
            continue
        inside = any(a <= begin and stop <= b for a, b in explained)
        if not inside and all(at in small for at in range(begin, stop)):
            return begin, stop
    return None


TALK = frozenset("会就都能有个数来去上下的了是不给差好多少大小再也还在到把让")
SOLID_TAGS = ("n", "s", "j", "b", "vn", "t")
SMALL_TAGS = ("u", "y", "e", "o", "d", "c", "p", "r", "x", "zg", "q", "k", "h")
"""Particles, adverbs and the like are how people talk; any other word may be about the data."""


OPINIONS = frozenset("合理 方便 清楚 及时 到位 靠谱 干净 整洁 热情 周到 耐心 顺畅 公道 划算 省心 省事".split(" "))


def _says_how(mentions: Mentions, start: int, end: int) -> bool:
    """Tell 资料要求合理吗: what a rating is like, asked right after it."""
    rated = any(t.end == start and t.of(Sort.RATING) for t in mentions.tokens)
    if not rated or not re.match(r"[吗么不没?？,，]|$", mentions.text[end:]):
        return False
    word = mentions.text[start:end]
    return word in OPINIONS or any(
        b == start and tag.startswith("a") for b, _, tag in _tagged(mentions.text)
    )


def _is_small(word: str, tag: str) -> bool:
    """Tell how people talk from what may name something; a longer adverb may: 异常."""
    if tag == "d" and len(word) > 1 and word not in SAID_ANYWAY:
        return False
    return tag.startswith(SMALL_TAGS) and len(tag) < 3  # noqa: PLR2004


SAID_ANYWAY = frozenset(
    "大概 大约 到底 究竟 毕竟 居然 竟然 果然 确实 的确 已经 曾经 正在 一直 总是 经常 常常 往往 有时 偶尔 "
    "马上 立刻 立即 赶快 赶紧 尽快 十分 非常 特别 相当 比较 稍微 稍稍 略微 有点 几乎 差不多 大致 大体 "
    "基本 基本上 完全 全部 都是 就是 只是 还是 也是 不是 是否 是不是 能否 可否 顺便 顺带 一起 一并 一同 "
    "重新 再次 又一次 其实 实际上 真的 真是 似乎 好像 仿佛 或许 也许 可能 大多 多半 反正 总之 分别 各自 "
    "依次 逐一 互相 相互 亲自 特意 专门 单独 仅仅 只有 至少 最多 起码 到处".split(" ")
)


def _word_around(mentions: Mentions, start: int, end: int) -> tuple[int, int] | None:
    """Give the word that a stretch lies in, where it may name something; else None."""
    text = mentions.text
    known = [(t.start, t.end) for t in mentions.tokens if len(t.text) > 1 or t.of(*EXPLAINED)]
    for begin, stop, tag in _tagged(text):
        if begin >= end or start >= stop or _is_small(text[begin:stop], tag):
            continue
        cut = [one for one in known if one[0] < stop and begin < one[1]]
        begin = max([begin, *(b for _, b in cut if b <= start)])
        stop = min([stop, *(a for a, _ in cut if a >= end)])
        return min(begin, start), max(stop, end)
    return None


@lru_cache(maxsize=64)
def _tagged(text: str) -> tuple[tuple[int, int, str], ...]:
    import rjieba

    found, at = [], 0
    for word, tag in rjieba.tag(text):
        found.append((at, at + len(word), tag))
        at += len(word)
    return tuple(found)


def _says_something(mentions: Mentions, start: int, end: int) -> bool:
    return any(
        token.start >= start
        and token.end <= end
        and (token.period is not None or token.of(*EXPLAINED))
        for token in mentions.tokens
    )


def _reason(mentions: Mentions, start: int, end: int) -> tuple[Missing | Why, str]:
    word = mentions.text[start:end]
    before = next((t for t in reversed(mentions.tokens) if t.end <= start), None)
    after = next((t for t in mentions.tokens if t.start >= end), None)
    if word[0] in SURNAMES and len(word) in {2, 3} and OF_A_PERSON.match(mentions.text[end:]):
        return Why.PERSONAL, word
    if MEASURES.search(word) or RATE_AFTER.match(mentions.text, end):
        return Why.NO_SUCH_METRIC, word
    if DAYS_NAMED.search(word):
        return Missing.PERIOD, word
    if (
        before is not None
        and before.says("each")
        and mentions.text[before.end : start].strip() == ""
    ):
        return Why.NO_SUCH_COLUMN, word
    if MEASURED.match(mentions.text, end) and not _is_place(mentions.text, start, end):
        if not THINGS.search(word):
            return Why.NO_SUCH_METRIC, word
    touches = after is not None and after.start == end and after.of(Sort.COLUMN, Sort.NO_COLUMN)
    grouped = mentions.text[end:].startswith(GROUPS_AFTER)
    if THINGS.search(word) or touches or grouped or re.fullmatch(r"\d+\.\d+", word):
        return Why.NO_SUCH_VALUE, word
    names = re.match(r"的|[a-z]*$", mentions.text[end:]) and is_han(word[0]) and len(word) > 1
    where = re.search(r"\b(?:in|of|for|from|at|among) (?:(?:our|the|my) )?$", mentions.text[:start])
    if where or (names and mentions.text[end : end + 1] == "的"):
        return Why.NO_SUCH_VALUE, word
    return Missing.WHAT, word


MEASURED = re.compile(r"的?(?:满意[度率]|得分|评分|打分|均分|速度|体验)")


def _is_place(text: str, start: int, end: int) -> bool:
    return any(
        begin < end and start < stop and tag.startswith(("ns", "nr", "nz", "nt"))
        for begin, stop, tag in _tagged(text)
    )


def names_someone(mentions: Mentions) -> bool:
    """Tell 张伟打了几分: somebody's name, with what they said or gave."""
    text = mentions.text
    known = [(t.start, t.end) for t in mentions.tokens if t.of(*EXPLAINED) and len(t.text) > 1]
    return any(
        tag == "nr"
        and stop - begin in {2, 3}
        and text[begin] in SURNAMES
        and OF_A_PERSON.match(text, stop)
        and not any(a < stop and begin < b for a, b in known)
        for begin, stop, tag in _tagged(text)
    )


def rate_of_nothing(mentions: Mentions) -> str | None:
    """Find 卸载率: the rate of something that no word explains."""
    stray = _stray_in(mentions, 0, len(mentions.text))
    if stray is None:
        return None
    rate = RATE_AFTER.match(mentions.text, stray[1])
    return mentions.text[stray[0] : rate.end()] if rate else None


def all_small(mentions: Mentions) -> bool:
    """Tell whether there are only small words: nothing is said, and nothing else is meant."""
    return bool(mentions.tokens) and _stray_in(mentions, 0, len(mentions.text)) is None


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


def touches_column(mentions: Mentions, at: int) -> bool:
    """Tell whether a number with a point stands right before a column's name: 6.0版本."""
    token = mentions.tokens[at]
    after = mentions.tokens[at + 1] if at + 1 < len(mentions.tokens) else None
    return (
        "." in token.text
        and after is not None
        and after.start == token.end
        and after.of(Sort.COLUMN) is not None
    )
