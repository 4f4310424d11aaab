"""Which columns are the target and the drivers, and how sure one wants to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.analyse.contracts import AnalysisError, Purpose
from huiyin.analyse.ports import Corridor
from huiyin.analyse.purposes import numeric_column, pick_drivers, pick_target
from huiyin.codebook.contracts import Codebook, Column, UnknownColumnError
from huiyin.codebook.missing import ratings_there
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text
from huiyin.measure.contracts import Filter

_LEVEL_LIMITS = (0.5, 0.9999)

NO_TARGET = TextBySurface(
    Text("请用 --target 指定一列", "name one with --target"),
    Text(
        "请选一列作目标，或在码本里指明总体评分",
        "choose a target, or name it in the codebook",
    ),
).within(
    Text(
        "没有可作目标的总体评分（总体满意度、NPS、意愿）；{there}。{how}。",
        "There is no overall rating (overall satisfaction, NPS, intention) to explain. {there}: "
        "{how}.",
    )
)
NO_DRIVERS = TextBySurface(
    Text("用 --driver 指定，或", "name them with --driver, or "), Text("", "")
).within(
    Text(
        "没有可作驱动因素的评分列，请{how}在码本里把分项评分设为满意度维度（aspect）。",
        "There are no ratings that may explain the target: {how}give them the role aspect in the "
        "codebook.",
    )
)
TARGET_AS_DRIVER = Text(
    "“{name}”是目标，不能同时作驱动因素。", "“{name}” is the target and cannot be a driver too."
)
MOST_DRIVERS = 60
"""Ratings compared at once: the work grows with the square of their number, and nobody acts on
more."""
TOO_MANY_NAMED = Text(
    "指定了 {n} 个驱动因素，一次最多 {most} 个。请分批比较。",
    "{n} drivers were named; at most {most} are compared at once. Compare them in parts.",
)


@dataclass(frozen=True, slots=True)
class DriverPlan:
    """Target, drivers, resamples, seed and level; `left_out` ratings were too many."""

    target: Column
    drivers: tuple[Column, ...]
    bootstrap: int
    seed: int
    level: float
    left_out: int = 0
    where: tuple[Filter, ...] = ()


def plan_drivers(
    corridor: Corridor,
    target: str | None,
    drivers: Sequence[str] | None,
    how: tuple[int, int, float],
) -> DriverPlan:
    """Choose target and drivers, by name or by role; `how` is (resamples, seed, level)."""
    book = corridor.codebook
    chosen = _named_target(book, target) if target else pick_target(book, Purpose.GENERAL)
    if chosen is None:
        raise AnalysisError(NO_TARGET.format(there=ratings_there(book)))
    if drivers:
        columns = tuple(numeric_column(book, name) for name in dict.fromkeys(drivers))
    else:
        columns = pick_drivers(book, chosen)
    if chosen in columns:
        raise AnalysisError(TARGET_AS_DRIVER.format(name=chosen.name))
    if not columns:
        raise AnalysisError(NO_DRIVERS)
    bootstrap, seed, level = how
    _check_numbers(bootstrap, seed, level)
    if len(columns) > MOST_DRIVERS and drivers:
        raise AnalysisError(TOO_MANY_NAMED.format(n=len(columns), most=MOST_DRIVERS))
    left_out = len(columns) - MOST_DRIVERS
    return DriverPlan(chosen, columns[:MOST_DRIVERS], bootstrap, seed, level, max(0, left_out))


def _named_target(book: Codebook, name: str) -> Column:
    if name not in book:
        raise UnknownColumnError(name, tuple(column.name for column in book), book)
    return numeric_column(book, name)


def _check_numbers(bootstrap: int, seed: int, level: float) -> None:
    if bootstrap < 0 or seed < 0:
        raise AnalysisError(
            Text("重抽样次数和随机种子不能为负数。", "Resamples and seed must not be negative.")
        )
    if not _LEVEL_LIMITS[0] <= level <= _LEVEL_LIMITS[1]:
        raise AnalysisError(
            Text(
                "置信水平须在 0.5 与 0.9999 之间，例如 0.95。",
                "The confidence level must lie between 0.5 and 0.9999, say 0.95.",
            )
        )
