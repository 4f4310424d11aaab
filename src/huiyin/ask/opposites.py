"""Two groups against each other, or one against the rest."""

from __future__ import annotations

import re
from itertools import pairwise

from huiyin.ask.contracts import Kind
from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.named import Named
from huiyin.ask.rivals import RIVAL
from huiyin.measure.contracts import Against, Compare, Filter

BY_DEGREE = re.compile(
    r"(?:是不是|是否|会不会)(?:也|会)?更(?:爱|愿意|想|喜欢|乐意|容易|肯)"
    r"|(?:是不是|是否|有没有)(?:也|会|就)?(?:更|偏|比较|明显|特别)?[高低好差](?!于)"
    r"|(?:明显|特别|更|偏)(?:要)?[高低好差](?![级兴])(?:些|点)?(?:吗|么|不|$|[?？])"
    r"|算(?:不算|得上|是)?(?:是)?(?:高|低|好|差|不错)的?(?:吗|么|不|$|[?？])"
    r"|[高低好差](?:很多|不少|一截|一大截)(?:吗|么|$|[?？])"
)
"""Higher or lower than whom is not said: than the others."""


def _by_degree(mentions: Mentions) -> bool:
    if not BY_DEGREE.search(mentions.text):
        return False
    periods = sum(token.period is not None for token in mentions.tokens)
    in_time = mentions.says("previous", "year_ago", "relation", "why")
    return periods <= 1 and not in_time


ENGLISH_DEGREE = re.compile(
    r"^(?:and |so )?(?:is|are|was|were) .{2,40}\b(?:higher|lower|better|worse|weaker|stronger)"
    r"(?: (?:in|among|for|at|on|with) )"
)


def _by_english_degree(mentions: Mentions) -> bool:
    """Tell “is satisfaction higher in the east”: than in the others; a named time may be meant."""
    dated = any(token.period is not None for token in mentions.tokens)
    other = mentions.says("than", "versus", "previous", "year_ago", "relation", "why", "drivers")
    answers = any(token.of(Sort.YES_NO) for token in mentions.tokens)
    return not (dated or other or answers) and ENGLISH_DEGREE.search(mentions.text) is not None


def read_groups(
    mentions: Mentions, named: Named, likely: Kind | None = None
) -> tuple[Compare | None, list[tuple[int, Filter]]]:
    """Read a comparison of two groups, or of one with the rest; give what stays under `where`.

    `likely` is what the question wants to know, where that is settled already.
    """
    if likely is not None and likely not in {Kind.COMPARE, Kind.WHY}:
        return None, named.values
    if mentions.says(RIVAL):
        return Compare(Against.COMPETITOR), named.values
    equal = [(at, one) for at, one in named.values if one.operator == "="]
    if mentions.says("rest") and equal and compares(mentions):
        return Compare(Against.REST), named.values
    degree = _by_degree(mentions) or _by_english_degree(mentions)
    if len(equal) == 1 and not named.by and degree:
        return Compare(Against.REST), named.values
    apart = compares(mentions) or likely is Kind.COMPARE
    return pair_of(mentions, named, equal) if apart else (None, named.values)


def pair_of(
    mentions: Mentions, named: Named, equal: list[tuple[int, Filter]]
) -> tuple[Compare | None, list[tuple[int, Filter]]]:
    """Take the second of two values of one column as what the first is compared with.

    Parameters
    ----------
    mentions : Mentions
    named : Named
        Its groups are taken off where only the two of them are meant.
    equal : list of (int, Filter)
        The values that are named, each with the place of its word.

    Returns
    -------
    comparison, values : Compare or None, list of (int, Filter)
        The values that stay conditions.
    """
    columns = [one.column for _, one in equal]
    twice = [c for c in dict.fromkeys(columns) if columns.count(c) == 2]  # noqa: PLR2004
    if len(twice) != 1:
        return None, named.values
    pair = [(at, one) for at, one in equal if one.column == twice[0]]
    if named.marked and not mentions.says("than", "compare"):
        if named.by != twice and not _asks_which_of(mentions, *pair):
            return None, named.values
        if named.by == twice:
            named.by = []
    named.by = [column for column in named.by if column != twice[0]]
    moved = moved_on(mentions, pair[0][0], pair[1][0])
    second = pair[0] if moved or _named_first(mentions, pair[0][0]) else pair[1]
    if "谁" in mentions.text and not named.marked:  # 谁家 is one of the two
        named.by = []
    kept = [one for one in named.values if one != second]
    group = Compare(Against.GROUP, column=second[1].column, value=second[1].values[0])
    if len(second[1].values) > 1:
        return None, named.values
    return group, kept


WHICH_OF = re.compile(r"[,，的]{0,2}哪一?[个边方家]|[^。;；]{0,10}?谁")
WHO_EN = re.compile(r"^(?:so |and )?who(?:se| is| are| has| have|'s)?\b")


def _asks_which_of(
    mentions: Mentions, first: tuple[int, Filter], second: tuple[int, Filter]
) -> bool:
    """Tell 各大区家庭客和上班族谁满意: which of two, asked of each group of another column."""
    if mentions.says("worst", "best", "rank"):
        return False
    after = mentions.tokens[second[0]].end
    gap = mentions.between(first[0], second[0]).strip()
    asked = WHICH_OF.match(mentions.text, after) or WHO_EN.match(mentions.text)
    return asked is not None and gap in {"和", "跟", "与", "、", "还是", "or", "and"}


WORDY = 3
"""From 5.0 to version 5.1: more words than these stand between other things."""
FROM, BETWEEN = re.compile(r"\bfrom (?:\w+ )?$"), re.compile(r"\bbetween (?:\w+ )?$")


