"""Points of a rating scale's levels, by the rule that is asked for."""

from __future__ import annotations

from huiyin.codebook.contracts import Scale
from huiyin.core.text import Text
from huiyin.measure.contracts import UnsuitableScaleError
from huiyin.measure.metric import LevelPoints

STEP_POINTS = (0.0, 30.0, 60.0, 80.0, 100.0)
FIVE = 5


def level_points(name: str, scale: Scale, rule: LevelPoints) -> tuple[tuple[float, float], ...]:
    """Give points for each level; empty for the linear rule, which needs no table.

    ×20 and 100/80/60/30/0 are said of five levels only: on ten levels ×20 would give 200, and any
    stretching would be a rule of our own under a known name. `name` is the column's.

    Raises
    ------
    UnsuitableScaleError
        The rule is made for five levels and the scale has another number.
    """
    if rule is LevelPoints.LINEAR:
        return ()
    if scale.n_levels != FIVE:
        raise UnsuitableScaleError(
            Text(
                "“{rule}”换算只用于 5 档量表，列“{name}”是 {low:g}–{high:g}；"
                "请去掉 --points，用默认换算",
                "The rule “{rule}” is for five levels, column “{name}” has {low:g}–{high:g}; leave "
                "--points out",
            ).format(rule=rule.value, name=name, low=scale.minimum, high=scale.maximum)
        )
    points = STEP_POINTS if rule is LevelPoints.STEPS else (20.0, 40.0, 60.0, 80.0, 100.0)
    codes = [scale.minimum + i for i in range(FIVE)]
    return tuple(zip(codes if scale.direction > 0 else codes[::-1], points, strict=True))
