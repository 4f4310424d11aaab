"""What a question wants to know, and the ranks and bounds it names."""

from __future__ import annotations

import re
from datetime import date

from huiyin.ask.contracts import Kind, Rank, Threshold
from huiyin.ask.meanings import Sort, Vocabulary
from huiyin.ask.mentions import Mentions
from huiyin.ask.scanning import Token
from huiyin.ask.turns import (
    ASKS_WHY,
    DRIVES,
    FAILS,
    HALF,
    MINDS,
    MOST_WILLING,
    NEGATIVE,
    NOUNS,
    PASSES,
    POSITIVE,
    ROOT_OF,
    SAYS_WHAT,
    SEVERAL_WORDS,
    SIZE,
    STRONG_VOICES,
    THAN_NUMBER,
    WEIGHED,
    drives,
    hits,
    relates,
)
from huiyin.measure.contracts import Against, Compare, Grain

OPERATORS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
AFTER = {"ge_after": ">=", "lt_after": "<", "le_after": "<="}
RANKING = ("worst", "best", "effort_most", "effort_least", "largest", "smallest")
MOST_RANKED, SEVERAL = 100, 5
LOWER_IS_BETTER = frozenset(
    {
        "ces", "dissatisfied", "defect_rate", "complaint_rate",
        "complained_orders", "churn", "sales_cycle",
        "first_response", "first_response_p90", "resolution_time", "resolution_time_p90",
        "stage_time", "stage_time_p90", "stage_wait", "stage_work", "stage_share", "stage_over",
        "stage_reached", "waiting_share",
    }
)  # fmt: skip
SHARES = frozenset(
    {
        "satisfied", "dissatisfied", "easy", "intent", "share", "response_rate", "on_time",
        "order_accuracy", "defect_rate", "resolution_rate", "confirmed_resolution",
        "first_contact", "first_response_within", "resolved_within", "complaint_rate",
        "complained_orders",
        "repurchase", "order_repurchase", "period_repurchase", "renewal_rate", "renewal_amount",
        "churn",
        "referral_rate", "conversion", "stage_within", "stage_over", "stage_share", "waiting_share",
    }
)  # fmt: skip
TENTHS = "成"
LOWS = {"低", "差", "更低", "更差", "lower", "worse"}
LONG_TREND_DAYS = 60
FLUCTUATING_DAYS = 13


def read_threshold(mentions: Mentions) -> tuple[str, float, str] | None:
    """Find a bound: operator, number and unit as they are written."""
    for find, operators in ((_number_after, OPERATORS), (_number_before, AFTER)):
        for name, operator in operators.items():
            for at in mentions.saying(name):
                number = find(mentions, at)
                if number is not None:
                    turned = DENIED.search(mentions.text[: mentions.tokens[at].start])
                    told = TURNED[operator] if turned else operator
                    return told, number.number or 0.0, number.unit
    return _said_threshold(mentions.text)


DENIED = re.compile(
    r"(?<!有)(?:没有?|没能|未能?|并不|从不|不要|别|不能|不会|不应该?|不该|不得|不准|不许|不可)(?:再)?$"
)
TURNED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
"""没有超过80%: the other side of the bound; 有没有超过 only asks."""


def several_bounds(mentions: Mentions) -> bool:
    """Tell NPS超过40且满意率超过80%: only one bound can be asked for at once."""
    told = set()
    for find, operators in ((_number_after, OPERATORS), (_number_before, AFTER)):
        for name in operators:
            told |= {
                number.start
                for at in mentions.saying(name)
                if (number := find(mentions, at)) is not None
            }
    return len(told) > 1


DIGITS_OF = re.compile(r"两位数|个位数")


def _said_threshold(text: str) -> tuple[str, float, str] | None:
    than = THAN_NUMBER.search(text)
    if than:
        operator = "<" if than["way"] in {"低", "少"} else ">"
        return operator, float(than["n"] or than["m"]), "%" if than["percent"] else ""
    half = HALF.search(text)
    if half:
        return "<" if half["below"] else ">", 50.0, "%"
    digits = DIGITS_OF.search(text)
    if digits:
        return (">=" if digits[0].startswith("两") else "<"), 10.0, "%"
    if FAILS.search(text):
        return "<", 60.0, ""
    if PASSES.search(text):
        return ">=", 60.0, ""
    sign = [name for name, form in (("<", NEGATIVE), (">", POSITIVE)) if form.search(text)]
    return (sign[0], 0.0, "") if sign else None


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


