"""One shop begs for tens: top marks on its own phones, while the aspects stay as they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.draws import chance
from huiyin.sample.months import Ints, Month, within
from huiyin.sample.places import SHOPS
from huiyin.sample.ratings import ELEVEN, Bools
from huiyin.sample.truths.truth import Truth

BEGGED_SHARE = 0.75
STARTS_IN_MONTH = 6
N_SHOP_PHONES = 2
ON_SHOP_PHONE_SHARE = 0.4
_TEN, _FIVE = 10, 5


@dataclass(frozen=True, slots=True)
class BeggingShop:
    """Which shop, since when."""

    shop: int
    start: Month
    end: Month

    def begged(self, rng: np.random.Generator, shop: Ints, seconds: Ints) -> Bools:
        """Draw the answers that were begged for."""
        here = (shop == self.shop) & within(seconds, self.start.first, self.end.last)
        return np.asarray(here & chance(rng, len(shop), BEGGED_SHARE))

    def beautified(self, level: Mapping[str, Ints], begged: Bools) -> dict[str, Ints]:
        """Give 10 and 5 where they were begged for; only the questions about the whole change."""
        top = {"推荐意愿": _TEN, "总体满意度": _FIVE}
        return {
            name: np.where(begged, top[name], levels) if name in top else levels
            for name, levels in level.items()
        }

    def truth(self) -> Truth:
        """Tell it."""
        shop = SHOPS[self.shop].shop
        return Truth(
            id="begging_shop",
            what=Text(
                f"{shop}从 {self.start} 起向顾客要 10 分：推荐意愿多了很多 10 分，"
                "各方面评分没有变好，"
                "答卷集中在店里的两部手机上。",
                f"{shop} begs for tens since {self.start}: many more tens, aspects no better, "
                "and answers from two phones of the shop.",
            ),
            files=("门店满意度",),
            where={"门店": shop},
            since=self.start.first,
            until=self.end.last,
            metric="share:推荐意愿=10",
            size=BEGGED_SHARE * (1 - ELEVEN[-1]),
            facts={
                "compare": "rest",
                "direction": 1,
                "shop_phones": N_SHOP_PHONES,
                "on_shop_phone_share": ON_SHOP_PHONE_SHARE * BEGGED_SHARE,
            },
        )
