"""Frozen results of the kernels. Arrays in, these out; no input or output of any other kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
"""Array of float64, any shape the function names."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """Estimates with intervals, elementwise over cells: arrays of one shape.

    NaN where an entry cannot be estimated; the caller says why from `n`.
    """

    estimate: Floats
    low: Floats
    high: Floats
    standard_error: Floats
    degrees_of_freedom: Floats
    method: str


@dataclass(frozen=True, slots=True)
class TestResult:
    """A test: statistic, degrees of freedom, two-sided p; an F test has a second df."""

    statistic: float
    degrees_of_freedom: float
    p: float
    method: str
    effect_size: float | None = None
    denominator_degrees_of_freedom: float | None = None


@dataclass(frozen=True, slots=True)
class Association:
    """A coefficient of association in [−1, 1] with interval, two-sided p and rows used."""

    estimate: float
    low: float
    high: float
    p: float
    n: int
    method: str
