"""What no data here can answer, whatever else is in the question."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from huiyin.ask.causes import is_causal
from huiyin.ask.contracts import Refusal, Why
from huiyin.ask.errands import is_errand
from huiyin.ask.kinds import RANKING, read_threshold
from huiyin.ask.meanings import CONTENT, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.strays import names_someone
from huiyin.ask.wording import refuse
from huiyin.codebook.contracts import Role

WHO_IS = re.compile(r"^who (?:is|are)\b")
RATED = (Sort.RATING, Sort.RATE, Sort.AMOUNT, Sort.METRIC)
WHO = frozenset({"是谁", "谁", "谁给", "谁打"})
NUMBERED_PERSON = re.compile(
    r"^who (?:gave|wrote|said|rated|left|(?:is|are)(?! (?:dragg|pull|hold|weigh|lett)ing))\b"
    r"|^who (?:was|were) (?:it|the (?:customer|person|client|user|shopper|one)s?)\b"
    r"|(?<![a-z0-9])[a-z]\d{8,}(?!\d)"
    r"|\bcustomer (?:no\.? |number |id )?[a-z]?\d{4,}\b"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)|[\w.]+@[\w.]+"
)
PHONE_OF = re.compile(
    r"(?:客户|顾客|人)的?(?:电话|手机号?|微信|名单|联系方式)(?:发|给|导|列|告诉|要)"
    r"|的电话(?:$|[是?号])"
)
WHO_RATED = re.compile(
    r"谁(?!.{0,2}最[差好高低少多])[^,哪各]{0,4}(?:给|打|写|留|投)[了过]?[^,]{0,3}(?:差评|好评|"
    r"\d分|零分|满分|投诉)"
    r"|[那这]一?位(?:客户|顾客|客人|用户|先生|女士)"
    r"|(?:人|客户|顾客|客人|用户|那位|那个)(?:都|是|到底)?[叫姓](?:什么|啥)(?!价|好|不好|苦)"
)
"""谁最近给了差评, 打差评的人叫什么."""
LISTED = re.compile(
    r"把[^,，]{0,12}的?(?:客户|顾客|客人|用户|人)(?:都|全)?(?:给我)?(?:列|拉|挑|找|筛|揪)(?:出来|一下|个名单)"
)
"""把差评客户列出来."""
NAMES_OF = re.compile(
    r"\bnames? of (?:our |the |all |those )*(?:\w+ )?"
    r"(?:customers?|people|persons?|clients|users?|shoppers?|guests?)\b"
    r"|\b(?:customers|people|clients|users|shoppers|guests|members) by name\b"
)
OF_NOBODY = re.compile(
    r"(?:门店|店|支行|网点|公司|总部|客服|热线)的?(?:地址|电话|热线)(?:是?多少|在哪里?|是什么|"
    r"[啊呀呢?？]|$)"
    r"|^(?:the |our |what(?: is|'s) the )?(?:store|shop|branch|office|company|customer service"
    r"|support)(?:'s)?"
    r" (?:address|phone number|opening hours|hotline|number)\W*$"
    r"|^who (?:is|was) (?:the |our )?(?:\w+ )?(?:president|ceo|prime minister|chairman|founder)\b"
    r"|^(?:how|where) (?:do|can|could) i (?:contact|reach|call|email) (?:you|support|the team"
    r"|someone)\b"
    r"|^(?:please |can you )*(?:contact|call|phone|ring|email) (?:the )?(?:detractors|passives"
    r"|promoters)\W*$"
)
"""The address of a shop, who the president is: nobody of the data is meant."""
NEW_BOUND = re.compile(
    r"^(?:那|再)?(?:改|换)(?:成|为|到)?\s*\d+(?:\.\d+)?\s*(?:%|分|成)?"
    r"(?:呢|试试|看看)?$"
)
"""改成70 in a thread: another bound, no other data."""
ONE_OF_GROUPS = re.compile(r"最[高低好差多少大小][^,]{0,3}谁|谁[^,]{0,3}最[高低好差多少大小]")
WILL_REACH = re.compile(
    r"^(?:以后|日后|往后).{0,14}(?:会(?!员)|能)|"
    r"(?:还会|仍会|还要|还能)(?:不会)?(?:再|继续|接着|往[上下]|一直|持续)?(?:[跌涨降升掉滑]|下"
    r"[滑降跌探]|上[升涨]|变[好差高低]|恶化|改善|好转|走[高低])|"
    r"(?:什么时候|何时|啥时候|多久)(?:才)?(?:能|会(?!员)|可以|有望)[^,，]{0,4}(?:恢复|回[到升]"
    r"|[涨升到]|达[到标]|好转|上去|突破|超过|改善)|"
    r"(?:估计|预估|预计)[^,，]{0,16}(?:能|会(?!员)|将)(?:[涨到升跌降达]|有)|"
    r"照(?:这|目前|现在|当前|此)[^,，]{0,8}(?:下去|会(?!员)|能|趋势|速度|走势)|"
    r"(?:后面|以后|往后|接下来)[^,，是]{0,3}会(?!员)|展望|前景|"
    r"^(?:do|does|can|should|could|would) (?:you|we|i|anyone|anybody) "
    r"(?:expect|anticipate|foresee)\b"
    r"|^what .{2,40} (?:should|can|could|do) we expect\b"
    r"|^(?:is|are) .{2,40} (?:expected|set|bound|about|due|going|likely) to "
    r"(?:see|have|get|rise|fall|drop|improve|reach|go|increase|decrease|grow|recover|decline|worsen"
    r"|get (?:better|worse))\b|"
    r"^(?:please |can you |care to |would you |have a )?(?:predict|forecast|guess"
    r"|project(?! delivery| handover| hand-over| deliveries))\b|"
    r"^(?:来|帮我|你|请|大家|我们|让我)*(?:猜|预判|预估|推测|估摸)(?:一?[猜下个]|一下)?(?!对|错)|"
    r"(?<!去)(?<!去年)(?<!前年)(?<!上年)(?:年底|年末|月底|季末|下半年)(?:前|之前)?.{0,12}"
    r"(?:(?<!功)(?<!可)能(?!看)|会(?!员))"
    r"|\b(?:expected|projected|predicted|forecast(?:ed)?|anticipated)"
    r" (?:the |our )?(?:nps|satisfaction|(?:\w+ )?\w+ (?:score|rate|rating|satisfaction|value"
    r"|amount))\b"
    r"|\b(?:extrapolat\w+|prognos[ie]s)\b|\bprojections? (?:of|for)\b|\boutlook(?: for|\W*$)"
    r"|\b(?:the |our )?(?:next|coming) (?:\w+ )?(?:days|weeks|months|quarters|years)\b"
    r"|\bwill\b(?! (?:come|return|renew|choose))"
    r"|能(?:不能)?(?:到|达到|上|破|突破|超过?)\s*\d(?!\d*(?:\.\d+)?\s*(?:%|分|成)?(?:以上)?的)"
)


def refused(mentions: Mentions, *, follows: bool, grouped: bool = False) -> Refusal | None:
    """Refuse a question that is personal, causal, about the future, or about something else.

    Parameters
    ----------
    mentions : Mentions
    follows : bool
        It stands in a thread: then few words are enough.
    grouped : bool
        The thread is about several groups: 最低的是谁 asks for one of them.
    """
    if OF_NOBODY.search(mentions.text):
        return refuse(Why.OUT_OF_SCOPE)
    if not (grouped and ONE_OF_GROUPS.search(mentions.text)) and _personal(mentions):
        return refuse(Why.PERSONAL)
    for why, tells in CHECKS:
        if tells(mentions) and not (follows and NEW_BOUND.match(mentions.text)):
            return refuse(why)
    content = any(t.period or t.of(*CONTENT) for t in mentions.tokens)
    nothing = mentions.says("greeting") or not re.search(r"\w", mentions.text)
    if nothing and not content and (not follows or mentions.signals == {"greeting"}):
        return refuse(Why.NOT_A_QUESTION)
    return None


def _lists_groups(mentions: Mentions) -> bool:
    """Tell 坐席名单, 门店清单: groups are listed, nobody in person."""
    named = [t for t in mentions.tokens if t.of(Sort.COLUMN)]
    told = [m.start() for m in re.finditer(r"(?:的)?(?:名单|清单)", mentions.text)]
    return any(t.end == place for t in named for place in told)


def _personal(mentions: Mentions) -> bool:
    text = mentions.text
    said = (Sort.COLUMN, *RATED) if text.isascii() else (Sort.COLUMN,)  # who is worst on service
    ranked = mentions.says(*RANKING) and any(t.of(*said) for t in mentions.tokens)
    bounded = read_threshold(mentions) is not None
    picked = ranked or bounded or mentions.says("by_degree")
    if NUMBERED_PERSON.search(text) and not (picked and WHO_IS.search(text)):
        return True
    if PHONE_OF.search(text) or WHO_RATED.search(text) or NAMES_OF.search(text):
        return True
    accounts = mentions.vocabulary.codebook.with_role(Role.ACCOUNT)
    if names_someone(mentions) or (LISTED.search(text) and not accounts):
        return True
    if ranked:
        strict = [t for t in mentions.tokens if t.says("personal") and t.text not in WHO]
        return bool(strict) and not mentions.says("relation")
    told = mentions.says("personal") and not mentions.says("relation")
    return told and not _lists_groups(mentions)


def _to_come(mentions: Mentions) -> bool:
    return _only(mentions, "future") or WILL_REACH.search(mentions.text) is not None


MODAL = re.compile(
    r"(?:能|会(?!员)|可以|有望|可能|预期|估计|指望)(?:不能|不会)?.{0,6}"
    r"(?:上去|上来|涨|升|提|降|跌|掉|达到|达标|超过|突破|恢复|好转|改善|到\d|有多|是多|有几|做"
    r"到|到多|更[高低好差强弱])"
    r"|\b(?:can|could|might|should) (?:we |it |nps |satisfaction )?"
    r"(?:reach|hit|rise|recover|get to)"
)
"""What may become of a number."""
WILL_BE = re.compile(r"会(?!员)(?:不会)?(?:比|跟|和|超过).{1,8}(?:[高低好差强多少]|一样|持平)")
"""国庆会比去年好吗, asked in June."""
YEAR_SAID = re.compile(r"(?:19|20)\d\d|[去前今上]一?年|last year|this year")


def to_come(mentions: Mentions, since: date | None, today: date) -> bool:
    """Tell 八月份能上去吗 in June: the coming August is meant, not the last."""
    later = since is not None and since.year < today.year and since.month > today.month
    if later and WILL_BE.search(mentions.text):
        return True
    told = MODAL.search(mentions.text) and not YEAR_SAID.search(mentions.text)
    return bool(later and told)


DEFINES = re.compile(r"(?:请问|那|那么)?(?:什么|啥)(?:才?是|叫做?)[^的最影]{1,10}[?？啊呢呀]?")
"""什么是NPS: what a word means is asked."""


EVENT = re.compile(
    r"\b(?:after|before|since|following|during|due to|because of) (?:the |our |that |this |last )?"
    r"(?:\w+ )?$"
)


WEATHER = re.compile(
    r"天气(?:预报|怎么样|如何|好不好|好吗|冷|热|$)|会?(?:下雨|下雪|刮风|打雷)(?:吗|没|不|$)"
)


def _elsewhere(mentions: Mentions) -> bool:
    if DEFINES.fullmatch(mentions.text):
        return True
    if WEATHER.search(mentions.text) and not mentions.metrics():
        return True
    after = [mentions.tokens[at] for at in mentions.saying("scope")]
    if after and all(EVENT.search(mentions.text[: token.start]) for token in after):
        return False  # after the update: when is said, nobody is told to do it
    return _only(mentions, "scope")


def _only(mentions: Mentions, name: str) -> bool:
    """Tell whether a word gives this signal and can mean nothing else."""
    return any(
        all(m.sort is Sort.FILLER or m.name == name for m in mentions.tokens[at].meanings)
        for at in mentions.saying(name)
    )


CHECKS: tuple[tuple[Why, Callable[[Mentions], bool]], ...] = (
    (Why.OUT_OF_SCOPE, is_errand),
    (Why.CAUSAL, is_causal),
    (Why.FUTURE, _to_come),
    (Why.OUT_OF_SCOPE, _elsewhere),
)
