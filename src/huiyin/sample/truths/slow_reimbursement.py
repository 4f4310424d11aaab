"""At one site, expenses are paid out slowly from a month on, and the staff there say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import Company
from huiyin.sample.months import Floats, Ints, Month, within
from huiyin.sample.offices import ERRANDS, EXPENSE_CLAIMS, LARGE_SITES, SITES
from huiyin.sample.ratings import Bools, Question
from huiyin.sample.truths.truth import Truth

EXPENSES = "报销"
PULL = -1.5
"""On the leaning on 报销, in standard deviations."""
SLOWER = 5.0
"""How many times as long a claim takes."""
STARTS_IN_MONTH = 22
"""The last month but one: a board of the last three months shows it."""


@dataclass(frozen=True, slots=True)
class SlowReimbursement:
    """Where, since when, until when."""

    site: int
    start: Month
    end: Month

    def hit(self, site: Ints, seconds: Ints) -> Bools:
        """Tell which rows are of that site and time."""
        there: Bools = site == self.site
        return there & within(seconds, self.start.first, self.end.last)

    def pulls(self, site: Ints, seconds: Ints) -> Floats:
        """Give the shift of each answer's leaning on 报销."""
        return np.where(self.hit(site, seconds), PULL, 0.0)

    def slower(self, site: Ints, seconds: Ints, errand: Ints) -> Floats:
        """Give how many times as long each request takes."""
        return np.where((errand == EXPENSE_CLAIMS) & self.hit(site, seconds), SLOWER, 1.0)

    def truth(self, questions: Sequence[Question]) -> Truth:
        """Tell it, with the expected fall of the score."""
        asked = next(one for one in questions if one.name == EXPENSES)
        site = SITES[self.site]
        return Truth(
            id="slow_reimbursement",
            what=Text(
                f"{site}从 {self.start} 起{EXPENSES}变慢，员工对{EXPENSES}的评价随之下跌。",
                f"At {site} expenses ({EXPENSES}) have been paid out slowly since {self.start}, "
                "and how the staff there rate them fell.",
            ),
            files=("内部服务", "internal_tickets"),
            where={"办公地点": site},
            since=self.start.first,
            until=self.end.last,
            metric=f"score:{EXPENSES}",
            size=asked.expected_score(PULL) - asked.expected_score(0.0),
            facts={
                "also": "resolution_time",
                "also_where": {"服务项目": ERRANDS[EXPENSE_CLAIMS]},
                "times_as_long": SLOWER,
                "direction": -1,
            },
        )


def plan_slow_reimbursement(company: Company, rng: np.random.Generator) -> SlowReimbursement:
    """Pick a large site."""
    months = company.months
    site = int(rng.integers(LARGE_SITES))
    return SlowReimbursement(site, months[STARTS_IN_MONTH], months[-1])
