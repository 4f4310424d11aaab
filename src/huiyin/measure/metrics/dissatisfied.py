"""Dissatisfied share (不满意率): the bottom levels of a satisfaction question."""

from __future__ import annotations

from huiyin.codebook.contracts import Column
from huiyin.codebook.cuts import dissatisfied_range, is_sure
from huiyin.core.text import Text
from huiyin.measure.boxes import SATISFACTION_ROLES, box_reading, scale_of
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Metric, MetricRules, Reading

LABEL = Text("不满意率", "dissatisfied share")
FORMULA = Text("选最差几档的人数 ÷ 有效回答数", "answers in the worst levels ÷ valid answers")
MEANING = Text(
    "给差评的客户占多少。与满意率之间还有“一般”，两者相加不是 100%",
    "how many customers are unhappy; the neutral ones stand between, so it does not add up to"
    " 100 % with the satisfied share",
)


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the share on a rating column."""
    scale = scale_of(column, LABEL)
    cut = dissatisfied_range(scale, rules.cuts)
    return box_reading(column, cut, METRIC, rules, sure=is_sure(scale, rules.cuts))


METRIC = Metric(
    "dissatisfied",
    1,
    LABEL,
    FORMULA,
    Unit.SHARE,
    SATISFACTION_ROLES,
    read,
    higher_is_better=False,
    meaning=MEANING,
    expression="n(x ∈ worst) / n",
    rule_keys=("satisfied",),
)
