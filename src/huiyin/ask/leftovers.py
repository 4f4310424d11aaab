"""What nothing explains: it is asked about, or refused; never guessed over."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from huiyin.ask.contracts import Missing, Why
from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.not_there import value_not_there
from huiyin.ask.spelling import is_han
from huiyin.ask.strays import (
    EXPLAINED,
    KINDS_OF_PEOPLE,
    OF_A_KIND,
    OF_A_PERSON,
    SURNAMES,
    is_place,
    stray_in,
    strays_in,
    tag_at,
    tagged,
)
from huiyin.ask.talk import is_measured, is_measured_in_english, tells_when
from huiyin.ask.turns import explained_by_form, within

CLAUSE = re.compile(r"[,;:!?。…\n]|(?<!\d)\.|\.(?!\d)")
MEASURES = re.compile(
    r"^(?:人均|平均|日均|月均|总)"
    r"|(?:率|时长|数量|金额|销量|次数|人数|天数|额|量|指数)$"
)
RATE_AFTER = re.compile(r"(?:率|时长|数量|次数|金额|总量|总数|占比)")
DAYS_NAMED = re.compile(
    r"(?:节|节日|纪念日|庆典|开学|开学季|购物节|淡旺季|周年庆|店庆|新年|圣诞|寒暑假)$"
)
HOW_MANY = re.compile(
    r"(?:有几|有多少|多少|一共几|共几)(?:个|条|份|张|位|名)?(?:人|客户|顾客)?(?:给|打|写|提)?"
    r"(?:了|的)?(?:差评|好评|投诉|答卷|问卷|反馈|评价|样本|贬损者"
    r"|推荐者|意见|留言|评论|回复)"
    r"|(?:差评|好评|贬损者|推荐者)(?:有)?(?:几|多少)(?:个|条|份|人|位)"
    r"|(?:几|多少)(?:个|位|名)?(?:人|客户|顾客|用户)(?:给|打|选|填|评)"
    r"|(?:了|有|过)(?:几|多少)(?:单|件|通|笔|个工单|条工单|电话|个电话)"
    r"|(?:接|受理|办|签|退|丢|送|派|招|裁)了?(?:几|多少)(?![分成%颗])"
    r"|(?:开|关|新增|新开|增加)了?(?:几|多少)[家个名]"
    r"|(?:来|到店|逛|光顾|消费|购买|买)(?:过|了)?(?:几|多少)[次回趟]"
    r"|(?:几|多少)个?(?:分钟|小时|秒钟?)|多久|多长时间|(?:要|需|花|用)了?(?:几|多少)天"
    r"|(?:how many|number of) (?:customers|people|users|detractors|promoters|comments|reviews"
    r"|answers|responses|complaints)"
    r"|(?:how many|number of|count of) (?!per ?cent|points)(?:\w+"
    r" ){0,2}?(?:returns?|refunds?|exchanges"
    r"|parcels|deliveries|packages|claims|calls|cases|tickets|visits|complainants|errands|contracts"
    r"|renewals|bookings|sign-?ups|registrations|crashes|clients|members|shoppers|visitors)\b"
    r"(?! (?:are|were|was|is|have|had|did|do|who|that)\b)"
)
"""Counts are no metric here."""
THINGS = re.compile(
    r"(?:店|支行|网点|渠道|版本?|组|路|街|商场|广场|省|市"
    r"|区|县|品牌|险|等级|级|行业|业|客户|客|甲|乙|丙|丁|家"
    r"|族|机)$"
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


def absent(mentions: Mentions, *, has_metric: bool) -> tuple[Why, str] | None:
    """Find a word that other data knows: this data does not hold it."""
    other = value_not_there(mentions)
    if other:
        return Why.NO_SUCH_VALUE, other
    counted = _summed(mentions) or _got(mentions) or _in_other_units(mentions)
    counted = counted or (None if has_metric else _counted(mentions))
    if counted:
        return Why.NO_SUCH_METRIC, counted
    phrases = explained_by_form(mentions)
    for at, token in enumerate(mentions.tokens):
        first = token.first
        if first is None or token.of(Sort.SIGNAL) or within(token, phrases):
            continue
        if first.sort is Sort.NO_METRIC:
            if token.text in COUNTED and mentions.says("share") and _names_value(mentions):
                continue
            if (token.of(Sort.FILLER) and has_metric) or _explained_beside(mentions, at):
                continue
            grouped = token.of(Sort.NO_COLUMN) and _after_each(mentions, token.start)
            return Why.NO_SUCH_COLUMN if grouped else Why.NO_SUCH_METRIC, token.text
        if first.sort is Sort.NO_VALUE and not (token.of(Sort.FILLER) and has_metric):
            if RATE_AFTER.match(mentions.text, token.end):
                return Why.NO_SUCH_METRIC, token.text
            return Why.NO_SUCH_VALUE, token.text
    return None


def _counted(mentions: Mentions) -> str | None:
    """Find what counts: how many customers, how many shops, the mean of an age."""
    many = HOW_MANY.search(mentions.text)
    if many and not mentions.says("share"):
        return many[0]
    rate = _rate_alone(mentions)
    if rate:
        return rate
    if _counts_groups(mentions) or _counts_things(mentions):
        return mentions.text
    return _mean_of_groups(mentions)


RATE_ALONE = re.compile(r"[一-鿿]{1,5}(?<![频效功速概几])率(?![先领直])")


def _rate_alone(mentions: Mentions) -> str | None:
    """Find 回款率, 不良贷款率: a rate of which no word has the last character."""
    for found in RATE_ALONE.finditer(mentions.text):
        inside = [t for t in mentions.tokens if t.start < found.end() <= t.end]
        touching = [t for t in mentions.tokens if t.end == found.end() - 1]
        valued = any(t.of(Sort.VALUE, Sort.YES_NO) for t in touching) and len(touching) == 1
        unknown = any(a < found.end() and found.start() < b for a, b in mentions.scanned.left)
        small = touching and touching[0].first and touching[0].first.sort is Sort.FILLER
        if all(len(t.text) == 1 for t in inside) and (unknown or small or not valued):
            return found[0]
    return None


GOT = re.compile(
    r"^(?:so |and )?how many (?!per ?cent|.*\bpoints?\b)(?:\w+ ){1,3}?(?:do|did|does|have|has)"
    r" (?:we|you|they|i|agents?|clerks?)\b"
)


def _got(mentions: Mentions) -> str | None:
    """Find “how many returns did we get”: they are counted, whatever else their name is here."""
    many = GOT.search(mentions.text)
    return mentions.text if many and not mentions.says("share") else None


SUMS = frozenset({"total", "in total", "altogether", "all together", "合计"})


ADDED_UP = re.compile(r"总额|总金额|总和|加总|累计")


def _summed(mentions: Mentions) -> str | None:
    """Find “total order value”: amounts are averaged, never added up."""
    amounts = [t for t in mentions.tokens if t.of(Sort.AMOUNT)]
    told = [t.text for t in mentions.tokens if t.says("total") and t.text in SUMS]
    told += ADDED_UP.findall(mentions.text)
    averaged = any(m.name == "mean" for t in mentions.tokens for m in t.meanings)
    return f"{told[0]} {amounts[0].text}" if told and amounts and not averaged else None


IN_OTHER_UNITS = re.compile(
    r"(?:几|多少|\d+)个?(?:分钟|小时|秒钟?)|多久|多长时间|(?:要|需要|花|用|等)了?(?:几|多少)天"
    r"|(?:几|多少)(?:块钱|元)|多少钱|how (?:many (?:minutes|hours|seconds|days)|long)\b"
    r"|\d+ (?:minutes|hours)\b"
)


def _in_other_units(mentions: Mentions) -> str | None:
    """Find 等候时间少于10分钟, 平均响应多少分钟: of what is rated no minutes are known."""
    found = IN_OTHER_UNITS.search(mentions.text)
    if found is None or any(
        t.of(Sort.AMOUNT) or (t.period and t.start < found.end() and found.start() < t.end)
        for t in mentions.tokens
    ):
        return None
    return found[0] if any(t.of(Sort.RATING) for t in mentions.tokens) else None


def _mean_of_groups(mentions: Mentions) -> str | None:
    """Find “average age”: what customers go by is no number."""
    for before, token in itertools.pairwise(mentions.tokens):
        mean = any(m.name == "mean" for m in before.meanings)
        gap = mentions.text[before.end : token.start].strip()
        if mean and not gap and token.first and token.first.sort is Sort.COLUMN:
            return mentions.text[before.start : token.end]
    return None


COUNTED = frozenset({"orders", "订单", "客户数", "人数", "答卷数", "order", "单量", "订单量"})


def _names_value(mentions: Mentions) -> bool:
    """Tell what share of orders come from the mini program: they are what is counted."""
    return any(token.of(Sort.VALUE) for token in mentions.tokens)


COUNTS_GROUPS = re.compile(
    r"(?:[有共是]|一共|总共)(?:几|多少)[个家位名种座]?$|^(?:so )?how many $|\bthere are how many $"
)


def _counts_groups(mentions: Mentions) -> bool:
    """Tell 一共有多少家门店: how many groups there are is no metric."""
    return any(
        token.of(Sort.COLUMN) and COUNTS_GROUPS.search(mentions.text[: token.start])
        for token in mentions.tokens
    )


COUNTS_IN_ENGLISH = re.compile(
    r"^(?:so |and |roughly |about )?how many (?!per ?cent|points)(?:\w+ ){1,4}?"
    r"(?:do|does|did|are|were|was|have|has|had|came|gave|left|got|bought|visited|use|used)\b"
)


def _counts_things(mentions: Mentions) -> bool:
    """Tell “how many claims were rejected”; how many were satisfied, or came back, is a share."""
    shares = mentions.says("share", "satisfied_word", "low", "high")
    answered = any(token.of(Sort.YES_NO) for token in mentions.tokens)
    counted = COUNTS_IN_ENGLISH.search(mentions.text) is not None
    return counted and not shares and not answered


def _explained_beside(mentions: Mentions, at: int) -> bool:
    """Tell whether a character belongs to the known word that it touches."""
    token = mentions.tokens[at]
    return len(token.text) == 1 and any(
        other.end == token.start or other.start == token.end for other in mentions.tokens
    )


def unexplained(
    mentions: Mentions, explained: list[tuple[int, int]], *, told: bool, has_metric: bool = True
) -> tuple[Missing | Why, str] | None:
    """Find a stretch of content that no word explains, in a part that says something.

    `told` says that the question, or its thread, is about this data in some other way: then no
    part of it is left out.
    """
    stray = next(strays_that_count(mentions, explained), None)
    if stray is None or not (told or _says_something(mentions, 0, len(mentions.text))):
        return None
    reason = reason_of(mentions, *stray)
    tag = tag_at(mentions.text, stray[0])
    unknown = reason[0] is Missing.WHAT and not has_metric
    english = unknown and is_measured_in_english(mentions, *stray)
    if english or (unknown and is_measured(mentions, stray[1], tag)):
        return Why.NO_SUCH_METRIC, reason[1]
    return reason


def strays_that_count(
    mentions: Mentions, explained: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Give the stretches that no word explains, of the parts that say something.

    Parameters
    ----------
    mentions : Mentions
    explained : list of (start, end)
        Stretches that a whole turn of phrase explains.
    """
    whole = _says_something(mentions, 0, len(mentions.text))
    for start, end in _clauses(mentions):
        clause = mentions.text[start:end]
        about = _says_something(mentions, start, end) or WHOSE.search(clause)
        about = about or KINDS_OF_PEOPLE.search(clause)
        if about or not whole:
            yield from strays_in(mentions, start, end, explained)


