"""Stretches of a question that no word explains, and what kind of word they lie in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources

from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.spelling import is_han
from huiyin.ask.talk import is_talk
from huiyin.ask.turns import hits, relates
from huiyin.codebook.contracts import Role

STRAY = re.compile(
    r"[㐀-鿿]+|[a-z][a-z0-9.'-]+|[a-z0-9][a-z0-9.'-]{2,}|\d+\.\d+"
    r"|(?<![a-z0-9'.-])[b-hj-z](?![a-z0-9'.-]*[a-z0-9])"
)
"""What may say something: words, versions, and one letter as in competitor B."""
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
SURNAMES = frozenset(
    "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛"
)
OF_A_PERSON = re.compile(
    r"(?:(?:这|那)(?:个|位|名))?(?:客户|顾客|客人|用户|会员)?(?:上次|这次|上回)?(?:的)?"
    r"(?:打分|评分|给|打(?!印|包|折|开|扫|算|理)|满意|电话|答卷|意见|说|反馈|评价)"
)


def stray_in(
    mentions: Mentions, start: int, end: int, explained: Sequence[tuple[int, int]] = ()
) -> tuple[int, int] | None:
    """Find the first stretch between two places that may say something and is not explained.

    Parameters
    ----------
    mentions : Mentions
    start, end : int
    explained : sequence of (start, end)
        Stretches that a whole turn of phrase explains.
    """
    return next(strays_in(mentions, start, end, explained), None)


def strays_in(
    mentions: Mentions, start: int, end: int, explained: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, int]]:
    """Give one after the other the stretches of which `stray_in` gives the first."""
    found = False
    for word in dict.fromkeys(_unknown(mentions, start, end, explained)):
        found = True
        yield word
    if not found:
        covered = (
            _hyphened(mentions, start, end)
            or _of_a_kind(mentions, start, end)
            or _swallowed(mentions, start, end, explained)
            or _picks_some(mentions, start, end)
        )
        yield from [covered] if covered else []


def _unknown(
    mentions: Mentions, start: int, end: int, explained: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Give the words that no known word covers."""
    for first, last in mentions.scanned.left:
        begin, stop = _trimmed(mentions.text, max(first, start), min(last, end))
        if begin >= stop or any(a <= begin and stop <= b for a, b in explained):
            continue
        for match in STRAY.finditer(mentions.text, begin, stop):
            if match[0].endswith("ly") and match[0] not in TELLING:
                continue
            if not is_han(match[0][0]):
                if match[0] in {"after", "before"} and _is_stage(mentions, match.end()):
                    continue
                if not is_talk(mentions, *match.span(), ""):
                    yield match.span()
                continue
            word = _word_around(mentions, *match.span())
            if word is None or _says_how(mentions, *word):
                continue
            if not is_talk(mentions, *word, tag_at(mentions.text, word[0])):
                yield word


KINDS_OF_PEOPLE = re.compile(
    r"\b(?:(?:spender|earner|saver|tourist|travell?er|local|parent|mom|mum|mother|dad|father|kid"
    r"|couple|single|newbie|newcomer|expat|foreigner|resident|pensioner|gamer|athlete|nurse|doctor"
    r"|farmer|veteran|vegetarian|smoker|commuter|freelancer|entrepreneur|homeowner|tenant|neighbou?r"
    r"|grandparent|bride|bachelor|graduate|pupil)s|children)\b"
)
"""Heavy spenders, the parents: whose number is asked for."""
PEOPLE = re.compile(
    r"的?(?:客户|顾客|客人|用户|人群|群体|买家|会员|门店|店铺|店(?![里内长面])|分店|城市|渠道|大区|省份|网点|支行"
    r"|坐席|座席|店员|导购|柜员|班组|小组|部门|业务(?!办)|模块|版本|行业|品牌|险种|环节|平台|承运|快递|单位|员工)"
)
_PICKED = (
    r"客户|顾客|客人|用户|会员|门店|店(?![里内长面])|网点|支行|坐席|座席|店员|柜员|班组|渠道|客群|承运|品牌|城市"
    r"|大区|省份|版本|模块|行业|业务|险种|环节|平台|部门|问题类型|客户经理"
)
GOOD_OR_BIG = re.compile(
    r"(?:^|(?<=[月年周度日,，看查把在给]))(?P<kind>[好差大小]|[优劣]等)"
    rf"(?={_PICKED})(?!小程序|小票|大区|大众)"
    r"|(?<![最更比])(?P<type>[大小中]型|个人|企业|[多单]次|落后|领先|(?:平均|中等|一般)水平|中等)"
    rf"(?={_PICKED})"
)
"""好店的NPS, 5月差门店: which they are is not said."""
TALKED = frozenset({Sort.FILLER, Sort.SIGNAL, Sort.NO_COLUMN})
MEASURED = (Sort.METRIC, Sort.RATING, Sort.RATE, Sort.AMOUNT)


