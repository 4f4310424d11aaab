"""Share of “easy” answers (轻松率) of an effort question."""

from __future__ import annotations

from huiyin.codebook.contracts import Column, Role
from huiyin.codebook.cuts import best_range, easy_count
from huiyin.core.text import Text
from huiyin.measure.boxes import box_reading, scale_of
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Metric, MetricRules, Reading

LABEL = Text("轻松率", "easy share")
FORMULA = Text(
    "选最轻松几档的人数 ÷ 有效回答数",
    "answers in the easiest levels ÷ valid answers",
)
MEANING = Text(
    "觉得轻松的客户占多少；档数不同的题不要相比",
    "how many found it easy; not to be compared between scales of other lengths",
)


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the share on a rating column."""
    scale = scale_of(column, LABEL)
    cut = best_range(scale, easy_count(scale.n_levels, rules.cuts))
    return box_reading(column, cut, METRIC, rules, sure=scale.n_levels in rules.cuts.easy)


METRIC = Metric(
    "easy",
    1,
    LABEL,
    FORMULA,
    Unit.SHARE,
    ((Role.CES,),),
    read,
    meaning=MEANING,
    expression="n(x ∈ easiest) / n",
    rule_keys=("easy",),
)