TELLING = (
    "low", "high", "satisfied_word", "detractors", "passives", "promoters", "share", "voices",
    "best", "worst", "largest", "smallest", "except", "gt", "lt", "ge", "le",
)  # fmt: skip
"""Signals that say something of the data, so that no word beside them is passed over."""
WHOSE = re.compile(
    r"\b(?:customers|clients|people|users|shoppers|buyers|members|those|guests) "
    r"(?:who|with|that|from|without|under|over|aged|whose|living|working)\b"
)
"""A part that says which customers is meant, whatever else it leaves open."""


def unused(mentions: Mentions, explained: list[tuple[int, int]]) -> tuple[str, ...]:
    """List the words of the parts that say nothing of this data: they are shown as not used."""
    found = []
    for start, end in _clauses(mentions):
        strays = strays_in(mentions, start, end, explained)
        found += [mentions.text[first:last].strip() for first, last in strays]
    return tuple(dict.fromkeys(found))


def _clauses(mentions: Mentions) -> list[tuple[int, int]]:
    ends = [match.end() for match in CLAUSE.finditer(mentions.text)]
    bounds = [0, *ends, len(mentions.text)]
    return [(a, b) for a, b in itertools.pairwise(bounds) if b > a]


def _says_something(mentions: Mentions, start: int, end: int) -> bool:
    return any(
        token.start >= start
        and token.end <= end
        and (token.period is not None or token.of(*EXPLAINED) or token.says(*TELLING))
        for token in mentions.tokens
    )


