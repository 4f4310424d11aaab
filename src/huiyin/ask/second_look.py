"""Where the rules and how others put such questions part: another kind, or a reading to doubt."""

from __future__ import annotations

import re

from huiyin.ask.contracts import Kind, Understood
from huiyin.ask.kinds import (
    CHANGES_MOST,
    DRAWS,
    IS_IT,
    LOWER_IS_BETTER,
    STEADILY,
    UP_OR_DOWN,
    WHERE_TO,
    WHICH_RATES,
    goes_by_groups,
    read_threshold,
)
from huiyin.ask.likely_kinds import likely_kinds
from huiyin.ask.likely_readings import surprise
from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.opposites import compares
from huiyin.ask.period_forms import BEFORE_THAT
from huiyin.ask.turns import (
    AS_ONE,
    ASKS_WHICH,
    ASKS_WHY,
    ROOT_OF,
    SAYS_WHAT,
    drives,
    hits_in_english,
)
from huiyin.codebook.rivals import GAP
from huiyin.measure.contracts import Against

HARDLY = 0.3
"""Below this the rules' own kind is doubted."""
RATHER = 0.4
"""In English, of which fewer questions were learned from, another kind has to be as likely."""
LIKELY = 0.6
"""From here on the likelier kind is taken, where the question has all that it needs."""
SURPRISING = 5.0
"""Above this a whole reading is doubted: four of five such readings of new questions were wrong."""
TOLD_BY = {
    Kind.WHY: ("why",),
    Kind.RELATION: ("relation",),
    Kind.DRIVERS: ("drivers",),
}
"""Words that say the kind themselves: then nothing is doubted."""


def second_kind(mentions: Mentions, kind: Kind) -> Kind | None:
    """Give the likelier kind where the rules' one is hardly ever meant by such words."""
    if _is_told_by_words(mentions, kind):
        return None
    likely = likely_kinds(mentions)
    if likely[kind] >= HARDLY:
        return None
    other = max(likely, key=lambda one: likely[one])
    doubtful = not mentions.text.isascii() or likely[other] >= RATHER
    return other if doubtful and _may_be(other, mentions) else None


def is_unlikely(mentions: Mentions, understood: Understood) -> bool:
    """Tell whether hardly anybody means by such words what the rules read.

    Several values of one column, their shares, or every aspect at once, are seldom asked for; a
    column of yes and no that is named by what its yes says, and a competitor that is rated beside
    us, are in none of the questions learned from; the best of what had better be low, a course that
    a word of its own tells, and values that are left out, are few among them: of those the rules
    know more.

    Parameters
    ----------
    mentions : Mentions
        Of a question that stands alone.
    understood : Understood
        A complete reading of them.
    """
    several = any(len(one.values) > 1 for one in understood.where)
    rival = understood.compare is not None and understood.compare.against is Against.COMPETITOR
    rival = rival or any(one.column.startswith(GAP) for one in understood.where)
    known_better = (
        several
        or rival
        or _against_as_long(mentions, understood)
        or _goes_by_yes_and_no(mentions, understood)
        or _low_is_good(understood)
        or _every_aspect(mentions, understood)
        or _several_shares(understood)
        or _goes_steadily(mentions, understood)
        or any(one.operator == "!=" for one in understood.where)
        or _until_only(mentions, understood)
        or _moved_in_english(mentions, understood)
    )
    return not known_better and surprise(mentions, understood) > SURPRISING


OPEN_ENDED = re.compile(
    r"截[至止]|[之以]前|为止|\b(?:until|till|up to|through(?! q\d)|prior to|as (?:of|at))\b"
)
"""Days that have an end and no start."""


def _until_only(mentions: Mentions, understood: Understood) -> bool:
    """Tell “NPS until the end of March”: a word of its own says that no start is meant."""
    open_start = understood.since is None and understood.until is not None
    return open_start and OPEN_ENDED.search(mentions.text) is not None


def _moved_in_english(mentions: Mentions, understood: Understood) -> bool:
    """Tell “did NPS fall versus last year”: all of it is said in words of their own."""
    told = (
        mentions.text.isascii() and mentions.says("up", "down") and mentions.says("than", "versus")
    )
    one = len(understood.metrics) == 1 and not understood.by
    return told and one and understood.kind is Kind.COMPARE and understood.against_time


def _against_as_long(mentions: Mentions, understood: Understood) -> bool:
    """Tell 近三个月和前三个月比: as many days before them are named."""
    before = any(t.period is not None and t.period.named == BEFORE_THAT for t in mentions.tokens)
    compare = understood.compare
    return before and compare is not None and compare.against is Against.PREVIOUS


def _goes_steadily(mentions: Mentions, understood: Understood) -> bool:
    """Tell 今年有没有持续改善: its course is told by a word of its own."""
    moves = mentions.says("up", "down")
    told = STEADILY.search(mentions.text) or UP_OR_DOWN.search(mentions.text)
    return understood.kind is Kind.TREND and moves and told is not None


