"""Rates that a row tells by itself: on time, solved, in time, renewed, with an error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text, listed
from huiyin.measure.metric import Form, Look, Metric, MetricRules, Reading, Value
from huiyin.measure.named_columns import named_column
from huiyin.measure.operations.columns import event_column, happened, role_column
from huiyin.measure.operations.moments import due, literal, moment, reaches_until
from huiyin.measure.row_facts import Fact

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

OPEN_PROMISES = Text(
    "{n} 单还没送到、也还没到承诺时间（截至 {until}），未计入",
    "{n} orders are neither delivered nor due yet (as of {until}) and are left out",
)
STANDS_ON = Text("用的列：{columns}", "columns used: {columns}")
_FIRST = ("首次", "最初", "原", "first", "original", "initial")


def share_reading(metric: Metric, fact: Fact, rules: MetricRules, columns: list[Column]) -> Reading:
    """Read the share of rows whose fact is 1, of those whose fact is 0 or 1."""
    value = Value(fact.name, Form.SHARE, high=(1.0, 1.0))
    formula = rules.windows.said(metric.formula)
    reading = Reading.of(value, metric.label, formula, metric.unit, rules.delta_share)
    used = listed(column.name for column in columns)
    return replace(
        reading,
        higher_is_better=metric.higher_is_better,
        facts=(fact,),
        notes=(STANDS_ON.format(columns=used),),
        please_check=not all(column.usable for column in columns),
    )


def put_share(name: str, hit: Callable[[Any], Any], base: Callable[[Any], Any]) -> Fact:
    """Make a fact of conditions on the row alone: 1 where `hit`, 0 where only `base`, else NULL."""

    def put(_dataset: Dataset, rows: Any) -> Any:
        import ibis

        return rows.mutate(**{name: ibis.cases((hit(rows), 1.0), (base(rows), 0.0))})

    return Fact(name, put)


def event_rate(words: str) -> Look:
    """Give how a metric is read that one yes-or-no column tells, say renewed or not.

    Parameters
    ----------
    words : str
        Regular expression that finds the column by its name or label.
    """

    def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
        column = event_column(codebook, rest, words, metric.id, metric.label)
        fact = put_share(
            f"_{metric.id}:{column.name}",
            lambda rows: happened(rows, column),
            lambda rows: happened(rows, column).notnull(),
        )
        return share_reading(metric, fact, rules, [column])

    return look


def promised_column(codebook: Codebook, name: str, metric: Metric) -> Column:
    """Give the first promise: of several columns of promises the one that says so."""
    if name:
        return named_column(codebook, name)
    found = codebook.with_role(Role.PROMISED)
    said = [c for c in found if any(w in c.name.lower() for w in _FIRST)]
    if len(found) > 1 and len(said) == 1:
        return said[0]
    return role_column(codebook, (Role.PROMISED,), metric.id, metric.label)


def on_time_fact(promised: Column, delivered: Column) -> Fact:
    """Make the fact: 1 delivered by the promise, 0 later or overdue, NULL not due yet."""
    name = f"_on_time:{promised.name}:{delivered.name}"
    still_open = f"{name}:open"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        latest, at = due(moment(rows, promised.name)), moment(rows, delivered.name)
        late = at.notnull() | (latest < literal(reaches_until(dataset)))
        known = latest.notnull()
        return rows.mutate(
            **{
                name: ibis.cases((known & (at <= latest), 1.0), (known & late, 0.0)),
                still_open: known & ~late,
            }
        )

    return Fact(name, put, {still_open: OPEN_PROMISES})
