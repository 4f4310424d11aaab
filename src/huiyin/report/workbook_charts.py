"""Native charts of the workbook; they read the numbers from the other sheets."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

from huiyin.analyse.contracts import Driver, DriverResult
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit
from huiyin.report import workbook_words as w
from huiyin.report.characters import one_line, shortened
from huiyin.report.palette import ACCENT_PALE
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
    """Draw a trend as a line, each point with its whiskers."""
    chart = book.workbook.add_chart({"type": "line"})
    value = book.say(w.ESTIMATE)
    chart.add_series({
        "name": value, "categories": place.values(place.headers[0]), "values": place.values(value),
        "line": {"color": ACCENT, "width": 2},
        "marker": {"type": "circle", "size": 6, "fill": {"color": ACCENT},
                   "border": {"color": ACCENT}},
        **_whiskers("y", book, place, w.BELOW, w.ABOVE),
    })  # fmt: skip
    chart.set_title(title_of(title))
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": {**_FONT, "rotation": -45}, "line": {"color": LINE},
                      "text_axis": True, "label_position": "low"})  # fmt: skip
    chart.set_y_axis(_value_axis(book, unit, from_zero=False))
    chart.show_blanks_as("gap")
    return chart


def bar_chart(
    book: Book, title: str, unit: Unit, place: Place, headers: tuple[str, str], *, positive: bool
) -> Any:  # fmt: skip
    """Draw bars with whiskers, first row on top; `headers` name the bars and their lengths.

    Bars stand on zero; with `positive` numbers only, the axis starts there too.
    """
    chart = book.workbook.add_chart({"type": "bar"})
    label, value = headers
    chart.add_series({
        "name": value, "categories": place.values(label), "values": place.values(value),
        "fill": {"color": ACCENT_PALE}, "border": {"none": True}, "gap": 60,
        "data_labels": {"value": True, "position": "inside_base", "font": _FONT,
                        "num_format": book.number_format(PLAIN_FORMAT[unit])},
        **_whiskers("x", book, place, w.BELOW, w.ABOVE),
    })  # fmt: skip
    chart.set_title(title_of(title))
    chart.set_legend({"none": True})
    chart.set_x_axis(_value_axis(book, unit) | ({"min": 0} if positive else {}))
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": LINE},
                      "label_position": "low", "major_tick_mark": "none"})  # fmt: skip
    return chart


def _whiskers(
    axis: str, book: Book, place: Place, below: Text, above: Text, row: int | None = None
) -> dict[str, Any]:
    """Give the error bars that read two columns, or one row of them; none where they are not."""
    names = book.say(below), book.say(above)
    if not set(names) <= set(place.headers):
        return {}
    minus, plus = (place.reference(name, row) for name in names)
    return {
        f"{axis}_error_bars": {
            "type": "custom", "minus_values": minus, "plus_values": plus,
            "line": {"color": INK, "width": 1},
        }
    }  # fmt: skip


def bar_height(n_bars: int) -> int:
    """Give the pixels a bar chart needs."""
    return min(_MOST, _HEAD + _BAR * max(3, n_bars))


def matrix_chart(book: Book, found: DriverResult, place: Place) -> Any:
    """Draw importance against performance: the axes cross at the cuts, a series a driver."""
    chart = book.workbook.add_chart({"type": "scatter"})
    importance, performance = book.say(w.IMPORTANCE), book.say(w.PERFORMANCE)
    marker = {"type": "circle", "size": 9, "fill": {"color": ACCENT}, "border": {"color": "white"}}
    for row in range(place.first_row, place.last_row + 1):
        chart.add_series({
            "name": place.reference(book.say(w.DRIVER), row),
            "categories": place.reference(importance, row),
            "values": place.reference(performance, row), "marker": marker,
            "data_labels": {"series_name": True, "value": False, "position": "right",
                            "font": _FONT},
            **_whiskers("x", book, place, w.BELOW, w.ABOVE, row),
            **_whiskers("y", book, place, w.BELOW_SCORE, w.ABOVE_SCORE, row),
        })  # fmt: skip
    chart.set_title(title_of(book.say(w.MATRIX_TITLE)))
    chart.set_legend({"none": True})
    chart.set_x_axis(_cut_axis(importance, Unit.SHARE, found.importance_cut) | {"min": 0})
    chart.set_y_axis(
        _cut_axis(performance, Unit.POINTS, found.performance_cut) | _tens(found.drivers)
    )
    return chart


def _tens(drivers: Sequence[Driver]) -> dict[str, int]:
    """Give the full tens around all scores and their intervals."""
    shown = [x for d in drivers for x in (d.performance, d.performance_low, d.performance_high)]
    known = [x for x in shown if x is not None]
    return {"min": floor(min(known) / 10) * 10, "max": ceil(max(known) / 10) * 10}


def _cut_axis(name: str, unit: Unit, cut: float | None) -> dict[str, Any]:
    axis = {
        "name": name, "name_font": {**_FONT, "bold": True}, "num_font": _FONT,
        "num_format": PLAIN_FORMAT[unit], "label_position": "low", "crossing": cut,
        "line": {"color": MUTED, "dash_type": "dash"}, "major_gridlines": {"visible": False},
    }  # fmt: skip
    return {key: value for key, value in axis.items() if value is not None}


def _value_axis(book: Book, unit: Unit, *, from_zero: bool = True) -> dict[str, Any]:
    """Give the axis of values; lengths start at zero, positions need not."""
    low, high = _SPAN.get(unit, (None, None)) if from_zero else (None, None)
    return {
        "num_format": book.number_format(PLAIN_FORMAT[unit]), "num_font": _FONT,
        "min": low, "max": high,
        "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.5}},
        "line": {"none": True},
    }  # fmt: skip
