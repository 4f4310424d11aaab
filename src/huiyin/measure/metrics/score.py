"""Satisfaction score 0–100 (满意度得分): levels turned into points, then averaged."""

from __future__ import annotations

from huiyin.codebook.contracts import Column
from huiyin.core.text import Text
from huiyin.measure.boxes import SATISFACTION_ROLES, scale_of
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Form, LevelPoints, Metric, MetricRules, Reading, Value
from huiyin.measure.scales import level_points

LABEL = Text("满意度得分", "satisfaction score")
FORMULA = Text("各档换算成 0–100 分后取平均", "levels turned into points of 0–100, then averaged")
RULE_TEXT = {
    LevelPoints.LINEAR: Text(
        "最低档记 0 分，最高档记 100 分，中间等距", "lowest level 0, highest 100, equal steps"
    ),
    LevelPoints.TIMES_20: Text("档位 ×20：1 档记 20 分", "level × 20: the lowest level counts 20"),
    LevelPoints.STEPS: Text("五档记 100/80/60/30/0 分", "five levels count 100/80/60/30/0"),
}
MIDDLE = 50.0


def score_value(column: Column, rules: MetricRules) -> Value:
    """Give how a row counts for the 0–100 score of a rating column."""
    scale = scale_of(column, LABEL)
    table = level_points(column.name, scale, rules.level_points)
    if table:
        return Value(column.name, Form.NUMBER, points=table, origin=MIDDLE, shift=MIDDLE)
    middle = (scale.minimum + scale.maximum) / 2
    factor = scale.direction * 100.0 / (scale.maximum - scale.minimum)
    return Value(column.name, Form.NUMBER, origin=middle, factor=factor, shift=MIDDLE)


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the score on a rating column."""
    return Reading.of(
        score_value(column, rules),
        LABEL,
        Text("{a}：{b}", "{a}: {b}").format(a=FORMULA, b=RULE_TEXT[rules.level_points]),
        Unit.POINTS,
        rules.delta_points,
    )


METRIC = Metric("score", 1, LABEL, FORMULA, Unit.POINTS, SATISFACTION_ROLES, read)