def threshold_of(found: tuple[str, float, str], metric: str, vocabulary: Vocabulary) -> Threshold:
    """Write a bound in the metric's unit: shares as proportions."""
    operator, number, unit = found
    made = vocabulary.calculated.get(metric)
    if made.is_share if made else is_share(metric):
        if unit == TENTHS:
            number /= 10
        elif unit or number > 1:
            number /= 100
    return Threshold(operator, round(number, 6))


def is_share(metric: str) -> bool:
    """Tell whether a metric is a proportion."""
    return metric.partition(":")[0] in SHARES


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
    made = mentions.vocabulary.calculated.get(metric)
    lower = metric.partition(":")[0] in LOWER_IS_BETTER
    lower = not made.higher_is_better if made else lower
    if ASCENDS.search(mentions.text):
        return lower
    for at in places:
        token = mentions.tokens[at]
        if token.says("effort_most", "effort_least"):
            return token.says("effort_least")
        if token.says("largest"):
            worst = token.text == "最严重" and not metric.startswith("share:")  # 脏乱差最严重
            return not (worst or lower or mentions.says("bad_end"))
        if token.says("smallest"):
            return lower or mentions.says("bad_end")
        return token.says("best")
    return _end_in_words(mentions.text, lower=lower)


ASCENDS = re.compile(r"(?:从|由|自)(?:低|小|少|差)[到至往](?:高|大|多|好).{0,6}前|升序.{0,6}前")
"""从低到高取前五个: the first of them are the lowest."""


def _end_in_words(text: str, *, lower: bool) -> bool | None:
    willing = MOST_WILLING.search(text)
    if willing:
        return not (willing["no"] or willing["vexed"])
    match = SIZE.search(text)
    if match is None:
        return False if LAGS.search(text) else None
    return _by_size(match, lower=lower)


def _by_size(match: re.Match[str], *, lower: bool) -> bool:
    word = match["size"] or match["en"]
    quality = word in {"好", "差", "更好", "更差", "better", "worse"}
    high = word not in LOWS
    return high if quality or not lower else not high


ONE_OF_THEM = re.compile(
    r"(?:里|中|当中|之中|之间)?[,，]?\s*(?:哪[家个一位]|谁)|(?:里|中|当中|之中|里面)[^,，]{1,14}(?:是?谁|是?哪)"
)


ONE_LATER_EN = re.compile(r"\b(?:which (?:one|of)|who|is (?:the )?(?:best|worst))\b")
ONE_LATER = re.compile(r"哪(?:[家个一位]|$)|谁")


def _ranks_them(mentions: Mentions, at: int) -> bool:
    """Tell 前五的年龄段, the bottom five age groups: all there are, in their order."""
    later = ONE_LATER_EN if mentions.text.isascii() else ONE_LATER
    return later.search(mentions.text, mentions.tokens[at].end) is None


def _of_them(mentions: Mentions, at: int) -> bool:
    """Tell 两家门店哪家更低: they are counted before one of them is asked for."""
    after = mentions.near(at, 1)
    column = mentions.tokens[after] if after is not None else None
    named = column is not None and column.of(Sort.COLUMN) is not None
    if not (named and column):
        return False
    before = mentions.tokens[at - 1] if at else None
    whole = before is not None and before.end == mentions.tokens[at].start
    counted = whole and before is not None and (before.of(Sort.VALUE) or before.says("of"))
    later = ONE_LATER.search(mentions.text, column.end) is not None
    return bool(ONE_OF_THEM.match(mentions.text, column.end) or (counted and later))


ONE_AT_LAST = re.compile(r"谁|哪一?[家个位]")
"""深圳几家店谁家最低: one of several is asked for."""
WHICH_OF = re.compile(r"\bwhich (?:one )?of\b")


def _asked_groups(mentions: Mentions) -> Token | None:
    """Find the groups that “which” asks for: which issue types."""
    for at in mentions.saying("which"):
        which = mentions.tokens[at]
        if which.text != "which" or WHICH_OF.match(mentions.text, which.start):
            continue
        after = mentions.near(at, 1, "worst", "best")
        token = mentions.tokens[after] if after is not None else None
        if token is not None and token.of(Sort.COLUMN, Sort.GENERIC):
            return token
    return None


def _is_plural(word: str) -> bool:
    """Tell stores from business and os."""
    return word[-1] == "s" and word[-2:] not in {"ss", "is"} and word != "os"


HAS_AS_MUCH = re.compile(r"(?:[也都才只还]|nps|[率度分值]|得分)(?:能|会|该)?(?:有|到|过|达到?)了?$")
"""最差的店NPS也有30吗: what its number comes to."""


