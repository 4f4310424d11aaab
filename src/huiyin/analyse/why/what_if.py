"""What if one aspect were rated better: what goes with it, by the drivers' regression."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import isfinite, sqrt
from typing import Any

from huiyin.analyse.contracts import AnalysisError, Driver, DriverResult
from huiyin.analyse.drivers import find_drivers
from huiyin.analyse.ports import Corridor
from huiyin.analyse.purposes import headline_metric, numeric_column, pick_drivers, pick_target
from huiyin.analyse.why.shapes import Span
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Query, Unit

MOST_POINTS = 100.0
CAUTION = Text(
    "这是按现有答卷里的相关推算的，不是因果：把“{aspect}”真的提上去，“{target}”未必跟着这样变。"
    "先小范围试，再看数。",
    "This follows from how ratings go together in these answers; it is no cause and effect: if "
    "“{aspect}” were really raised, “{target}” need not follow. Try it on a small scale first.",
)
CLIPPED = Text(
    "“{aspect}”现在 {now:.1f} 分，离量表{end}只有 {left:.1f} 分，按 {left:.1f} 分算。",
    "“{aspect}” is at {now:.1f}: only {left:.1f} points are left to the {end} of the scale, so "
    "{left:.1f} is what was reckoned with.",
)
TOP, BOTTOM = Text("顶端", "top"), Text("底端", "bottom")
CUT = Text(
    "推算超出了目标的量表，已截到量表{end}。",
    "The reckoning leaves the scale of the target and was cut at its {end}.",
)
OPPOSITE = Text(
    "在这些答卷里“{aspect}”的系数方向不一（符号相反），这个推算不可靠。",
    "The sign of “{aspect}” differs in these answers: this reckoning is not to be relied on.",
)
NO_SCALE = Text(
    "“{name}”没有量表，说不出提高几分是多少",
    "“{name}” has no scale: what a point more would be cannot be said",
)
POINTS_RANGE = Text(
    "提高的分数要在 −100 和 100 之间，且不是 0",
    "The points to add lie between −100 and 100 and are not 0",
)
LEFT_OUT = Text("“{name}”不能进入回归：{why}", "“{name}” cannot stand in the regression: {why}")
UNKNOWN_REASON = Text("数据不够", "too little data")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the target would be expected at if an aspect stood some points higher.

    Attributes
    ----------
    target, aspect : str
        Columns; their labels beside them.
    metric, unit : str, Unit
        Of the target: the 0–100 score of a rating, the share of an outcome, a mean.
    points, points_used : float
        Asked for, and what the aspect's scale leaves room for; of 0–100.
    now, aspect_now : Cell
        Both as a query gives them.
    expected, change : Span or None
        The target then, and how far that is from now; cut at the ends of its scale.
    beta : Span or None
        Standardised coefficient among the other drivers, bootstrap interval.
    drivers : tuple of str
        What stood in the regression.
    r2 : float or None
    n, bootstrap, seed : int
    level : float
    caution : Text
    notes : tuple of Text
    not_estimable : NotEstimable or None
    """

    target: str
    target_label: Text
    aspect: str
    aspect_label: Text
    metric: str
    unit: Unit
    points: float
    points_used: float
    now: Cell
    aspect_now: Cell
    expected: Span | None
    change: Span | None
    beta: Span | None
    drivers: tuple[str, ...]
    r2: float | None
    n: int
    bootstrap: int
    seed: int
    level: float
    caution: Text
    notes: tuple[Text, ...] = ()
    not_estimable: NotEstimable | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        shape = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        if self.not_estimable is None:
            del shape["not_estimable"]
        return shape


