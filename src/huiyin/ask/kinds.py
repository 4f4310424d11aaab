"""What a question wants to know, and the ranks and bounds it names."""

from __future__ import annotations

import re
from datetime import date

from huiyin.ask.contracts import Kind, Rank, Threshold
from huiyin.ask.mentions import Mentions
from huiyin.ask.scanning import Token
from huiyin.ask.vocabulary import Sort
from huiyin.measure.contracts import Compare, Grain

OPERATORS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
AFTER = {"ge_after": ">=", "lt_after": "<", "le_after": "<="}
RANKING = ("worst", "best", "effort_most", "effort_least", "largest", "smallest")
MOST_RANKED, SEVERAL = 100, 5
LOWER_IS_BETTER = ("ces", "dissatisfied")
TENTHS = "成"
SIZE = re.compile(r"(?:哪(?:个|家|一个|一家|位|种|类|条|里|儿)?.{0,14}?)(?P<size>更?[高低好差](?!于|过))|which .{1,40}?(?P<en>higher|lower|better|worse)\b")
LOWS = {"低", "差", "更低", "更差", "lower", "worse"}
LONG_TREND_DAYS = 60
SEVERAL_WORDS = re.compile(r"哪些|哪几|几个|几家|which \w+s (?:have|are|were|had|score|get)\b|what \w+s (?:have|are|were)\b")


def read_threshold(mentions: Mentions) -> tuple[str, float, str] | None:
    """Find a bound: operator, number and unit as they are written."""
    for at, token in enumerate(mentions.tokens):
        for name, operator in OPERATORS.items():
            if token.says(name):
                number = _number_after(mentions, at)
                if number is not None:
                    return operator, number.number or 0.0, number.unit
        for name, operator in AFTER.items():
            if token.says(name):
                number = _number_before(mentions, at)
                if number is not None:
                    return operator, number.number or 0.0, number.unit
    than = THAN_NUMBER.search(mentions.text)
    if than:
        operator = "<" if than["way"] in {"低", "少"} else ">"
        return operator, float(than["n"] or than["m"]), "%" if than["percent"] else ""
    if HALF.search(mentions.text):
        return ">", 50.0, "%"
    if NEGATIVE.search(mentions.text):
        return "<", 0.0, ""
    return None


THAN_NUMBER = re.compile(r"比\s*(?P<n>\d+(?:\.\d+)?)\s*分?(?P<percent>%?)\s*还?要?(?P<way>低|少|高|多)|(?<=[度率分值sS意])过(?:了)?\s*(?P<m>\d+(?:\.\d+)?)")
HALF = re.compile(r"过半|超过一半|more than half")
NEGATIVE = re.compile(r"为负|是负的|负数|负的|\bnegative\b(?! (?:review|comment|feedback|rating))")


def _number_after(mentions: Mentions, at: int) -> Token | None:
    place = mentions.near(at, 1)
    if place is not None and mentions.tokens[place].of(Sort.METRIC, Sort.RATING):
        place = mentions.near(place, 1)
    token = mentions.tokens[place] if place is not None else None
    return token if token is not None and token.number is not None else None


def _number_before(mentions: Mentions, at: int) -> Token | None:
    place = at - 1
    while place >= 0 and mentions.tokens[place].number is None:
        token = mentions.tokens[place]
        if not (token.of(Sort.FILLER) or token.says("of", "points")):
            return None
        place -= 1
    return mentions.tokens[place] if place >= 0 else None


def threshold_of(found: tuple[str, float, str], metric: str) -> Threshold:
    """Write a bound in the metric's unit: shares as proportions."""
    operator, number, unit = found
    if is_share(metric):
        if unit == TENTHS:
            number /= 10
        elif unit or number > 1:
            number /= 100
    return Threshold(operator, round(number, 6))


def is_share(metric: str) -> bool:
    """Tell whether a metric is a proportion."""
    return metric.partition(":")[0] in {"satisfied", "dissatisfied", "easy", "intent", "share", "response_rate"}


def read_rank(mentions: Mentions, metric: str) -> Rank | None:
    """Read which end of a ranking is asked for and how much of it."""
    places = mentions.saying(*RANKING)
    places = [at for at in places if not _is_count(mentions.tokens[at])]
    best = _end(mentions, places, metric)
    if best is None:
        return None
    number = _count(mentions, places)
    return Rank(best, number)


def _is_count(token: Token) -> bool:
    return token.number is not None


