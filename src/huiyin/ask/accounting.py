"""Every word about the data has to be in the query that comes out, else it is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.chinese_odds import chinese_at_odds
from huiyin.ask.contracts import Kind, Understood
from huiyin.ask.english_odds import english_at_odds
from huiyin.ask.kinds import STEADILY, is_share
from huiyin.ask.meanings import NO, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.scanning import Token
from huiyin.ask.turns import SAYS_WHAT, qualifies, relates
from huiyin.ask.unaccounted import (
    HOW_TWO_GO,
    denies,
    holds_denial,
    picks_groups,
    picks_people,
    reckons,
)
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against

SEVERAL = 3
KINDS = {
    "why": {Kind.WHY},
    "drivers": {Kind.DRIVERS, Kind.WHY, Kind.RELATION},
    "relation": {Kind.RELATION, Kind.DRIVERS, Kind.WHY},
    "voices": {Kind.VOICES},
    "rank": {Kind.RANKING},
}
"""What a word of its own says the question is, and as what it may be read."""
DOES = re.compile(r"^do(?:es)? ")
"""Does good service bring people back: not one number, two things."""
PLAIN = frozenset({Kind.NUMBER, Kind.TREND})
PICKS = frozenset({Kind.RANKING, Kind.THRESHOLD})
"""Of groups that are picked, neither why nor what is said there is asked at once."""


def forgotten(mentions: Mentions, understood: Understood) -> str | None:
    """Find a word about the data that the query has lost.

    Parameters
    ----------
    mentions : Mentions
    understood : Understood
        Complete.

    Returns
    -------
    str or None
        The first such word; None where each is in the query.
    """
    kept = _Kept(understood)
    if kept.plain and not understood.by and DOES.match(mentions.text) and relates(mentions):
        return mentions.text
    lost = (t.text for at, t in enumerate(mentions.tokens) if kept.loses(mentions, at))
    return next(lost, None)


TOO_MANY = re.compile(r"最(?![近后终新初先多少低高起大]|不济)|最[高低大](?!\d)")
SUPERLATIVE = re.compile(
    r"\b(?:(?<!at )(?:most|least)(?! (?:recent|of|likely|important|\d))|(?!(?:latest|test|rest"
    r"|interest|honest|west"
    r"|east|north\w+|south\w+|request|suggest|guest|best|worst|lowest|highest"
    r"|fast)\b)[a-z]{3,}est)\b"
)
ENDS = frozenset({Kind.NUMBER, Kind.TREND})


def at_odds(mentions: Mentions, understood: Understood) -> bool:
    """Tell whether the words say something that the query cannot hold.

    最… without a ranking; a number of a rating among those who gave certain ratings; a share of
    a yes that the words deny.

    Parameters
    ----------
    mentions : Mentions
    understood : Understood
        Complete.
    """
    kind, text = understood.kind or Kind.NUMBER, mentions.text
    picks = TOO_MANY.search(text) or SUPERLATIVE.search(text)
    several = {Kind.DRIVERS, Kind.RELATION, Kind.VOICES}
    odds = (
        _leaves_out(mentions, LEFT_OUT) and not _without_some(understood),
        _leaves_out(mentions, WITHOUT) and not _turned(understood),
        _denies(mentions) and not _turned(understood),
        EACH.search(text) and _is_one_number(understood),
        EACH_APART.search(text) and kind in several,
        ASKS_TWICE.search(text),
        _counts_nobody(mentions, understood),
        mentions.says("same_period") and understood.compare is None,
        kind in PICKS and len(understood.metrics) > 1,
        _groups_of_one(mentions, understood),
        kind is Kind.COMPARE and MINDS_MORE.search(text),
        kind is Kind.VOICES and (OF_THE_MOST.search(text) or MORE_OF_THEM.search(text)),
        picks_people(mentions),
        picks_groups(mentions, understood),
        denies(mentions) and not holds_denial(understood),
        reckons(mentions, understood),
        kind is Kind.RELATION and qualifies(mentions) and not HOW_TWO_GO.search(text),
        kind in PICKS and (STEADILY.search(text) or SAYS_WHAT.search(text)),
        len(understood.metrics) > 1 and not understood.by and WHICH_OF_THEM.search(text),
        kind is Kind.RELATION and _ends_in_groups(mentions),
        kind in PLAIN and (_of_whom(mentions) or SOMEBODY_SAYS.search(text)),
        kind is Kind.NUMBER and not understood.by and qualifies(mentions),
        picks and kind in ENDS and not understood.rank,
        _measures_its_rows(mentions, understood) and kind is not Kind.VOICES,
        english_at_odds(mentions, understood),
        chinese_at_odds(mentions, understood),
    )
    return any(odds)


LEFT_OUT = re.compile(
    r"^(?:不包[括含]|不含|不考虑|不计|不统计|抛开|撇开|除了?|除去|剔除|排除|去掉|不算|刨|扣除"
    r"|exclud|besides|except|other than"
    r"|(?:apart|aside) from|omit|skip|ignor|disregard|(?:leav|sett|tak|filter|stripp)ing"
    r" (?:out|aside)"
    r"|with the exception|the exception|not (?:including|counting)|minus|barring|save for"
    r"|all (?:but|bar)|every(?:one|body|thing) (?:but|bar|except)|any(?:one|body) but)"
)


WITHOUT = re.compile(r"without\b")
"""Without SMS, without faults: all but some, or a no."""
DENYING = frozenset({"not", "never", "no", "nobody", "none", "neither", "nor", "non"})
HARMLESS = re.compile(
    r"\b(?:or|why|if|whether or|am|i am|do) not(?= sure|$|[?,.;!]| know| care| mind| want to)"
    r"|\bnot (?:sure|only|just|bad|yet|really|too|to mention)\b|\bno (?:rush|idea|matter|worries)\b"
    r"|^(?:why|are|is|do|does|did|has|have|would|could|can) (?:\w+ )?not (?:we|you|it|they)\b"
)


def _denies(mentions: Mentions) -> bool:
    """Tell whether something is denied by an English word of its own."""
    free = HARMLESS.sub(lambda m: "~" * len(m[0]), mentions.text)
    return any(
        token.text in DENYING and free.startswith(token.text, token.start)
        for token in mentions.tokens
    )


def _turned(understood: Understood) -> bool:
    """Tell whether the query holds what is denied: all but some, a no, a bound."""
    if understood.threshold or understood.kind is Kind.WHY or _without_some(understood):
        return True
    compared = understood.compare and understood.compare.value == NO
    shares = any(metric.endswith(f"={NO}") for metric in understood.metrics)
    return bool(compared or shares) or any(NO in one.values for one in understood.where)


def _leaves_out(mentions: Mentions, word: re.Pattern[str]) -> bool:
    """Tell whether something is left out by such a word of its own."""
    return any(
        token.says("except")
        and token.first is not None
        and token.first.sort is Sort.SIGNAL
        and word.match(token.text)
        for token in mentions.tokens
    )


def _without_some(understood: Understood) -> bool:
    rest = understood.compare is not None and understood.compare.against is Against.REST
    return rest or any(one.operator == "!=" for one in understood.where)


EACH = re.compile(
    r"各(?:个|家|类|种|自|[店省市区组行级]|是?多少|是?几|[有占为])|都(?:是|有|各)?(?:多少|几)|每(?:个|家|种|类|位)|分别"
    r"|\beach\b|respectively|\bdistribution\b"
)
"""Several numbers are asked for."""


EACH_APART = re.compile(r"(?:每|各).{1,8}(?:各自|分别|各有|都分别)|\bfor each\b|\brespectively\b")
"""每个年龄段各自最在意什么: what drives a number, or is said, is of all of them at once."""


def _is_one_number(understood: Understood) -> bool:
    several = understood.by or understood.grain or len(understood.metrics) > 1
    return understood.kind in {Kind.NUMBER, None} and not several


def _measures_its_rows(mentions: Mentions, understood: Understood) -> bool:
    """Tell whether a rating is measured only where it was of certain levels."""
    rows = {one.column for one in understood.where}
    rated = (m for m in understood.metrics if not m.startswith("share:"))
    nps = mentions.vocabulary.only(Role.NPS)
    own = {nps.name} if nps and "nps" in understood.metrics else set()
    return not rows.isdisjoint({m.partition(":")[2] for m in rated} - {""} | own)


ASKS_TWICE = re.compile(
    r"(?:多少|几分|怎么样|如何|咋样)[^,，?？。;；]{0,3}[,，?？。;；][^,，?？。;；]{0,8}(?:哪|谁|为什么|为啥)"
)
"""整体是多少,哪个大区最差: only one of two questions is answered at once."""
OF_THE_MOST = re.compile(
    r"最[多少高低好差]的?那?[个家]?(?:平台|门店|店|大区|区|城市|省|渠道|网点|支行|班组|组|坐席|柜员|版本"
    r"|模块|行业|品牌|环节|险种|部门|客群|年龄段|等级)"
)
"""差评最多的平台,差评写的啥: which group that is no voices tell."""
MORE_OF_THEM = re.compile(r"多还是|还是[^,，]{1,6}多|[夸骂]的?多不多")
"""夸的多还是骂的多: how many they are is asked."""
MINDS_MORE = re.compile(r"(?:更|最|比较)?(?:看重|在乎|在意|重视|关心|介意)(?!度)")
"""谁更看重价格: how much a thing matters to a group is no number of it."""
WHICH_OF_THEM = re.compile(
    r"哪(?:个|项|一项|样)(?:更|降|掉|跌|涨|升|变|高|低|好|差|得分)|谁(?:更|降|掉|跌|涨|升)"
)
"""满意度和NPS哪个降得多: which of several numbers is asked for."""
SOMEBODY_SAYS = re.compile(
    r"有(?:没有|多少)?(?:客户|顾客|人|用户|客人)(?:反映|反馈|说|提到?|抱怨|投诉|吐槽)"
)
"""有客户反映价格高吗: what was said about a theme is no number of it."""
WHOSE = re.compile(r"[^,，、和与及跟对]{1,4}的(?:客户|顾客|用户|客人|人)(?!对)")


def _ends_in_groups(mentions: Mentions) -> bool:
    """Tell 产品好但是服务差的门店: groups are picked by two numbers."""
    last = mentions.tokens[-1] if mentions.tokens else None
    return last is not None and last.of(Sort.COLUMN) is not None


def _of_whom(mentions: Mentions) -> bool:
    """Tell 送货上门的客户满意度: the rating's word only says whose satisfaction it is."""
    ratings = [t for t in mentions.tokens if t.first and t.first.sort is Sort.RATING]
    measures = [t.start for t in mentions.tokens if t.of(Sort.METRIC)]
    return any(
        WHOSE.match(mentions.text, t.end) and any(start > t.end for start in measures)
        for t in ratings
    )


