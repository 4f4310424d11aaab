"""A queue system in 12 shops lifts 收银效率 by a known number of points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import Company
from huiyin.sample.months import Floats, Ints, Month, within
from huiyin.sample.places import SHOPS
from huiyin.sample.ratings import Question
from huiyin.sample.truths.truth import Truth

N_SHOPS = 12
LIFT_POINTS = 10.0
"""On the 0–100 score, over all answers of these shops, careless ones included."""
STARTS_IN_MONTH = 14
"""So that the months after can be compared with the same months a year before."""


@dataclass(frozen=True, slots=True)
class QueueSystem:
    """In which shops, since when, and the pull that gives the lift."""

    shops: tuple[int, ...]
    start: Month
    end: Month
    pull: float

    def pulls(self, shop: Ints, seconds: Ints) -> Floats:
        """Give the shift of each answer's leaning on 收银效率."""
        treated = np.isin(shop, self.shops) & within(seconds, self.start.first, self.end.last)
        return np.where(treated, self.pull, 0.0)

    def truth(self) -> Truth:
        """Tell it."""
        return Truth(
            id="queue_system",
            what=Text(
                f"{self.start} 起 {N_SHOPS} 家门店上线排队系统，"
                f"收银效率得分提高 {LIFT_POINTS:g} 分。",
                f"A queue system in {N_SHOPS} shops since {self.start} lifts the score of 收银效率 "
                f"by {LIFT_POINTS:g} points.",
            ),
            files=("门店满意度", "measures"),
            where={"门店": [SHOPS[i].shop for i in self.shops]},
            since=self.start.first,
            until=self.end.last,
            metric="score:收银效率",
            size=LIFT_POINTS,
            facts={"compare": "year_ago", "direction": 1},
        )


def plan_queue_system(
    company: Company, shops: tuple[int, ...], question: Question, careless_share: float
) -> QueueSystem:
    """Find the pull that lifts the expected score of these shops by `LIFT_POINTS`."""
    wanted = LIFT_POINTS / (1 - careless_share)
    low, high = 0.0, 3.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if _lift(company, shops, question, middle) < wanted else (low, middle)
        )
    start, end = company.months[STARTS_IN_MONTH], company.months[-1]
    return QueueSystem(shops, start, end, (low + high) / 2)


def _lift(company: Company, shops: tuple[int, ...], question: Question, pull: float) -> float:
    lifts = [
        question.expected_score(company.shop_pull[i] + pull)
        - question.expected_score(company.shop_pull[i])
        for i in shops
    ]
    return float(np.average(lifts, weights=company.shop_weight[list(shops)]))
