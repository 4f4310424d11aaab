"""Steps in their order, each as wide as its share: where people are lost."""

from __future__ import annotations

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Unit
from huiyin.report.charts.chart import Option, base_option, on_phone
from huiyin.report.charts.labels import columns, wrapped
from huiyin.report.charts.rows import drawn_at
from huiyin.report.numbers import answers, cell_interval, chip, estimate, evidence
from huiyin.report.palette import ACCENT, ACCENT_PALE, INK, SOFT
from huiyin.report.views.captions import groups_caption
from huiyin.report.views.contracts import Figure, Kind, Placed, Shown
from huiyin.report.views.order import as_named, group_name
from huiyin.report.views.words import say, sentences, text

ROW, TOP = 52, 8
MOST = 15
_PLOT, _PHONE_PLOT = 354, 220
"""Pixels of the widest bar, at least."""
_PIXELS_A_COLUMN = 5.8


def fits(shown: Shown) -> int | Text:
    """Fit several shares in a row, or one metric by one grouping (its steps)."""
    if shown.timed:
        return text("fit.no_time")
    several = len(shown.definitions) > 1
    if several and (shown.groups or shown.units != {Unit.SHARE}):
        return text("fit.funnel")
    if not several and len(shown.groups) != 1:
        return text("fit.funnel")
    return 25


def draw(shown: Shown) -> Figure:
    """Draw the steps: shares as wide as they are, groups as wide as their answers."""
    cells = [one for one in as_named(shown, shown.whole) if one[1].estimate is not None][:MOST]
    said = groups_caption(shown, shown.whole, lambda cell: _name(shown, cell))
    if not cells:
        return Figure(None, ROW, said)
    if shown.groups:
        said = sentences([said, say("caption.funnel", shown.language)], shown.language)
    return Figure(_option(shown, cells), TOP * 2 + ROW * len(cells), said)


def _name(shown: Shown, cell: Cell) -> str:
    return group_name(shown, cell) if shown.groups else shown.metric_name(cell.metric)


def _width(shown: Shown, cell: Cell) -> float:
    if shown.groups:
        return float(cell.n)
    return drawn_at(cell.estimate or 0.0, cell.unit)


def _option(shown: Shown, cells: Placed) -> Option:
    widest = max(_width(shown, cell) for _, cell in cells) or 1.0
    option = base_option(
        grid={"left": 150, "right": 16, "top": TOP, "bottom": TOP},
        xAxis={"type": "value", "min": 0, "max": widest, "show": False},
        yAxis={
            "type": "category", "inverse": True,
            "data": [wrapped(_name(shown, cell)) for _, cell in cells],
            "axisLine": {"show": False}, "axisTick": {"show": False},
            "axisLabel": {"color": INK, "fontSize": 12, "lineHeight": 15, "interval": 0},
        },
        series=[
            {
                "type": "bar", "stack": "all", "silent": True, "barWidth": ROW - 8,
                "itemStyle": {"color": "transparent"},
                "data": [(widest - _width(shown, cell)) / 2 for _, cell in cells],
            },
            {
                "type": "bar", "stack": "all", "barWidth": ROW - 8,
                "data": [_datum(shown, place, cell, widest) for place, cell in cells],
            },
        ],
    )  # fmt: skip
    narrow = [
        {"label": {"formatter": _numbers(shown, cell, _width(shown, cell) / widest * _PHONE_PLOT)}}
        for _, cell in cells
    ]
    return on_phone(option, {"grid": {"left": 96, "right": 8}, "series": [{}, {"data": narrow}]})


def _numbers(shown: Shown, cell: Cell, room: float) -> str:
    """Give the number, and below it as much of its evidence as a bar of so many pixels holds."""
    language = shown.language
    ends = cell_interval(cell, language)
    whole = f"{ends} · {answers(cell.n, language, cell.counted)}"
    fits_in = (part for part in (whole, ends) if columns(part) * _PIXELS_A_COLUMN <= room)
    small = next(fits_in, "")
    return estimate(cell, language) + (f"\n{{small|{small}}}" if small else "")


_HALO = {"textBorderColor": ACCENT_PALE, "textBorderWidth": 3}
"""Words wider than their bar hide its frame."""


def _datum(shown: Shown, place: int, cell: Cell, widest: float) -> Option:
    language = shown.language
    better = cell.metric not in shown.lower_is_better
    mark = chip(cell, language, higher_is_better=better)
    numbers = _numbers(shown, cell, _width(shown, cell) / widest * _PLOT)
    tip = [_name(shown, cell), f"{estimate(cell, language)}  {evidence(cell, language)}"]
    return {
        "value": _width(shown, cell),
        "cell": place,
        "itemStyle": {"color": ACCENT_PALE, "borderRadius": 3, "borderColor": ACCENT},
        "label": {
            "show": True, "position": "inside", "formatter": numbers, "color": INK,
            "fontWeight": 600, "lineHeight": 16, **_HALO,
            "rich": {
                "small": {
                    "fontSize": 11, "color": SOFT, "fontWeight": 400, "lineHeight": 14, **_HALO,
                },
            },
        },
        "tip": [*tip, *([str(mark)] if mark else [])],
    }  # fmt: skip


KIND = Kind(ChartKind.FUNNEL, fits, draw)
