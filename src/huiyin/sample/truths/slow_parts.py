"""In one region repairs wait for parts for days, from a month on, and the customers say so."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from statistics import NormalDist

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import Company
from huiyin.sample.months import Floats, Ints, Month, within
from huiyin.sample.places import REGIONS
from huiyin.sample.ratings import Bools
from huiyin.sample.truths.truth import Truth

PARTS = "等待配件"
WAIT_HOURS, SPREAD = 6.0, 0.8
"""Usual wait for parts at the median, and the spread of its logarithm."""
TIMES_AS_LONG = 24.0
PULL = -1.2
"""On the rating of the step, in standard deviations."""
STARTS_IN_MONTH = 18
"""Half a year before the end: a board of the last three months shows it."""
TARGET_HOURS = 48.0
_LARGE_REGION = 0.15


@dataclass(frozen=True, slots=True)
class SlowParts:
    """Where, since when, until when."""

    region: int
    start: Month
    end: Month

    def hit(self, region: Ints, seconds: Ints) -> Bools:
        """Tell which repairs are of that region and time."""
        there: Bools = region == self.region
        return there & within(seconds, self.start.first, self.end.last)

    def slower(self, region: Ints, seconds: Ints) -> Floats:
        """Give how many times as long each repair waits for its parts."""
        return np.where(self.hit(region, seconds), TIMES_AS_LONG, 1.0)

    def pulls(self, region: Ints, seconds: Ints) -> Floats:
        """Give the shift of how each customer rates that step."""
        return np.where(self.hit(region, seconds), PULL, 0.0)

    def truth(self) -> Truth:
        """Tell it, with the rise of the share that waits for more than two days."""
        region = REGIONS[self.region]
        return Truth(
            id="slow_parts",
            what=Text(
                f"{region}的维修从 {self.start} 起卡在“{PARTS}”，成了整个流程的瓶颈，"
                "客户对这一环节的评价随之下跌。",
                f"Since {self.start} repairs in {region} have been held up by parts ({PARTS}), the "
                "bottleneck of the whole, and how customers rate that step fell.",
            ),
            files=("ticket_steps",),
            where={"大区": region, "环节": PARTS},
            since=self.start.first,
            until=self.end.last,
            metric=f"stage_over:{TARGET_HOURS:g}h",
            size=_over(TIMES_AS_LONG) - _over(1.0),
            facts={
                "bottleneck": PARTS,
                "also": "satisfied:满意度",
                "times_as_long": TIMES_AS_LONG,
                "direction": 1,
            },
        )


def _over(times: float) -> float:
    """Expect the share of waits that are longer than the target."""
    return 1 - NormalDist().cdf(log(TARGET_HOURS / (WAIT_HOURS * times)) / SPREAD)


def plan_slow_parts(company: Company, rng: np.random.Generator) -> SlowParts:
    """Pick a large region."""
    regions = np.flatnonzero(company.region_share >= _LARGE_REGION)
    months = company.months
    return SlowParts(int(rng.choice(regions)), months[STARTS_IN_MONTH], months[-1])