def _end(mentions: Mentions, places: list[int], metric: str) -> bool | None:
    lower = metric.partition(":")[0] in LOWER_IS_BETTER
    for at in places:
        token = mentions.tokens[at]
        if token.says("effort_most", "effort_least"):
            return token.says("effort_least")
        if token.says("largest"):
            return not lower
        if token.says("smallest"):
            return lower
        return token.says("best")
    match = SIZE.search(mentions.text)
    if match is None:
        return None
    word = match["size"] or match["en"]
    quality = word in {"好", "差", "更好", "更差", "better", "worse"}
    high = word not in LOWS
    return high if quality or not lower else not high


def _count(mentions: Mentions, places: list[int]) -> int:
    for token in mentions.tokens:
        if token.number is not None and not token.unit and 0 < token.number <= MOST_RANKED:
            after = mentions.text[token.end : token.end + 1]
            if token.number % 1 == 0 and after not in {"分", "点", "%"}:
                return int(token.number)
    if SEVERAL_WORDS.search(mentions.text):
        return SEVERAL
    groups = [t for t in mentions.tokens if t.of(Sort.COLUMN, Sort.GENERIC)]
    plural = any(t.text[-1] == "s" and t.text[-2:] != "ss" for t in groups)
    return SEVERAL if plural and places else 1


def kind_of(
    mentions: Mentions,
    *,
    n_metrics: int,
    compare: Compare | None,
    grain: Grain | None,
    days: tuple[date | None, date | None],
    grouped: bool,
    levels: bool = False,
) -> Kind | None:
    """Tell what a question wants to know; None where nothing says it."""
    if _voices(mentions, n_metrics, levels=levels):
        return Kind.VOICES
    if DRIVES.search(mentions.text) and re.search(r"影响|因素|factor|贡献|改进", mentions.text):
        if not relates(mentions) or n_metrics < 2:  # noqa: PLR2004
            return Kind.DRIVERS
    if mentions.says("why") or ASKS_WHY.search(mentions.text):
        return Kind.WHY
    if relates(mentions) and n_metrics >= 2:  # noqa: PLR2004
        return Kind.RELATION
    if drives(mentions) and not (compare or _ranks_groups(mentions, grouped=grouped)):
        return Kind.DRIVERS
    if mentions.says("relation") and not mentions.says("worst", "best"):
        return Kind.RELATION
    if read_threshold(mentions) and grouped:
        return Kind.THRESHOLD
    if compare is None and _ranks(mentions, grouped=grouped):
        return Kind.RANKING
    if grain or mentions.says("trend") or _long_change(mentions, compare, days):
        return Kind.TREND
    if compare is not None:
        return Kind.COMPARE
    if mentions.says("up", "down", "change") and not read_threshold(mentions):
        return Kind.COMPARE
    return None


DRIVES = re.compile(
    r"(?:先|优先|首先|最该|该|应该|要)(?:从)?.{0,4}(?:改|抓|搞|补|攻|做好|解决|改进|改善|优化|下手|入手|发力|着手)(?:什么|哪|啥)?"
    r"|(?:最该|优先|先)(?:提升|提高)|影响.{0,14}(?:是什么|有哪些|因素|最大|最深|最多)|(?:什么|哪些|哪个|哪项|哪一项|哪方面|哪块|啥|哪几项).{0,8}(?:影响|拖累|拉低|决定|左右|带动|推动|拉了?后腿)"
    r"|(?:受|被).{0,6}影响|看重|在意什么|在乎什么|最在乎|最关心|最重视|关心什么|重视什么|从哪.{0,3}(?:下手|入手|改|抓)|优先级|短板|突破口|抓手|发力点|着力点|关键是什么|关键在哪|主要看什么|主要取决|靠什么|(?:跟|和|与)(?:什么|哪些|哪个|哪几个?)(?:方面|因素|维度|东西)?.{0,4}(?:有关|相关|关系|挂钩|关联)"
    r"|拖累|拉低了?|拖.{0,10}后腿|归因|贡献.{0,3}(?:最大|最多|大)|决定.{0,14}(?:是什么|是啥|的是)|改(?:哪|什么|啥)|改进(?:项|点|重点)|关键.{0,6}(?:是什么|在哪|因素|抓手)|抓手"
    r"|cares? (?:the )?(?:most )?about|matters? (?:the )?most|(?:improve|fix|work on|focus on|tackle|change|address|start with|prioriti[sz]e|invest in) (?:\w+ )?first|first (?:thing )?to (?:improve|fix|change|tackle)"
    r"|(?:biggest|strongest|greatest|largest|main|key|top|most important) (?:driver|factor|influence|impact|lever|effect)s?|(?:what|which).{0,30}(?:influence|affect|impact|drive|shape|determine|matter|move|pull|drag|hurt)s?|levers?|what .{0,40}depends? on|depends? on what|makes? customers|factors? .{0,20}behind|pulls? .{0,25}down|drags? .{0,25}down|hold(?:s|ing) .{0,25} back"
)
RELATES = re.compile(
    r"越.{0,12}越|就(?:会|能|更|不|低|高|一定|少|多)|是不是(?:更|也|就)|会不会(?:影响|更|也|带|拉)|复不复购|更(?:舍得|爱|会|愿意|容易|可能|高|多|常|喜欢|倾向|忠诚|满意)|真的.{0,8}[吗么?]|(?:高|低|好|差|多|满意)的?(?:客户|人|顾客|用户|会员).{0,8}(?:是不是|是否|会不会|也)|就不(?:来|买|会)|更不"
    r"|more (?:likely|often|frequently|loyal)|do(?:es)? .{0,40}(?:buy|come|renew|return|recommend)|likelier|hand in hand"
)
TARGETS_GROUP = re.compile(r"(?:哪个|哪家|哪些|which|what)")


