"""Raw mean (均分) in units of the scale, or of the amount."""

from __future__ import annotations

from dataclasses import replace

from huiyin.codebook.contracts import NUMBER_ROLES, Column, Role
from huiyin.core.text import Text
from huiyin.measure.boxes import SATISFACTION_ROLES, scale_of
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Form, Metric, MetricRules, Reading, Value

LABEL = Text("均分", "mean")
AMOUNT_LABEL = Text("均值", "mean")
FORMULA = Text("原始分的平均，不换算", "plain average of the raw values")
LOW_IS_GOOD = Text("这道题低分是好的一端", "on this question a low value is the good end")
NO_DELTA = 0.0
MEANING = Text(
    "原始分的平均数，单位与题目相同；不同量表的均分不能相比",
    "mean of the raw values in units of the question; not comparable across scales",
)


def scale_reading(column: Column, metric: Metric, rules: MetricRules) -> Reading:
    """Read the raw mean of a rating column; never reversed silently."""
    scale = scale_of(column, metric.label)
    middle = (scale.minimum + scale.maximum) / 2
    value = Value(column.name, Form.NUMBER, origin=middle, shift=middle)
    width = scale.maximum - scale.minimum
    formula = Text("{formula}（量表 {low:g}–{high:g}）", "{formula} (scale {low:g}–{high:g})")
    reading = Reading.of(
        value,
        metric.label,
        formula.format(formula=metric.formula, low=scale.minimum, high=scale.maximum),
        Unit.SCALE,
        rules.delta_points / 100.0 * width,
    )
    good = scale.direction > 0
    return replace(reading, higher_is_better=good, notes=() if good else (LOW_IS_GOOD,))


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the mean of a rating or number column."""
    if column.scale is not None or column.role not in NUMBER_ROLES:
        return scale_reading(column, METRIC, rules)
    value = Value(column.name, Form.NUMBER, origin=None)
    unit = Unit.AMOUNT
    reading = Reading.of(value, AMOUNT_LABEL, FORMULA, unit, NO_DELTA)
    better = column.role not in {Role.COST, Role.DURATION}
    return replace(reading, higher_is_better=better)


METRIC = Metric(
    "mean",
    1,
    LABEL,
    FORMULA,
    Unit.SCALE,
    SATISFACTION_ROLES,
    read,
    needs_scale=False,
    meaning=MEANING,
    expression="Σ x / n",
)
