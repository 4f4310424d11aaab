"""Weighted index (综合满意度指数): aspect scores 0–100, weighted."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from huiyin.codebook.contracts import Codebook, Column, Role, UnknownColumnError
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.aspects import aspect_parts
from huiyin.measure.contracts import QueryError, Unit
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.metrics.score import points_words, read, score_value

LABEL = Text("综合满意度指数（加权）", "weighted satisfaction index")
FORMULA = Text("各维度满意度得分按权重加权：{weights}", "aspect scores weighted by: {weights}")
MEANING = Text(
    "各维度得分按权重合成的总分。与单题的总体满意度是两回事；换了权重，分数不可直接相比",
    "one score out of the aspects’ scores; not the single overall question, and not "
    "comparable across weight sets",
)


def _check(weights: Mapping[str, float]) -> None:
    total = sum(weights.values())
    if not weights or min(weights.values()) < 0 or not 0 < total < math.inf:
        raise QueryError(
            Text(
                "综合满意度指数需要各维度的权重，不能为负，合计大于 0；"
                "也可以先算驱动因素，用它的权重",
                "The index needs a weight for each aspect, none below 0, with a sum above 0; "
                "the shares of a driver analysis will do",
            )
        )


def index_reading(
    codebook: Codebook,
    weights: Mapping[str, float],
    rules: MetricRules,
    window: tuple[date | None, date | None] = (None, None),
) -> Reading:
    """Read the index over weighted aspects or columns; weights are scaled to sum to 1."""
    _check(weights)
    total = sum(weights.values())
    columns: dict[str, Column] = {}
    shares: dict[str, float] = {}
    said: list[tuple[Text, str]] = []
    notes = [points_words(rules)]
    for name, weight in weights.items():
        if weight <= 0:
            continue
        parts, more = _parts(codebook, name, rules, window)
        notes += more
        said.append((_name(codebook, name), f"{weight / total:.1%}"))
        for column, share in parts:
            columns[column.name] = column
            shares[column.name] = shares.get(column.name, 0.0) + share * weight / total
    return Reading(
        values=tuple(score_value(column, rules) for column in columns.values()),
        shares=tuple(shares.values()),
        label=LABEL,
        formula=FORMULA.format(weights=_listed(said)),
        unit=Unit.POINTS,
        delta=rules.delta_points,
        notes=tuple(notes),
    )


def _name(codebook: Codebook, name: str) -> Text:
    return codebook[name].label if name in codebook else Text.same(name)


def _listed(said: Sequence[tuple[Text, str]]) -> Text:
    return Text(
        "、".join(f"{name.say(ZH)} {weight}" for name, weight in said),
        ", ".join(f"{name.say(EN)} {weight}" for name, weight in said),
    )


def _parts(
    codebook: Codebook, name: str, rules: MetricRules, window: tuple[date | None, date | None]
) -> tuple[tuple[tuple[Column, float], ...], tuple[Text, ...]]:
    """Give the columns behind a weight: the column of that name, else those of the aspect."""
    if name not in codebook:
        found = aspect_parts(rules.aspects, name, codebook, window)
        if found is not None:
            return found.shares, found.notes
    try:
        return ((codebook[name], 1.0),), ()
    except UnknownColumnError as error:
        raise QueryError(error.sentence) from error


METRIC = Metric(
    "index",
    1,
    LABEL,
    FORMULA,
    Unit.POINTS,
    ((Role.ASPECT,),),
    read,
    meaning=MEANING,
    expression="Σ wₖ · scoreₖ / Σ wₖ",
    rule_keys=("score", "index_weights", "aspects"),
)
