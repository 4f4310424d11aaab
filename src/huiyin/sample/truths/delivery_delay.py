"""In one region and one month, deliveries come late."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import Company
from huiyin.sample.months import Floats, Ints, Month, within
from huiyin.sample.places import REGIONS
from huiyin.sample.truths.truth import Truth

LATE_SHARE = 0.80
USUAL_LATE_SHARE = 0.07
LATE_PULL = -1.8
"""What a late delivery does to the leaning on 交付效率, in standard deviations."""
_LARGE_REGION = 0.12
_QUIET_MONTHS = (4, 5, 7, 8, 9)
"""Months of the year without a sale or festival that delays deliveries anyway."""
_FIRST, _LAST = 4, 20


@dataclass(frozen=True, slots=True)
class DeliveryDelay:
    """Where and when."""

    region: int
    month: Month

    def late_share(self, region: Ints, delivered: Ints, usual: Floats) -> Floats:
        """Give the chance of each delivery to be late."""
        hit = (region == self.region) & within(delivered, self.month.first, self.month.last)
        return np.where(hit, LATE_SHARE, usual)

    def truth(self) -> Truth:
        """Tell it."""
        region = REGIONS[self.region]
        return Truth(
            id="delivery_delay",
            what=Text(
                f"{self.month} {region}配送大面积延误，交付效率的评价随之下跌，下月恢复。",
                f"Deliveries in {region} were late in {self.month}; 交付效率 fell with them and "
                "recovered the month after.",
            ),
            files=("deliveries", "门店满意度", "incidents"),
            where={"大区": region},
            since=self.month.first,
            until=self.month.last,
            metric="share:是否准时=否",
            size=LATE_SHARE - USUAL_LATE_SHARE,
            facts={"also": "score:交付效率", "direction": -1},
        )


def plan_delivery_delay(company: Company, rng: np.random.Generator) -> DeliveryDelay:
    """Pick a large region and a quiet month."""
    regions = np.flatnonzero(company.region_share >= _LARGE_REGION)
    months = [m for m in company.months[_FIRST:_LAST] if m.first.month in _QUIET_MONTHS]
    return DeliveryDelay(int(rng.choice(regions)), months[int(rng.integers(len(months)))])
