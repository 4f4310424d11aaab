"""What a metric reads on a column that nobody answered: no number, and why."""

from __future__ import annotations

from dataclasses import replace

from huiyin.codebook.contracts import Column
from huiyin.core.absence import Reason
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Form, Metric, MetricRules, Reading, Value


def unanswered(metric: Metric, column: Column, rules: MetricRules) -> Reading:
    """Read a metric where no value says which levels there are: none is needed for no number.

    Parameters
    ----------
    metric : Metric
        One that needs a scale.
    column : Column
        One that nobody answered.
    rules : MetricRules

    Returns
    -------
    Reading
        Absent, because there are no answers; the formula is the metric's own, without levels.
    """
    margins = {
        Unit.SHARE: rules.delta_share,
        Unit.NPS: rules.delta_nps,
        Unit.POINTS: rules.delta_points,
    }
    reading = Reading.of(
        Value(column.name, Form.NUMBER),
        metric.label,
        metric.formula,
        metric.unit,
        margins.get(metric.unit, 0.0),
    )
    return replace(reading, higher_is_better=metric.higher_is_better, absent=Reason.NO_ANSWERS)