def _count(mentions: Mentions, places: list[int]) -> int:
    if WHICH_OF.search(mentions.text):
        return 1
    for at, token in enumerate(mentions.tokens):
        if (mentions.counts_all(at) and not _ranks_them(mentions, at)) or _of_them(mentions, at):
            continue
        if token.number is not None and not token.unit and 0 < token.number <= MOST_RANKED:
            after = mentions.text[token.end : token.end + 1]
            if HAS_AS_MUCH.search(mentions.text[: token.start]):
                continue
            if token.number % 1 == 0 and after not in {"分", "点", "%"}:
                return int(token.number)
    several = SEVERAL_WORDS.search(mentions.text)
    if several:
        return 1 if ONE_AT_LAST.search(mentions.text, several.end()) else SEVERAL
    asked = _asked_groups(mentions)
    if asked is not None:
        return SEVERAL if _is_plural(asked.text) else 1
    groups = [t for t in mentions.tokens if t.of(Sort.COLUMN, Sort.GENERIC)]
    return SEVERAL if places and any(_is_plural(t.text) for t in groups) else 1


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
    two_sides = n_metrics >= TWO and (relates(mentions) or (n_metrics == TWO and hits(mentions)))
    lags = grouped and LAGS.search(mentions.text) is not None
    picks = compare or lags or _ranks_groups(mentions, grouped=grouped)
    if _voices(mentions, n_metrics, levels=levels):
        return Kind.VOICES
    weighed = n_metrics > SEVERAL - TWO and WEIGHED.search(mentions.text)
    told = DRIVES.search(mentions.text) and WEIGHS.search(mentions.text) and not two_sides
    if weighed or told:
        return Kind.DRIVERS
    if _asks_why(mentions):
        return Kind.WHY
    if two_sides:
        return Kind.RELATION
    if drives(mentions) and not picks:
        shown = n_metrics == 1 and goes_by_groups(mentions)
        return Kind.NUMBER if shown else Kind.DRIVERS
    of_groups = compare is not None and compare.against is Against.GROUP
    one_sided = _one_sided(mentions, grouped=(grouped and n_metrics > 0) or of_groups)
    return one_sided or _kind_of_numbers(
        mentions, n_metrics=n_metrics, compare=compare, grain=grain, days=days, grouped=grouped
    )


IS_IT = re.compile(r"^(?:is|are|do|does|did|was|were|has|have)\b")


def goes_by_groups(mentions: Mentions) -> bool:
    """Tell “does age affect satisfaction”: what customers go by is no number, so each is shown.

    Parameters
    ----------
    mentions : Mentions
    """
    asked = IS_IT.match(mentions.text) is not None and mentions.says("relation")
    columns = sum(t.first is not None and t.first.sort is Sort.COLUMN for t in mentions.tokens)
    return asked and columns == 1 and not any(t.of(Sort.VALUE) for t in mentions.tokens)


def _asks_why(mentions: Mentions) -> bool:
    """Tell 为什么; also 同比下滑,问题出在哪: where a change has its root."""
    changed = mentions.says("up", "down", "previous", "year_ago", "than")
    changed = changed or STEADILY.search(mentions.text) is not None
    root = changed and ROOT_OF.search(mentions.text) is not None
    return root or mentions.says("why") or ASKS_WHY.search(mentions.text) is not None


def _one_sided(mentions: Mentions, *, grouped: bool) -> Kind | None:
    """Tell a relation of which one side is not said; of a group it is its breakdown."""
    one_sided = mentions.says("relation") and not mentions.says("worst", "best")
    return Kind.RELATION if one_sided and not grouped else None


