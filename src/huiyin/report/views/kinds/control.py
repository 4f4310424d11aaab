"""A number over time between control limits: what is more than the usual ups and downs."""

from __future__ import annotations

from math import isnan

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Unit
from huiyin.report.charts.chart import Option, base_option, on_phone, value_axis
from huiyin.report.charts.rows import Look, Row, axis_ends, axis_label, axis_step, drawn_at
from huiyin.report.numbers import number
from huiyin.report.palette import BAD, INK, SOFT, UNSURE
from huiyin.report.views.contracts import PERIOD, Figure, Kind, Placed, Shown
from huiyin.report.views.lines import SHADES, Line, line_series
from huiyin.report.views.order import period_of
from huiyin.report.views.words import say, text
from huiyin.stats.control import ControlLimits

HEIGHT = 360
FEWEST = 8
"""Of fewer periods the limits say little (Wheeler: at least 6 to 10)."""


def fits(shown: Shown) -> int | Text:
    """Fit one metric over enough periods, without groups."""
    if not shown.timed:
        return text("fit.time")
    if shown.groups or len(shown.definitions) > 1:
        return text("fit.alone")
    known = sum(cell.estimate is not None for _, cell in shown.whole)
    return 50 if known >= FEWEST else text("fit.periods", n=FEWEST)


def draw(shown: Shown) -> Figure:
    """Draw the line, its limits, and what stands outside or runs along one side."""
    limits = shown.extras.reckoned.limits
    cells = sorted(
        (one for one in shown.whole if one[1].by[PERIOD]), key=lambda one: one[1].by[PERIOD] or ""
    )
    if limits is None or isnan(limits.centre):
        return Figure(None, HEIGHT, say("caption.none", shown.language))
    return Figure(_option(shown, cells, limits), HEIGHT, _said(shown, cells, limits))


def _said(shown: Shown, cells: Placed, limits: ControlLimits) -> str:
    language = shown.language
    unit = cells[0][1].unit
    facts = {"low": number(limits.low, unit, language), "high": number(limits.high, unit, language)}
    if limits.beyond:
        days = [period_of(shown, cells[place][1].by[PERIOD]) for place in limits.beyond]
        return say("caption.beyond", language, periods=say("list", language).join(days), **facts)
    if limits.runs:
        first = period_of(shown, cells[limits.runs[0]][1].by[PERIOD])
        return say("caption.run", language, period=first, **facts)
    return say("caption.steady", language, **facts)


def _option(shown: Shown, cells: Placed, limits: ControlLimits) -> Option:
    unit = cells[0][1].unit
    line = Line("", SHADES[0], tuple(cells))
    series = line_series(shown, line, band=True, named=False)
    curve = series[-1]
    for place, datum in enumerate(curve["data"]):
        datum["label"] = {**datum.get("label", {}), "show": place in limits.beyond}
        if place in limits.beyond:
            datum |= {"itemStyle": {"color": BAD}, "symbol": "diamond", "symbolSize": 13}
        elif place in limits.runs:
            datum |= {"itemStyle": {"color": UNSURE}, "symbol": "rect", "symbolSize": 9}
    curve["markLine"] = _limits(shown, limits, unit)
    low, high = _ends([cell for _, cell in cells], limits, unit)
    option = base_option(
        grid={"left": 52, "right": 96, "top": 34, "bottom": 34},
        xAxis={
            "type": "category", "data": [period_of(shown, c.by[PERIOD]) for _, c in cells],
            "axisLine": {"lineStyle": {"color": SOFT}}, "axisTick": {"show": False},
            "axisLabel": {"color": SOFT, "fontSize": 11, "hideOverlap": True},
        },
        yAxis=value_axis(
            min=low, max=high, interval=axis_step(low, high, unit),
            axisLabel=axis_label(unit, high, shown.language),
        ),
        series=series,
    )  # fmt: skip
    return on_phone(option, {"grid": {"left": 44, "right": 84}})


def _ends(cells: list[Cell], limits: ControlLimits, unit: Unit) -> tuple[float, float]:
    rows = [Row("", cell.estimate, cell.low, cell.high, "") for cell in cells]
    return axis_ends([*rows, Row("", limits.centre, limits.low, limits.high, "")], Look(unit))


def _limits(shown: Shown, limits: ControlLimits, unit: Unit) -> Option:
    language = shown.language
    lines = (
        ("control.high", limits.high, "dashed"),
        ("control.centre", limits.centre, "solid"),
        ("control.low", limits.low, "dashed"),
    )
    return {
        "silent": True, "symbol": "none",
        "data": [
            {
                "yAxis": drawn_at(value, unit),
                "lineStyle": {"color": SOFT, "type": style, "width": 1},
                "label": {
                    "formatter": f"{say(name, language)} {number(value, unit, language)}",
                    "position": "end", "color": INK, "fontSize": 11,
                },
            }
            for name, value, style in lines
        ],
    }  # fmt: skip


KIND = Kind(ChartKind.CONTROL, fits, draw)
