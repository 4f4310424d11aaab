"""Satisfied share (满意率): the top levels of a satisfaction question."""

from __future__ import annotations

from huiyin.codebook.contracts import Column
from huiyin.codebook.cuts import is_sure, satisfied_range
from huiyin.core.text import Text
from huiyin.measure.boxes import SATISFACTION_ROLES, box_reading, scale_of
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Metric, MetricRules, Reading

LABEL = Text("满意率", "satisfied share")
FORMULA = Text("选最好几档的人数 ÷ 有效回答数", "answers in the best levels ÷ valid answers")
MEANING = Text(
    "选“满意”那几档的客户占多少，是百分比。和 0–100 的满意度得分不是一个数",
    "how many chose the good levels, as a percentage; not the 0–100 score",
)


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the share on a rating column."""
    scale = scale_of(column, LABEL)
    cut = satisfied_range(scale, rules.cuts)
    return box_reading(column, cut, METRIC, rules, sure=is_sure(scale, rules.cuts))


METRIC = Metric(
    "satisfied",
    1,
    LABEL,
    FORMULA,
    Unit.SHARE,
    SATISFACTION_ROLES,
    read,
    meaning=MEANING,
    expression="n(x ∈ best) / n",
    rule_keys=("satisfied",),
)
