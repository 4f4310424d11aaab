"""Shares of answers inside a range of levels: what several metrics have in common."""

from __future__ import annotations

from huiyin.codebook.advice import rate_column
from huiyin.codebook.contracts import Column, Role, Scale
from huiyin.codebook.cuts import range_words
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit, UnsuitableScaleError
from huiyin.measure.metric import Form, Metric, MetricRules, Reading, Value

SATISFACTION_ROLES = ((Role.OVERALL,), (Role.CSAT,), (Role.ASPECT,))


def scale_of(column: Column, label: Text) -> Scale:
    """Give the scale of a rating column.

    Raises
    ------
    UnsuitableScaleError
        The column has no scale of at least two levels.
    """
    if column.scale is None or column.scale.maximum <= column.scale.minimum:
        raise UnsuitableScaleError(
            rate_column()
            .within(
                Text(
                    "列“{name}”没有评分量表，算不了{label}。{how}",
                    "Column “{name}” has no rating scale for {label}: {how}",
                )
            )
            .format(name=column.name, label=label)
        )
    return column.scale


def box_reading(
    column: Column, cut: tuple[float, float], metric: Metric, rules: MetricRules, *, sure: bool
) -> Reading:
    """Read the share of answers whose level lies in `cut`."""
    scale = column.scale
    said = Text("{formula}。这里取 {cut}（量表 {low:g}–{high:g}）",
                "{formula}. Here: {cut} of {low:g}–{high:g}")  # fmt: skip
    return Reading(
        values=(Value(column.name, Form.SHARE, high=cut),),
        shares=(1.0,),
        label=metric.label,
        formula=said.format(
            formula=metric.formula,
            cut=range_words(cut),
            low=scale.minimum if scale else 0.0,
            high=scale.maximum if scale else 0.0,
        ),
        unit=Unit.SHARE,
        delta=rules.delta_share,
        higher_is_better=metric.higher_is_better,
        please_check=not sure,
    )