def drives(mentions: Mentions) -> bool:
    """Tell whether a question asks what matters for a number."""
    return mentions.says("drivers") or DRIVES.search(mentions.text) is not None


def relates(mentions: Mentions) -> bool:
    """Tell whether a question asks if two things go together."""
    return mentions.says("relation") or RELATES.search(mentions.text) is not None


def explained_by_form(mentions: Mentions) -> list[tuple[int, int]]:
    """List the stretches that a whole turn of phrase explains, not single words."""
    forms = (SAYS_WHAT, ASKS_WHY, DRIVES, LEVELS_ZH, LEVELS_EN, NEGATIVE, THAN_NUMBER, HALF)
    return [match.span() for form in forms for match in form.finditer(mentions.text)]


def _ranks_groups(mentions: Mentions, *, grouped: bool) -> bool:
    return grouped and mentions.says(*RANKING) and not mentions.says("drivers")


def _ranks(mentions: Mentions, *, grouped: bool) -> bool:
    if mentions.says("rank"):
        return True
    if mentions.says(*RANKING):
        return True
    return grouped and SIZE.search(mentions.text) is not None


STRONG_VOICES = re.compile(r"说|讲|吐槽|抱怨|原话|原声|评论|留言|意见|建议|骂|夸|反映|怎么看|怎么评价|写|文字|comment|verbatim|\bsa(?:y|id|ying)\b|complain|own words|wr(?:ote|ite|itten)|quote|remark|voices?\b|feedback|mention|suggest|told|tell us|opinion|praise")


SAYS_WHAT = re.compile(r"(?:说|讲|聊|写|提|反映|反馈|抱怨|吐槽|骂|夸)(?:了|过|的|些|到|都|是|出|我们|咱们|店里|有)*(?:什么|啥|哪些)|怎么(?:说|看|讲|评价|评|想)(?!出)")
ASKS_WHY = re.compile(r"(?:怎么|咋)(?:会|就|突然|一下子|又|还)*(?:变|这么|那么|越来越)?(?:得|的)?(?:低|差|降|跌|掉|下滑|下降|涨|升|变差|不行|上升|提高)")


LEVELS_ZH = re.compile(
    r"(?:(?P<verb>打|给|评)(?:了|出|的)?)?(?P<a>(?<![\d.])\d{1,2})\s*[分星]?(?:\s*(?:到|至|-|~|和|、|或|或者)\s*(?P<b>\d{1,2}))?\s*[分星](?P<end>及?以下|及?以上)?(?:的|这些)?\s*(?P<who>客户|人|顾客|用户|会员|那些|评价|答卷)?"
)
LEVELS_EN = re.compile(
    r"\b(?:rated|gave|scored|giving|answered|who rate|who give)\b.{0,28}?\b(?P<a>\d{1,2})(?:\s*(?:or|to|-|and|through)\s*(?P<b>\d{1,2}))?(?: or (?P<end>less|below|lower|more|above|higher))?(?![\d.%])"
)
NOUNS = re.compile(r"差评|好评|(?:bad|good|negative|positive|poor) (?:reviews?|comments?|feedback)")


def _voices(mentions: Mentions, n_metrics: int, *, levels: bool) -> bool:
    strong = SAYS_WHAT.search(mentions.text) is not None
    if n_metrics == 0 and NOUNS.search(mentions.text) and not mentions.says("share"):
        return True
    if not mentions.says("voices") and not strong:
        return False
    if n_metrics == 0 or (levels and (strong or STRONG_VOICES.search(mentions.text))):
        return True
    return STRONG_VOICES.search(mentions.text) is not None and mentions.says("low", "high", "detractors", "promoters", "passives")


def _long_change(
    mentions: Mentions, compare: Compare | None, days: tuple[date | None, date | None]
) -> bool:
    if compare is not None or not mentions.says("series", "change"):
        return False
    since, until = days
    return since is not None and until is not None and (until - since).days >= LONG_TREND_DAYS