def moved_on(mentions: Mentions, first: int, second: int) -> bool:
    """Tell “from 5.0 to 5.1”: what comes later is compared with what was before."""
    if first >= second or not mentions.says("up", "down", "change"):
        return False
    before = mentions.text[: mentions.tokens[first].start]
    gap = mentions.between(first, second).split()
    led = {"to": FROM, "and": BETWEEN}.get(gap[0]) if 0 < len(gap) < WORDY else None
    return led is not None and led.search(before) is not None


def _moves_on(mentions: Mentions) -> bool:
    """Tell whether a number moved from one value of a column to another."""
    places = [at for at, token in enumerate(mentions.tokens) if token.of(Sort.VALUE)]
    return any(moved_on(mentions, one, other) for one, other in pairwise(places))


def _named_first(mentions: Mentions, at: int) -> bool:
    """Tell 跟竞品比,我们的…: the first value is what the other is compared with."""
    token = mentions.tokens[at]
    before = mentions.text[: token.start]
    if WITH.search(before) and THEN_THE_OTHER.match(mentions.text, token.end):
        return True
    if BESIDE.search(before) and THEN.match(mentions.text, token.end):
        return True
    return (
        COMPARED_WITH.search(before) is not None
        and SO_COMPARED.match(mentions.text, token.end) is not None
    ) or (
        mentions.text[: token.start].endswith(
            ("compared with ", "compared to ", "against ", "比起")
        )
        and token.start < LEADS
    )


LEADS = 20
COMPARED_WITH = re.compile(
    r"(?:^|[,，])(?:请问|那|帮我看看)?(?:跟|和|与|同|对比|相比|比起|相较于?|相对于?|较之)$"
)
WITH = re.compile(r"(?:跟|和|与|同|对比|相比|比起|较|相较于?|相对于?|较之)$")
THEN_THE_OTHER = re.compile(
    r"[^,，。]{0,6}?(?:(?<![占环同对])比|比起来|相比|对比|比较|相较|而言|来说)(?:的话|之下)?[,，]"
)
"""五月和自营配送比,快运甲准时率怎么样."""
BESIDE, THEN = re.compile(r"(?:相比|比起|较|相较于?|较之)$"), re.compile(r"[^,，。]{0,4}[,，]")
"""五月相比自营配送,快运甲准时率怎么样."""
SO_COMPARED = re.compile(
    r"(?:的?(?:客户|顾客|用户|会员|渠道|大区|手机用户|那边))?"
    r"(?:(?:比|比起来|相比|对比|比较|相较)(?:的话|之下)?(?!一下|一比|下)|看|来看|[,，])"
)


def sets_apart(mentions: Mentions) -> bool:
    """Tell 苹果用户对华为用户, 金卡有没有银卡高: what stands between and after two values does."""
    values = [(t, m) for t in mentions.tokens if (m := t.of(Sort.VALUE))]
    return any(
        one.columns == other.columns
        and (
            FACING.fullmatch(mentions.text[before.end : after.start])
            or (
                AS_MUCH.search(mentions.text[before.end : after.start])
                and HIGH.search(mentions.text, after.end)
            )
        )
        for (before, one), (after, other) in pairwise(values)
    )


def parted_by_measure(mentions: Mentions) -> bool:
    """Tell 华东满意率差华南多少: two values of one column, and what is measured between them.

    A number that is asked for twice, 华东NPS多少,华南呢, is two numbers.
    """
    values = [(at, m.columns) for at, t in enumerate(mentions.tokens) if (m := t.of(Sort.VALUE))]
    for (first, one), (last, other) in pairwise(values):
        several = [columns for _, columns in values].count(one) != 2  # noqa: PLR2004
        if one != other or several or EACH_NUMBER.search(mentions.text):
            continue
        between = mentions.tokens[first + 1 : last]
        measured = any(t.of(Sort.METRIC, Sort.RATING, Sort.RATE, Sort.AMOUNT) for t in between)
        listed = any(t.says("except") for t in between)
        if measured and not listed and not ASKED_BETWEEN.search(mentions.between(first, last)):
            return True
    return False


EACH_NUMBER = re.compile(r"各|分别|每|按|走势|趋势|曲线")
ASKED_BETWEEN = re.compile(r"多少|几|怎么样|如何|[?？,，。;；]")
FACING = re.compile(
    r"(?:的?(?:客户|用户|会员|顾客|渠道|手机用户))?(?:对|对阵|pk|相对于?|较之|对上)"
)
AS_MUCH = re.compile(r"有没有$|没有$|没$|赶得上$|赶上$|及得上$|比得上$|比不上$|不及$|跟不上$")
HIGH = re.compile(r"(?:客户|用户|会员|顾客)?(?:那么|这么)?[高好强快](?:吗|么|$|[?？])|$")
VERSUS_SIDE = re.compile(r"(?:哪|谁|还是|which|who|better|worse|higher|lower|happier|更)")


def compares(mentions: Mentions) -> bool:
    """Tell whether a question sets two things against each other."""
    if mentions.says("compare", "than") or sets_apart(mentions):
        return True
    if parted_by_measure(mentions) or _moves_on(mentions):
        return True
    if mentions.says("gt", "lt") and not any(t.number is not None for t in mentions.tokens):
        return True
    if mentions.says("versus") and any(
        mentions.tokens[at].text not in {"跟", "与", "和"} for at in mentions.saying("versus")
    ):
        return True
    return VERSUS_SIDE.search(mentions.text) is not None
