"""How ratings are spread over their levels: bad to the left, good to the right of the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell
from huiyin.report.charts.chart import PHONE_WIDTH, Option, base_option, on_phone, value_axis
from huiyin.report.charts.labels import wrapped
from huiyin.report.numbers import answers, cell_interval, share
from huiyin.report.palette import BAD, BAD_PALE, GOOD, GOOD_PALE, GREY_PALE, INK, PAPER
from huiyin.report.views.captions import groups_caption, left_out
from huiyin.report.views.contracts import Figure, Kind, Shown
from huiyin.report.views.numbered import RIGHT, RIGHT_ON_PHONE, names_axis, numbers_axis
from huiyin.report.views.order import group_name, ordered
from huiyin.report.views.words import say, sentences, text

ROW, TOP, BOTTOM = 38, 40, 12
MOST_ROWS = 30
SMALLEST_LABEL = 0.08
LABEL_WIDTH = 28
"""Pixels that ``12%`` takes, with a little room."""
LEFT_ON_PHONE = 96
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, the place of its number, and its levels, worst first."""

    name: str
    place: int
    levels: tuple[Cell, ...]


def fits(shown: Shown) -> int | Text:
    """Fit ratings side by side, or one rating by one grouping."""
    if shown.timed:
        return text("fit.no_time")
    if len(shown.groups) > 1 or (shown.groups and len(shown.definitions) > 1):
        return text("fit.likert")
    known = all(one.column for one in shown.definitions)
    rated = all(one.metric.partition(":")[0] in _RATED for one in shown.definitions)
    if not known or not rated:
        return text("fit.rating")
    return 38 if len(shown.definitions) > 1 else 45


_RATED = frozenset({"score", "satisfied", "dissatisfied", "mean", "ces", "easy", "intent", "nps"})


def draw(shown: Shown) -> Figure:
    """Draw a bar for each rating, or for each group."""
    bars = _bars(shown)[: None if shown.groups else shown.options.top or MOST_ROWS]
    said = groups_caption(shown, shown.whole, lambda cell: _name(shown, cell))
    if shown.groups:
        at = {bar.place: bar for bar in bars}
        chosen = ordered(shown, [one for one in shown.whole if one[0] in at])
        bars = [at[place] for place, _ in chosen.cells]
        said = sentences([said, left_out(shown, chosen)], shown.language)
    if not bars:
        return Figure(None, ROW, said)
    return Figure(_option(shown, bars), TOP + BOTTOM + ROW * len(bars), said)


def _name(shown: Shown, cell: Cell) -> str:
    return group_name(shown, cell) if shown.groups else shown.metric_name(cell.metric)


def _bars(shown: Shown) -> list[Bar]:
    levels = shown.extras.reckoned.levels
    columns = {one.metric: one.column for one in shown.definitions}
    found = []
    for place, cell in shown.whole:
        start = f"share:{columns[cell.metric]}="
        mine = [
            one
            for one in (levels.cells if levels else ())
            if one.metric.startswith(start) and dict(one.by) == dict(cell.by)
        ]
        if mine and all(one.estimate is not None for one in mine):
            found.append(Bar(_name(shown, cell), place, tuple(mine)))
    return found


def _option(shown: Shown, bars: Sequence[Bar]) -> Option:
    names = [one.metric.partition("=")[2] for one in bars[0].levels]
    left = max(_sides(bar)[0] for bar in bars) * 100
    right = max(_sides(bar)[1] for bar in bars) * 100
    narrow = PHONE_WIDTH - LEFT_ON_PHONE - RIGHT_ON_PHONE
    smallest = max(SMALLEST_LABEL, LABEL_WIDTH / narrow * (left + right) / 100)
    return on_phone(
        base_option(
            legend={
                "top": 4, "left": 120, "itemWidth": 12, "itemHeight": 12, "selectedMode": False,
                "textStyle": {"color": INK, "fontSize": 12}, "data": _legend(shown, names),
            },
            grid={"left": 140, "right": RIGHT, "top": TOP, "bottom": BOTTOM},
            xAxis=value_axis(min=-left, max=right, show=False),
            yAxis=[
                names_axis([wrapped(bar.name) for bar in bars]),
                numbers_axis(shown, [bar.place for bar in bars]),
            ],
            series=_series(shown, bars, names),
        ),
        {
            "grid": {"left": LEFT_ON_PHONE, "right": RIGHT_ON_PHONE},
            "legend": {
                "left": 0, "itemGap": 4, "itemWidth": 9, "itemHeight": 9,
                "textStyle": {"fontSize": 11},
            },
            "series": [{"data": one["data"]} for one in _series(shown, bars, names, smallest)],
        },
    )  # fmt: skip


def _legend(shown: Shown, names: Sequence[str]) -> list[str]:
    return [say("level.points", shown.language, value=name) for name in names]


def _sides(bar: Bar) -> tuple[float, float]:
    """Give how far a bar reaches to either side; a level in the middle lies on both."""
    n = len(bar.levels)
    shares = [one.estimate or 0.0 for one in bar.levels]
    middle = shares[n // 2] * _HALF if n % 2 else 0.0
    return sum(shares[: n // 2]) + middle, sum(shares[-(n // 2) :]) + middle


def _series(
    shown: Shown, bars: Sequence[Bar], names: Sequence[str], smallest: float = SMALLEST_LABEL
) -> list[Option]:
    """Stack from the middle outwards; parts below the share `smallest` carry no number."""
    n = len(names)
    parts = [(n // 2, -_HALF), (n // 2, _HALF)] if n % 2 else []
    parts += [(i, -1.0) for i in reversed(range(n // 2))]
    parts += [(i, 1.0) for i in range(n - n // 2, n)]
    legend = _legend(shown, names)
    return [
        {
            "type": "bar", "stack": "all", "name": legend[level], "barWidth": 22,
            "itemStyle": {"color": _colours(level, n)[0]},
            "label": {"show": True, "color": _colours(level, n)[1], "fontSize": 11},
            "data": [
                _labelled(
                    _datum(shown, bar, level, factor, legend[level]), bar.levels[level], smallest
                )
                for bar in bars
            ],
        }
        for level, factor in parts
    ]  # fmt: skip


def _labelled(datum: Option, cell: Cell, smallest: float) -> Option:
    """Show a number only where it has room."""
    label = datum["label"]
    return datum | {"label": label | {"show": label["show"] and (cell.estimate or 0.0) >= smallest}}


def _datum(shown: Shown, bar: Bar, level: int, factor: float, name: str) -> Option:
    cell = bar.levels[level]
    value = cell.estimate or 0.0
    label: Option = {
        "show": factor != -_HALF,
        "formatter": share(value, 0),
    }
    if factor == _HALF:
        label |= {"position": "insideLeft", "offset": [-12, 0]}
    language = shown.language
    between, n = cell_interval(cell, language), answers(cell.n, language, cell.counted)
    numbers = f"{name}: {share(value)} {between} · {n}"
    return {
        "value": round(value * 100 * factor, 4),
        "cell": bar.place,
        "label": label,
        "tip": [bar.name, numbers],
    }


def _colours(place: int, n: int) -> tuple[str, str]:
    """Give fill and ink of a level: strong at the ends, pale towards the grey middle."""
    if abs(place - (n - 1) / 2) < _HALF:
        return GREY_PALE, INK
    strong = place in {0, n - 1}
    if place < (n - 1) / 2:
        return (BAD, PAPER) if strong else (BAD_PALE, INK)
    return (GOOD, PAPER) if strong else (GOOD_PALE, INK)


KIND = Kind(ChartKind.LIKERT, fits, draw)