MEASURED = frozenset({Kind.NUMBER, Kind.TREND, Kind.COMPARE})


def _counts_nobody(mentions: Mentions, understood: Understood) -> bool:
    """Tell 解决了但费力的客户占比: a share is asked for, and the number is none."""
    measured = understood.kind in MEASURED and mentions.says("share")
    return measured and not any(
        is_share(metric) or metric.startswith("calc:") for metric in understood.metrics
    )


def _groups_of_one(mentions: Mentions, understood: Understood) -> bool:
    """Tell 两个组放一起 in a thread about one of them: by a column that is held to one value."""
    single = {f.column for f in understood.where if f.operator == "=" and len(f.values) == 1}
    said = {c for t in mentions.tokens if (m := t.of(Sort.VALUE)) for c in m.columns}
    return not (single - said).isdisjoint(understood.by)


MEASURE_WORDS = frozenset("个家位名座")
OF_ALL = frozenset({Kind.DRIVERS, Kind.VOICES})
"""哪个客群最在乎价格: asked of all, or of one group; which group it is they do not tell."""
HEAD = ("的", "最高", "最低", "最好", "最差")
"""What stands before the groups that are picked."""


class _Kept:
    """The columns and values of a query, whatever part they stand in."""

    def __init__(self, understood: Understood) -> None:
        self._understood = understood
        self._kind = understood.kind or Kind.NUMBER
        self._columns = {*understood.by, *(one.column for one in understood.where)}
        self._values = {(one.column, v) for one in understood.where for v in one.values}
        compare = understood.compare
        if compare and compare.column:
            self._columns.add(compare.column)
            self._values.add((compare.column, compare.value or ""))
        for metric in understood.metrics:
            self._take(metric)

    @property
    def plain(self) -> bool:
        """Tell whether it is one number, or one over time."""
        return self._kind in PLAIN

    def _take(self, metric: str) -> None:
        measure, _, of = metric.partition(":")
        column, _, value = of.partition("=")
        self._columns.add(column)
        if measure == "share":
            self._values.add((column, value))

    def loses(self, mentions: Mentions, at: int) -> bool:
        """Tell whether a word is about the data and in no part of the query."""
        token = mentions.tokens[at]
        first = token.first
        if first is None or token.of(Sort.FILLER):
            return False
        checks: dict[Sort, Callable[[Mentions, int], bool]] = {
            Sort.VALUE: self._loses_value,
            Sort.COLUMN: self._loses_column,
            Sort.ASPECTS: self._loses_aspects,
            Sort.SIGNAL: self._loses_signal,
        }
        check = checks.get(first.sort)
        return check is not None and check(mentions, at)

    def _loses_value(self, mentions: Mentions, at: int) -> bool:
        meant = [m for m in mentions.tokens[at].meanings if m.sort is Sort.VALUE]
        inside = any(kept.startswith(m.value or "\0") for m in meant for _, kept in self._values)
        return not inside and not any(c in self._columns for m in meant for c in m.columns)

    def _loses_column(self, mentions: Mentions, at: int) -> bool:
        """Tell 各门店, 三个城市: groups are asked for."""
        token = mentions.tokens[at]
        measured = at > 1 and mentions.tokens[at - 1].text in MEASURE_WORDS
        before = mentions.tokens[at - 1 - measured] if at else None
        joined = before is not None and before.end + measured == token.start
        marked = joined and before is not None and _marks(before)
        listed = {len(one.values) for one in self._understood.where}
        if before is not None and before.number in listed - {1}:
            return False  # 拉萨、兰州、西安三家店
        there = any(c in self._columns for m in token.meanings for c in m.columns)
        picked = self._kind in PICKS and mentions.text[: token.start].endswith(HEAD)
        asked = marked and before is not None and before.says("which")
        told = marked and self._kind in PLAIN | PICKS
        counted = self._kind is Kind.COMPARE and _counted(mentions, at)
        return not there and (told or picked or counted or (asked and self._kind in OF_ALL))

    def _loses_aspects(self, _mentions: Mentions, _at: int) -> bool:
        return self._kind in PLAIN and len(self._understood.metrics) < SEVERAL

    def _loses_signal(self, mentions: Mentions, at: int) -> bool:
        token = mentions.tokens[at]
        told = [KINDS[m.name] for m in token.meanings if m.name in KINDS]
        other = [m for m in token.meanings if m.name not in KINDS]
        shown_apart = token.says("relation") and self._understood.by
        if token.says("voices") and self._is_counted(mentions, at + 1):
            return False  # share of people complaining about ads
        picks = self._kind in PICKS and token.says("why", "voices")
        lost = bool(told) and not other and not any(self._kind in one for one in told)
        return lost and (self._kind in PLAIN or picks) and not shown_apart

    def _is_counted(self, mentions: Mentions, at: int) -> bool:
        """Tell whether a share of a value is asked for."""
        value = mentions.tokens[at].of(Sort.VALUE) if at < len(mentions.tokens) else None
        shares = {f"share:{c}={value.value}" for c in value.columns} if value else set()
        return not shares.isdisjoint(self._understood.metrics)


def _marks(token: Token) -> bool:
    return token.number is not None or token.says("each", "which", "which_many")


def _counted(mentions: Mentions, at: int) -> bool:
    """Tell “5 stores that lost the most against last quarter”: how many are asked for."""
    before = mentions.tokens[at - 1] if at else None
    number = before is not None and before.number not in {None, 1.0}
    return number and mentions.between(at - 1, at) == " "