TWO = 2
LAGS = re.compile(r"拖.{0,10}后腿|拖累|拉低")
"""Which group holds the whole back: the worst one."""
CHANGES_MOST = re.compile(
    r"(?:涨|跌|掉|降|升|提升|下降|下滑|上升|提高|改善|进步|退步|恶化|变化|波动|改变)(?:了|得|的)?(?:幅度)?最"
    r"(?:多|大|快|厉害|狠|明显|猛|严重|小|少|显著)|最大.{0,3}(?:降幅|升幅|涨幅|跌幅|进步|变化)|(?:降|升|涨|跌)幅最"
    r"|(?:fell|dropped|rose|improved|declined|grew|changed|slipped|lost|gained|slid|sank|worsened"
    r"|climbed|increased|decreased|recovered|moved|tanked|plunged|plummeted|tumbled|slumped|dipped"
    r"|surged|soared|jumped|rallied|rebounded|deteriorated|weakened|eroded|shrank|crashed|collapsed"
    r"|swung|shifted|(?:went|shot|came) (?:up|down)|(?:fell|dropped) off|(?:picked|perked) up"
    r"|bounced back|falling|dropping|rising|improving|declining|growing|slipping|losing|gaining"
    r"|sliding|sinking|worsening|climbing|recovering|tanking|deteriorating) (?:the )?most"
    r"|\b(?:did|does|has) [^,]{2,40} (?:fall|drop|rise|decline|grow|slip|slide|sink|worsen|climb"
    r"|increase|decrease|recover|plunge|slump|dip|surge|jump|rebound|deteriorate) (?:the )?most\b"
    r"|(?:biggest|largest|greatest|sharpest|steepest|strongest|worst|most (?:dramatic|severe|marked"
    r"|striking|significant|pronounced)) (?:drop|fall|rise|improvement|decline|change|increase"
    r"|decrease|gain|jump|dip|slump|surge|slide|plunge|loss|growth|recovery|rebound|swing|move"
    r"|movement|shift|upturn|downturn|uptick|deterioration|leap)s?\b"
)
"""Which group changed most: the changes of all are shown."""
WHERE_TO = re.compile(r"[掉降跌落滑涨升提高冲爬缩]到了?(?:多少|几(?![月号]))")
"""掉到多少了: where it stands is asked, not how far it fell."""
WEIGHS = re.compile(r"影响|因素|factor|贡献|改进")
WHICH_RATES = re.compile(
    r"\bwhich(?: one)?(?: of (?:them|the two|these|those))?"
    r" (?:is|are|was|were|rates?|scores?|ranks?|does|gets|stands|comes out)(?: rated| scored)?"
    r" (?:the )?(?:lower|higher|better|worse)\b(?! (?:in|over|since|than|this|last|now)\b)"
)
"""Service or price, which rates lower: both are shown, nothing has moved."""


def _kind_of_numbers(
    mentions: Mentions,
    *,
    n_metrics: int,
    compare: Compare | None,
    grain: Grain | None,
    days: tuple[date | None, date | None],
    grouped: bool,
) -> Kind | None:
    bound = read_threshold(mentions)
    if bound and grouped:
        return Kind.THRESHOLD
    if compare is None and grouped and LAGS.search(mentions.text) and n_metrics > 0:
        return Kind.RANKING
    if compare is None and CHANGES_MOST.search(mentions.text):
        return Kind.COMPARE
    if compare is None and _ranks(mentions, grouped=grouped):
        return Kind.RANKING
    draws = DRAWS.search(mentions.text) is not None and compare is None and not grouped
    if grain or draws or mentions.says("trend") or _long_change(mentions, compare, days):
        return Kind.TREND
    changed = mentions.says("up", "down", "change") and not bound
    changed = changed and not (n_metrics == TWO and WHICH_RATES.search(mentions.text))
    changed = changed and WHERE_TO.search(mentions.text) is None
    return Kind.COMPARE if compare is not None or changed else None


def _ranks_groups(mentions: Mentions, *, grouped: bool) -> bool:
    told = mentions.says(*RANKING) or MOST_WILLING.search(mentions.text) is not None
    return grouped and told and not mentions.says("drivers")


def _ranks(mentions: Mentions, *, grouped: bool) -> bool:
    if mentions.says("rank"):
        return True
    if mentions.says(*RANKING):
        return True
    told = SIZE.search(mentions.text) or MOST_WILLING.search(mentions.text)
    return grouped and told is not None


SHARE_OF = re.compile(
    r"(?:what(?: is)? |the |show (?:me )?(?:the )?)*"
    r"(?:share|percentage|percent|proportion|fraction) of\b"
)
"""How many of them say so is asked, not what they say."""


def _voices(mentions: Mentions, n_metrics: int, *, levels: bool) -> bool:
    if n_metrics == 0 and MINDS.search(mentions.text):
        return True
    strong = SAYS_WHAT.search(mentions.text) is not None
    picked = mentions.says("share", *RANKING)
    if SHARE_OF.match(mentions.text):
        return False
    gets = not strong and _gets_reviews(mentions)
    if n_metrics == 0 and NOUNS.search(mentions.text) and not (picked or gets):
        return True
    if gets or not (mentions.says("voices") or strong):
        return False
    if n_metrics == 0 or (levels and (strong or STRONG_VOICES.search(mentions.text))):
        return True
    return STRONG_VOICES.search(mentions.text) is not None and mentions.says(
        "low", "high", "detractors", "promoters", "passives"
    )


