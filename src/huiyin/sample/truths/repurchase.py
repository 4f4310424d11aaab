"""In one segment repurchase follows satisfaction, in another it does not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import SEGMENTS
from huiyin.sample.months import Floats, Ints
from huiyin.sample.truths.truth import Truth

AT_LEVEL_3 = (0.38, 0.36, 0.40)
SLOPE = (0.11, 0.04, 0.0)
"""Change of the chance to buy again within 90 days, per level of 总体满意度, by segment."""
WINDOW_DAYS = 90
_MIDDLE = 3


@dataclass(frozen=True, slots=True)
class Repurchase:
    """How likely customers buy again."""

    def chances(self, segment: Ints, level: Ints) -> Floats:
        """Give the chance of each customer to buy again within the window."""
        slope = np.array(SLOPE)[segment]
        return np.array(AT_LEVEL_3)[segment] + slope * (level - _MIDDLE)

    def truth(self) -> Truth:
        """Tell it."""
        follows, does_not = SEGMENTS[0], SEGMENTS[-1]
        return Truth(
            id="repurchase",
            what=Text(
                f"{follows}越满意越会在 {WINDOW_DAYS} 天内再买（每高一级多 {SLOPE[0]:.0%}）；"
                f"{does_not}买不买与满意度无关。",
                f"{follows} buy again within {WINDOW_DAYS} days the more satisfied they are "
                f"(+{SLOPE[0]:.0%} a level); {does_not} buy regardless.",
            ),
            files=("门店满意度", "orders"),
            where={"客群": follows},
            metric="share:90天内复购=是",
            size=SLOPE[0],
            facts={"rating": "总体满意度", "without": does_not, "per": "level", "direction": 1},
        )
