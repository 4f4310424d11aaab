"""What an answer is made of: the result, the ranking, the bound, what was analysed, a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.ask.contracts import Answerable
from huiyin.core.text import Text
from huiyin.measure.contracts import Call, Cell, Result


@dataclass(frozen=True, slots=True)
class Place:
    """One group of a ranking: its cell, shrunken estimate and tier.

    `call` says whether it really differs from the rest; `worse` in which direction.
    """

    cell: Cell
    shrunken: float
    tier: int
    call: Call | None
    worse: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The groups from the end that was asked for, and how many of all really stand out there."""

    places: tuple[Place, ...]
    n_groups: int
    n_real: int
    n_hidden: int


@dataclass(frozen=True, slots=True)
class Bounded:
    """The groups that are past a bound for real, and those of which nobody can tell."""

    real: tuple[Cell, ...]
    cannot_tell: tuple[Cell, ...]
    n_groups: int
    n_hidden: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answered question.

    `analysis` holds the JSON of what was analysed for why, drivers, relation and voices; `ends` is
    the last day of the data where the days asked for go on after it.
    """

    asked: Answerable
    sentence: Text
    result: Result | None = None
    ranking: Ranking | None = None
    bounded: Bounded | None = None
    analysis: Mapping[str, Any] = field(default_factory=dict)
    ends: date | None = None