def reason_of(mentions: Mentions, start: int, end: int) -> tuple[Missing | Why, str]:
    """Tell what is asked back, or why it is refused, for a word that nothing explains.

    Parameters
    ----------
    mentions : Mentions
    start, end : int
        Where the word stands.
    """
    if tells_when(mentions, start, end):
        return Missing.PERIOD, mentions.text[start:end]
    if ABOUT.search(mentions.text[:start]) and mentions.says("voices"):
        return Missing.WHAT, mentions.text[start:end]
    return _reason_of_word(mentions, start, end)


ABOUT = re.compile(
    r"(?:吐槽|抱怨|嫌弃?|骂|夸|表扬|批评|提[到及过起]|[说讲聊谈]到|说起|讲起|关于|反映|投诉)(?:了|过|的|我们|咱们|收银|店里)*$"
)
"""Before what customers speak of: by that no words are picked."""
WORD_TAGS = ("vn", "ns", "nz", "j", "b")
"""Parts of speech of words that are nobody's name: 金融, 高端."""


def _reason_of_word(mentions: Mentions, start: int, end: int) -> tuple[Missing | Why, str]:
    word = mentions.text[start:end]
    tier = mentions.text.startswith(("会员", "卡"), end)
    tag = tag_at(mentions.text, start)
    known = tag == "n" or tag.startswith(WORD_TAGS)
    person = word[0] in SURNAMES and len(word) in {2, 3} and not tier and not known
    if person and OF_A_PERSON.match(mentions.text[end:]):
        return Why.PERSONAL, word
    if MEASURES.search(word) or RATE_AFTER.match(mentions.text, end):
        return Why.NO_SUCH_METRIC, word
    if DAYS_NAMED.search(word):
        return Missing.PERIOD, word
    related = mentions.says("relation") and not mentions.says("voices") and is_han(word[0])
    if related or _after_each(mentions, start):
        return Why.NO_SUCH_COLUMN, word
    if _is_measured(mentions, start, end):
        return Why.NO_SUCH_METRIC, word
    return (Why.NO_SUCH_VALUE if _is_value(mentions, start, end) else Missing.WHAT), word


