"""What no data here can answer, whatever else is in the question."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from huiyin.ask.contracts import Refusal, Why
from huiyin.ask.kinds import RANKING, read_threshold
from huiyin.ask.meanings import CONTENT, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.strays import names_someone
from huiyin.ask.turns import SUPPOSES
from huiyin.ask.wording import refuse

WHO_IS = re.compile(r"^who (?:is|are)\b")
WHO = frozenset({"是谁", "谁", "谁给", "谁打"})
NUMBERED_PERSON = re.compile(
    r"^who (?:gave|wrote|said|rated|left|is|are)\b"
    r"|^who (?:was|were) (?:it|the (?:customer|person|client|user|shopper|one)s?)\b"
    r"|(?<![a-z0-9])[a-z]\d{8,}(?!\d)"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)|[\w.]+@[\w.]+"
)
PHONE_OF = re.compile(
    r"(?:客户|顾客|人)的?(?:电话|手机号?|微信|名单|联系方式)(?:发|给|导|列|告诉|要)"
    r"|的电话(?:$|[是?号])"
)
NAMES_OF = re.compile(
    r"\bnames? of (?:our |the |all |those )*(?:\w+ )?"
    r"(?:customers?|people|persons?|clients|users?|shoppers?|guests?)\b"
    r"|\b(?:customers|people|clients|users|shoppers|guests|members) by name\b"
)
CHANGES_DATA = re.compile(
    r"(?:改成|改为|设为|调成|调到|改到)\s*(?:\d|满分|好评|最高)|把.{1,12}(?:删|清空|清掉)"
    r"|^(?:请|麻烦|帮我)?给.{1,16}(?:退款|发券|送券|补偿|赔偿|打个?电话|发红包)"
    r"|发(?:一?[条个封张]|些|点)?(?:短信|微信|邮件|消息|通知|红包|优惠券|券|问卷)(?:给|到)"
    r"|(?:写|拟|起草|制定)(?:一?[份个篇套条封段]|一下)?.{0,12}(?:总结|小结|方案|计划|制度|通知|邮件|公告|致歉信|话术|文案)"
    r"|(?:打|评|算)个?绩效|(?:开|建|创建|派)(?:一?[张个份])工单"
    r"|给.{2,12}群?发(?:一?[条个封张]|些|点)?(?:短信|微信|邮件|消息|通知|红包|优惠券|券|问卷)"
    r"|帮我?(?:给|让|叫|通知|安排|预约|约|联系|催|提醒).{0,14}(?:安排|培训|开会|整改|道歉|回访|打电话|处理)"
    r"|把.{1,14}(?:回复|回访|处理|联系|安抚|转给|打印|退回|通知|派给|派单)(?:一下|掉|了)?"
)
NEW_BOUND = re.compile(
    r"^(?:那|再)?(?:改|换)(?:成|为|到)?\s*\d+(?:\.\d+)?\s*(?:%|分|成)?"
    r"(?:呢|试试|看看)?$"
)
"""改成70 in a thread: another bound, no other data."""
ONE_OF_GROUPS = re.compile(r"最[高低好差多少大小][^,]{0,3}谁|谁[^,]{0,3}最[高低好差多少大小]")
CAUSED = re.compile(
    r"(?<!不)是(?:不是)?(?:都|就|全|主要)?(?:因为|由于|得益于|靠|怪).{1,20}(?:吗|(?<!什)么|(?<!什么)[?？])$|"
    r"(?<!什么)(?<!什么原因)(?<!啥)(?<!啥原因)(?<!何)(?<!哪些原因)"
    r"(?:的功劳|的作用|的效果|带来的|引起的|的缘故)(?:吗|么|吧|[?？])?$|"
    r"(?:取消|增加|减少|推出|上线|换成?|调整|延长|缩短|降价|涨价|打折|培训|装修).{0,12}"
    r"(?:会|能|可以|将)(?:不会|不能)?(?:让|使|带|把|对|给)|"
    r"(?:(?<=[价薪资训修])|(?<=改版)|(?<=上线)|(?<=取消)|(?<=调整)|(?<=升级))了?(?:之后|以后|后).{0,10}"
    r"(?:会不会|能不能|会|能)(?:变|更|有所)?(?:好|差|高|低|提|涨|升|降|跌|改善)|"
    r"是不是(?:让|使).{1,14}(?:变|升|降|涨|跌|高|低|好|差)了?|"
    r"^(?:would|could|might) (?!you|i |we (?:see|have|get)|someone|anyone)|how much (?:did|has"
    r"|have) .{1,40}(?:improve|raise|lift|increase|help)"
    r"|did (?:the|our) .{1,40}(?:cause|help|pay off)"
    r"|^(?:did|has|have) (?!pricing|queu|waiting|shipping|pack|report|handl|process|crash|paying)"
    r"\w+ing\b(?: \w+){0,4}? (?:raised?|lift(?:ed)?|boost(?:ed)?|improved?|increased?|hurt|lower"
    r"(?:ed)?|reduced?|made?|make|bring|brought|helped|help) \w+"
    r"|^(?:did|does|do|has|have) .{2,60} (?:because of|due to|as a result of) "
    r"|^(?:is|was|are|were) .{1,60}"
    r"(?:the reason|responsible for|caused by|due to|because of|down to(?! \d)|a result of)\b"
)
MAKES = re.compile(
    r"^(?:does|did|do|has|have) (?P<what>.{1,40}?) (?:make|made) "
    r"|^(?P<zh>.{2,20}?)(?:有没有|是不是|是否|能不能|能否|真的)(?:让|使|带来|带动|拉动|促进|提升|提高|改善|拉高|降低)了?"
)
RATED = (Sort.RATING, Sort.METRIC, Sort.AMOUNT, Sort.RATE)
WHOM = re.compile(r" (?:our |the |more |them|customers|people|things)")
SHOWN = re.compile(
    r"\b(?:evidence|data|numbers?|figures?|statistics|survey|results?|indications?|signs?)\b.{0,25}?"
    r"\b(?:that|whether|if) (?P<what>.{2,40}?) (?:has |have |had )?(?:made|caused|led to|raised"
    r"|lifted|boosted|improved|increased|lowered|hurt|reduced|helped|worked|brought|resulted in"
    r"|paid off)\b"
    r"|^(?:is|was|were) it (?P<it>.{2,40}?) (?:that|which) (?:has |have )?(?:made|caused"
    r"|led to|raised|lifted|boosted|improved|increased|lowered|hurt|reduced|helped|brought"
    r"|pushed|pulled)\b"
)
"""Do the numbers tell whether the new layout raised NPS."""
WILL_REACH = re.compile(
    r"^(?:do|does|can|should|could|would) (?:you|we|i|anyone|anybody) "
    r"(?:expect|anticipate|foresee)\b"
    r"|^what .{2,40} (?:should|can|could|do) we expect\b"
    r"|^(?:is|are) .{2,40} (?:expected|set|bound|about|due|going|likely) to "
    r"(?:see|have|get|rise|fall|drop|improve|reach|go|increase|decrease|grow|recover|decline|worsen"
    r"|get (?:better|worse))\b|"
    r"^(?:please |can you )?(?:predict|forecast|project)\b|"
    r"(?:年底|年末|月底|季末|下半年)(?:前|之前)?.{0,12}(?:能|会(?!员))"
    r"|\bwill\b(?! (?:come|return|renew|choose))"
    r"|能(?:不能)?(?:到|达到|上|破|突破|超过?)\s*\d(?!\d*(?:\.\d+)?\s*(?:%|分|成)?(?:以上)?的)"
)
WOULD = re.compile(r"会(?!员)|能(?!不能)|would|could|will|提高|提升|涨|raise|improve")


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
    ranked = mentions.says(*RANKING) and any(t.of(Sort.COLUMN) for t in mentions.tokens)
    bounded = read_threshold(mentions) is not None
    picked = ranked or bounded or mentions.says("by_degree")
    if NUMBERED_PERSON.search(text) and not (picked and WHO_IS.search(text)):
        return True
    if PHONE_OF.search(text) or NAMES_OF.search(text):
        return True
    if names_someone(mentions):
        return True
    if ranked:
        strict = [t for t in mentions.tokens if t.says("personal") and t.text not in WHO]
        return bool(strict) and not mentions.says("relation")
    told = mentions.says("personal") and not mentions.says("relation")
    return told and not _lists_groups(mentions)


def _changes_data(mentions: Mentions) -> bool:
    return CHANGES_DATA.search(mentions.text) is not None


def _causal(mentions: Mentions) -> bool:
    if CAUSED.search(mentions.text) or mentions.says("causal") or _made_by_else(mentions):
        return True
    if mentions.says("scope") and SUPPOSES.search(mentions.text):
        return True
    supposed = mentions.says("what_if") and not mentions.says("only")
    return supposed and WOULD.search(mentions.text) is not None


def _made_by_else(mentions: Mentions) -> bool:
    """Tell “did the new till make people happier”: what made it so is no number here."""
    shown = SHOWN.search(mentions.text)
    if shown is not None:
        rated = [t.start for t in mentions.tokens if t.of(*RATED) and not t.period]
        start, end = shown.span("what") if shown["what"] else shown.span("it")
        own = any(start <= place < end for place in rated)
        later = any(place >= shown.end() for place in rated)
        whom = WHOM.match(mentions.text, shown.end()) is not None
        return not own or (shown["what"] is not None and (later or whom))
    found = MAKES.match(mentions.text)
    if found is None:
        return False
    ends = found.end("zh") if found["zh"] else found.end("what")
    later = any(token.of(*RATED) for token in mentions.tokens if token.start >= found.end())
    later = later or not found["zh"]
    return later and not any(token.of(*RATED) for token in mentions.tokens if token.end <= ends)


def _to_come(mentions: Mentions) -> bool:
    return _only(mentions, "future") or WILL_REACH.search(mentions.text) is not None


MODAL = re.compile(
    r"(?:能|会(?!员)|可以|有望|可能|预期|估计|指望)(?:不能|不会)?.{0,6}"
    r"(?:上去|上来|涨|升|提|降|跌|掉|达到|达标|超过|突破|恢复|好转|改善|到\d|有多|是多|有几|做到|到多)"
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


def _elsewhere(mentions: Mentions) -> bool:
    if DEFINES.fullmatch(mentions.text):
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
    (Why.OUT_OF_SCOPE, _changes_data),
    (Why.CAUSAL, _causal),
    (Why.FUTURE, _to_come),
    (Why.OUT_OF_SCOPE, _elsewhere),
)
