"""Rows with their number at their end: the names on the left, number, interval and call right."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.report.charts.chart import Option
from huiyin.report.numbers import cell_interval, chip, number
from huiyin.report.palette import INK, SOFT
from huiyin.report.views.contracts import Shown

RIGHT, RIGHT_ON_PHONE = 104, 84
"""Room for the numbers, in pixels."""


def names_axis(names: Sequence[str]) -> Option:
    """Give the axis of rows, the first on top."""
    return {
        "type": "category", "inverse": True, "data": names,
        "axisTick": {"show": False}, "axisLine": {"show": False},
        "axisLabel": {
            "color": INK, "fontSize": 12, "lineHeight": 15, "interval": 0,
            "rich": {"small": {"fontSize": 10, "color": SOFT, "lineHeight": 13}},
        },
    }  # fmt: skip


def numbers_axis(shown: Shown, places: Sequence[int]) -> Option:
    """Give the axis at the end of the rows: the number of each with its interval and call."""
    return names_axis([_number_of(shown, place) for place in places]) | {"position": "right"}


def _number_of(shown: Shown, place: int) -> str:
    cell = shown.result.cells[place]
    better = cell.metric not in shown.lower_is_better
    mark = chip(cell, shown.language, higher_is_better=better)
    real = mark is not None and mark.tone in {"good", "bad"}
    value = number(cell.estimate, cell.unit, shown.language)
    said = f"{mark.shape if mark and real else ''} {value}".strip()
    between = cell_interval(cell, shown.language)
    return f"{said}\n{{small|{between}}}" if between else said
