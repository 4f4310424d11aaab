"""Lines over time with their intervals as bands; the marks tell the calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.measure.contracts import Cell, Unit
from huiyin.report.charts.chart import Option
from huiyin.report.charts.marked import VALUE
from huiyin.report.charts.rows import Look, Row, axis_ends, drawn_at
from huiyin.report.numbers import chip, estimate, evidence, number
from huiyin.report.palette import TONES
from huiyin.report.views.contracts import PERIOD, Placed, Shown
from huiyin.report.views.order import period_of

SHADES = ("#3B5BDB", "#0F7B75", "#B06A00", "#8A4FBF", "#C2407F", "#5C626B")
"""One a line; red and green of good and bad are left to the calls."""
MAXIMUM_LABELLED = 14
NAME_ROOM, NARROW_NAME_ROOM = 104, 60
"""Pixels of a line's name, on a desk and on a phone."""
_SYMBOLS = {"▲": "triangle", "▼": "triangle", "●": "circle", "◌": "emptyCircle"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, its colour, and its cells by period (None: there is none)."""

    name: str
    colour: str
    cells: tuple[tuple[int, Cell] | None, ...]


def lines_of(cells: Placed, names: Sequence[str], days: Sequence[str]) -> list[Line]:
    """Gather cells into lines; `names` names each cell's line."""
    found: dict[str, dict[str, tuple[int, Cell]]] = {}
    for one, name in zip(cells, names, strict=True):
        found.setdefault(name, {})[one[1].by[PERIOD] or ""] = one
    return [
        Line(name, SHADES[place % len(SHADES)], tuple(line.get(day) for day in days))
        for place, (name, line) in enumerate(found.items())
    ]


def value_ends(cells: Sequence[Cell], unit: Unit, target: float | None) -> tuple[float, float]:
    """Give the ends of the upright axis."""
    rows = [Row("", cell.estimate, cell.low, cell.high, "") for cell in cells]
    return axis_ends(rows, Look(unit, reference=target))


def line_series(shown: Shown, line: Line, *, band: bool, named: bool) -> list[Option]:
    """Give the series of one line: its band where there is room, and itself."""
    bands = _band(line) if band else []
    return [*bands, _curve(shown, line, named=named)]


def _band(line: Line) -> list[Option]:
    """Stack the interval's width on its lower end."""
    ends = [_ends(one) for one in line.cells]
    lows = ["-" if pair is None else pair[0] for pair in ends]
    widths = ["-" if pair is None else pair[1] - pair[0] for pair in ends]
    shared: Option = {
        "type": "line", "stack": f"band {line.name}", "stackStrategy": "all", "symbol": "none",
        "silent": True, "lineStyle": {"opacity": 0}, "tooltip": {"show": False},
    }  # fmt: skip
    area = {"color": line.colour, "opacity": 0.12}
    return [{**shared, "data": lows}, {**shared, "data": widths, "areaStyle": area}]


def _ends(one: tuple[int, Cell] | None) -> tuple[float, float] | None:
    if one is None or one[1].low is None or one[1].high is None:
        return None
    cell = one[1]
    return drawn_at(cell.low or 0.0, cell.unit), drawn_at(cell.high or 0.0, cell.unit)


def name_place(room: int) -> Option:
    """Give the place of lines' names: `room` pixels from the right, none over another.

    Labels that hang on a point are not kept off each other; those at a place of their own are.
    """
    return {"x": "100%", "dx": -room - 8, "moveOverlap": "shiftY"}


def _curve(shown: Shown, line: Line, *, named: bool) -> Option:
    name = {
        "show": False, "position": "right", "formatter": line.name, "color": line.colour,
        "width": NAME_ROOM, "overflow": "truncate", "fontSize": 12, "lineHeight": 14,
    }  # fmt: skip
    return {
        "type": "line",
        "name": line.name,
        "data": _data(shown, line, named=named),
        "lineStyle": {"color": line.colour, "width": 2},
        "connectNulls": False,
        "showAllSymbol": True,
        "z": 5,
        "label": name if named else {**VALUE, "show": False},
        "labelLayout": name_place(NAME_ROOM) if named else {"hideOverlap": True},
    }


def _data(shown: Shown, line: Line, *, named: bool) -> list[Option]:
    """Label all points of a lone line where they are few, else its ends and real changes.

    Of several lines the last point of each carries its name.
    """
    known = [i for i, one in enumerate(line.cells) if one and one[1].estimate is not None]
    ends = {known[0], known[-1]} if known else set()
    few = len(known) <= MAXIMUM_LABELLED
    data = [
        _datum(shown, line, one, labelled=not named and (few or place in ends))
        for place, one in enumerate(line.cells)
    ]
    if named:
        for place, datum in enumerate(data):
            datum["label"] = {"show": known[-1:] == [place]}
    return data


def _datum(shown: Shown, line: Line, one: tuple[int, Cell] | None, *, labelled: bool) -> Option:
    if one is None:
        return {"value": "-", "tip": []}
    place, cell = one
    language = shown.language
    when = " · ".join(part for part in (line.name, period_of(shown, cell.by[PERIOD])) if part)
    if cell.estimate is None:
        return {"value": "-", "tip": [when, estimate(cell, language)], "cell": place}
    better = cell.metric not in shown.lower_is_better
    mark = chip(cell, language, higher_is_better=better)
    real = mark is not None and mark.tone in {"good", "bad"}
    numbers = f"{estimate(cell, language)}  {evidence(cell, language)}"
    return {
        "value": drawn_at(cell.estimate, cell.unit),
        "cell": place,
        "tip": [words for words in (when, numbers, str(mark or "")) if words],
        "symbol": _SYMBOLS[mark.shape] if mark else "circle",
        "symbolSize": 11 if real else 7,
        "symbolRotate": 180 if mark and mark.shape == "▼" else 0,
        "itemStyle": {"color": TONES[mark.tone] if mark and real else line.colour},
        "label": {
            "show": labelled or (real and labelled),
            "position": "top",
            "formatter": number(cell.estimate, cell.unit, language),
        },
    }
