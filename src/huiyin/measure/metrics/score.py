"""Satisfaction score 0–100 (满意度得分): levels turned into points, then averaged."""

from __future__ import annotations

from dataclasses import replace

from huiyin.codebook.contracts import Column
from huiyin.core.text import Text, listed
from huiyin.measure.aspects import Parts
from huiyin.measure.boxes import SATISFACTION_ROLES, scale_of
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Elsewhere, Form, LevelPoints, Metric, MetricRules, Reading, Value
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
OWN_TABLE = Text("从差到好记 {points} 分", "from worst to best the levels count {points}")
OTHERS_LINEAR = Text("{rule}；其余量表等距换算", "{rule}; other scales in equal steps")
OF_ASPECT = Text(
    "{formula}：{rule}；各指标按权重平均：{parts}",
    "{formula}: {rule}; the indicators weighted by: {parts}",
)
NAMED = Text("{metric} · {aspect}", "{metric} · {aspect}")
MIDDLE = 50.0
MEANING = Text(
    "把各档换算成 0–100 再平均。5 分制的 4 分默认是 75，不是 80；用了哪种换算会写明",
    "levels turned into 0–100 and averaged; 4 of 5 is 75 by default, not 80, and the way used"
    " is named",
)


def points_words(rules: MetricRules, n_levels: int | None = None) -> Text:
    """Say how levels become points: of a scale with `n_levels`, or of all scales."""
    said = _rule_words(rules, n_levels)
    mixed = n_levels is None and rules.other_scales is Elsewhere.LINEAR
    if rules.level_points is LevelPoints.LINEAR or not mixed:
        return said
    return OTHERS_LINEAR.format(rule=said)


def _rule_words(rules: MetricRules, n_levels: int | None) -> Text:
    if rules.level_points is not LevelPoints.TABLE:
        return RULE_TEXT[rules.level_points]
    tables = [t for n, t in rules.points_tables.items() if n_levels in {None, n}]
    return OWN_TABLE.format(points="；".join("/".join(f"{p:g}" for p in t) for t in tables))


def score_value(column: Column, rules: MetricRules) -> Value:
    """Give how a row counts for the 0–100 score of a rating column."""
    scale = scale_of(column, LABEL)
    table = level_points(column.name, scale, rules)
    if table:
        return Value(column.name, Form.NUMBER, points=table, origin=MIDDLE, shift=MIDDLE)
    middle = (scale.minimum + scale.maximum) / 2
    factor = scale.direction * 100.0 / (scale.maximum - scale.minimum)
    return Value(column.name, Form.NUMBER, origin=middle, factor=factor, shift=MIDDLE)


def read(column: Column, _value: str | None, rules: MetricRules) -> Reading:
    """Read the score on a rating column."""
    value = score_value(column, rules)
    levels = column.scale.n_levels if column.scale else None
    rule = points_words(rules, levels) if value.points else RULE_TEXT[LevelPoints.LINEAR]
    return Reading.of(
        value,
        LABEL,
        Text("{a}：{b}", "{a}: {b}").format(a=FORMULA, b=rule),
        Unit.POINTS,
        rules.delta_points,
    )


_OF_PART = Text("{label} {share}", "{label} {share}")


def aspect_reading(parts: Parts, rules: MetricRules) -> Reading:
    """Read the score of an aspect: the weighted mean of its indicators' scores."""
    said = listed(
        _OF_PART.format(label=column.label, share=f"{share:.1%}") for column, share in parts.shares
    )
    formula = OF_ASPECT.format(formula=FORMULA, rule=points_words(rules), parts=said)
    reading = Reading(
        values=tuple(score_value(column, rules) for column, _ in parts.shares),
        shares=tuple(share for _, share in parts.shares),
        label=NAMED.format(metric=LABEL, aspect=parts.aspect.label),
        formula=formula,
        unit=Unit.POINTS,
        delta=rules.delta_points,
    )
    unsure = any(not column.usable for column, _ in parts.shares)
    return replace(reading, notes=parts.notes, please_check=unsure)


METRIC = Metric(
    "score",
    1,
    LABEL,
    FORMULA,
    Unit.POINTS,
    SATISFACTION_ROLES,
    read,
    meaning=MEANING,
    expression="Σ points(x) / n",
    rule_keys=("score", "aspects"),
)
