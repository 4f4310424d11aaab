"""At another site the canteen is made new, and the staff like it better from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import Company
from huiyin.sample.months import Floats, Ints, Month, within
from huiyin.sample.offices import LARGE_SITES, SITES
from huiyin.sample.ratings import Question
from huiyin.sample.truths.truth import Truth

CANTEEN = "食堂"
LIFT = 0.9
"""On the leaning on 食堂, in standard deviations."""
STARTS_IN_MONTH = 12
"""A year of answers before it and a year after."""


@dataclass(frozen=True, slots=True)
class NewCanteen:
    """Where, since when, until when."""

    site: int
    start: Month
    end: Month

    def pulls(self, site: Ints, seconds: Ints) -> Floats:
        """Give the shift of each answer's leaning on 食堂."""
        after = within(seconds, self.start.first, self.end.last)
        return np.where((site == self.site) & after, LIFT, 0.0)

    def truth(self, questions: Sequence[Question]) -> Truth:
        """Tell it, with the expected rise of the score."""
        asked = next(one for one in questions if one.name == CANTEEN)
        site = SITES[self.site]
        return Truth(
            id="new_canteen",
            what=Text(
                f"{site}的{CANTEEN} {self.start} 翻新，之后一年的评价比前一年高。",
                f"The canteen ({CANTEEN}) of {site} was made new in {self.start} and is rated "
                "higher in the year after than in the year before.",
            ),
            files=("内部服务",),
            where={"办公地点": site},
            since=self.start.first,
            until=self.end.last,
            metric=f"score:{CANTEEN}",
            size=asked.expected_score(LIFT) - asked.expected_score(0.0),
            facts={"compare": "year_ago", "direction": 1},
        )


def plan_new_canteen(company: Company, rng: np.random.Generator, without: int) -> NewCanteen:
    """Pick a large site, another one than `without`."""
    sites = [site for site in range(LARGE_SITES) if site != without]
    months = company.months
    return NewCanteen(int(rng.choice(sites)), months[STARTS_IN_MONTH], months[-1])
