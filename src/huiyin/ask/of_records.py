"""What only records are asked: steps of a log, deals, outcomes by how satisfied customers are."""

from __future__ import annotations

import re
from collections.abc import Callable

from huiyin.ask.meanings import Vocabulary
from huiyin.codebook.bands import BAND, stretches
from huiyin.codebook.contracts import Column, Role

_STEP = r"(?:环节|步骤|阶段|节点|一?步)"
_LONG = r"(?:多久|多长时间|多少时间|多长|几天|几个?小时|多少天|多少小时)"
_USUALLY = r"(?:一般|平均|通常|大概|大约|分别|各自?)?"
_TAKES = r"(?:需要|需|得|会|要)?(?:等待|花费?|用|耗费?|等|走)?(?:掉|的|上)?"
_MOST = (
    rf"(?:(?:{_TAKES}(?:时间|时长|耗时|用时|时)?得?)?最(?P<most>慢|久|长|快|短)"
    rf"|{_TAKES}(?:时间|时长|耗时|用时)得?最(?P<much>多|少))"
)
_QUICK = frozenset("快短少")
_BOTTLENECK = re.compile(
    r"^(?:整个|这个)?(?:销售|维修|服务|工单|商机|办理)?(?:的?流程)?的?"
    rf"(?:(?:卡|堵|慢|耽误|耽搁)在了?(?:哪里|哪儿|哪个?{_STEP}|哪)"
    rf"|瓶颈(?:{_STEP})?(?:是|在|出在)?(?:哪里|哪儿|哪个?{_STEP}|什么|哪)"
    rf"|哪个?{_STEP}是(?:最大的?)?瓶颈)$"
    r"|^(?:where|what) (?:is|are) the (?:biggest )?bottlenecks?$"
    r"|^which (?:step|stage) is the (?:biggest )?bottleneck$"
)
_SLOWEST = re.compile(
    rf"哪个?{_STEP}的?{_MOST}|最(?:耗|费)时(?:间)?的?{_STEP}"
    r"|which (?:step|stage) (?:is|was|takes?|took|lasts?) (?:the )?(?:slowest|longest)"
)
_EACH = re.compile(
    rf"(?:各个?|每个?){_STEP}的?{_USUALLY}{_TAKES}(?:{_LONG}|时长|耗时|用时|时间)(?:是?多少)?(?!率)"
    r"|how long does (?:each|every) (?:step|stage) take"
)
_OVER = re.compile(r"最(?:容易|常|爱)超时|超时得?最(?:多|严重|厉害|频繁)")
_WHICH_STEP = re.compile(r"哪一?步(?!骤)")
_WON = r"(?:成交|成单|签单|赢单|谈成|签下来?)"
_CYCLE = re.compile(
    rf"^{_USUALLY}{_LONG}(?:才|就)?能?{_WON}(?:一单|一个)?$"
    rf"|^{_WON}(?:一单|一个)?{_USUALLY}{_TAKES}{_LONG}$"
    r"|^how long does it (?:usually )?take to (?:win|close) (?:a |the )?(?:deals?|leads?)$"
)
_CYCLE_NAMED = re.compile(rf"(?<=周期)(?:是|有|要)?{_LONG}")
_WRONG = re.compile(r"(?:出的?)?差错(?:率|出得?)?最(?:多|高)|最(?:容易|爱|常)出(?:差)?错|错得?最多")
_REFERRED = re.compile(
    r"(?:有)?多少(?:老)?(?:客户|顾客)(?:转介绍|介绍来?|带来?)(?:过|了)?(?:新客户?|客户|别人)?$"
)
_SATISFACTION = r"(?:客户的?)?(?:满意度|满意程度|满不满意|满意与否)(?:高低|分档|档次?)?"
_BANDED = (
    re.compile(rf"^按照?{_SATISFACTION}(?:来|去)?(?:分组?|拆)?(?:来|去)?看?[,，:的]?(?P<what>.+)$"),
    re.compile(
        rf"^(?P<what>.+?)[,，]?按照?{_SATISFACTION}(?:来|去)?(?:分组?|拆|对比|比)?(?:来|去)?看?$"
    ),
    re.compile(rf"^(?:不同|各){_SATISFACTION}的?(?:客户|顾客|商机)?的?(?P<what>.+)$"),
    re.compile(
        r"^满意的?(?:客户|顾客)?(?:和|与|跟)不满意的?(?:客户|顾客)?的?(?P<what>.+?)"
        r"(?:差多少|差多大|差别多大|有差别吗|有什么不同|哪个高|谁高|对比|比较|分别是?多少|各是?多少)?$"
    ),
    re.compile(
        r"^越?满意的(?:客户|顾客|商机)(?P<what>.+?)(?:是不是|会不会|会|要|就)?[更越][高快短低]吗?$"
    ),
    re.compile(r"^(?P<what>.+?) by (?:customer )?satisfaction(?: bands?| levels?)?$"),
)


def in_words_of_records(text: str, vocabulary: Vocabulary) -> str:
    """Say what is asked of a log, of deals or of orders with the names of their metrics.

    Parameters
    ----------
    text : str
        In small letters and simplified characters.
    vocabulary : Vocabulary
        What the data have no such metric for stands as it is.
    """
    there = vocabulary.operations
    stage = vocabulary.codebook.first(Role.STAGE)
    if stage is not None and "stage_time" in there:
        text = _of_stages(text, stage.name, vocabulary.values.get(stage.name, ()))
    if "sales_cycle" in there:
        text = _CYCLE_NAMED.sub("多少", _CYCLE.sub("成交周期", text))
    if "order_accuracy" in there:
        text = _WRONG.sub("准确率最低", text)
    if "referral_rate" in there:
        text = _REFERRED.sub("转介绍率", text)
    return text


def _of_stages(text: str, stage: str, values: tuple[str, ...]) -> str:
    text = _WHICH_STEP.sub(f"哪个{stage}", text)
    text = _BOTTLENECK.sub(f"哪个{stage}环节时长最高", text)
    text = _SLOWEST.sub(_end(f"哪个{stage}环节时长"), text)
    text = _EACH.sub(f"各{stage}的环节时长", text)
    text = _OVER.sub("环节超时率最高", text)
    if not values:
        return text
    named = f"(?P<step>{'|'.join(re.escape(one.lower()) for one in values)})(?:这一?个?{_STEP})?的?"
    text = re.sub(f"{named}{_USUALLY}{_TAKES}{_LONG}", r"\g<step>的环节时长", text)
    return re.sub(f"{named}{_MOST}", _end("{step}的环节时长"), text)


def _end(plain: str) -> Callable[[re.Match[str]], str]:
    """Put the slow or the quick end after what is measured."""

    def said(found: re.Match[str]) -> str:
        groups = found.groupdict()
        most = groups.get("most") or groups.get("much")
        end = "最低" if most in _QUICK else "最高"
        return plain.format(step=groups.get("step")) + end

    return said


def banded(text: str, vocabulary: Vocabulary) -> tuple[str, Column] | None:
    """Take apart what is asked by satisfaction: what of it, and which rating tells them apart.

    None where the data have no operational metric or no rating of the whole.
    """
    rating = vocabulary.overall()
    if rating is None or not vocabulary.operations or not stretches(rating):
        return None
    found = next((match for form in _BANDED if (match := form.match(text))), None)
    return (found["what"], rating) if found else None


def band_of(rating: Column) -> str:
    """Give the satisfaction bands of a rating as a column."""
    return f"{BAND}{rating.name}"