def _low_is_good(understood: Understood) -> bool:
    """Tell 不满意率最低的三个渠道: that the lowest are the best the rules know."""
    metric = next(iter(understood.metrics), "").partition(":")[0]
    return understood.kind is Kind.RANKING and metric in LOWER_IS_BETTER


def _several_shares(understood: Understood) -> bool:
    """Tell 家庭客和送礼客各占多少: several values of one column, a share of each."""
    counted = [m.partition("=")[0] for m in understood.metrics if m.startswith("share:")]
    return len(counted) > 1 and len(set(counted)) == 1


def _every_aspect(mentions: Mentions, understood: Understood) -> bool:
    """Tell 每个方面的满意率: a number of each, all by one word."""
    aspects = {column.name for column in mentions.vocabulary.aspects()}
    rated = {metric.partition(":")[2] for metric in understood.metrics}
    return understood.kind is Kind.NUMBER and len(rated) > 1 and rated == aspects


def _goes_by_yes_and_no(mentions: Mentions, understood: Understood) -> bool:
    """Tell 按问题是否解决看NPS: the name of the column is also the word for its yes."""
    return any(
        token.of(Sort.YES_NO) is not None and column.columns[0] in understood.by
        for token in mentions.tokens
        if (column := token.of(Sort.COLUMN)) is not None
    )


def _is_told_by_words(mentions: Mentions, kind: Kind) -> bool:
    """Tell whether words say the kind themselves."""
    if mentions.text.isascii() and _told_in_english(mentions, kind):
        return True
    clear = {
        Kind.THRESHOLD: _bounded(mentions),
        Kind.WHY: ASKS_WHY.search(mentions.text) is not None
        or ROOT_OF.search(mentions.text) is not None,
        Kind.DRIVERS: drives(mentions) and ASKS_WHICH.search(mentions.text) is not None,
        Kind.COMPARE: _which_of_two(mentions)
        or _changes(mentions)
        or mentions.says("rest", "previous", "year_ago"),
        Kind.VOICES: SAYS_WHAT.search(mentions.text) is not None and not mentions.says("share"),
        Kind.TREND: STEADILY.search(mentions.text) is not None
        or EACH_STEP.search(mentions.text) is not None
        or _goes_on(mentions),
        Kind.RANKING: mentions.says("rank"),
        Kind.NUMBER: (mentions.says("share") and not mentions.says("voices"))
        or _sets_groups_apart(mentions)
        or _goes_with_groups(mentions)
        or AS_ONE.search(mentions.text) is not None
        or WHERE_TO.search(mentions.text) is not None
        or WHICH_RATES.search(mentions.text) is not None,
    }
    return mentions.says(*TOLD_BY.get(kind, ())) or clear.get(kind, False)


EACH_STEP = re.compile(r"(?:每(?:一|个)?|逐|各个?)(?:天|日|周|星期|礼拜|月|季)(?!比)")


def _goes_on(mentions: Mentions) -> bool:
    """Tell 月度趋势,跟去年同期比 from 5月对比4月怎么变的: there two times are set apart."""
    steps = mentions.says("grain_day", "grain_week", "grain_month", "grain_quarter")
    apart = mentions.says("compare", "versus", "than")
    return mentions.says("series") or (mentions.says("trend") and (steps or not apart))


TOGETHER = re.compile(r"[吗么嘛不没?？]|是否|会|越|更|影响|关|带|跟着|挂|随|因|导|就|对")
"""Without any of these, 净推荐值和再来意愿 are two numbers."""


TOGETHER_IN_ENGLISH = re.compile(
    r"^(?!tell|show|give|list|get|pull)|\b(?:relat|link|connect|correlat"
    r"|tie|affect|influenc|impact|depend|goes|go with"
    r"|whether|if|when|the more|between|together|follow|track|match)"
)
"""Tell me about checkout and price: two numbers."""


def _sets_groups_apart(mentions: Mentions) -> bool:
    """Tell 不同省份满意率差别大吗: each of them is a number; nothing else is compared."""
    grouped = any(token.of(Sort.COLUMN) for token in mentions.tokens)
    named = any(token.of(Sort.VALUE) for token in mentions.tokens)
    moves = mentions.says("up", "down", "change", "previous", "year_ago", "why", "relation")
    apart = mentions.says("versus", "compare") and not mentions.says("than")
    return grouped and apart and not (named or moves or mentions.says("drivers", "voices"))


GOES_WITH = re.compile(r"^(?!.*越).*(?:有没有?关|有关|关系|相关|关联)")


def _goes_with_groups(mentions: Mentions) -> bool:
    """Tell 手机品牌和满意度有关系吗: one side is what customers go by, so each group is shown."""
    columns = [t.end for t in mentions.tokens if t.of(Sort.COLUMN)]
    measured = [m for m in mentions.metrics() if m.metric]
    one_each = len(columns) == 1 and len(measured) == 1
    told = GOES_WITH.match(mentions.text) is not None or goes_by_groups(mentions)
    return one_each and told and ASKS_WHICH.search(mentions.text) is None


