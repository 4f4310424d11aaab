"""What made a number so, or would: data that only watches cannot tell."""

from __future__ import annotations

import re

from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.turns import SUPPOSES

CAUSED = re.compile(
    r"(?:提[升高]|涨|上升|升|增加|降低?|跌|掉|下降|减少)了?(?:\d+(?:\.\d+)?|[一两二三四五六七八九十]+)个?(?:百?分?点|分|%|成)"
    r"[,，]?(?:大概|大约|到底|究竟|我们|咱们|公司|[就也又还])*(?:能够?|会(?!员)|可以?)(?:[给为]\w{1,4}?)?"
    r"(?:多|少|带来|换来|换回|增加|减少|拉动|带动|省|赚|贡献)|"
    r"(?:把|将)[^,，]{2,12}(?:提|拉|做|搞|抬|改)(?:上去|高|好)了?[,，]?[^,，]{2,10}(?:能|会(?!员)|可以)(?:跟着)?(?:再|多)?"
    r"(?:涨|升|提|高|多)[^,，]{0,3}(?:多少|几)|"
    r"(?<!不)是(?:不是)?(?:都|就|全|主要)?(?:因为|由于|得益于|靠|怪).{1,20}(?:吗|(?<!什)么|(?<!什么)[?？])$|"
    r"(?<!什么)(?<!什么原因)(?<!啥)(?<!啥原因)(?<!何)(?<!哪些原因)"
    r"(?:的功劳|的作用|的效果|带来的|引起的|的缘故)(?:吗|么|吧|[?？])?$|"
    r"(?:取消|增加|减少|推出|上线|换成?|调整|延长|缩短|降价|涨价|打折|培训|装修).{0,12}"
    r"(?:会|能|可以|将)(?:不会|不能)?(?:让|使|带|把|对|给)|"
    r"(?:(?<=[价薪资训修])|(?<=改版)|(?<=上线)|(?<=取消)|(?<=调整)|(?<=升级))了?(?:之后|以后|后).{0,10}"
    r"(?:会不会|能不能|会|能)(?:变|更|有所)?(?:好|差|高|低|提|涨|升|降|跌|改善)|"
    r"是不是(?:让|使).{1,14}(?:变|升|降|涨|跌|高|低|好|差)了?|"
    r"^(?:would|could|might) (?!you|i |we (?:see|have|get)|someone|anyone)"
    r"|^(?:and |so )?what (?:happens|would happen|will happen)\b.* if\b"
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
    r"|^(?P<zh>.{2,20}?)(?:有没有|是不是|是否|能不能|能否|真的)(?:让|使|带来|带动|拉动|促进|提升|提高|改善|拉高|降低|拉低|抬高|压低)了?"
)
MEASURED = (Sort.RATING, Sort.METRIC, Sort.AMOUNT, Sort.RATE)
WHOM = re.compile(r" (?:our |the |more |them|customers|people|things)")
SHOWN = re.compile(
    r"\b(?:evidence|data|numbers?|figures?|statistics|survey|results?"
    r"|indications?|signs?)\b.{0,25}?"
    r"\b(?:that|whether|if) (?P<what>.{2,40}?) (?:has |have |had )?(?:made|caused|led to|raised"
    r"|lifted|boosted|improved|increased|lowered|hurt|reduced|helped|worked|brought|resulted in"
    r"|paid off)\b"
    r"|^(?:is|was|were) it (?P<it>.{2,40}?) (?:that|which) (?:has |have )?(?:made|caused"
    r"|led to|raised|lifted|boosted|improved|increased|lowered|hurt|reduced|helped|brought"
    r"|pushed|pulled)\b"
)
"""Do the numbers tell whether the new layout raised NPS."""
WOULD = re.compile(r"会(?!员)|能(?!不能)|would|could|will|提高|提升|涨|raise|improve")
IF_ZH = re.compile(r"^(?:那|那么)?若(?!干)是?")
CHOOSES = re.compile(r"[看按算扣剔刨分比排]|去掉|除|含|包括|统计|换|只|单")
"""如果只看新客: rows are chosen, nothing is supposed."""
SET_TO = re.compile(r"[到成为]\s*(?:\d|满分)")
"""假设环境整洁到90分: a number is given that there is not."""
IF_IT_DID = re.compile(
    r"^(?:and |so |well |but )?if (?!(?:i|you|we) )(?P<what>.{3,60}?),? "
    r"(?:then )?(?:how|what|by how|would|will|could|does|do|can)\b"
)
BY_ELSE = (
    re.compile(
        r"^(?:so |and )?(?:by )?how much (?:did|has|have) (?P<what>.{1,40}?) "
        r"(?:improved?|raised?|lift(?:ed)?|increased?|help(?:ed)?|boost(?:ed)?|add(?:ed)?)\b"
    ),
    re.compile(
        r"是(?P<what>[^,;]{1,14}?)(?:造成|导致|引起|带来|引发|促成|拉动|推动|带动|促使|害|闹|搞)的"
        r"(?:吗|么|吧|嘛|[?])?$"
    ),
    re.compile(
        r"^(?P<what>.{2,14}?)(?:是不是|是否|是|算不算|才是)(?:使|让|造成|导致)?[^,;]{2,16}?的?"
        r"(?:主要|真正|直接|根本|首要)?(?:原因|功劳|元凶|推手|诱因|主因)(?:之一)?(?:吗|么|[?])?$"
    ),
    re.compile(
        r"^(?:请问|那|你说|你觉得|想问下?)?(?P<what>.{2,14}?)(?:到底|究竟|真的?)?"
        r"(?:能够?|会|可以|可能|有助于|有利于|对)(?:不能|不会|否)?"
        r"(?:让|使|把|带来|带动|拉动|促进|提升|提高|改善|拉高|降低|推高|刺激|增加|减少|拉低|缓解)"
    ),
    re.compile(
        r"(?:说明|证实|验证|确认|断定|断言|推断|证明)(?:是)?(?P<what>.{2,14}?)"
        r"(?:使|让|导致|造成|促使|带来|带动|有效|有用|起了?作用|提[高升]了|改善了|拉[低高]了)"
    ),
    re.compile(
        r"^(?P<what>[^,]{0,8}(?:[涨降提加减]价|涨薪|加薪|促销|打折|活动|培训|装修|改版|上线|更换|换了?|取消"
        r"|增加|减少|调整|搬迁|裁员|广告|补贴|优惠|翻新|扩建|新政策|新系统|换人|禁止|停用|推行|推出|推广"
        r"|实施|整改|延长|缩短|关闭|合并|引入|引进|轮岗|交接)[^,]{0,6}?)(?:对|给).{2,12}"
        r"(?:影响|作用|帮助|效果|好处|坏处)"
    ),
    re.compile(
        r"^(?P<what>[^,]{0,2}(?:禁止|停用|取消|推行|推出|推广|实施|整改|延长|缩短|关闭|合并|引入|引进|增加|减少"
        r"|调整|更换|升级)[^,]{0,10}?)(?:有没有|是不是|是否)?(?:影响|带动|拉动|促进|帮助|帮)到?了?[^哪什谁]{2,10}[吗么没?]"
    ),
    re.compile(
        r"^(?:is|was) it (?P<what>.{2,40}?) (?:that|which|who) (?:raised?|lifts?|lifted"
        r"|lower(?:s|ed)|hurts?|improved?|ma[dk]es?|caused?|push(?:es"
        r"|ed)|drove|drives|dragg?(?:s|ed))\b"
    ),
    re.compile(
        r"^(?:is|was|are|were) (?P<what>.{1,60}?) the "
        r"(?:main |real |only |sole |true |root )?(?:cause|reason|driver)\b"
    ),
    re.compile(
        r"^(?:did|does|do|has|have|can|could|will|would) (?P<what>.{1,40}?) "
        r"(?:cause|caused|lead to|led to|trigger|triggered|bring about|brought about|result in)\b"
    ),
    re.compile(
        r"^what (?:effect|impact|influence|consequences?|difference|benefit) (?:did|does|do"
        r"|has|have|had)"
        r" (?P<what>.{2,40}?) (?:have|had|make|made|bring|brought) (?:on|to|for|in)\b"
    ),
    re.compile(
        r"^what (?:did|does|has|have) (?P<what>.{2,40}?) (?:do|done) (?:for|to) (?:the |our"
        r" )?(?:nps|satisf"
        r"|\w+ (?:score|rating|rate|satisfaction)|checkout|delivery|service|stars)"
    ),
    re.compile(
        r"^(?:did|has|have|does) (?P<what>.{2,40}?) (?:hurt|harm(?:ed)?|damaged?|ruin(?:ed)?"
        r"|help(?:ed)?"
        r"|lift(?:ed)?|boost(?:ed)?|benefit(?:ed)?) (?:the |our )?(?:nps|satisf|\w+ (?:score"
        r"|rating|rate"
        r"|satisfaction)|checkout|delivery|service|stars)"
    ),
    re.compile(
        r"^(?:did|has|have|is|was) .{3,60}? "
        r"(?:because of|thanks to|due to|on account of) (?P<what>.+)$"
    ),
)
"""What is said to have moved a number, in `what`."""
ASKS_WHAT = re.compile(r"怎|哪|什么|啥|谁|如何|何|\b(?:what|which|who|how)\b")
RATED = (*MEASURED, Sort.YES_NO)


