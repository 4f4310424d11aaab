"""Metrics that people made of others, as Ask knows them: by name, unit and good end."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.ask.contracts import CALCULATED, Calculated
from huiyin.codebook.contracts import Codebook
from huiyin.measure.catalogue import find_metric
from huiyin.measure.contracts import Query, QueryError, Unit
from huiyin.measure.metric import MetricRules


def calculated_metrics(codebook: Codebook, rules: MetricRules) -> tuple[Calculated, ...]:
    """List the made metrics that a dataset can give; one whose columns are gone is left out.

    Parameters
    ----------
    codebook : Codebook
        With the made groups of the dataset.
    rules : MetricRules
        With its made metrics under `formulas`.
    """
    return tuple(_readable(codebook, rules))


def _readable(codebook: Codebook, rules: MetricRules) -> Iterator[Calculated]:
    for name, formula in rules.formulas.items():
        metric = f"{CALCULATED}:{name}"
        try:
            unit = find_metric(metric, codebook, Query((metric,)), rules).reading.unit
        except QueryError:
            continue
        yield Calculated(name, unit is Unit.SHARE, formula.higher_is_better)
