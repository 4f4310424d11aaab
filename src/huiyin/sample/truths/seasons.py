"""Seasons: more business around 618 and 双11, late deliveries in November, thin staff at 春节."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.months import BUSY, Floats, Ints, Month, spring_festival, within
from huiyin.sample.truths.delivery_delay import USUAL_LATE_SHARE
from huiyin.sample.truths.truth import Truth

SALE_LATE_SHARE = 0.40
"""Share of late deliveries while the parcels of 双11 pile up."""
FESTIVAL_PULL = -0.7
"""What thin staffing does to the leaning on 服务体验."""
FESTIVAL_DAYS = 8
_NOVEMBER = 11


@dataclass(frozen=True, slots=True)
class Seasons:
    """When the sale and the festivals fall in the window."""

    sales: tuple[tuple[date, date], ...]
    festivals: tuple[tuple[date, date], ...]

    def late_share(self, delivered: Ints) -> Floats:
        """Give the usual chance of being late at each moment."""
        return np.where(_in_any(delivered, self.sales), SALE_LATE_SHARE, USUAL_LATE_SHARE)

    def service_pulls(self, seconds: Ints) -> Floats:
        """Give the shift of each answer's leaning on 服务体验."""
        return np.where(_in_any(seconds, self.festivals), FESTIVAL_PULL, 0.0)

    def truths(self) -> tuple[Truth, ...]:
        """Tell them."""
        return (self._sale(), self._festival(), self._volume())

    def _sale(self) -> Truth:
        return Truth(
            id="season_sale",
            what=Text(
                "每年 11 月 3 日到 28 日双11积压，配送晚点变多，交付效率变差。",
                "From 3 to 28 November the parcels of 双11 pile up: more late deliveries, and "
                "交付效率 falls.",
            ),
            files=("deliveries", "门店满意度"),
            metric="score:交付效率",
            facts={"direction": -1, "days": [list(days) for days in self.sales]},
        )

    def _festival(self) -> Truth:
        return Truth(
            id="season_festival",
            what=Text(
                "春节八天人手少，门店服务体验变差。",
                "In the eight days of Spring Festival few staff are there: 服务体验 falls.",
            ),
            files=("门店满意度",),
            metric="score:服务体验",
            facts={"direction": -1, "days": [list(days) for days in self.festivals]},
        )

    def _volume(self) -> Truth:
        return Truth(
            id="season_volume",
            what=Text(
                "业务量随月份起伏，11 月最多，2 月最少。",
                "Business goes with the month of the year: most in November, least in February.",
            ),
            files=("门店满意度", "应用NPS", "orders"),
            facts={"weight_by_month": list(BUSY)},
        )


def _in_any(seconds: Ints, spans: tuple[tuple[date, date], ...]) -> Floats:
    inside = np.zeros(len(seconds), dtype=bool)
    for first, last in spans:
        inside |= within(seconds, first, last)
    return inside


def plan_seasons(months: tuple[Month, ...]) -> Seasons:
    """Find the sales and festivals that lie wholly in the window."""
    first, last = months[0].first, months[-1].last
    years = range(first.year, last.year + 1)
    sales = [(date(y, _NOVEMBER, 3), date(y, _NOVEMBER, 28)) for y in years]
    eves = [spring_festival(y) for y in years]
    festivals = [(day, day + timedelta(days=FESTIVAL_DAYS - 1)) for day in eves]
    return Seasons(
        tuple(s for s in sales if first <= s[0] and s[1] <= last),
        tuple(f for f in festivals if first <= f[0] and f[1] <= last),
    )