def _picks_some(mentions: Mentions, start: int, end: int) -> tuple[int, int] | None:
    """Find a word that is talk elsewhere but here picks some: 重点客户, 试用的NPS."""
    words = small_words("modifiers")
    for match in GOOD_OR_BIG.finditer(mentions.text, start, end):
        first, last = match.span("kind" if match["kind"] else "type")
        over = [t for t in mentions.tokens if t.start < last and first < t.end]
        if all(t.first and t.first.sort in TALKED for t in over):
            return first, last
    for at, token in enumerate(mentions.tokens):
        inside = start <= token.start and token.end <= end
        small = token.first is not None and token.first.sort is Sort.FILLER
        if not (inside and small and token.text in words):
            continue
        after = mentions.tokens[at + 1 : at + 3]
        if after and after[0].text == "的":
            after = after[1:]
        measured = bool(after) and after[0].of(*MEASURED) is not None
        if measured or PEOPLE.match(mentions.text, token.end):
            return token.start, token.end
    return None


def _is_stage(mentions: Mentions, end: int) -> bool:
    """Tell “after incident reviews”: a stage, or an occasion, is named next."""
    after = next((token for token in mentions.tokens if token.start >= end), None)
    value = after.of(Sort.VALUE) if after is not None else None
    book = mentions.vocabulary.codebook
    if value is None:
        return after is not None and after.of(Sort.YES_NO) is not None  # after we solved it
    return book[value.columns[0]].role in {Role.STAGE, Role.TOUCHPOINT}


HYPHENED = re.compile(r"(?<![a-z0-9-])[a-z]{2,}(?:-[a-z]{2,})+(?![a-z0-9-])")


OF_A_KIND = re.compile(
    r"\b(?P<kind>good|bad|big|small|large|great|new|newer|old|older|loyal|frequent|heavy"
    r"|paying|key|lost|main|rare|casual|long-term|nearby|busy|quiet|young|poorer|richer"
    r"|regular|rich"
    r"|important|valuable|poor|strong|weak|similar|local|foreign|serious|normal|typical|core|real)"
    r" (?:\w+ )?(?:customers?|clients?|people|users?|shoppers?|buyers?|guests?|stores?|shops?"
    r"|cities"
    r"|regions?|members?|accounts?|branches|channels?|agents?|teams?|clerks?)\b"
)
"""Which they are is not said: of a good shop, a loyal customer."""


OF_A_PRICE = re.compile(
    r"\b(?P<kind>cheap|cheaper|expensive|pricey|dear|high-end|low-end|premium|budget)"
    r" (?:phones|handsets|devices|brands|models|smartphones|cities|neighbou?rhoods)\b"
)
"""The cheap phones: what is dear is a rating of ours elsewhere."""


def _of_a_kind(mentions: Mentions, start: int, end: int) -> tuple[int, int] | None:
    """Find an adjective that picks some of a group, and that no word of the data is."""
    priced = OF_A_PRICE.search(mentions.text, start, end)
    if priced:
        return priced.span("kind")
    for match in OF_A_KIND.finditer(mentions.text, start, end):
        first, last = match.span("kind")
        over = [t for t in mentions.tokens if t.start < last and first < t.end]
        if all(t.first and t.first.sort is Sort.FILLER for t in over):
            return first, last
    return None


def _hyphened(mentions: Mentions, start: int, end: int) -> tuple[int, int] | None:
    """Find a word like first-time, of which small words cover the parts and none the whole."""
    for match in HYPHENED.finditer(mentions.text, start, end):
        first, last = match.span()
        over = [t for t in mentions.tokens if t.start < last and first < t.end]
        whole = any(t.start <= first and last <= t.end for t in over)
        if over and not whole and all(t.first and t.first.sort is Sort.FILLER for t in over):
            return first, last
    return None


def _trimmed(text: str, begin: int, stop: int) -> tuple[int, int]:
    part = text[begin:stop]
    return begin + len(part) - len(part.lstrip()), stop - len(part) + len(part.rstrip())


