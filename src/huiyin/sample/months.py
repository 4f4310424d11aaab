"""The 24 months, how busy each is, and moments inside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from huiyin.core.festival import SPRING_FESTIVALS
from huiyin.sample.contracts import N_MONTHS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DAY = 86_400
_EPOCH = date(1970, 1, 1)
BUSY = (1.0, 0.8, 0.9, 0.95, 1.05, 1.2, 1.0, 0.95, 1.0, 1.1, 1.4, 1.1)
"""Volume by month of the year: 618 in June, 双11 in November."""
_WEEKEND = 1.4
_SATURDAY = 5
_PEAKS = ((12.5, 1.8), (19.5, 2.0))
"""Hours at which people shop and answer, with their spread."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the window; `index` counts from 0."""

    index: int
    first: date
    last: date

    @property
    def n_days(self) -> int:
        """Count its days."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


def months_until(last_month: date) -> tuple[Month, ...]:
    """Give the window's months, the last one being that of `last_month`."""
    total = last_month.year * 12 + last_month.month - N_MONTHS
    firsts = [date((total + i) // 12, (total + i) % 12 + 1, 1) for i in range(N_MONTHS + 1)]
    return tuple(Month(i, firsts[i], firsts[i + 1] - timedelta(days=1)) for i in range(N_MONTHS))


def busy_weights(months: tuple[Month, ...]) -> Floats:
    """Weigh the months by how much is bought, and answered, in them."""
    return np.array([BUSY[month.first.month - 1] for month in months])


def seconds_of(day: date) -> int:
    """Give local midnight of a day in seconds since 1970."""
    return (day - _EPOCH).days * DAY


def spring_festival(year: int) -> date:
    """Give the first day of the lunar year."""
    return next(day for day in SPRING_FESTIVALS if day.year == year)


def moments(rng: np.random.Generator, month: Month, n: int) -> Ints:
    """Draw local moments of answers in a month, in seconds since 1970, sorted."""
    days = month.first.weekday() + np.arange(month.n_days)
    weights = np.where(days % 7 >= _SATURDAY, _WEEKEND, 1.0)
    day = np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(n))
    centre, spread = np.array(_PEAKS)[rng.integers(0, len(_PEAKS), n)].T
    hour = np.clip(centre + spread * rng.standard_normal(n), 7.5, 22.9)
    drawn = seconds_of(month.first) + day * DAY + (hour * 3600).astype(np.int64)
    return np.sort(drawn)


def within(seconds: Ints, first: date, last: date) -> NDArray[np.bool_]:
    """Tell which moments fall on the days `first` to `last`, both included."""
    return (seconds >= seconds_of(first)) & (seconds < seconds_of(last) + DAY)
