"""One number on a dial with its interval and its target."""

from __future__ import annotations

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.core.units import BOUNDS, within
from huiyin.measure.contracts import Cell
from huiyin.measure.definitions.attainment import attainment
from huiyin.measure.definitions.contracts import Attainment
from huiyin.report.charts.chart import Option, base_option
from huiyin.report.charts.rows import drawn_at
from huiyin.report.numbers import estimate, evidence
from huiyin.report.palette import ACCENT, BAD, GOOD, INK, RULE, SOFT, UNSURE
from huiyin.report.views.captions import one_caption
from huiyin.report.views.contracts import Figure, Kind, Shown
from huiyin.report.views.targets import attainment_words, target_name, target_of
from huiyin.report.views.words import say, sentences, text

HEIGHT = 260
_COLOURS = {
    Attainment.REACHED: GOOD,
    Attainment.MISSED: BAD,
    Attainment.CANNOT_TELL: UNSURE,
}


def fits(shown: Shown) -> int | Text:
    """Fit one number of a unit that has ends."""
    if shown.groups or shown.timed or len(shown.definitions) != 1:
        return text("fit.gauge")
    if not shown.units <= set(BOUNDS):
        return text("fit.ends")
    return 70


def draw(shown: Shown) -> Figure:
    """Draw the dial: the interval as an arc, the number as its pointer, the target as a line."""
    place, cell = shown.whole[0]
    if cell.estimate is None:
        return Figure(None, HEIGHT, say("caption.none", shown.language))
    target = target_of(shown, cell.metric)
    found = None
    said = one_caption(shown, cell)
    if target is not None:
        better = cell.metric not in shown.lower_is_better
        found = attainment(cell.low, cell.high, target, higher_is_better=better)
        facts = {
            "target": target_name(shown, target, cell),
            "call": attainment_words(shown, found),
        }
        said = sentences([said, say("caption.target", shown.language, **facts)], shown.language)
    series = [_dial(shown, place, cell, _COLOURS[found] if found else ACCENT)]
    if target is not None:
        series.append(_target(cell, target, target_name(shown, target, cell)))
    return Figure(base_option(series=series), HEIGHT, said)


def _frame(cell: Cell) -> Option:
    low, high = BOUNDS[cell.unit]
    return {
        "type": "gauge", "startAngle": 200, "endAngle": -20, "center": ["50%", "62%"],
        "radius": "88%", "min": drawn_at(low, cell.unit), "max": drawn_at(high, cell.unit),
        "splitNumber": 4, "axisTick": {"show": False},
    }  # fmt: skip


def _dial(shown: Shown, place: int, cell: Cell, colour: str) -> Option:
    bounds = BOUNDS[cell.unit]
    low, high = bounds
    ends = [
        (within(end, bounds) - low) / (high - low)
        for end in (cell.low if cell.low is not None else cell.estimate or low,
                    cell.high if cell.high is not None else cell.estimate or low)
    ]  # fmt: skip
    words = f"{estimate(cell, shown.language)}\n{{small|{evidence(cell, shown.language)}}}"
    return {
        **_frame(cell),
        "axisLine": {
            "lineStyle": {
                "width": 18,
                "color": [[ends[0], RULE], [ends[1], ACCENT], [1, RULE]],
            }
        },
        "splitLine": {"distance": -18, "length": 18, "lineStyle": {"color": SOFT, "width": 1}},
        "axisLabel": {"color": SOFT, "fontSize": 11, "distance": 24},
        "pointer": {"length": "62%", "width": 5, "itemStyle": {"color": colour}},
        "anchor": {"show": True, "size": 10, "itemStyle": {"color": colour}},
        "detail": {
            "formatter": words, "offsetCenter": [0, "36%"], "color": INK, "fontSize": 24,
            "fontWeight": 650, "rich": {"small": {"fontSize": 12, "color": SOFT, "lineHeight": 20}},
        },
        "data": [
            {
                "value": drawn_at(cell.estimate or 0.0, cell.unit),
                "cell": place,
                "tip": [cell.label.say(shown.language), evidence(cell, shown.language)],
            }
        ],
    }  # fmt: skip


def _target(cell: Cell, target: float, name: str) -> Option:
    return {
        **_frame(cell),
        "axisLine": {"show": False}, "splitLine": {"show": False},
        "axisLabel": {"show": False},
        "pointer": {
            "icon": "rect", "length": "26%", "width": 3, "offsetCenter": [0, "-76%"],
            "itemStyle": {"color": INK},
        },
        "detail": {"show": False},
        "title": {"offsetCenter": [0, "78%"], "color": SOFT, "fontSize": 12},
        "data": [{"value": drawn_at(target, cell.unit), "name": name, "tip": [name]}],
    }  # fmt: skip


KIND = Kind(ChartKind.GAUGE, fits, draw)
