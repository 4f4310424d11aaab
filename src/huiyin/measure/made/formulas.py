"""Metrics that people make of others without code: what each form says."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.measure.contracts import Filter

CALCULATED = "calc"
"""A made metric is asked for as ``calc:NAME``."""


@dataclass(frozen=True, slots=True)
class MeetShare:
    """The share of answers that meet all conditions, of those who answered all their columns."""

    conditions: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Average:
    """The weighted average of metrics of one unit; weights above 0, only their ratios matter."""

    metrics: tuple[str, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One metric less another of the same unit."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Quotient:
    """One metric over another."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A metric that people made of others, under a name."""

    name: str
    form: MeetShare | Average | Gap | Quotient
    higher_is_better: bool = True
    version: int = 1
