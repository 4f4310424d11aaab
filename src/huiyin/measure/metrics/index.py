"""Weighted index (综合满意度指数): aspect scores 0–100, weighted."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.codebook.contracts import Codebook, Role
from huiyin.core.text import Text
from huiyin.measure.contracts import QueryError, Unit
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.metrics.score import RULE_TEXT, read, score_value

LABEL = Text("综合满意度指数(加权)", "weighted satisfaction index")
FORMULA = Text("各维度满意度得分按权重加权：{weights}", "aspect scores weighted by: {weights}")


def _check(weights: Mapping[str, float]) -> None:
    if not weights or min(weights.values()) < 0 or sum(weights.values()) <= 0:
        raise QueryError(
            Text(
                "综合满意度指数需要各维度的权重，不能为负，合计大于 0；"
                "也可以先算驱动因素，用它的权重",
                "The index needs a weight for each aspect, none below 0, with a sum above 0; "
                "the shares of a driver analysis will do",
            )
        )


def index_reading(codebook: Codebook, weights: Mapping[str, float], rules: MetricRules) -> Reading:
    """Read the index over the weighted aspects; weights are scaled to sum to 1."""
    _check(weights)
    total = sum(weights.values())
    shares = {codebook[name].name: weight / total for name, weight in weights.items() if weight > 0}
    said = "、".join(f"{name} {share:.1%}" for name, share in shares.items())
    points = RULE_TEXT[rules.level_points]
    return Reading(
        values=tuple(score_value(codebook[name], rules) for name in shares),
        shares=tuple(shares.values()),
        label=LABEL,
        formula=FORMULA.format(weights=said),
        unit=Unit.POINTS,
        delta=rules.delta_points,
        notes=(points,),
    )


METRIC = Metric("index", 1, LABEL, FORMULA, Unit.POINTS, ((Role.ASPECT,),), read)
