"""A table of rows by columns with subtotals; shades tell calls and targets, never values alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell
from huiyin.measure.definitions.contracts import Attainment
from huiyin.report.numbers import DASH, cell_interval, chip, estimate
from huiyin.report.views.captions import groups_caption
from huiyin.report.views.contracts import PERIOD, Figure, Kind, Placed, Shown
from huiyin.report.views.order import period_of
from huiyin.report.views.targets import judged_cell
from huiyin.report.views.words import say, text

HEIGHT = 360
ALL = ""
"""Stands for a dimension that a subtotal runs over."""
STRONG = 2
_JUDGED = {Attainment.REACHED: STRONG, Attainment.MISSED: -STRONG, Attainment.CANNOT_TELL: 0}
Column = tuple[str, str | None]
"""A metric, and the value of what runs across."""


def fits(shown: Shown) -> int | Text:
    """Fit groups or periods."""
    if not shown.groups and not shown.timed:
        return text("fit.pivot")
    return 60 if len(shown.groups) + shown.timed > 1 else 35


def draw(shown: Shown) -> Figure:
    """Lay the numbers out: the last grouping, or time, across."""
    across = _across(shown)
    down = [column for column in shown.groups if column != across]
    rows = _rows(shown, down)
    columns = _columns(shown, across)
    placed = _placed(shown, down, across)
    table = {
        "heads": [shown.name(column) for column in down] or [""],
        "columns": [_head(shown, across, column) for column in columns],
        "above": _above(shown, across, columns),
        "rows": [
            {
                "names": _names(shown, row, down),
                "total": ALL in row or not row,
                "cells": [_cell(shown, placed.get((row, *column))) for column in columns],
            }
            for row in rows
        ],
    }
    return Figure(None, HEIGHT, groups_caption(shown, _told(shown), _said(shown)), table)


def _told(shown: Shown) -> Placed:
    """Give what the finding speaks of: where there are calls those on totals too, them first."""
    if not any(cell.comparison and cell.comparison.call for _, cell in shown.drawn):
        return shown.whole
    return sorted(shown.drawn, key=lambda one: len(one[1].by))


def _said(shown: Shown) -> Any:
    def name(cell: Cell) -> str:
        values = [
            period_of(shown, value) if column == PERIOD else shown.group(column, value)
            for column, value in cell.by.items()
        ]
        group = " · ".join(values) or say("total", shown.language)
        if len(shown.definitions) == 1:
            return group
        metric = shown.metric_name(cell.metric)
        return say("caption.of_metric", shown.language, group=group, metric=metric)

    return name


def _across(shown: Shown) -> str | None:
    if shown.timed:
        return PERIOD
    return shown.groups[-1] if len(shown.groups) > 1 else None


def _key(cell: Cell, down: list[str]) -> tuple[str | None, ...]:
    return tuple(cell.by.get(column, ALL) for column in down)


def _rows(shown: Shown, down: list[str]) -> list[tuple[str | None, ...]]:
    """Give the rows in order, each subtotal after what it adds up."""
    found = {_key(cell, down) for _, cell in shown.drawn}

    def order(row: tuple[str | None, ...]) -> list[tuple[int, str]]:
        return [(2 if v == ALL else 1 if v is None else 0, v or "") for v in row]

    return sorted(found, key=order)


def _columns(shown: Shown, across: str | None) -> list[Column]:
    metrics = [one.metric for one in shown.definitions]
    if across is None:
        return [(metric, ALL) for metric in metrics]
    there = {cell.by.get(across, ALL) for _, cell in shown.drawn}
    values = sorted(there, key=lambda v: (2 if v == ALL else 1 if v is None else 0, v or ""))
    return [(metric, value) for metric in metrics for value in values]


def _head(shown: Shown, across: str | None, column: Column) -> str:
    metric, value = column
    label = next(one.label for one in shown.definitions if one.metric == metric)
    if across is None:
        return label.say(shown.language)
    words = _value(shown, value, across)
    several = len(shown.definitions) > 1
    return f"{label.say(shown.language)} · {words}" if several else words


def _above(shown: Shown, across: str | None, columns: list[Column]) -> list[dict[str, Any]]:
    """Give each metric with the heads of its columns, where several stand side by side."""
    if across is None or len(shown.definitions) < 2:  # noqa: PLR2004 -- several
        return []
    return [
        {
            "name": one.label.say(shown.language),
            "columns": [_value(shown, v, across) for metric, v in columns if metric == one.metric],
        }
        for one in shown.definitions
    ]


def _value(shown: Shown, value: str | None, column: str) -> str:
    if value == ALL:
        return say("total", shown.language)
    if column == PERIOD:
        return period_of(shown, value)
    return shown.group(column, value)


def _names(shown: Shown, row: tuple[str | None, ...], down: list[str]) -> list[str]:
    if not row:
        return [say("total", shown.language)]
    names = [_value(shown, value, column) for value, column in zip(row, down, strict=True)]
    first = row.index(ALL) if ALL in row else len(row)
    return [name if place <= first else "" for place, name in enumerate(names)]


def _placed(
    shown: Shown, down: list[str], across: str | None
) -> Mapping[tuple[Any, ...], tuple[int, Cell]]:
    return {
        (_key(cell, down), cell.metric, ALL if across is None else cell.by.get(across, ALL)): (
            place,
            cell,
        )
        for place, cell in shown.drawn
    }


def _cell(shown: Shown, one: tuple[int, Cell] | None) -> dict[str, Any]:
    if one is None:
        return {"cell": None, "text": "", "small": "", "mark": "", "tone": "neutral", "shade": 0}
    place, cell = one
    if cell.estimate is None:
        absent = {"text": DASH, "small": estimate(cell, shown.language).removeprefix(DASH).strip()}
        return {"cell": place, **absent, "mark": "", "tone": "unknown", "shade": 0}
    better = cell.metric not in shown.lower_is_better
    mark = chip(cell, shown.language, higher_is_better=better)
    return {
        "cell": place,
        "text": estimate(cell, shown.language),
        "small": cell_interval(cell, shown.language),
        "mark": mark.shape if mark else "",
        "tone": mark.tone if mark else "neutral",
        "shade": _shade(shown, cell, mark.tone if mark else ""),
    }


def _shade(shown: Shown, cell: Cell, tone: str) -> int:
    found = judged_cell(shown, cell)
    if found is not None:
        return _JUDGED[found.attainment]
    return {"good": STRONG, "bad": -STRONG}.get(tone, 0)


KIND = Kind(ChartKind.PIVOT, fits, draw)
