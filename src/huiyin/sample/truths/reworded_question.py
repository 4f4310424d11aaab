"""Half way the effort question is reworded: its level jumps and nothing real has changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.months import Floats, Ints, Month, seconds_of
from huiyin.sample.ratings import Bools
from huiyin.sample.truths.truth import Truth

IN_MONTH = 12
PULL = 0.35
"""The new words sound easier: people lean to less effort by this much."""
BEFORE = Text(
    "为了解决这个问题，您费了多大力气？（1 毫不费力，7 非常费力）",
    "How much effort did it take you to get this solved? (1 none, 7 very much)",
)
AFTER = Text(
    "整个过程您觉得麻烦吗？（1 一点不麻烦，7 非常麻烦）",
    "How much trouble was the whole thing? (1 none, 7 very much)",
)


@dataclass(frozen=True, slots=True)
class RewordedQuestion:
    """Since when the new words are asked."""

    start: Month
    end: Month

    def reworded(self, seconds: Ints) -> Bools:
        """Tell which answers are to the new words."""
        return seconds >= seconds_of(self.start.first)

    def pulls(self, seconds: Ints) -> Floats:
        """Give the shift of each answer's leaning."""
        return np.where(self.reworded(seconds), PULL, 0.0)

    def truth(self) -> Truth:
        """Tell it."""
        return Truth(
            id="reworded_question",
            what=Text(
                f"售后回访的费力度题从 {self.start} 起换了问法，"
                "均分跳了一级台阶，不是真的变轻松了。",
                f"The effort question is asked in other words since {self.start}: its mean jumps, "
                "and nothing got easier.",
            ),
            files=("售后回访",),
            since=self.start.first,
            until=self.end.last,
            metric="ces",
            facts={
                "direction": -1,
                "revision_column": "题目版本",
                "before": BEFORE.say(),
                "after": AFTER.say(),
            },
        )
