"""A made dimension or metric as people write it: YAML, or JSON from the page."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from math import inf
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from huiyin.codebook.contracts import Codebook
from huiyin.codebook.groupings import Group, Grouping
from huiyin.core.errors import SaidError
from huiyin.core.text import Text
from huiyin.measure.made.contracts import (
    LONGEST_NAME,
    MOST_GROUPS,
    MOST_PARTS,
    MOST_VALUES,
)
from huiyin.measure.made.formulas import Average, Formula, Gap, MeetShare, Quotient
from huiyin.measure.parse import parse_filter

_TWO = 2
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Value = Annotated[str, Field(min_length=1, max_length=500)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Words = Annotated[str, Field(min_length=1, max_length=500)]


class Part(BaseModel):
    """What every part of a definition is: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=4096)


class Document(Part):
    """A whole definition."""

    def to_yaml(self) -> str:
        """Write it as YAML; reading that gives the same definition back."""
        said = self.model_dump(mode="json", exclude_defaults=True)
        return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=100)


class Kind(StrEnum):
    """What is made."""

    GROUPS = "groups"
    METRIC = "metric"


class Form(StrEnum):
    """How a metric is made of others."""

    SHARE = "share"
    AVERAGE = "average"
    DIFFERENCE = "difference"
    RATIO = "ratio"


class GroupWords(Part):
    """A group: its values, or a range of numbers (`low` included, `high` not)."""

    name: Name
    values: Annotated[tuple[Value, ...], Field(max_length=MOST_VALUES)] = ()
    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.values) == (self.low is not None or self.high is not None):
            raise SaidError(Text("取值和数的范围选一样", "either values or a range"))
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise SaidError(Text("范围的上限要大于下限", "a range ends after it begins"))
        return self


class MadeGroups(Document):
    """A dimension made of a column's values; `rest` names all others, else they have no group."""

    kind: Literal[Kind.GROUPS] = Kind.GROUPS
    column: Words
    groups: Annotated[tuple[GroupWords, ...], Field(min_length=1, max_length=MOST_GROUPS)]
    rest: Name | None = None

    @model_validator(mode="after")
    def _apart(self) -> Self:
        names = [one.name for one in self.groups] + ([self.rest] if self.rest else [])
        values = [value for one in self.groups for value in one.values]
        if len(set(names)) < len(names) or len(set(values)) < len(values):
            raise SaidError(Text("每个组名、每个取值只用一次", "each name and each value once"))
        if len({bool(one.values) for one in self.groups}) > 1:
            raise SaidError(Text("要么都按取值分，要么都按范围分", "either values or ranges"))
        ends = sorted(
            (-inf if g.low is None else g.low, inf if g.high is None else g.high)
            for g in self.groups
            if not g.values
        )
        if any(after[0] < before[1] for before, after in pairwise(ends)):
            raise SaidError(Text("各个范围不能重叠", "ranges do not overlap"))
        return self

    def grouping(self, name: str, version: int) -> Grouping:
        """Give it as the corridor takes it."""
        groups = tuple(Group(g.name, g.values, g.low, g.high) for g in self.groups)
        return Grouping(name, self.column, groups, self.rest, version)


class MadeMetric(Document):
    """A metric made of others.

    Attributes
    ----------
    form : Form
    conditions : tuple of str
        For a share: as in ``where``; all of them must be met.
    metrics : tuple of str
        For the other forms: what is averaged; else the first, and what is taken from it or what
        it is divided by.
    weights : tuple of float
        For an average; empty: all alike.
    higher_is_better : bool
    """

    kind: Literal[Kind.METRIC] = Kind.METRIC
    form: Form
    conditions: Annotated[tuple[Words, ...], Field(max_length=MOST_PARTS)] = ()
    metrics: Annotated[tuple[Words, ...], Field(max_length=MOST_PARTS)] = ()
    weights: Annotated[tuple[Weight, ...], Field(max_length=MOST_PARTS)] = ()
    higher_is_better: bool = True

    @model_validator(mode="after")
    def _complete(self) -> Self:
        is_share = self.form is Form.SHARE
        if is_share != bool(self.conditions) or is_share == bool(self.metrics):
            raise SaidError(
                Text(
                    "占比要写条件，其他算法要选指标", "a share has conditions, all else has metrics"
                )
            )
        pair = self.form in {Form.DIFFERENCE, Form.RATIO}
        if pair and len(self.metrics) != _TWO:
            raise SaidError(Text("要正好两个指标", "two metrics"))
        if self.weights and (self.form is not Form.AVERAGE or not self._fits):
            raise SaidError(
                Text("平均值的每个指标要各有一个权重", "a weight for each metric of an average")
            )
        return self

    @property
    def _fits(self) -> bool:
        return len(self.weights) == len(self.metrics)

    def formula(self, name: str, version: int, codebook: Codebook) -> Formula:
        """Give it as the corridor takes it.

        Raises
        ------
        QueryError
            A condition cannot be read.
        """
        return Formula(name, self._form(codebook), self.higher_is_better, version)

    def _form(self, codebook: Codebook) -> MeetShare | Average | Gap | Quotient:
        if self.form is Form.SHARE:
            names = [column.name for column in codebook]
            names += [column.group for column in codebook if column.group]
            return MeetShare(tuple(parse_filter(words, names) for words in self.conditions))
        if self.form is Form.AVERAGE:
            return Average(self.metrics, self.weights or (1.0,) * len(self.metrics))
        first, second = self.metrics
        return Gap(first, second) if self.form is Form.DIFFERENCE else Quotient(first, second)


Made = MadeGroups | MadeMetric
_KINDS: Mapping[str, type[MadeGroups | MadeMetric]] = {
    Kind.GROUPS: MadeGroups,
    Kind.METRIC: MadeMetric,
}


def read_made(words: str, kind: str) -> Made:
    """Read a kept definition of a kind from its YAML."""
    return _KINDS[kind].model_validate(yaml.safe_load(words))