def is_causal(mentions: Mentions) -> bool:
    """Tell whether a cause is to be shown, or what would be if something were otherwise."""
    text = mentions.text
    if CAUSED.search(text) or mentions.says("causal") or _made_by_else(mentions):
        return True
    if mentions.says("scope") and SUPPOSES.search(text):
        return True
    if any(_is_elsewhere(mentions, *found.span("what")) for found in _blamed(text)):
        return True
    supposed = IF_IT_DID.search(text)
    if supposed and mentions.says("up", "down"):
        return any(token.of(*RATED) for token in mentions.tokens if token.start >= supposed.end())
    in_words = (mentions.says("what_if") or IF_ZH.match(text)) and not mentions.says("only")
    return bool(in_words) and bool(
        WOULD.search(text)
        or SET_TO.search(text)
        or (IF_ZH.match(text) and mentions.says("up", "down"))
        or _supposes_else(mentions)
    )


def _supposes_else(mentions: Mentions) -> bool:
    """Tell 假如不做促销,NPS是多少: what is supposed is nothing that the data knows."""
    ends = mentions.text.find(",")
    if ends < 0 or CHOOSES.search(mentions.text[:ends]):
        return False
    rated = any(token.of(*RATED) for token in mentions.tokens if token.start > ends)
    return rated and _is_elsewhere(mentions, 0, ends)