def _plain(value: Any) -> Any:
    if isinstance(value, Cell):
        return value.to_json()
    if isinstance(value, Span):
        return {"estimate": value.estimate, "low": value.low, "high": value.high}
    if isinstance(value, Text):
        return dict(value)
    if isinstance(value, NotEstimable):
        return value.reason.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def what_if(
    corridor: Corridor,
    aspect: str,
    points: float,
    target: str | None = None,
    *,
    bootstrap: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> WhatIf:
    """Reckon where the target would be expected if an aspect were rated `points` higher.

    The aspect's standardised coefficient in the drivers' regression times the two spreads, with
    the bootstrap interval of the coefficient; spreads and means are taken as they are.

    Parameters
    ----------
    corridor : Corridor
    aspect : str
        A rating; it stands in the regression beside all other drivers.
    points : float
        Of 0–100, in [−100, 100] and not 0. What the scale has no room for is left out.
    target : str, optional
        By default the overall rating.
    bootstrap, seed, level
        As for `find_drivers`.

    Returns
    -------
    WhatIf
        With `not_estimable` nothing is reckoned. Correlation, never cause: `caution` says so.

    Raises
    ------
    UnknownColumnError, AnalysisError
        A name does not exist or fit, or the points are out of range.

    References
    ----------
    Cohen, Cohen, West & Aiken (2003), Applied Multiple Regression, ch. 3 (standardised partial
    coefficients).
    """
    if not isfinite(points) or points == 0 or abs(points) > MOST_POINTS:
        raise AnalysisError(POINTS_RANGE)
    book = corridor.codebook
    column = numeric_column(book, aspect)
    if column.scale is None:
        raise AnalysisError(NO_SCALE.format(name=column.label))
    found = _drivers(corridor, target, column, (bootstrap, seed, level))
    goal = book[found.target]
    metric = headline_metric(goal) if goal.role is not Role.NPS else f"score:{goal.name}"
    asked = Query((metric, f"score:{column.name}"), level=level)
    now, aspect_now = corridor.answer(asked).cells
    driver = next((d for d in found.drivers if d.column == column.name), None)
    used = points
    if aspect_now.estimate is not None:
        used = min(max(points, -aspect_now.estimate), MOST_POINTS - aspect_now.estimate)
    bare = WhatIf(
        target=goal.name,
        target_label=goal.label,
        aspect=column.name,
        aspect_label=column.label,
        metric=metric,
        unit=now.unit,
        points=points,
        points_used=used,
        now=now,
        aspect_now=aspect_now,
        expected=None,
        change=None,
        beta=None,
        drivers=tuple(d.column for d in found.drivers),
        r2=found.r2,
        n=found.n,
        bootstrap=bootstrap,
        seed=seed,
        level=level,
        caution=CAUTION.format(aspect=column.label, target=goal.label),
        notes=found.notes,
    )
    return _reckoned(corridor, bare, (goal, column), driver, found)


def _drivers(
    corridor: Corridor, target: str | None, column: Column, how: tuple[int, int, float]
) -> DriverResult:
    """Run the drivers' regression with the aspect among them."""
    goal = _goal(corridor.codebook, target)
    names = [c.name for c in pick_drivers(corridor.codebook, goal)] if goal else []
    drivers = names if column.name in names else [*names, column.name]
    bootstrap, seed, level = how
    return find_drivers(corridor, target, drivers, bootstrap=bootstrap, seed=seed, level=level)


def _goal(book: Codebook, target: str | None) -> Column | None:
    return numeric_column(book, target) if target else pick_target(book)


def _reckoned(
    corridor: Corridor,
    bare: WhatIf,
    columns: tuple[Column, Column],
    driver: Driver | None,
    found: DriverResult,
) -> WhatIf:
    absent = found.not_estimable or bare.now.not_estimable or bare.aspect_now.not_estimable
    if absent is None and driver is None:
        why = found.dropped.get(bare.aspect, UNKNOWN_REASON)
        note = LEFT_OUT.format(name=bare.aspect_label, why=why)
        return replace(
            bare, notes=(*bare.notes, note), not_estimable=NotEstimable(Reason.TOO_FEW_ROWS)
        )
    if absent is not None or driver is None or bare.now.estimate is None:
        return replace(bare, not_estimable=absent or NotEstimable(Reason.NO_ANSWERS))
    rate = _rate(corridor, *columns) * bare.points_used
    ends = sorted(rate * beta for beta in (driver.beta_low, driver.beta_high) if beta is not None)
    moved = [rate * driver.beta, *ends]
    expected = [_cut(bare.now.estimate + one, bare.unit) for one in moved]
    return replace(
        bare,
        expected=_span(expected),
        change=_span([one - bare.now.estimate for one in expected]),
        beta=Span(driver.beta, driver.beta_low, driver.beta_high),
        notes=(*bare.notes, *_notes(bare, driver, moved[0])),
    )


def _rate(corridor: Corridor, goal: Column, aspect: Column) -> float:
    """Give the target's units that one standard deviation means, per point of the aspect."""
    spread = corridor.cross_products((goal.name, aspect.name)).covariance
    return sqrt(spread[0, 0]) * _unit_of(goal) / (sqrt(spread[1, 1]) * _unit_of(aspect))


def _unit_of(column: Column) -> float:
    """Give the points of one code of a scale; outcomes and amounts count as they are."""
    scale = column.scale
    return 1.0 if scale is None else MOST_POINTS / (scale.maximum - scale.minimum)


def _cut(value: float, unit: Unit) -> float:
    most = {Unit.POINTS: MOST_POINTS, Unit.SHARE: 1.0}.get(unit)
    return value if most is None else min(max(value, 0.0), most)


def _span(values: list[float]) -> Span:
    return Span(*values) if len(values) > 1 else Span(values[0], None, None)


def _notes(bare: WhatIf, driver: Driver, moved: float) -> tuple[Text, ...]:
    notes = []
    up = bare.points > 0
    now, target_now = bare.aspect_now.estimate or 0.0, bare.now.estimate or 0.0
    if bare.points_used != bare.points:
        left = abs(bare.points_used)
        end = TOP if up else BOTTOM
        notes.append(CLIPPED.format(aspect=bare.aspect_label, now=now, left=left, end=end))
    if _cut(target_now + moved, bare.unit) != target_now + moved:
        notes.append(CUT.format(end=TOP if moved > 0 else BOTTOM))
    if "sign_differs" in driver.flags:
        notes.append(OPPOSITE.format(aspect=bare.aspect_label))
    return tuple(notes)