def _swallowed(
    mentions: Mentions, start: int, end: int, explained: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Find a word that only single small characters cover: 外地 is neither 外 nor 地."""
    small = {
        t.start for t in mentions.tokens
        if len(t.text) == 1 and t.first is not None and t.first.sort in SMALL_SORTS
    }  # fmt: skip
    for begin, stop, tag in tagged(mentions.text):
        if stop - begin < 2 or begin < start or stop > end or not tag.startswith(SOLID_TAGS):  # noqa: PLR2004
            continue
        word = mentions.text[begin:stop]
        if word in mentions.vocabulary.exact or not TALK.isdisjoint(word):
            continue
        inside = any(a <= begin and stop <= b for a, b in explained)
        if not inside and all(at in small for at in range(begin, stop)):
            return begin, stop
    return None


SMALL_SORTS = frozenset({Sort.FILLER, Sort.NO_METRIC, Sort.NO_COLUMN})
TELLING = frozenset(
    {
        "badly", "poorly", "highly", "family", "early", "elderly", "monopoly", "hardly", "barely",
        "scarcely", "rarely", "formerly", "originally", "initially",
    }
)  # fmt: skip
"""Words in -ly that do not only say how."""
TALK = frozenset("会就都能有个数来去上下的了是不给差好多少大小再也还在到把让")
SOLID_TAGS = ("n", "s", "j", "b", "vn", "t")
SMALL_TAGS = ("u", "y", "e", "o", "d", "c", "p", "r", "x", "zg", "q", "k", "h")
"""Particles, adverbs and the like are how people talk; any other word may be about the data."""


def _says_how(mentions: Mentions, start: int, end: int) -> bool:
    """Tell 资料要求合理吗: what a rating is like, asked right after it."""
    at = len(mentions.text[:start].rstrip("也都就更很挺会"))
    rated = any(t.end == at and t.of(Sort.RATING) for t in mentions.tokens)
    if rated and (relates(mentions) or hits(mentions)) and _is_quality(mentions, start):
        return True
    if not rated or not re.match(r"[吗么不没?？,，]|$", mentions.text[end:]):
        return False
    return mentions.text[start:end] in small_words("opinions") or _is_quality(mentions, start)


QUALITIES = frozenset("快慢好差贵久乱脏吵")


def _is_quality(mentions: Mentions, start: int) -> bool:
    return mentions.text[start] in QUALITIES or any(
        b == start and tag.startswith("a") for b, _, tag in tagged(mentions.text)
    )


def _is_small(word: str, tag: str) -> bool:
    """Tell how people talk from what may name something; a longer adverb may: 异常."""
    if tag == "d" and len(word) > 1 and word not in small_words("adverbs"):
        return False
    return tag.startswith(SMALL_TAGS) and len(tag) < 3  # noqa: PLR2004


def _word_around(mentions: Mentions, start: int, end: int) -> tuple[int, int] | None:
    """Give the word that a stretch lies in, where it may name something; else None."""
    text = mentions.text
    known = [(t.start, t.end) for t in mentions.tokens if len(t.text) > 1 or t.of(*EXPLAINED)]
    for begin, stop, tag in tagged(text):
        if begin >= end or start >= stop or _is_small(text[begin:stop], tag):
            continue
        cut = [one for one in known if one[0] < stop and begin < one[1]]
        first = max([begin, *(b for _, b in cut if b <= start)])
        last = min([stop, *(a for a, _ in cut if a >= end)])
        return min(first, start), max(last, end)
    return None


@lru_cache(maxsize=64)
def tagged(text: str) -> tuple[tuple[int, int, str], ...]:
    """Part a text into words: first and last place, and the part of speech of each."""
    import rjieba

    found, at = [], 0
    for word, tag in rjieba.tag(text):
        found.append((at, at + len(word), tag))
        at += len(word)
    return tuple(found)


def tag_at(text: str, start: int) -> str:
    """Give the part of speech of the word in which a place lies."""
    return next((tag for begin, end, tag in tagged(text) if begin <= start < end), "")


@cache
def small_words(name: str) -> frozenset[str]:
    """Give a list of ``small_words.txt``: words that say nothing about the data."""
    text = resources.files("huiyin.ask").joinpath("small_words.txt").read_text("utf-8")
    lists = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    return frozenset(lists[name].split())


def is_place(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch lies in a name of a place, a person or a brand."""
    return any(
        begin < end and start < stop and tag.startswith(("ns", "nr", "nz", "nt"))
        for begin, stop, tag in tagged(text)
    )


def names_someone(mentions: Mentions) -> bool:
    """Tell 张伟打了几分: somebody's name, with what they said or gave."""
    text = mentions.text
    told = (*EXPLAINED, Sort.LOOSE)
    known = [(t.start, t.end) for t in mentions.tokens if t.of(*told) and len(t.text) > 1]
    return any(
        tag == "nr"
        and stop - begin in {2, 3}
        and text[begin] in SURNAMES
        and OF_A_PERSON.match(text, stop)
        and not any(a < stop and begin < b for a, b in known)
        for begin, stop, tag in tagged(text)
    )
