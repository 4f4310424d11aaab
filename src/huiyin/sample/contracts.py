"""What a sample is asked for, and what it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

FEWEST_ANSWERS = 5_000
"""Below this, some months of the smaller surveys would be empty."""
MOST_ANSWERS = 100_000_000
N_MONTHS = 24
FIRST_YEAR, LAST_YEAR = 2008, 2034
"""Years for which the dates of Spring Festival are known, with two years before them."""


@dataclass(frozen=True, slots=True)
class SampleSettings:
    """Everything that decides a sample: equal settings give equal files.

    Attributes
    ----------
    answers : int
        Rows of all surveys together.
    seed : int
        Also picks where the truths are planted.
    last_month : date
        Any day of the last of the 24 months.
    """

    answers: int
    last_month: date
    seed: int = 0

    def __post_init__(self) -> None:
        if not FEWEST_ANSWERS <= self.answers <= MOST_ANSWERS:
            raise SampleSizeError(self.answers)
        if not FIRST_YEAR <= self.last_month.year <= LAST_YEAR:
            raise SampleYearError(self.last_month)
        if self.seed < 0:
            raise SampleSeedError(self.seed)


def last_complete_month(today: date) -> date:
    """Give the first day of the last month that is over on `today`."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


class SampleSizeError(BadInputError):
    """More or fewer answers than a sample can have."""

    def __init__(self, answers: int) -> None:
        super().__init__(
            Text(
                "示例数据的答卷数要在 {low:,} 到 {high:,} 之间，给的是 {n:,}。",
                "A sample has {low:,} to {high:,} answers, not {n:,}.",
            ).format(low=FEWEST_ANSWERS, high=MOST_ANSWERS, n=answers)
        )


class SampleYearError(BadInputError):
    """A year whose lunar calendar is not known here."""

    def __init__(self, month: date) -> None:
        super().__init__(
            Text(
                "示例数据的最后一个月要在 {low} 到 {high} 年之间，给的是 {n}。",
                "The last month of a sample lies in {low} to {high}, not in {n}.",
            ).format(low=FIRST_YEAR, high=LAST_YEAR, n=month.year)
        )


class SampleSeedError(BadInputError):
    """A seed below 0."""

    def __init__(self, seed: int) -> None:
        super().__init__(
            Text("种子要是不小于 0 的整数，给的是 {n}。", "A seed is 0 or above, not {n}.").format(
                n=seed
            )
        )
