"""Metric definitions, words, targets, weights and benchmarks: immutable, dated rows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Float, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Document, Id, Moment, Revised, Table


class MetricRulesVersion(Table):
    """The metric rules as text (YAML); never changed, only followed by another version."""

    __tablename__ = "metric_rules"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    valid_from: Mapped[date]
    note: Mapped[str]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]


class AskWordsVersion(Table):
    """The company's own words for asking, as a list; never changed, only followed by another."""

    __tablename__ = "ask_words"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entries: Mapped[Document]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]


class WeightSet(Table):
    """Weights of the index for one scene (shop, online, B2B) from one day on."""

    __tablename__ = "weight_sets"
    __table_args__ = (UniqueConstraint("scene", "version"),)

    id: Mapped[Id]
    scene: Mapped[str]
    version: Mapped[int]
    valid_from: Mapped[date]
    weights: Mapped[Document]
    source: Mapped[str]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]


class Target(Revised, Table):
    """What a metric should reach, for whom, and when.

    `higher_is_better` is None where the metric itself says which end is good.
    """

    __tablename__ = "targets"

    id: Mapped[Id]
    metric: Mapped[str]
    dataset_id: Mapped[str | None]
    where: Mapped[Document]
    value: Mapped[float] = mapped_column(Float(53))
    higher_is_better: Mapped[bool | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class BenchmarkRow(Table):
    """A number from outside to compare with; without `n` nothing can be tested."""

    __tablename__ = "benchmarks"

    id: Mapped[Id]
    table_name: Mapped[str]
    metric: Mapped[str]
    value: Mapped[float] = mapped_column(Float(53))
    year: Mapped[str | None]
    source: Mapped[str | None]
    n: Mapped[int | None]
    by: Mapped[Document]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]
