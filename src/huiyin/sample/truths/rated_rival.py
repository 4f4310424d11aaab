"""Who knows the competitor as well rates its prices above ours, in one region by far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import STAFF_A_SHOP, Company
from huiyin.sample.months import Floats, Ints
from huiyin.sample.places import COMPETITOR, REGIONS
from huiyin.sample.ratings import Question
from huiyin.sample.truths.truth import Truth

PRICE, SERVICE, DELIVERY = "价格感知", "服务体验", "交付效率"
AHEAD = {"price": 0.3, "price there": 1.1, "service": -0.5}
"""On what the competitor is rated, in standard deviations; `there` in the region."""
DELIVERY_PULL = -0.16
"""It is late as often as we are, so that nobody is ahead."""
_LARGE_REGION = 0.12


@dataclass(frozen=True, slots=True)
class RatedRival:
    """Where the competitor fights with prices."""

    company: Company
    region: int

    def pulls(self, region: Ints) -> dict[str, Floats | float]:
        """Give the shift of what is leant to on the competitor, by what is asked."""
        return {
            PRICE: np.where(region == self.region, AHEAD["price there"], AHEAD["price"]),
            SERVICE: AHEAD["service"],
            DELIVERY: DELIVERY_PULL,
        }

    def truth(self, questions: Sequence[Question]) -> Truth:
        """Tell it, with the gaps to expect between our score and the competitor's."""
        asked = {question.name: question for question in questions}
        region = REGIONS[self.region]

        def gap(name: str, ahead: str, where: int | None = None) -> float:
            """Expect ours over the shops, and over their staff where it is the service."""
            own = self._own_pulls(where, staff=name == SERVICE)
            mine = sum(weight * asked[name].expected_score(pull) for weight, pull in own)
            return mine - asked[name].expected_score(AHEAD[ahead])

        return Truth(
            id="rated_rival",
            what=Text(
                f"同时去过{COMPETITOR}的顾客，给它的{PRICE}打分更高，{region}差得最多；"
                f"我们的{SERVICE}更好；其余没有另外设差距。",
                f"Customers who know the competitor ({COMPETITOR}) too rate its {PRICE} higher, "
                f"most of all in {region}; our {SERVICE} is better; no other gap is planted.",
            ),
            files=("门店满意度",),
            where={"大区": region},
            metric=f"score:{PRICE}",
            size=gap(PRICE, "price there", self.region),
            facts={
                "compare": "competitor",
                "elsewhere": round(gap(PRICE, "price"), 4),
                "better": f"score:{SERVICE}",
                "better_size": round(gap(SERVICE, "service"), 4),
                "direction": -1,
            },
        )

    def _own_pulls(self, region: int | None, *, staff: bool) -> list[tuple[float, float]]:
        """List what pulls our own ratings, with its part of the answers."""
        company = self.company
        there = np.full(len(company.shop_pull), fill_value=True)
        if region is not None:
            there = company.region_of_shop == region
        weight = np.where(there, company.shop_weight, 0.0)
        each = np.repeat(weight / weight.sum() / STAFF_A_SHOP, STAFF_A_SHOP)
        pulls = np.repeat(company.shop_pull, STAFF_A_SHOP) + staff * company.staff_pull
        return [(float(w), float(p)) for w, p in zip(each, pulls, strict=True) if w > 0]


def plan_rated_rival(company: Company, rng: np.random.Generator) -> RatedRival:
    """Pick a large region."""
    return RatedRival(
        company, int(rng.choice(np.flatnonzero(company.region_share >= _LARGE_REGION)))
    )
