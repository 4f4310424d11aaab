"""Each question by itself, and what customers wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from huiyin.codebook.contracts import Role
from huiyin.core.absence import NotEstimable
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell

if TYPE_CHECKING:
    pass


class QuestionKind(StrEnum):
    """How a question is shown by itself."""

    SCALE = "scale"
    CHOICE = "choice"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class LevelShare:
    """One answer level or option: count, share in [0, 1] of the base, with interval.

    `said` is set where the words are ours and not the survey's: “3 others”, “yes”. `label` then
    says it in the survey's language.
    """

    label: str
    code: float | None
    n: int
    share: float
    low: float
    high: float
    said: Text | None = None


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """One question by itself.

    `n_base`: those who answered it (multi-select: who chose at least one option or saw the
    question), `n_missing`: the rest. `levels` are in scale order, options by count; beyond 30
    options the rest is folded into one level labelled as such. `mean` is a `Cell` for scales
    and numbers; `quantiles` maps 0.1, 0.25, 0.5, 0.75, 0.9 to values for numbers.
    """

    column: str
    role: Role
    kind: QuestionKind
    label: Text
    n_base: int
    n_missing: int
    levels: tuple[LevelShare, ...] = ()
    mean: Cell | None = None
    quantiles: Mapping[float, float] = field(default_factory=dict)
    not_estimable: NotEstimable | None = None


@dataclass(frozen=True, slots=True)
class Verbatim:
    """One comment, contact data masked, with its rating and groups.

    `about` names the aspects that the same answer calls bad, the worst first.
    """

    text: str
    column: str
    rating: float | None
    band: str | None
    by: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
