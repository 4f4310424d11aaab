"""The spread of single answers in each group, and their mean with its interval."""

from __future__ import annotations

from huiyin.analyse.views.contracts import ChartKind
from huiyin.analyse.views.spreads import Spread
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell
from huiyin.report.charts.chart import Option, base_option, on_phone
from huiyin.report.charts.labels import wrapped
from huiyin.report.charts.rows import whisker
from huiyin.report.numbers import evidence
from huiyin.report.palette import ACCENT, ACCENT_BAND, INK, SOFT
from huiyin.report.views.captions import groups_caption, left_out
from huiyin.report.views.contracts import Figure, Kind, Placed, Shown
from huiyin.report.views.numbered import RIGHT, RIGHT_ON_PHONE, names_axis, numbers_axis
from huiyin.report.views.order import group_name, ordered
from huiyin.report.views.spreads import (
    clocks_caption,
    has_clocks,
    has_mean,
    number_caption,
    spread_axis,
    spread_fit,
    told,
    untold_caption,
)
from huiyin.report.views.words import say, sentences

ROW, TOP, BOTTOM = 38, 12, 30


def fits(shown: Shown) -> int | Text:
    """Fit one column of numbers or durations, by at most two groupings."""
    return spread_fit(shown, "fit.column", mean=55, clocks=25, other=15)


def draw(shown: Shown) -> Figure:
    """Draw the middle half as a box, the middle four fifths as its arms: nobody's own value."""
    spreads = shown.extras.reckoned.spreads
    chosen = ordered(shown, shown.whole)
    cells = [one for one in chosen.cells if one[0] in spreads]
    found, language = groups_caption(shown, shown.whole), shown.language
    if not cells:
        return Figure(None, ROW, sentences([found, untold_caption(shown)], language))
    if has_clocks(shown):
        how = clocks_caption(shown, "caption.box_clocks", cells)
    else:
        how = say("caption.box", language, number=number_caption(shown))
    height = TOP + BOTTOM + ROW * len(cells)
    said = sentences([found, left_out(shown, chosen), how], language)
    return Figure(_option(shown, cells), height, said)


def _option(shown: Shown, cells: Placed) -> Option:
    spreads = shown.extras.reckoned.spreads
    names = [
        wrapped(group_name(shown, cell) or cell.label.say(shown.language)) for _, cell in cells
    ]
    option = base_option(
        grid={"left": 150, "right": RIGHT, "top": TOP, "bottom": BOTTOM},
        xAxis=spread_axis(shown, cells),
        yAxis=[names_axis(names), numbers_axis(shown, [place for place, _ in cells])],
        series=[
            {
                "type": "boxplot", "layout": "horizontal", "boxWidth": [10, 18],
                "itemStyle": {"color": ACCENT_BAND, "borderColor": ACCENT, "borderWidth": 1.4},
                "data": [
                    box_of(shown, place, cell, spreads[place]) for place, cell in cells
                ],
            },
            *means_of(shown, cells),
        ],
    )  # fmt: skip
    return on_phone(option, {"grid": {"left": 96, "right": RIGHT_ON_PHONE}})


def box_of(shown: Shown, place: int, cell: Cell, spread: Spread) -> Option:
    """Give the box of a cell, with what its tooltip says."""
    low, first, middle, third, high = (told(value, cell, shown.language) for value in spread.values)
    is_open = None in spread.values[1:4]
    return {
        "value": _drawn(spread),
        **({"itemStyle": {"borderType": "dashed"}} if is_open else {}),
        "cell": place,
        "tip": [
            group_name(shown, cell) or cell.label.say(shown.language),
            say("box.middle", shown.language, middle=middle, low=first, high=third),
            say("box.arms", shown.language, low=low, high=high),
            evidence(cell, shown.language),
        ],
    }


def _drawn(spread: Spread) -> list[float | None]:
    """Give where a box ends: what is not told ends where the next towards the middle stands."""
    low, first, middle, third, high = spread.values
    first = middle if first is None else first
    third = middle if third is None else third
    return [first if low is None else low, first, middle, third, third if high is None else high]


def means_of(shown: Shown, cells: Placed) -> list[Option]:
    """Set the mean, or the metric of durations, and its interval into the box."""
    if not has_mean(shown) and not has_clocks(shown):
        return []
    lines = [
        whisker(cell.low, cell.high, row, INK)
        for row, (_, cell) in enumerate(cells)
        if cell.low is not None and cell.high is not None
    ]
    return [
        {
            "type": "scatter", "symbol": "diamond", "symbolSize": 9, "itemStyle": {"color": INK},
            "data": [
                {
                    "value": [cell.estimate, row], "cell": place,
                    "tip": [cell.label.say(shown.language), evidence(cell, shown.language)],
                }
                for row, (place, cell) in enumerate(cells)
                if cell.estimate is not None
            ],
            "markLine": {
                "silent": True, "symbol": ["rect", "rect"], "symbolSize": [8, 1.6],
                "label": {"show": False}, "data": lines, "z": 6, "lineStyle": {"color": SOFT},
            },
        }
    ]  # fmt: skip


KIND = Kind(ChartKind.BOX, fits, draw)