SIDES = (
    Sort.METRIC, Sort.RATING, Sort.AMOUNT, Sort.RATE, Sort.YES_NO, Sort.COLUMN, Sort.GENERIC,
)  # fmt: skip


def _may_be(kind: Kind, mentions: Mentions) -> bool:
    """Tell whether a question has what a kind needs: two things to relate, groups to bound."""
    if kind is Kind.VOICES:
        return mentions.says("voices") or SAYS_WHAT.search(mentions.text) is not None
    if kind is Kind.COMPARE:
        found = [m.columns for t in mentions.tokens if (m := t.of(Sort.VALUE))]
        return all(found.count(columns) < 3 for columns in found)  # noqa: PLR2004 -- three are listed
    if kind is Kind.RELATION:
        together = TOGETHER_IN_ENGLISH if mentions.text.isascii() else TOGETHER
        if not together.search(mentions.text):
            return False
        return sum(token.of(*SIDES) is not None for token in mentions.tokens) > 1
    if kind is Kind.TREND:
        return not _of_few_days(mentions)
    groups = any(token.of(Sort.COLUMN, Sort.GENERIC) for token in mentions.tokens)
    return groups or kind is not Kind.THRESHOLD


FEW_DAYS = 14


def _of_few_days(mentions: Mentions) -> bool:
    """Tell “NPS over the National Day holiday”: the number of those days, no course of it."""
    spans = [
        (t.period.until - t.period.since).days
        for t in mentions.tokens
        if t.period is not None and t.period.since and t.period.until
    ]
    return bool(spans) and max(spans) < FEW_DAYS


def _changes(mentions: Mentions) -> bool:
    """Tell 最近半年下降了多少, 今年五一和去年五一: two times are set apart by what is said."""
    dated = sum(token.period is not None for token in mentions.tokens)
    if mentions.says("gt", "lt"):
        return False
    moves = mentions.says("up", "down", "change") and dated
    return bool(dated > 1 or moves or CHANGES_MOST.search(mentions.text))


def is_told(mentions: Mentions, kind: Kind) -> bool:
    """Tell whether a kind is likely enough to be taken for what is meant; a number never is.

    What customers said is told by words of its own, so that is never guessed either.
    """
    return kind not in {Kind.NUMBER, Kind.VOICES} and likely_kinds(mentions)[kind] >= LIKELY


HOW_IT_WENT = re.compile(
    r"\bhow (?:has|have|did|is|are) (?!much\b|many\b|far\b).*\b"
    r"(?:chang|mov|develop|evolv|shift|progress|trend|far(?:ed|ing)|vari|fluctuat)\w*"
)
TOLD_IN_ENGLISH = {
    Kind.COMPARE: ("up", "down", "change", "compare", "than", "versus", "previous", "year_ago"),
    Kind.TREND: ("trend", "grain_day", "grain_week", "grain_month", "grain_quarter"),
    Kind.RANKING: ("best", "worst", "rank", "largest", "smallest"),
}


def _told_in_english(mentions: Mentions, kind: Kind) -> bool:
    """Tell whether whole words say the kind: those of English are seldom part of others."""
    if kind is Kind.DRIVERS:
        return not IS_IT.match(mentions.text)
    if kind is Kind.RELATION:
        return hits_in_english(mentions)
    if kind is Kind.NUMBER:
        told = mentions.says("relation", "voices", "why", "drivers", "trend")
        return mentions.says("each") and not told
    courses = (DRAWS, HOW_IT_WENT, UP_OR_DOWN)
    if kind is Kind.TREND and any(one.search(mentions.text) for one in courses):
        return True
    return mentions.says(*TOLD_IN_ENGLISH.get(kind, ()))


WHICH_OF_TWO = re.compile(r"谁|哪[个家边位种款]|更|差多少|\b(?:which|who|than|versus|vs)\b")


def _which_of_two(mentions: Mentions) -> bool:
    """Tell 4组5组谁…: two values of one column, and which of them is asked."""
    found = [m.columns for t in mentions.tokens if (m := t.of(Sort.VALUE))]
    twice = any(found.count(columns) == 2 for columns in found)  # noqa: PLR2004
    return twice and (WHICH_OF_TWO.search(mentions.text) is not None or compares(mentions))


def _bounded(mentions: Mentions) -> bool:
    return read_threshold(mentions) is not None


def is_whole(understood: Understood) -> bool:
    """Tell whether a query has all that its kind needs."""
    kind, compare = understood.kind, understood.compare
    needs = {
        Kind.COMPARE: compare is not None,
        Kind.RANKING: understood.rank is not None and bool(understood.by),
        Kind.THRESHOLD: understood.threshold is not None and bool(understood.by),
        Kind.RELATION: len(understood.metrics) == 2,  # noqa: PLR2004
        Kind.WHY: compare is not None and compare.against is not Against.REST,
        Kind.TREND: understood.grain is not None,
        Kind.NUMBER: compare is None and understood.rank is None,
    }
    return needs.get(kind or Kind.NUMBER, True)
