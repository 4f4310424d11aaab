"""Points of a rating scale's levels, by the rule that is asked for."""

from __future__ import annotations

from huiyin.codebook.advice import option
from huiyin.codebook.contracts import Scale
from huiyin.core.text import Text, listed
from huiyin.measure.contracts import UnsuitableScaleError
from huiyin.measure.metric import Elsewhere, LevelPoints, MetricRules

STEP_POINTS = (0.0, 30.0, 60.0, 80.0, 100.0)
TIMES_20_POINTS = (20.0, 40.0, 60.0, 80.0, 100.0)
FIVE = 5
TABLES = {LevelPoints.STEPS: {FIVE: STEP_POINTS}, LevelPoints.TIMES_20: {FIVE: TIMES_20_POINTS}}


def level_points(name: str, scale: Scale, rules: MetricRules) -> tuple[tuple[float, float], ...]:
    """Give points for each level; empty for the linear rule, which needs no table.

    ×20 and 100/80/60/30/0 are said of five levels only: on ten levels ×20 would give 200, and any
    stretching would be a rule of our own under a known name. `name` is the column's.

    Raises
    ------
    UnsuitableScaleError
        The rule has no points for this number of levels.
    """
    rule = rules.level_points
    if rule is LevelPoints.LINEAR:
        return ()
    points = (TABLES.get(rule) or rules.points_tables).get(scale.n_levels)
    if points is None:
        if rules.other_scales is Elsewhere.LINEAR:
            return ()
        raise _unsuitable(name, scale, rules)
    codes = [scale.minimum + i for i in range(scale.n_levels)]
    return tuple(zip(codes if scale.direction > 0 else codes[::-1], points, strict=True))


def _unsuitable(name: str, scale: Scale, rules: MetricRules) -> UnsuitableScaleError:
    found = {"name": name, "low": scale.minimum, "high": scale.maximum}
    if rules.level_points is LevelPoints.TABLE:
        known = listed(str(n) for n in rules.points_tables)
        return UnsuitableScaleError(
            Text(
                "指标规则只给了 {known} 档的分值表，列“{name}”是 {low:g}–{high:g}；"
                "请补一张表，或改用 linear",
                "The metric rules hold points for {known} levels, column “{name}” has "
                "{low:g}–{high:g}; add a table or use linear",
            ).format(known=known, **found)
        )
    return UnsuitableScaleError(
        Text(
            "“{rule}”换算只用于 5 档量表，列“{name}”是 {low:g}–{high:g}；"
            "请去掉 {points}，用默认换算；"
            "如果是指标规则里定的，请在规则里写 other_scales: linear",
            "The rule “{rule}” is for five levels, column “{name}” has {low:g}–{high:g}; leave "
            "{points} out, or, where the metric rules ask for it, set other_scales: linear in them",
        ).format(rule=rules.level_points.value, points=option("points"), **found)
    )
