"""Importance against performance: a cross of whiskers for each driver, four named quadrants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.analyse.contracts import Driver, DriverResult, Quadrant
from huiyin.measure.contracts import Unit
from huiyin.report.charts.chart import (
    PHONE_WIDTH,
    WIDTH,
    Chart,
    Option,
    base_option,
    on_phone,
    value_axis,
)
from huiyin.report.charts.drivers import QUADRANT_SHAPE, QUADRANT_TONE
from huiyin.report.charts.labels import columns, short
from huiyin.report.charts.placing import Box, Frame, Point, label_at, place_labels
from huiyin.report.charts.rows import Look, Row, axis_ends, drawn_at
from huiyin.report.code_names import QUADRANT_NAME
from huiyin.report.numbers import interval, number, share
from huiyin.report.palette import INK, PAPER, SOFT, TONES, UNSURE_TEXT
from huiyin.report.words import word

HEIGHT = 470
MAXIMUM_POINTS = 20
_NAME, _PHONE_NAME = 20, 14
"""Half-width columns of a point's name in a crowd."""
_WHOLE_NAME = 40
"""Half-width columns of a name that has the room."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 28, 30, 56
_SYMBOL = {
    Quadrant.FIX_FIRST: "triangle",
    Quadrant.KEEP_UP: "circle",
    Quadrant.LOW_PRIORITY: "rect",
    Quadrant.POSSIBLE_OVERKILL: "diamond",
    Quadrant.UNCERTAIN: "emptyCircle",
}
_CORNERS = (
    (Quadrant.KEEP_UP, "right", "top"),
    (Quadrant.FIX_FIRST, "right", "bottom"),
    (Quadrant.POSSIBLE_OVERKILL, "left", "top"),
    (Quadrant.LOW_PRIORITY, "left", "bottom"),
)


def matrix_chart(result: DriverResult, language: str) -> Chart | None:
    """Draw the matrix; None where fewer than two drivers have a score of their own."""
    placed = [d for d in result.drivers if d.performance is not None]
    drivers = sorted(placed, key=_telling)[:MAXIMUM_POINTS]
    if len(drivers) < 2:  # noqa: PLR2004 -- one point is neither important nor low by itself
        return None
    frame = _frame(drivers, result)
    return Chart(
        "matrix",
        word("matrix.title", language),
        matrix_caption(result, language),
        _option(drivers, result, frame, language),
        HEIGHT,
    )


def has_unnamed(chart: Chart) -> bool:
    """Tell whether names were left out of a crowd."""
    return any(not d["label"].get("show", True) for d in chart.option["series"][0]["data"])


def _telling(driver: Driver) -> tuple[bool, float]:
    """Order what to fix first before the rest: names are placed in this order."""
    return driver.quadrant is not Quadrant.FIX_FIRST, -driver.share


def matrix_caption(result: DriverResult, language: str) -> str:
    """Name what to fix first."""
    first = sorted(
        (d for d in result.drivers if d.quadrant is Quadrant.FIX_FIRST),
        key=lambda d: d.priority or len(result.drivers),
    )
    if not first:
        return word("caption.matrix_none", language)
    names = word("list", language).join(short(d.label.say(language)) for d in first)
    return word("caption.matrix", language, which=names)


def _frame(drivers: Sequence[Driver], result: DriverResult) -> Frame:
    x_rows = [Row("", d.share, d.low, d.high, "") for d in drivers]
    y_rows = [Row("", d.performance, d.performance_low, d.performance_high, "") for d in drivers]
    x_ends = axis_ends(x_rows, Look(Unit.SHARE, reference=result.importance_cut, from_zero=True))
    y_ends = axis_ends(y_rows, Look(Unit.POINTS, reference=result.performance_cut))
    return Frame(x_ends, y_ends, WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM)


def _option(drivers: Sequence[Driver], result: DriverResult, frame: Frame, language: str) -> Option:
    data = _data(drivers, result, frame, language, _NAME)
    option = base_option(
        grid={"left": _LEFT, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        xAxis=_axis(frame.x_ends, word("matrix.x", language), 30, "{value}%"),
        yAxis=_axis(frame.y_ends, word("matrix.y", language), 36, "{value}"),
        series=[_points(data, drivers, result), *_corner_series(frame, language)],
    )
    left, right = 46, 16
    narrow = replace(frame, width=PHONE_WIDTH - left - right)
    on_narrow = _data(drivers, result, narrow, language, _PHONE_NAME)
    return on_phone(
        option, {"grid": {"left": left, "right": right}, "series": [{"data": on_narrow}]}
    )


def _data(
    drivers: Sequence[Driver], result: DriverResult, frame: Frame, language: str, width: int
) -> list[Option]:
    """Give the points, each with its name where it covers least in `frame`.

    A name is written whole where that takes no other point's name away.
    """
    points = [(drawn_at(d.share, Unit.SHARE), d.performance or 0.0) for d in drivers]
    lines = [line for d in drivers for line in _whiskers(d)] + _cut_lines(result, frame)
    corners = _corners(frame, language)
    names = [short(d.label.say(language), width) for d in drivers]
    sides = place_labels(points, names, frame, lines, corners)
    for i, driver in enumerate(drivers):
        whole = short(driver.label.say(language), _WHOLE_NAME)
        longer = [*names[:i], whole, *names[i + 1 :]]
        found = place_labels(points, longer, frame, lines, corners)
        if found.count(None) <= sides.count(None):
            names, sides = longer, found
    return [
        _datum(driver, name, side, language)
        for driver, name, side in zip(drivers, names, sides, strict=True)
    ]


def _corners(frame: Frame, language: str) -> list[Box]:
    """Give where the names of the lower quadrants stand; those of the upper are above the plot."""
    boxes: list[Box] = []
    for quadrant, horizontal, vertical in _CORNERS:
        if vertical == "bottom":
            width = columns(QUADRANT_NAME[quadrant].say(language)) * 6.6 + 18
            left = 0.0 if horizontal == "left" else frame.width - width
            boxes.append((left, frame.height - 22, left + width, frame.height - 2))
    return boxes


def _cut_lines(result: DriverResult, frame: Frame) -> list[tuple[Point, Point]]:
    (x_low, x_high), (y_low, y_high) = frame.x_ends, frame.y_ends
    lines: list[tuple[Point, Point]] = []
    if result.importance_cut is not None:
        x = drawn_at(result.importance_cut, Unit.SHARE)
        lines.append(((x, y_low), (x, y_high)))
    if result.performance_cut is not None:
        lines.append(((x_low, result.performance_cut), (x_high, result.performance_cut)))
    return lines


def _axis(ends: tuple[float, float], name: str, gap: int, formatter: str) -> Option:
    axis = value_axis(
        min=ends[0], max=ends[1], name=name, nameLocation="middle", nameGap=gap,
        nameTextStyle={"color": SOFT, "fontSize": 11}, splitLine={"show": False},
    )  # fmt: skip
    return {**axis, "axisLabel": {**axis["axisLabel"], "formatter": formatter}}


def _datum(driver: Driver, name: str, side: str | None, language: str) -> Option:
    quadrant = f"{QUADRANT_SHAPE[driver.quadrant]} {QUADRANT_NAME[driver.quadrant].say(language)}"
    importance = f"{share(driver.share)} {interval(driver.low, driver.high, Unit.SHARE, language)}"
    performance = (
        f"{number(driver.performance, Unit.POINTS, language)} "
        f"{interval(driver.performance_low, driver.performance_high, Unit.POINTS, language)}"
    )
    return {
        "name": name,
        "value": [drawn_at(driver.share, Unit.SHARE), driver.performance],
        "symbol": _SYMBOL[driver.quadrant],
        "symbolSize": 12,
        "itemStyle": {"color": TONES[QUADRANT_TONE[driver.quadrant]]},
        "label": label_at(side),
        "tip": [
            driver.label.say(language),
            f"{word('col.importance', language)} {importance}",
            f"{word('col.performance', language)} {performance}",
            quadrant,
        ],
    }


def _points(data: list[Option], drivers: Sequence[Driver], result: DriverResult) -> Option:
    return {
        "type": "scatter",
        "data": data,
        "label": {
            "show": True,
            "formatter": "{b}",
            "color": INK,
            "fontSize": 12,
            "distance": 7,
            "textBorderColor": PAPER,
            "textBorderWidth": 3,
        },
        "markLine": {
            "silent": True,
            "symbol": "none",
            "label": {"show": False},
            "data": [*_cuts(result), *(line for d in drivers for line in _cross(d))],
        },
    }


def _cuts(result: DriverResult) -> list[object]:
    style = {"color": SOFT, "type": "dashed", "width": 1}
    lines: list[object] = []
    if result.importance_cut is not None:
        lines.append({"xAxis": drawn_at(result.importance_cut, Unit.SHARE), "lineStyle": style})
    if result.performance_cut is not None:
        lines.append({"yAxis": result.performance_cut, "lineStyle": style})
    return lines


def _cross(driver: Driver) -> list[list[object]]:
    colour = TONES[QUADRANT_TONE[driver.quadrant]]
    style = {"color": colour, "type": "solid", "width": 1.4, "opacity": 0.55}
    return [
        [{"coord": list(start), "lineStyle": style}, {"coord": list(end)}]
        for start, end in _whiskers(driver)
    ]


def _whiskers(driver: Driver) -> list[tuple[Point, Point]]:
    x, y = drawn_at(driver.share, Unit.SHARE), driver.performance or 0.0
    lines: list[tuple[Point, Point]] = []
    if driver.low is not None and driver.high is not None:
        low, high = drawn_at(driver.low, Unit.SHARE), drawn_at(driver.high, Unit.SHARE)
        lines.append(((low, y), (high, y)))
    if driver.performance_low is not None and driver.performance_high is not None:
        lines.append(((x, driver.performance_low), (x, driver.performance_high)))
    return lines


def _corner_series(frame: Frame, language: str) -> list[Option]:
    """Name the four quadrants in the corners of the frame."""
    data = []
    for quadrant, horizontal, vertical in _CORNERS:
        x = frame.x_ends[1 if horizontal == "right" else 0]
        y = frame.y_ends[1 if vertical == "top" else 0]
        words = f"{QUADRANT_SHAPE[quadrant]} {QUADRANT_NAME[quadrant].say(language)}"
        label = {
            "align": horizontal,
            "verticalAlign": "bottom" if vertical == "top" else "top",
            "offset": [0, -4] if vertical == "top" else [0, 20],
            "position": [0, 0],
            "formatter": words,
        }
        if vertical == "bottom":
            label |= {"verticalAlign": "bottom", "offset": [0, -6]}
        data.append({"value": [x, y], "label": label})
    return [{
        "type": "scatter", "silent": True, "symbolSize": 0.01, "data": data,
        "label": {"show": True, "color": UNSURE_TEXT, "fontSize": 12, "fontWeight": 600},
    }]  # fmt: skip
