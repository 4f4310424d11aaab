"""What the definitions' callers see: versions, weight sets, targets, and what can go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.measure.metric import MetricRules


class DefinitionError(BadInputError):
    """A definition cannot be understood or kept as it is."""


class RulesTextError(DefinitionError):
    """The text of the metric rules cannot be understood: line, key, what to do."""

    def __init__(self, line: int, key: str, fault: Text) -> None:
        place = f" {key}" if key else ""
        super().__init__(
            Text(
                "指标规则第 {line} 行{place}：{fault}", "Metric rules, line {line}{place}: {fault}"
            ).format(line=line, place=place, fault=fault)
        )
        self.line = line
        self.key = key


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """One version of the metric rules: the text as stored, and what it says."""

    version: int
    text: str
    valid_from: date
    note: str
    created_by: str | None
    created_at: datetime | None
    rules: MetricRules


@dataclass(frozen=True, slots=True)
class Weights:
    """One dated set of weights of the index for one scene, by aspect or column."""

    id: str
    scene: str
    version: int
    valid_from: date
    weights: Mapping[str, float]
    source: str
    created_by: str | None
    created_at: datetime

    @property
    def shares(self) -> dict[str, float]:
        """The weights, scaled to sum to 1."""
        total = sum(self.weights.values())
        return {name: weight / total for name, weight in self.weights.items()}


@dataclass(frozen=True, slots=True)
class Goal:
    """What a metric should reach, for whom, and when.

    Attributes
    ----------
    metric : str
        ``nps``, ``satisfied:服务``…
    value : float
        In the metric's unit; shares as proportions.
    where : mapping of str to str
        Group the goal is for: column → value; empty: everybody.
    dataset_id : str or None
        None: any dataset.
    higher_is_better : bool or None
        None: as the metric itself says.
    valid_from, valid_to : date, date or None
        Both included; None: no end.
    """

    metric: str
    value: float
    where: Mapping[str, str] = field(default_factory=dict)
    dataset_id: str | None = None
    higher_is_better: bool | None = None
    valid_from: date = date.min
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the goal holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Attainment(StrEnum):
    """Where a number stands against its goal (达标 rule)."""

    REACHED = "reached"
    MISSED = "missed"
    CANNOT_TELL = "cannot_tell"


ATTAINMENT_TEXT = {
    Attainment.REACHED: Text("达标", "reached"),
    Attainment.MISSED: Text("未达标", "missed"),
    Attainment.CANNOT_TELL: Text("无法判断", "cannot tell"),
}