def _blamed(text: str) -> list[re.Match[str]]:
    return [found for pattern in BY_ELSE if (found := pattern.search(text))]


def _is_elsewhere(mentions: Mentions, start: int, end: int) -> bool:
    """Tell whether a stretch names something that no column measures: 促销, the new till.

    What customers rate may be related to the number; what they go by is asked for groups.
    """
    if ASKS_WHAT.search(mentions.text[start:end]):
        return False
    inside = [t for t in mentions.tokens if start <= t.start and t.end <= end]
    if any(token.of(*RATED) for token in inside):
        return False
    unknown = any(t.of(Sort.NO_METRIC, Sort.NO_COLUMN) or t.says("event") for t in inside)
    left = (mentions.text[max(a, start) : min(b, end)] for a, b in mentions.scanned.left)
    return unknown or any(part.strip(" ,.?") for part in left)


def _made_by_else(mentions: Mentions) -> bool:
    """Tell “did the new till make people happier”: what made it so is no number here."""
    shown = SHOWN.search(mentions.text)
    if shown is not None:
        rated = [t.start for t in mentions.tokens if t.of(*MEASURED) and not t.period]
        start, end = shown.span("what") if shown["what"] else shown.span("it")
        own = any(start <= place < end for place in rated)
        later = any(place >= shown.end() for place in rated)
        whom = WHOM.match(mentions.text, shown.end()) is not None
        return not own or (shown["what"] is not None and (later or whom))
    found = MAKES.match(mentions.text)
    if found is None:
        return False
    ends = found.end("zh") if found["zh"] else found.end("what")
    later = any(token.of(*MEASURED) for token in mentions.tokens if token.start >= found.end())
    later = later or not found["zh"]
    return later and not any(token.of(*MEASURED) for token in mentions.tokens if token.end <= ends)
