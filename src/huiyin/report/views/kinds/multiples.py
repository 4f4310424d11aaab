"""The same small chart for each group, all on one axis."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell
from huiyin.report.charts.chart import Option, base_option, on_phone, value_axis
from huiyin.report.charts.labels import short
from huiyin.report.charts.rows import axis_label
from huiyin.report.palette import INK, SOFT
from huiyin.report.views.captions import groups_caption
from huiyin.report.views.contracts import PERIOD, Figure, Kind, Placed, Shown
from huiyin.report.views.lines import SHADES, Line, line_series, value_ends
from huiyin.report.views.order import group_name, period_of, periods
from huiyin.report.views.words import say, sentences, text

MOST, ACROSS, PHONE_ACROSS = 12, 3, 2
TILE, HEAD, FOOT = 132, 24, 22
LEFT, PHONE_LEFT, RIGHT = 5, 11, 2
"""Per cent of the whole width left to the numbers of an axis, and free on the right of a chart."""


def fits(shown: Shown) -> int | Text:
    """Fit one metric of several groups over time."""
    if not shown.timed:
        return text("fit.time")
    if not shown.dated:
        return text("fit.nothing")
    if not shown.groups:
        return text("fit.group")
    if len(shown.definitions) > 1:
        return text("fit.one_metric")
    return 70


def draw(shown: Shown) -> Figure:
    """Draw the groups with most answers, each with its band."""
    cells = [one for one in shown.whole if one[1].by[PERIOD] is not None]
    days = [day for day in periods(cells) if day is not None]
    lines, total = _lines(shown, cells, days)
    named = lambda cell: f"{group_name(shown, cell)} · {period_of(shown, cell.by[PERIOD])}"  # noqa: E731 -- said once
    said = groups_caption(shown, cells, named)
    if len(lines) < total:
        left = say("caption.left", shown.language, shown=len(lines), total=total)
        said = sentences([said, left], shown.language)
    n_rows = -(-len(lines) // ACROSS)
    return Figure(_option(shown, lines, days), n_rows * (HEAD + TILE + FOOT) + 8, said)


def _lines(shown: Shown, cells: Placed, days: Sequence[str]) -> tuple[list[Line], int]:
    found: dict[str, dict[str, tuple[int, Cell]]] = {}
    for one in cells:
        found.setdefault(group_name(shown, one[1]), {})[one[1].by[PERIOD] or ""] = one
    answers = {name: sum(cell.n for _, cell in line.values()) for name, line in found.items()}
    largest = sorted(found, key=lambda name: -answers[name])[: shown.options.top or MOST]
    lines = [Line(name, SHADES[0], tuple(found[name].get(day) for day in days)) for name in largest]
    return lines, len(found)


def _option(shown: Shown, lines: list[Line], days: list[str]) -> Option:
    cells = [one[1] for line in lines for one in line.cells if one is not None]
    unit = cells[0].unit
    low, high = value_ends(cells, unit, None)
    names = [period_of(shown, day) for day in days]
    label = axis_label(unit, high, shown.language)
    ends = {"min": low, "max": high, "interval": high - low, "axisLabel": label}
    series = [
        {**part, "xAxisIndex": place, "yAxisIndex": place, "label": {"show": False}}
        for place, line in enumerate(lines)
        for part in line_series(shown, line, band=True, named=False)
    ]
    option = base_option(
        title=_titles(lines, ACROSS),
        grid=_grids(len(lines), ACROSS),
        xAxis=[_days_axis(place, names) for place in range(len(lines))],
        yAxis=[value_axis(gridIndex=place, **ends) for place in range(len(lines))],
        series=[{**one, "data": [_plain(datum) for datum in one["data"]]} for one in series],
    )
    phone = {"title": _titles(lines, PHONE_ACROSS), "grid": _grids(len(lines), PHONE_ACROSS)}
    return on_phone(option, phone)


def _plain(datum: object) -> object:
    """Leave the numbers of single points to the tooltip: there is no room for them."""
    return (
        {**datum, "label": {"show": False}, "symbolSize": 6} if isinstance(datum, dict) else datum
    )


def _tile(n: int, across: int) -> int:
    """Give the height of a small chart: two abreast share the height of three abreast."""
    if across == ACROSS:
        return TILE
    rows, phone_rows = -(-n // ACROSS), -(-n // across)
    return (rows * (HEAD + TILE + FOOT)) // phone_rows - HEAD - FOOT


def _place(place: int, n: int, across: int) -> tuple[float, int]:
    """Give where a small chart begins: from the left in per cent, from the top in pixels."""
    step = HEAD + FOOT + _tile(n, across)
    return place % across * 100 / across, place // across * step


def _side(across: int) -> int:
    return LEFT if across == ACROSS else PHONE_LEFT


def _grids(n: int, across: int) -> list[Option]:
    return [
        {
            "left": f"{left + _side(across):.2f}%",
            "width": f"{100 / across - _side(across) - RIGHT:.2f}%",
            "top": top + HEAD + 4,
            "height": _tile(n, across),
        }
        for left, top in (_place(place, n, across) for place in range(n))
    ]


def _titles(lines: list[Line], across: int) -> list[Option]:
    return [
        {
            "text": short(line.name, 24),
            "left": f"{left + _side(across):.2f}%",
            "top": top,
            "textStyle": {"fontSize": 12, "fontWeight": 600, "color": INK},
        }
        for line, (left, top) in (
            (line, _place(place, len(lines), across)) for place, line in enumerate(lines)
        )
    ]


def _days_axis(place: int, names: list[str]) -> Option:
    return {
        "type": "category", "gridIndex": place, "data": names, "boundaryGap": True,
        "axisLine": {"lineStyle": {"color": SOFT}}, "axisTick": {"show": False},
        "axisLabel": {
            "color": SOFT, "fontSize": 10, "interval": max(0, len(names) - 2),
            "showMinLabel": True, "showMaxLabel": True, "alignMinLabel": "left",
            "alignMaxLabel": "right",
        },
    }  # fmt: skip


KIND = Kind(ChartKind.MULTIPLES, fits, draw)
