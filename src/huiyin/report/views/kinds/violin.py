"""The shape of a spread in each group: shares of its steps, or a curve where values run on."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.views.contracts import ChartKind
from huiyin.analyse.views.spreads import Shape, Spread
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell
from huiyin.report.charts.chart import Option, base_option, on_phone, value_axis
from huiyin.report.charts.labels import wrapped
from huiyin.report.numbers import answers, count, share
from huiyin.report.palette import ACCENT, ACCENT_PALE, PAPER
from huiyin.report.views.captions import groups_caption, left_out
from huiyin.report.views.contracts import Figure, Kind, Listing, Placed, Shown
from huiyin.report.views.kinds.box import box_of, means_of
from huiyin.report.views.numbered import RIGHT, RIGHT_ON_PHONE, names_axis, numbers_axis
from huiyin.report.views.order import group_name, ordered
from huiyin.report.views.spreads import (
    clocks_caption,
    has_clocks,
    number_caption,
    spread_axis,
    spread_fit,
    told,
    untold_caption,
)
from huiyin.report.views.words import say, sentences

ROW, TOP, BOTTOM = 72, 12, 30
HALF = 0.5
REACH = 0.44
"""How far the widest place of all reaches from the middle of its row, in rows."""
STEP = 0.4
"""How far a step reaches to either side, in steps."""
_HEADS = ("group", "n", "median", "half", "most")


def fits(shown: Shown) -> int | Text:
    """Fit one column of numbers or durations, by at most two groupings."""
    return spread_fit(shown, "fit.violin", mean=50, clocks=20, other=14)


def draw(shown: Shown) -> Figure:
    """Draw each group's shape about a line, with its quartiles, its mean and its table."""
    spreads = shown.extras.reckoned.spreads
    chosen = ordered(shown, shown.whole)
    cells = [one for one in chosen.cells if one[0] in spreads]
    found, language = groups_caption(shown, shown.whole), shown.language
    if not cells:
        return Figure(None, ROW, sentences([found, untold_caption(shown)], language))
    shapes = [spread.shape for place, _ in cells if (spread := spreads[place]).shape]
    stepped = bool(shapes) and all(shape.stepped for shape in shapes if shape)
    if has_clocks(shown):
        how = clocks_caption(shown, "caption.violin_clocks", cells)
    else:
        key = "caption.steps" if stepped else "caption.violin"
        how = say(key, language, number=number_caption(shown))
    said = sentences([found, left_out(shown, chosen), how], language)
    height = TOP + BOTTOM + ROW * len(cells)
    return Figure(_option(shown, cells), height, said, beside=_table(shown, cells))


def _option(shown: Shown, cells: Placed) -> Option:
    spreads = shown.extras.reckoned.spreads
    names = [_label(shown, cell) for _, cell in cells]
    option = base_option(
        grid={"left": 150, "right": RIGHT, "top": TOP, "bottom": BOTTOM},
        xAxis=_axis(shown, cells),
        yAxis=[
            names_axis(names),
            {"type": "value", "min": 0, "max": len(cells), "inverse": True, "show": False},
            numbers_axis(shown, [place for place, _ in cells]),
        ],
        series=[
            *_shapes([spreads[place].shape for place, _ in cells]),
            {
                "type": "boxplot", "layout": "horizontal", "boxWidth": [6, 10], "z": 2,
                "itemStyle": {"color": PAPER, "borderColor": ACCENT, "borderWidth": 1.6},
                "data": [box_of(shown, place, cell, spreads[place]) for place, cell in cells],
            },
            *means_of(shown, cells),
        ],
    )  # fmt: skip
    return on_phone(option, {"grid": {"left": 96, "right": RIGHT_ON_PHONE}})


def _axis(shown: Shown, cells: Placed) -> Option:
    """Give the axis: of steps, one mark for each and none beyond."""
    spreads = shown.extras.reckoned.spreads
    shapes = [shape for place, _ in cells if (shape := spreads[place].shape)]
    if not shapes or not all(shape.stepped for shape in shapes):
        return spread_axis(shown, cells)
    steps = sorted({step for shape in shapes for step in shape.at})
    axis = value_axis(min=steps[0] - HALF, max=steps[-1] + HALF)
    marks = {"customValues": steps}
    return axis | {"axisTick": axis["axisTick"] | marks, "axisLabel": axis["axisLabel"] | marks}


def _label(shown: Shown, cell: Cell) -> str:
    return f"{wrapped(_name(shown, cell))}\n{answers(cell.n, shown.language, cell.counted)}"


def _name(shown: Shown, cell: Cell) -> str:
    return group_name(shown, cell) or cell.label.say(shown.language)


def _shapes(shapes: Sequence[Shape | None]) -> list[Option]:
    """Give both halves of every shape, all by one measure: equal areas hold equal shares."""
    widest = max((max(shape.height, default=0.0) for shape in shapes if shape), default=0.0)
    return [
        _half(shape, row + HALF, side * REACH / widest)
        for row, shape in enumerate(shapes)
        if shape is not None and widest > 0.0
        for side in (-1.0, 1.0)
    ]


def _half(shape: Shape, middle: float, factor: float) -> Option:
    line = [
        [at, "-" if height is None else round(middle + height * factor, 5)]
        for at, height in _outline(shape)
    ]
    return {
        "type": "line", "yAxisIndex": 1, "silent": True, "symbol": "none", "z": 1,
        "lineStyle": {"color": ACCENT, "width": 1.2},
        "areaStyle": {"color": ACCENT_PALE, "opacity": 1, "origin": middle},
        "data": line,
    }  # fmt: skip


def _outline(shape: Shape) -> list[tuple[float, float | None]]:
    """Give the outline of a half: a block for each step, or the curve closed at its ends."""
    points = list(zip(shape.at, shape.height, strict=True))
    if not shape.stepped:
        ends = [(shape.at[0], 0.0)], [(shape.at[-1], 0.0)]
        return [*ends[0], *points, *ends[1]]
    return [
        corner
        for at, height in points
        for corner in (
            (at - STEP, 0.0), (at - STEP, height), (at + STEP, height), (at + STEP, 0.0),
            (at + HALF, None),
        )
    ]  # fmt: skip


def _table(shown: Shown, cells: Placed) -> Listing:
    """Give the quartiles of every group, and the shares of its steps."""
    spreads = shown.extras.reckoned.spreads
    heads = [say(f"violin.{key}", shown.language) for key in _HEADS]
    steps = _steps([spreads[place] for place, _ in cells])
    rows = [
        (*_row(shown, cell, spreads[place]), *_shares(spreads[place], steps))
        for place, cell in cells
    ]
    return Listing((*heads, *(f"{step:g}" for step in steps)), tuple(rows))


def _steps(spreads: Sequence[Spread]) -> list[float]:
    shapes = [spread.shape for spread in spreads if spread.shape and spread.shape.stepped]
    return sorted({step for shape in shapes if shape for step in shape.at})


def _row(shown: Shown, cell: Cell, spread: Spread) -> tuple[str, ...]:
    low, first, middle, third, high = (told(value, cell, shown.language) for value in spread.values)
    return (
        group_name(shown, cell) or say("violin.all", shown.language),
        count(spread.n),
        middle,
        say("violin.range", shown.language, low=first, high=third),
        say("violin.range", shown.language, low=low, high=high),
    )


def _shares(spread: Spread, steps: Sequence[float]) -> list[str]:
    shape = spread.shape
    told = dict(zip(shape.at, shape.height, strict=True)) if shape and shape.stepped else {}
    return [share(told.get(step)) for step in steps]


KIND = Kind(ChartKind.VIOLIN, fits, draw)
