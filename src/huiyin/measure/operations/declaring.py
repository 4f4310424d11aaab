"""How an operational metric is declared: one file of ``measure/metrics`` for each."""

from __future__ import annotations

from huiyin.codebook.contracts import Column
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted, QueryError, Unit
from huiyin.measure.metric import Look, Metric, MetricRules, Reading


def operational(  # noqa: PLR0913 -- one argument for each part of a definition
    metric_id: str,
    label: Text,
    formula: Text,
    look: Look,
    *,
    meaning: Text,
    expression: str,
    unit: Unit = Unit.SHARE,
    higher_is_better: bool = True,
    window: Text | None = None,
    rule_keys: tuple[str, ...] = (),
    counted: Counted | None = None,
) -> Metric:
    """Declare a metric that stands on several columns of orders, tickets, contracts and the like.

    Parameters
    ----------
    metric_id, label, formula, meaning, expression, unit, higher_is_better, window, rule_keys
        As in `Metric`; ``{churn_days}`` and the like in words are the days of the metric rules.
    counted : Counted or None
        As in `Metric`.
    look : callable
        (metric, codebook, what follows the colon, rules) -> Reading.

    Returns
    -------
    Metric
    """
    return Metric(
        metric_id,
        1,
        label,
        formula,
        unit,
        (),
        _of_one_column,
        higher_is_better=higher_is_better,
        needs_scale=False,
        meaning=meaning,
        expression=expression,
        look=look,
        window=window,
        rule_keys=rule_keys,
        counted=counted,
    )


def _of_one_column(column: Column, _value: str | None, _rules: MetricRules) -> Reading:
    raise QueryError(
        Text(
            "这个指标要看好几列，不能只按“{c}”一列算",
            "This metric stands on several columns, not on “{c}” alone",
        ).format(c=column.name)
    )
