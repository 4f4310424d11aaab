"""For every dimension: which groups differ from the rest for real, and which only seem to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan

import numpy as np

from huiyin.analyse.contracts import GroupDifferences
from huiyin.analyse.ports import Corridor
from huiyin.analyse.purposes import headline_metric
from huiyin.analyse.quantities import is_quantity
from huiyin.codebook.contracts import GROUP_ROLES, Column, Role
from huiyin.core.text import Text
from huiyin.measure.contracts import (
    MINIMUM_N,
    Against,
    Call,
    Cell,
    Compare,
    Definition,
    Query,
)
from huiyin.stats.multiple import benjamini_hochberg
from huiyin.stats.variances import welch_anova

MOST_GROUPS = 200
SHOWN_GROUPS = 30
MOST_DIMENSIONS = 40
TESTED_N = 5
"""A group below this many answers stays out of the test of the whole dimension."""
_MANY_GROUPS = 10
_NOT_GROUPS = frozenset({Role.STRATA, Role.CLUSTER, Role.CURRENCY})

ONE_GROUP = Text("“{name}”只有一个组，没有可比的。", "“{name}” has one group: nothing to compare.")
TOO_MANY = Text(
    "“{name}”有 {n:,} 个组，太多，未逐组比较。",
    "“{name}” has {n:,} groups, too many to compare one by one.",
)
NUMBERS = Text(
    "“{name}”有 {n} 个不同的数值（像年龄、年份），没有逐个比较；"
    "先分成几段（如 18–24、25–34）再导入，就能比。",
    "“{name}” holds {n} different numbers (like ages or years): they were not compared one by one. "
    "Put them into ranges (18–24, 25–34) before the import, and these are.",
)
TOO_MANY_DIMENSIONS = Text(
    "分析维度超过 {most} 个，只比较了前 {most} 个。",
    "More than {most} dimensions: the first {most} were compared.",
)
FOLDED = Text(
    "只列出回答最多的 {shown} 个组和确有差别的组，另有 {rest} 个组未列。",
    "Shown are the {shown} largest groups and those that really differ; {rest} more are not.",
)
UNKNOWN = Text(
    "{n:,} 份回答不知属于哪一组，未列。", "{n:,} answers of unknown group are not shown."
)
SHRUNKEN = Text(
    "组多且有大有小：名次按向均值收缩后的估计排，小组的极端值不当真。",
    "Many groups of unequal size: the order follows estimates pulled towards the mean, so that "
    "extremes of small groups do not count for much.",
)
NO_DIFFERENCE = Text(
    "放在一起检验，看不出这些组之间有差别；单个组的偏离不当真。",
    "Tested together the groups do not differ; single deviations do not count.",
)


@dataclass(frozen=True, slots=True)
class _Compared:
    column: Column
    definition: Definition
    cells: tuple[Cell, ...]
    n_unknown: int
    p: float
    effect_size: float | None


def group_differences(
    corridor: Corridor, target: Column, dimensions: Sequence[Column], *, level: float = 0.95
) -> tuple[GroupDifferences, ...]:
    """Compare the groups of each dimension with the rest, on the target's headline metric.

    Each group's call belongs to the family of its dimension; the dimensions' own tests are
    corrected together. A group is named best or worst only if its call is real, its dimension
    differs as a whole, and at least `MINIMUM_N` customers stand behind it.

    Returns
    -------
    tuple of GroupDifferences
        Clearest dimension first.
    """
    metric = headline_metric(target)
    found = [_compared(corridor, column, metric, level) for column in dimensions]
    tested = [c for c in found if c.cells]
    q = benjamini_hochberg([c.p for c in tested])
    results = [_finished(c, float(qi), level) for c, qi in zip(tested, q, strict=True)]
    results.sort(key=lambda r: (r.q is None, r.q or 0.0, -(r.effect_size or 0.0)))
    return tuple(results)


def comparable_dimensions(
    corridor: Corridor, target: Column | None
) -> tuple[tuple[Column, ...], tuple[Text, ...]]:
    """List the dimensions with 2 to `MOST_GROUPS` groups, and say why others are left out."""
    candidates = [
        c for c in corridor.codebook.with_role(*(GROUP_ROLES - _NOT_GROUPS)) if c != target
    ]
    notes: list[Text] = []
    if len(candidates) > MOST_DIMENSIONS:
        notes.append(TOO_MANY_DIMENSIONS.format(most=MOST_DIMENSIONS))
    kept = []
    for column in candidates[:MOST_DIMENSIONS]:
        values = [v for v, _, _ in corridor.level_counts(column.name) if v is not None]
        sentence = _left_out(column, values)
        if sentence is None:
            kept.append(column)
        elif values:
            notes.append(sentence.format(name=column.label, n=len(values)))
    return tuple(kept), tuple(notes)


def _left_out(column: Column, values: Sequence[str]) -> Text | None:
    """Say why the values of a column are not compared as groups, None if they are."""
    if len(values) <= 1:
        return ONE_GROUP
    if len(values) > MOST_GROUPS:
        return TOO_MANY
    return NUMBERS if is_quantity(column, values) else None


def _compared(corridor: Corridor, column: Column, metric: str, level: float) -> _Compared:
    query = Query(metrics=(metric,), by=(column.name,), compare=Compare(Against.REST), level=level)
    result = corridor.answer(query)
    known = tuple(c for c in result.cells if c.by.get(column.name) is not None and c.n > 0)
    unknown = sum(c.n for c in result.cells if c.by.get(column.name) is None)
    p, effect = whole_test(known)
    return _Compared(column, result.definition[0], known, unknown, p, effect)


def whole_test(cells: Sequence[Cell]) -> tuple[float, float | None]:
    """Test the groups together by Welch's F on their estimates and standard errors.

    Returns
    -------
    float
        p; NaN where fewer than two groups have `TESTED_N` answers and an error.
    float or None
        ω², the share of the differences between answers that goes with the groups, at least 0.
    """
    usable = [c for c in cells if _testable(c)]
    size = np.array([c.n_effective or c.n for c in usable])
    mean = np.array([c.estimate for c in usable], dtype=float)
    variance = np.array([(c.standard_error or 0.0) ** 2 for c in usable]) * size
    test = welch_anova(size, mean, variance)
    return test.p, _omega_squared(size, mean, variance)


def _testable(cell: Cell) -> bool:
    return (
        cell.n >= TESTED_N
        and cell.estimate is not None
        and cell.standard_error is not None
        and cell.standard_error > 0
    )


def _omega_squared(size: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> float | None:
    k = len(size)
    if k < 2 or size.sum() <= k:  # noqa: PLR2004 -- a comparison needs two
        return None
    between = float(np.sum(size * (mean - np.average(mean, weights=size)) ** 2))
    within = float(np.sum((size - 1) * variance))
    noise = within / float(size.sum() - k)
    total = between + within + noise
    return max(0.0, (between - (k - 1) * noise) / total) if total > 0 else None


def _finished(found: _Compared, q: float, level: float) -> GroupDifferences:
    differs = not isnan(q) and q < 1 - level
    ordered = _best_first(found)
    shown, rest = _folded(ordered)
    better = 1 if found.definition.higher_is_better else -1
    real = [c for c in shown if differs and c.n_customers >= MINIMUM_N and _any_real((c,))]
    name = found.column.name
    ups = [c for c in real if better * (_difference(c) or 0.0) > 0]
    downs = [c for c in reversed(real) if better * (_difference(c) or 0.0) < 0]
    return GroupDifferences(
        dimension=name,
        label=found.column.label,
        metric=found.definition.metric,
        unit=found.cells[0].unit,
        cells=shown,
        p=None if isnan(found.p) else found.p,
        q=None if isnan(q) else q,
        effect_size=found.effect_size,
        best=tuple(str(c.by[name]) for c in ups),
        worst=tuple(str(c.by[name]) for c in downs),
        notes=_notes(found, rest, seems=not differs and _any_real(shown)),
    )


def _difference(cell: Cell) -> float | None:
    return cell.comparison.difference if cell.comparison else None


def _any_real(cells: Sequence[Cell]) -> bool:
    return any(c.comparison is not None and c.comparison.call is Call.REAL for c in cells)


def _best_first(found: _Compared) -> tuple[Cell, ...]:
    better = 1 if found.definition.higher_is_better else -1
    told = [-inf if c.estimate is None else better * c.estimate for c in found.cells]
    drawn = shrunken(found.cells) if len(found.cells) > _MANY_GROUPS else [0.0] * len(told)
    order = sorted(range(len(told)), key=lambda i: (-better * drawn[i], -told[i]))
    return tuple(found.cells[i] for i in order)


def shrunken(cells: Sequence[Cell]) -> list[float]:
    """Pull each group's estimate towards the mean, the more the less sure it is.

    Method of moments (DerSimonian & Laird 1986) for the variance between groups; a group
    without an error goes to the mean.
    """
    estimate = np.array([np.nan if c.estimate is None else c.estimate for c in cells])
    error = np.array([c.standard_error or np.nan for c in cells], dtype=float)
    sure = np.isfinite(estimate) & np.isfinite(error)
    if not sure.any():
        return [0.0] * len(cells)
    weight = 1 / error[sure] ** 2
    centre = float(np.average(estimate[sure], weights=weight))
    spread = float(np.sum(weight * (estimate[sure] - centre) ** 2)) - (sure.sum() - 1)
    scale = float(weight.sum() - np.sum(weight**2) / weight.sum())
    between = max(0.0, spread / scale) if scale > 0 else 0.0
    centre = float(np.average(estimate[sure], weights=1 / (error[sure] ** 2 + between)))
    kept = between / (between + np.where(sure, error, 1.0) ** 2)
    pulled = np.where(sure, centre + kept * (np.where(sure, estimate, centre) - centre), centre)
    return [float(value) for value in pulled]


def _folded(ordered: Sequence[Cell]) -> tuple[tuple[Cell, ...], int]:
    """Keep the largest groups and all that really differ; count the rest."""
    if len(ordered) <= SHOWN_GROUPS:
        return tuple(ordered), 0
    smallest = sorted((c.n for c in ordered), reverse=True)[SHOWN_GROUPS - 1]
    shown = [c for c in ordered if c.n >= smallest or _any_real((c,))]
    return tuple(shown), len(ordered) - len(shown)


def _notes(found: _Compared, n_rest: int, *, seems: bool) -> tuple[Text, ...]:
    notes = []
    if n_rest:
        notes.append(FOLDED.format(shown=SHOWN_GROUPS, rest=n_rest))
    if found.n_unknown:
        notes.append(UNKNOWN.format(n=found.n_unknown))
    if len(found.cells) > _MANY_GROUPS:
        notes.append(SHRUNKEN)
    if seems:
        notes.append(NO_DIFFERENCE)
    return tuple(notes)
