"""Lines over time, each with its interval as a band."""

from __future__ import annotations

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell
from huiyin.report.charts.chart import Option, base_option, on_phone, value_axis
from huiyin.report.charts.rows import axis_label, axis_step, drawn_at
from huiyin.report.palette import SOFT
from huiyin.report.views.captions import last_caption
from huiyin.report.views.contracts import Figure, Kind, Placed, Shown
from huiyin.report.views.lines import (
    NARROW_NAME_ROOM,
    Line,
    line_series,
    lines_of,
    name_place,
    value_ends,
)
from huiyin.report.views.order import group_name, period_of, periods
from huiyin.report.views.targets import target_name, target_of
from huiyin.report.views.words import say, text

HEIGHT = 340
MOST_LINES, MOST_BANDS = 6, 3


def fits(shown: Shown) -> int | Text:
    """Fit numbers of one unit over time."""
    if not shown.timed:
        return text("fit.time")
    if not shown.dated:
        return text("fit.nothing")
    if len(shown.units) > 1:
        return text("fit.one_unit")
    n_lines = len({_name(shown, cell) for _, cell in shown.whole})
    return 90 if n_lines <= MOST_LINES else 45


def draw(shown: Shown) -> Figure:
    """Draw the largest groups as lines; of more than a few, the others are counted."""
    cells = [one for one in shown.whole if one[1].by["period"] is not None]
    if all(cell.estimate is None for _, cell in cells):
        return Figure(None, HEIGHT, say("caption.none", shown.language))
    days = [day for day in periods(cells) if day is not None]
    kept, total = _kept(shown, cells)
    lines = lines_of(kept, [_name(shown, cell) for _, cell in kept], days)
    said = last_caption(shown, [cell for _, cell in kept])
    if len(lines) > 1:
        said = say("caption.lines", shown.language, n=len(lines), total=total)
    return Figure(_option(shown, lines, days), HEIGHT, said)


def _name(shown: Shown, cell: Cell) -> str:
    parts = [group_name(shown, cell)] if shown.groups else []
    if len(shown.definitions) > 1:
        parts.insert(0, shown.metric_name(cell.metric))
    return " · ".join(parts)


def _kept(shown: Shown, cells: Placed) -> tuple[Placed, int]:
    """Keep the lines with most answers."""
    answers: dict[str, int] = {}
    for _, cell in cells:
        name = _name(shown, cell)
        answers[name] = answers.get(name, 0) + cell.n
    most = shown.options.top or MOST_LINES
    largest = set(sorted(answers, key=lambda name: -answers[name])[:most])
    return [one for one in cells if _name(shown, one[1]) in largest], len(answers)


def _option(shown: Shown, lines: list[Line], days: list[str]) -> Option:
    cells = [one[1] for line in lines for one in line.cells if one is not None]
    unit = cells[0].unit
    target = target_of(shown, cells[0].metric)
    low, high = value_ends(cells, unit, target)
    named = len(lines) > 1
    series = [
        part
        for line in lines
        for part in line_series(shown, line, band=len(lines) <= MOST_BANDS, named=named)
    ]
    if target is not None:
        series[-1]["markLine"] = _target_line(shown, target, cells[0])
    option = base_option(
        grid={"left": 52, "right": 120 if named else 24, "top": 34, "bottom": 34},
        xAxis=_days_axis(shown, days),
        yAxis=value_axis(
            min=low,
            max=high,
            interval=axis_step(low, high, unit),
            axisLabel=axis_label(unit, high, shown.language),
        ),
        series=series,
    )
    phone: Option = {"grid": {"left": 44, "right": 72 if named else 14}}
    if named:
        room = NARROW_NAME_ROOM
        name = {"label": {"width": room}, "labelLayout": name_place(room)}
        phone["series"] = [name if "name" in part else {} for part in series]
    return on_phone(option, phone)


def _days_axis(shown: Shown, days: list[str]) -> Option:
    return {
        "type": "category",
        "data": [period_of(shown, day) for day in days],
        "boundaryGap": True,
        "axisLine": {"lineStyle": {"color": SOFT}},
        "axisTick": {"show": False},
        "axisLabel": {"color": SOFT, "fontSize": 11, "hideOverlap": True},
    }


def _target_line(shown: Shown, target: float, cell: Cell) -> Option:
    return {
        "silent": True,
        "symbol": "none",
        "data": [
            {
                "yAxis": drawn_at(target, cell.unit),
                "lineStyle": {"color": SOFT, "type": "dashed", "width": 1},
                "label": {
                    "formatter": target_name(shown, target, cell),
                    "position": "insideStartTop",
                    "color": SOFT,
                    "fontSize": 11,
                },
            }
        ],
    }


KIND = Kind(ChartKind.LINE, fits, draw)
