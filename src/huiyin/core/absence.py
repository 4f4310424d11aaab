"""Absence has a type: a failure is never a zero."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huiyin.core.text import Text


class Reason(StrEnum):
    """Why a number cannot be given."""

    NO_ANSWERS = "no_answers"
    ONE_ANSWER = "one_answer"
    CONSTANT = "constant"
    ONE_CLUSTER = "one_cluster"
    SUPPRESSED = "suppressed"
    NO_WEIGHT = "no_weight"
    NOT_COMPARABLE = "not_comparable"
    TOO_FEW_ROWS = "too_few_rows"
    NOT_KNOWN_WHO = "not_known_who"
    STILL_RUNNING = "still_running"
    NO_BASE = "no_base"
    NOT_LINKED = "not_linked"
    NO_ORDERS = "no_orders"
    UNRELATED = "unrelated"


REASON_TEXT: dict[Reason, Text] = {
    Reason.NO_ANSWERS: Text("没有有效回答", "no valid answers"),
    Reason.ONE_ANSWER: Text("只有一份回答，算不出误差", "one answer only, no error can be given"),
    Reason.CONSTANT: Text("所有回答都一样，没有可解释的差异", "all answers are equal"),
    Reason.ONE_CLUSTER: Text(
        "每层只有一个抽样单位，算不出误差", "one cluster only, no error can be given"
    ),
    Reason.SUPPRESSED: Text("人数太少，不显示", "too few customers, not shown"),
    Reason.NO_WEIGHT: Text("权重缺失或为零", "weights are missing or zero"),
    Reason.NOT_COMPARABLE: Text("口径不同，不能比较", "defined differently, not comparable"),
    Reason.TOO_FEW_ROWS: Text(
        "完整的行数少于需要的行数", "fewer complete rows than the method needs"
    ),
    Reason.NOT_KNOWN_WHO: Text("不知道送达了哪些人", "not known who was reached"),
    Reason.STILL_RUNNING: Text(
        "还没结束的太多，这个时长暂时定不下来", "too many are still open to tell this duration"
    ),
    Reason.NO_BASE: Text(
        "被除的指标和 0 分不开，算不出比值",
        "what is divided by cannot be told from 0: there is no ratio",
    ),
    Reason.NO_ORDERS: Text("这里没有订单，没法除", "there are no orders here to divide by"),
    Reason.UNRELATED: Text(
        "这些因素和目标一点都不相关，没有可分的重要性",
        "the drivers do not go with the target at all: no importance to share out",
    ),
    Reason.NOT_LINKED: Text("没有对上的数据，算不出", "no other data is linked that it takes"),
}


@dataclass(frozen=True, slots=True)
class NotEstimable:
    """A number that cannot be given, and why.

    Attributes
    ----------
    reason : Reason
    n : int
        Answers that there are.
    minimum : int or None
        Of what is suppressed: the smallest group that would be shown, where that is known.
    """

    reason: Reason
    n: int = 0
    minimum: int | None = None

    def say(self, language: str) -> str:
        """Say why, in `language`."""
        return REASON_TEXT[self.reason].say(language)