def _after_each(mentions: Mentions, start: int) -> bool:
    before = next((t for t in reversed(mentions.tokens) if t.end <= start), None)
    told = before is not None and before.says("each")
    return told and before is not None and mentions.text[before.end : start].strip() == ""


def _is_measured(mentions: Mentions, start: int, end: int) -> bool:
    """Tell 停车满意度: a thing that is rated elsewhere."""
    rated = MEASURED.match(mentions.text, end) or RATED_WITH.search(mentions.text[:start])
    told = rated and not is_place(mentions.text, start, end)
    return bool(told) and not THINGS.search(mentions.text[start:end])


def _is_value(mentions: Mentions, start: int, end: int) -> bool:
    """Tell whether a stretch stands where a group is named."""
    if OF_A_KIND.match(mentions.text, start):
        return False
    word, rest = mentions.text[start:end], mentions.text[end:]
    after = next((t for t in mentions.tokens if t.start >= end), None)
    touches = after is not None and after.start == end and after.of(Sort.COLUMN, Sort.NO_COLUMN)
    thing = THINGS.search(word) or _ends_as_thing(mentions, end) or NUMBERED.fullmatch(word)
    if thing or touches or rest.startswith(GROUPS_AFTER):
        return True
    if CAME_FROM.match(rest) or _lengthens_value(mentions, start, end):
        return True
    names = is_han(word[0]) and len(word) > 1 and rest.startswith(("的", "上的", "上面的"))
    return names or IN_PLACE.search(mentions.text[:start]) is not None


