"""Native charts of the workbook; they read the numbers from the other sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.analyse.contracts import Driver, DriverResult
from huiyin.measure.contracts import Cell, Unit
from huiyin.report import workbook_words as w
from huiyin.report.characters import one_line, shortened
from huiyin.report.workbook_page import ACCENT, FONT, INK, LINE, MUTED, Book, Place
from huiyin.report.workbook_values import PLAIN_FORMAT

TREND_HEIGHT, MATRIX_HEIGHT = 380, 520
_BAR, _HEAD, _MOST = 26, 110, 1500
_FONT = {"name": FONT, "size": 9, "color": INK}
_SPAN = {Unit.POINTS: (0, 100), Unit.SHARE: (0, None)}


def title_of(text: str) -> dict[str, Any]:
    """Give a chart's title; ``x!A1`` in it would be read as a reference to a sheet."""
    return {
        "name": shortened(one_line(text), 90).replace("!", "！"),
        "name_font": {"name": FONT, "size": 12, "bold": True, "color": INK},
        "overlay": False,
    }


def trend_chart(book: Book, title: str, unit: Unit, place: Place) -> Any:
    """Draw a trend: the estimate with a line from the lower to the upper bound."""
    chart = book.workbook.add_chart({"type": "line"})
    look = {"line": {"color": ACCENT, "width": 2},
            "marker": {"type": "circle", "size": 6, "fill": {"color": ACCENT},
                       "border": {"color": ACCENT}}}  # fmt: skip
    hidden = {"line": {"none": True}, "marker": {"type": "none"}}
    for header, style in ((w.ESTIMATE, look), (w.LOW, hidden), (w.HIGH, hidden)):
        name = book.say(header)
        categories = place.values(place.headers[0])
        chart.add_series(
            {"name": name, "categories": categories, "values": place.values(name), **style}
        )
    chart.set_high_low_lines({"line": {"color": ACCENT, "width": 1, "transparency": 40}})
    chart.set_title(title_of(title))
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": {**_FONT, "rotation": -45}, "line": {"color": LINE},
                      "text_axis": True})  # fmt: skip
    chart.set_y_axis(_value_axis(unit))
    chart.show_blanks_as("gap")
    return chart


def bar_chart(
    book: Book, title: str, unit: Unit, place: Place, bounds: Sequence[tuple[float, float]],
    headers: tuple[str, str],
) -> Any:  # fmt: skip
    """Draw bars with whiskers; `bounds` are the lengths below and above each estimate."""
    chart = book.workbook.add_chart({"type": "bar"})
    label, value = headers
    chart.add_series({
        "name": value, "categories": place.values(label), "values": place.values(value),
        "fill": {"color": "#B8C4F2"}, "border": {"none": True}, "gap": 60,
        "x_error_bars": _whisker_bars(bounds),
        "data_labels": {"value": True, "position": "inside_base", "font": _FONT,
                        "num_format": PLAIN_FORMAT[unit]},
    })  # fmt: skip
    chart.set_title(title_of(title))
    chart.set_legend({"none": True})
    chart.set_x_axis(_value_axis(unit))
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": LINE},
                      "label_position": "low", "major_tick_mark": "none"})  # fmt: skip
    return chart


def bar_height(n_bars: int) -> int:
    """Give the pixels a bar chart needs."""
    return min(_MOST, _HEAD + _BAR * max(3, n_bars))


def matrix_chart(book: Book, found: DriverResult, drivers: Sequence[Driver], place: Place) -> Any:
    """Draw importance against performance: the axes cross at the cuts, cells name the points."""
    chart = book.workbook.add_chart({"type": "scatter"})
    importance, performance = book.say(w.IMPORTANCE), book.say(w.PERFORMANCE)
    labels = place.references(book.say(w.DRIVER))
    marker = {"type": "circle", "size": 9, "fill": {"color": ACCENT}, "border": {"color": "white"}}
    heights = [_lengths(d.performance, d.performance_low, d.performance_high) for d in drivers]
    chart.add_series({
        "name": book.say(w.MATRIX), "categories": place.values(importance),
        "values": place.values(performance), "marker": marker,
        "x_error_bars": _whisker_bars(driver_whiskers(drivers)),
        "y_error_bars": _whisker_bars(heights),
        "data_labels": {"value": True, "position": "right", "font": _FONT,
                        "custom": [{"value": cell} for cell in labels]},
    })  # fmt: skip
    chart.set_title(title_of(book.say(w.MATRIX_TITLE)))
    chart.set_legend({"none": True})
    chart.set_x_axis(_cut_axis(importance, Unit.SHARE, found.importance_cut))
    chart.set_y_axis(_cut_axis(performance, Unit.POINTS, found.performance_cut))
    return chart


def _cut_axis(name: str, unit: Unit, cut: float | None) -> dict[str, Any]:
    axis = {
        "name": name, "name_font": {**_FONT, "bold": True}, "num_font": _FONT,
        "num_format": PLAIN_FORMAT[unit], "label_position": "low", "crossing": cut,
        "line": {"color": MUTED, "dash_type": "dash"}, "major_gridlines": {"visible": False},
    }  # fmt: skip
    return {key: value for key, value in axis.items() if value is not None}


def _whisker_bars(lengths: Sequence[tuple[float, float]]) -> dict[str, Any]:
    return {
        "type": "custom", "minus_values": [below for below, _ in lengths],
        "plus_values": [above for _, above in lengths], "line": {"color": MUTED, "width": 1},
    }  # fmt: skip


def _lengths(estimate: float | None, low: float | None, high: float | None) -> tuple[float, float]:
    """Give the lengths of an interval below and above its estimate, 0 where it is unknown."""
    if estimate is None or low is None or high is None:
        return 0.0, 0.0
    return estimate - low, high - estimate


def whiskers(cells: Sequence[Cell]) -> list[tuple[float, float]]:
    """Give the lengths of each interval below and above its estimate."""
    return [_lengths(c.estimate, c.low, c.high) for c in cells]


def driver_whiskers(drivers: Sequence[Driver]) -> list[tuple[float, float]]:
    """Give the same for the importance of drivers."""
    return [_lengths(d.share, d.low, d.high) for d in drivers]


def _value_axis(unit: Unit) -> dict[str, Any]:
    low, high = _SPAN.get(unit, (None, None))
    return {
        "num_format": PLAIN_FORMAT[unit], "num_font": _FONT, "min": low, "max": high,
        "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.5}},
        "line": {"none": True},
    }  # fmt: skip