GETS_REVIEWS = re.compile(r"(?:差评|好评|坏话)(?:过|比较|较|很|特别|最)*(?:[多少])?的$")

GETS_THE_MOST = re.compile(
    r"\b(?:with|having|ha[sd]|have|gets?|got|getting|receiv\w+|attract\w*) (?:the )?"
    r"(?:most|many|fewest|least|more|fewer|lots of|a lot of) "
    r"(?:bad |negative |poor |good |positive )?(?:reviews?|comments?|complaints?|feedback)\b"
)


def _gets_reviews(mentions: Mentions) -> bool:
    """Tell 有差评的门店, 差评多的店: groups are asked for, not what was said of them."""
    text = mentions.text
    return GETS_THE_MOST.search(text) is not None or any(
        t.of(Sort.COLUMN) and GETS_REVIEWS.search(text[: t.start]) for t in mentions.tokens
    )


DRAWS = re.compile(r"^(?:please |can you |could you )?(?:plot|graph|chart|track)\b|\bhistory\b")
"""A number over time is what is drawn."""
STEADILY = re.compile(
    r"(?<![现正])在(?:变|涨|跌|降|升|掉|退|滑|爬|恢复|改善|好转|恶化|下滑|下降|上升|提升|进步|退步)|一直|持续|不断|连续|逐步|逐月|逐渐|一路|总在|越来越"
    r"|\b(?:steadily|keeps?|kept|continuously|constantly|all along|consistently)\b"
    r"|\bgetting (?:better|worse|higher|lower)\b|\b(?:is|are|was|were|been) (?:.{1,60} )?(?:improv"
    r"|ris|fall|dropp|slipp|dipp"
    r"|grow|climb|declin|worsen|slip|slid|increas|decreas|sink|recover"
    r"|deteriorat|creep|edg|inch|tick|pick|tail"
    r"|dwindl|shrink|sag|slump|tank|plummet|soar|rebound|weaken|strengthen|erod)ing\b"
    r"|\b(?:is|are|was|were|been) (?:.{1,60} )?(?:going|heading|moving|trending"
    r"|coming|creeping) (?:up|down|downhill|uphill|south|north)(?:wards?)?\b"
    r"|\b(?:is|are|been) (?:.{1,60} )?(?:losing|gaining) (?:ground|steam)\b"
)
"""今年以来一直在跌吗: how it went is asked, not how it differs from before."""


_UP = (
    r"(?:up|ris\w+|rose|climb\w*|improv\w*|increas\w*|better|higher|grow\w*|grew|gain\w*"
    r"|recover\w*)"
)
_DOWN = (
    r"(?:down|fall\w*|fell|dropp?\w*|declin\w*|worse\w*|lower|decreas\w*|deteriorat\w*|slipp?\w*"
    r"|slid\w*|sink\w*|sank|shr[aiu]nk\w*)"
)
UP_OR_DOWN = re.compile(
    rf"\b(?:{_UP},? or (?:is it |has it |did it |been |gone |go |going |getting |got |get )*{_DOWN}"
    rf"|{_DOWN},? or (?:is it |has it |did it |been |gone |go |going |getting |got |get )*{_UP})\b"
)
"""Did it rise or fall this year: which way its course goes."""
FLUCTUATES = re.compile(r"波动|起伏|浮动|震荡|颠簸|\bfluctuat")
"""How a number moved within its days is asked, not how it differs from before."""


def _long_change(
    mentions: Mentions, compare: Compare | None, days: tuple[date | None, date | None]
) -> bool:
    moves = mentions.says("up", "down") or read_threshold(mentions) is not None
    steady = STEADILY.search(mentions.text) is not None and moves
    steady = steady or (UP_OR_DOWN.search(mentions.text) is not None and moves)
    if compare is not None or not (mentions.says("series", "change") or steady):
        return False
    since, until = days
    if since is None or until is None:
        return until is not None and mentions.text.isascii()
    if FLUCTUATES.search(mentions.text) and (until - since).days >= FLUCTUATING_DAYS:
        return True
    either = UP_OR_DOWN.search(mentions.text) is not None and moves
    if (either or not steady) and _is_quarter(since, until):
        return False  # a quarter's change is that from the one before
    return (until - since).days >= LONG_TREND_DAYS


def _is_quarter(since: date, until: date) -> bool:
    first = since.day == 1 and since.month % 3 == 1
    return first and until.year == since.year and until.month <= since.month + 2
