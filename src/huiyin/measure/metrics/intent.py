"""Top-two share of an intent question: stated, not done."""

from __future__ import annotations

from huiyin.codebook.contracts import Column, Role
from huiyin.codebook.cuts import best_range
from huiyin.core.text import Text
from huiyin.measure.boxes import box_reading, scale_of
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Metric, MetricRules, Reading

LABEL = Text("意愿(前两档)", "stated intent (top two)")
FORMULA = Text(
    "选最高两档的人数 ÷ 有效回答数；意愿不等于行为",
    "answers in the top two levels ÷ valid answers; intent is not behaviour",
)
MEANING = Text(
    "说会再买、会续约的客户占多少。是意愿，不是行为；真实复购看复购率",
    "how many say they will buy again or renew: stated, not done",
)


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the share on a rating column."""
    scale = scale_of(column, LABEL)
    cut = best_range(scale, min(2, scale.n_levels - 1))
    return box_reading(column, cut, METRIC, rules, sure=True)


METRIC = Metric(
    "intent",
    1,
    LABEL,
    FORMULA,
    Unit.SHARE,
    ((Role.INTENT,),),
    read,
    meaning=MEANING,
    expression="n(x ∈ top two) / n",
)
