"""A map of groups by other groups, by time or by metrics: shade by value, mark by call."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell
from huiyin.report.characters import display_width
from huiyin.report.charts.chart import Option, base_option, on_phone, phone_form
from huiyin.report.charts.labels import columns as columns_of
from huiyin.report.charts.labels import wrapped
from huiyin.report.numbers import cell_interval, chip, estimate, evidence, number
from huiyin.report.palette import HEAT, HEAT_PALE, INK, PAPER, SOFT
from huiyin.report.views.captions import groups_caption
from huiyin.report.views.contracts import PERIOD, Figure, Kind, Shown
from huiyin.report.views.order import group_name, period_of
from huiyin.report.views.words import text

MOST_ROWS, MOST_COLUMNS = 30, 24
ROW, TOP, BOTTOM = 40, 44, 8
ROW_BROKEN, ROW_MARKED = 48, 62
"""As tall as a number and an interval on two lines; with a call above them."""
WIDE_ENOUGH, WIDE_BROKEN, WIDE_NUMBERS = 7, 12, 16
"""Up to so many columns the intervals are written into the cells, whole or on two lines; of more
numbers are small, and of more than the last only shades and calls are drawn."""
PHONE_ENOUGH, PHONE_WHOLE, PHONE_LARGE, PHONE_NUMBERS = 4, 3, 6, 8
"""Likewise on a phone; of more than three an interval takes two lines there, of more than six
numbers are small, of more than eight, or of what short numbers leave room for, only shades and
calls are drawn: numbers are a tap away."""
LONGEST_WORD = 10
"""Letters of a word over a column that are not broken on a phone."""
SMALL_DIGIT = 5.5
"""Pixels of a letter of a small number."""
PHONE_PLOT, LETTER = 230, 5
"""Pixels that a phone leaves to all columns, and those of a small letter."""
UPRIGHT, LONGEST_UPRIGHT, UPRIGHT_ROOM = 84, 13, 40
"""Of columns of a phone whose names stand upright: the pixels over them, the letters of a line,
and what the figure grows by."""
NAMED_FIELD, WHOLE_FIELD, WHOLE_ROW = 84, 66, 34
"""Pixels of a field under a name of one line; of one that holds a number over its interval."""
FEW = 12
"""Of so many columns each is named."""
EMPTY = "#F6F7F9"
Written = Literal["whole", "broken", "left out", "small", "shade"]
"""How an interval is written into a cell: left out, its number may be small, or left out too."""
Key = str | None
Grid = Mapping[tuple[Key, Key], tuple[int, Cell]]


def fits(shown: Shown) -> int | Text:
    """Fit one metric by two things, or several of one unit by one."""
    if len(shown.definitions) > 1:
        if shown.timed or len(shown.groups) != 1:
            return text("fit.heat_metrics")
        return 70 if len(shown.units) == 1 else text("fit.one_unit")
    n_dimensions = len(shown.groups) + shown.timed
    if n_dimensions != 2:  # noqa: PLR2004 -- rows and columns
        return text("fit.two_dimensions")
    return 85 if not shown.timed else 55


def draw(shown: Shown) -> Figure:
    """Draw the grid; of more rows than fit, those with most answers."""
    down, across = shown.groups[0], _across(shown)
    grid = {(cell.by[down], across(cell)): (place, cell) for place, cell in shown.whole}
    rows = _rows(shown, grid)
    option = _option(shown, grid, rows, _columns(shown, grid))
    several = len(shown.definitions) > 1
    said = groups_caption(shown, shown.whole, None if several else lambda cell: _name(shown, cell))
    height = row_height((cell for _, cell in grid.values()), len(_columns(shown, grid)))
    room = UPRIGHT_ROOM if option["media"][0]["option"]["grid"].get("top") else 0
    return Figure(option, TOP + BOTTOM + height * len(rows) + room, said)


def _across(shown: Shown) -> Callable[[Cell], Key]:
    """Give what tells the column of a number: its period, its metric, or its second group."""
    if shown.timed:
        return lambda cell: cell.by[PERIOD]
    if len(shown.definitions) > 1:
        return lambda cell: cell.metric
    return lambda cell: cell.by[shown.groups[1]]


def _columns(shown: Shown, grid: Grid) -> list[Key]:
    if len(shown.definitions) > 1:
        metrics: list[Key] = [one.metric for one in shown.definitions]
        return metrics[:MOST_COLUMNS]
    columns = sorted({column for _, column in grid}, key=lambda one: (one is None, one or ""))
    return columns[-MOST_COLUMNS:]


def _head(shown: Shown, column: Key) -> str:
    if shown.timed:
        return period_of(shown, column)
    if len(shown.definitions) > 1:
        return shown.metric_name(column or "")
    return shown.group(shown.groups[1], column)


def _name(shown: Shown, cell: Cell) -> str:
    several = len(shown.definitions) > 1
    metric = [shown.metric_name(cell.metric)] if several else []
    return " · ".join([group_name(shown, cell), *metric, *_when(shown, cell)])


def _rows(shown: Shown, grid: Grid) -> list[Key]:
    answers: dict[Key, int] = {}
    for (row, _), (_, cell) in grid.items():
        answers[row] = answers.get(row, 0) + cell.n
    most = shown.options.top or MOST_ROWS
    kept = set(sorted(answers, key=lambda one: -answers[one])[:most])
    return sorted((row for row in answers if row in kept), key=lambda one: (one is None, one or ""))


def _option(shown: Shown, grid: Grid, rows: list[Key], columns: list[Key]) -> Option:
    shades = shades_of(grid)
    names = [wrapped(shown.group(shown.groups[0], row)) for row in rows]
    heads = [_head(shown, column) for column in columns]

    def series(written: Written) -> list[Option]:
        return [
            column_of([datum_of(shown, grid.get((row, column)), shades, written) for row in rows])
            for column in columns
        ]

    option = base_option(
        grid={"left": 120, "right": 8, "top": TOP, "bottom": BOTTOM},
        xAxis=[
            {"type": "value", "min": 0, "max": len(columns), "show": False},
            heads_axis(heads),
        ],
        yAxis=names_axis(names),
        series=series(on_wide(len(columns))),
    )
    least = 8 if shown.timed else 6  # a period is not broken
    upright = not shown.timed and _stand_upright(heads)
    narrow = (
        upright_heads(heads)
        if upright
        else narrow_heads(heads, max(least, 36 // max(1, len(heads))))
    )
    phone = {
        "grid": {"left": 84, "right": 4, **({"top": UPRIGHT} if upright else {})},
        "xAxis": [{}, narrow],
        "series": series(on_narrow(len(columns), _letters(grid, shown.language))),
    }
    return on_phone(option, phone)


def heads_axis(heads: list[str]) -> Option:
    """Give the axis of the columns' names, on top."""
    width = max(8, 84 // max(1, len(heads)))
    return {
        "type": "category", "position": "top", "data": [wrapped(h, width) for h in heads],
        "axisLine": {"show": False}, "axisTick": {"show": False},
        "axisLabel": {
            "color": INK, "fontSize": 11, "lineHeight": 14, "hideOverlap": len(heads) > FEW,
        },
    }  # fmt: skip


def narrow_heads(heads: list[str], width: int) -> Option:
    """Break the columns' names for a phone; smaller where a Latin word would be broken."""
    longest = min(LONGEST_WORD, _longest_word(heads))
    if longest <= width:
        return {"data": [wrapped(head, _halved(head, width)) for head in heads]}
    data = [wrapped(head, _halved(head, longest)) for head in heads]
    return {"data": data, "axisLabel": {"fontSize": 9}}


def upright_heads(heads: list[str]) -> Option:
    """Give the columns' names upright: side by side some would be left out."""
    label = {"rotate": 90, "fontSize": 11, "lineHeight": 13, "interval": 0}
    return {"data": [wrapped(head, LONGEST_UPRIGHT) for head in heads], "axisLabel": label}


def _stand_upright(heads: list[str]) -> bool:
    """Tell whether a phone's columns are too narrow for the longest Latin word over one."""
    letters = min(LONGEST_WORD, _longest_word(heads))
    return len(heads) <= FEW and letters * LETTER * len(heads) > PHONE_PLOT


def _longest_word(heads: list[str]) -> int:
    words = [word for head in heads for word in re.split(r"\s|(?<=-)", head) if word.isascii()]
    return max(map(len, words), default=0)


def _halved(head: str, width: int) -> int:
    """Give the width of the two lines of a Chinese name that needs both: 办公 over 环境."""
    size = columns_of(head)
    return -(-size // 4) * 2 if not head.isascii() and width < size <= 2 * width else width


def is_grid(option: Option) -> bool:
    """Tell whether an option draws a grid whose fields are written in."""
    series = option.get("series") or [{}]
    return bool(series[0].get("type") == "bar" and series[0].get("barCategoryGap") == 0)


def readable_grid(option: Option, width: int, height: int) -> tuple[Option, int]:
    """Give the form of a grid that can be read on paper in so many pixels, and its height.

    Where names do not fit over the columns they stand as on a phone; where number and interval do
    not fit into a field, the number stands there alone.
    """
    n_columns, n_rows = len(option["series"]), len(option["yAxis"]["data"])
    narrow = option["media"][0]["option"]
    if _field(option, width, n_columns) < NAMED_FIELD:
        heads = {part: narrow[part] for part in ("grid", "xAxis")}
        option = {**phone_form(on_phone(option, heads)), "media": option["media"]}
    grid = option["grid"]
    low = grid["top"] + grid["bottom"] + WHOLE_ROW * n_rows
    whole = _field(option, width, n_columns) >= WHOLE_FIELD and low <= height
    return (option, low) if whole else (phone_form(option), height)


def _field(option: Option, width: int, n_columns: int) -> float:
    grid = option["grid"]
    return float(width - grid["left"] - grid["right"]) / n_columns


def names_axis(names: list[str]) -> Option:
    """Give the axis of the rows' names."""
    return {
        "type": "category", "inverse": True, "data": names,
        "axisLine": {"show": False}, "axisTick": {"show": False},
        "axisLabel": {"color": INK, "fontSize": 12, "lineHeight": 15, "interval": 0},
    }  # fmt: skip


def column_of(data: list[Option]) -> Option:
    """Give one column of the grid."""
    return {
        "type": "bar", "stack": "all", "barCategoryGap": 0, "barWidth": "100%",
        "label": {"show": True, "position": "inside", "fontSize": 12},
        "data": data,
    }  # fmt: skip


def shades_of(grid: Mapping[Any, tuple[int, Cell]]) -> dict[int, int]:
    """Give every number its step of the palette, from the lowest to the highest."""
    known = {place: cell.estimate for place, cell in grid.values() if cell.estimate is not None}
    if not known:
        return {}
    low, high = min(known.values()), max(known.values())
    span = (high - low) or 1.0
    last = len(HEAT) - 1
    return {place: min(last, int((v - low) / span * len(HEAT))) for place, v in known.items()}


def datum_of(
    shown: Shown,
    one: tuple[int, Cell] | None,
    shades: Mapping[int, int],
    written: Written,
    *,
    name: str | None = None,
) -> Option:
    """Give one field: its number and, unless left out, its interval; all of it in the tip."""
    empty = {"color": EMPTY, "borderColor": PAPER, "borderWidth": 2}
    if one is None:
        return {"value": 1, "itemStyle": empty, "label": {"formatter": ""}, "tip": []}
    place, cell = one
    name = name or _name(shown, cell)
    if cell.estimate is None:
        label = {"formatter": "" if written == "shade" else "—", "color": SOFT}
        tip = [name, estimate(cell, shown.language)]
        return {"value": 1, "itemStyle": empty, "label": label, "tip": tip, "cell": place}
    better = cell.metric not in shown.lower_is_better
    mark = chip(cell, shown.language, higher_is_better=better)
    real = mark is not None and mark.tone in {"good", "bad"}
    said = "" if written == "shade" else number(cell.estimate, cell.unit, shown.language)
    between = " " if written == "whole" else "\n"
    words = between.join(p for p in (mark.shape if mark and real else "", said) if p)
    words += interval_lines(cell, written, shown.language)
    ink = INK if shades[place] < HEAT_PALE else PAPER
    return {
        "value": 1,
        "cell": place,
        "itemStyle": {**empty, "color": HEAT[shades[place]]},
        "label": {
            "formatter": words, "color": ink, "lineHeight": 15,
            **({"fontSize": 9} if written == "small" else {}),
            "rich": small_print(ink),
        },
        "tip": [
            line
            for line in (
                name,
                f"{estimate(cell, shown.language)}  {evidence(cell, shown.language)}",
                str(mark or ""),
            )
            if line
        ],
    }  # fmt: skip


def _letters(grid: Grid, language: str) -> int:
    """Count the digits that the longest number has room for; a Chinese letter is two wide."""
    known = (cell for _, cell in grid.values() if cell.estimate is not None)
    words = (number(cell.estimate, cell.unit, language) for cell in known)
    return max(map(display_width, words), default=1)


def small_print(ink: str) -> Option:
    """Give how an interval is written below its number, on one line or on two."""
    return {
        "small": {"fontSize": 10, "color": ink, "lineHeight": 13},
        "narrow": {"fontSize": 9, "color": ink, "lineHeight": 11},
    }


def row_height(cells: Iterable[Cell], n_columns: int) -> int:
    """Give how tall a row is that holds all that is written into so many columns."""
    if "broken" not in {on_wide(n_columns), on_narrow(n_columns)}:
        return ROW
    return ROW_MARKED if any(cell.comparison for cell in cells) else ROW_BROKEN


def on_wide(n_columns: int) -> Written:
    """Tell how intervals are written into so many columns on a desk."""
    if n_columns > WIDE_BROKEN:
        return "small" if n_columns <= WIDE_NUMBERS else "shade"
    return "broken" if n_columns > WIDE_ENOUGH else "whole"


def on_narrow(n_columns: int, letters: int = PHONE_PLOT) -> Written:
    """Tell how intervals are written into so many columns on a phone.

    `letters` has the longest number: short ones stand side by side in more columns.
    """
    if n_columns > PHONE_ENOUGH:
        most = max(PHONE_NUMBERS, int(PHONE_PLOT / (SMALL_DIGIT * letters)))
        many: Written = "small" if n_columns <= most else "shade"
        return "left out" if n_columns <= PHONE_LARGE else many
    return "broken" if n_columns > PHONE_WHOLE else "whole"


def interval_lines(cell: Cell, written: Written, language: str) -> str:
    """Give the lines of a field's interval, small; empty where there is none or it is left out."""
    said = cell_interval(cell, language)
    if not said or written not in {"whole", "broken"}:
        return ""
    lines = said.replace(", ", ",\n").splitlines() if written == "broken" else [said]
    style = "small" if len(lines) == 1 else "narrow"
    return "".join(f"\n{{{style}|{line}}}" for line in lines)


def _when(shown: Shown, cell: Cell) -> list[str]:
    return [period_of(shown, cell.by[PERIOD])] if PERIOD in cell.by else []


KIND = Kind(ChartKind.HEAT, fits, draw)