CAME_FROM = re.compile(r"(?:进|过|引流)?来的")


def _lengthens_value(mentions: Mentions, start: int, end: int) -> bool:
    """Tell 白金卡: a known value with a character before it is another."""
    values = [t for t in mentions.tokens if t.start == end and t.of(Sort.VALUE)]
    words = [(a, b) for a, b, _ in tagged(mentions.text) if a <= start and end < b]
    return end - start == 1 and bool(values) and bool(words)


PLACE_AFTER = re.compile(
    r"[一-鿿]{0,6}?(?:店|支行|网点|分[行部]|分公司|办事处|营业部|[省市县州])(?!的?[人员])"
)


def _ends_as_thing(mentions: Mentions, end: int) -> bool:
    """Tell 珠峰大本营店: the whole of a name that no word explains ends as a place does."""
    found = PLACE_AFTER.match(mentions.text, end)
    if found is None:
        return False
    known = [t for t in mentions.tokens if t.of(*EXPLAINED) and len(t.text) > 1]
    return not any(t.start < found.end() and end < t.end for t in known)


def place_goes_on(mentions: Mentions, word: str) -> str | None:
    """Find 上海浦东店: a known place begins the name of a shop that there is not."""
    text = mentions.text
    for first, last in mentions.scanned.left:
        if text[:first].endswith(word) and is_han(text[first]):
            found = PLACE_AFTER.match(text, last)
            if found and text[found.end() - 1] not in "省市县州":
                return word + text[first : found.end()]
    return None


NUMBERED = re.compile(r"\d+\.\d+")
IN_PLACE = re.compile(r"\b(?:in|of|for|from|at|among) (?:(?:our|the|my) )?$")
MEASURED = re.compile(
    r"的?(?:满意[度率]|得分|评分|打分|均分|速度|体验)|[打得]了?(?:几|多少)分"
    r"| (?:\w+ )?(?:satisfaction|scores?|ratings?)\b"
)
RATED_WITH = re.compile(
    r"\b(?:satisfaction|satisfied|happy|scores?|ratings?) (?:with|about) (?:the |our )?$"
)


def rate_of_nothing(mentions: Mentions) -> str | None:
    """Find 卸载率: the rate of something that no word explains."""
    stray = stray_in(mentions, 0, len(mentions.text))
    if stray is None:
        return None
    rate = RATE_AFTER.match(mentions.text, stray[1])
    return mentions.text[stray[0] : rate.end()] if rate else None


def touches_column(mentions: Mentions, at: int) -> bool:
    """Tell whether a number is named as a value right before its column: 6.0版本, 5.x版本.

    One without a point is where all values of the column are numbered: 5版本, 六组.
    """
    token = mentions.tokens[at]
    after = mentions.tokens[at + 1] if at + 1 < len(mentions.tokens) else None
    column = after.of(Sort.COLUMN) if after is not None else None
    if after is None or column is None:
        return False
    if mentions.text[token.end : after.start] not in {"", ".x", "x"}:
        return False
    values = mentions.vocabulary.values.get(column.columns[0], ())
    numbered = bool(values) and all(any(map(str.isdigit, value)) for value in values)
    return "." in token.text or numbered
