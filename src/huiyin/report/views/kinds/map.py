"""A map of China: a tile a province, shaded by its number; no boundary is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import EN, Text
from huiyin.measure.contracts import Cell
from huiyin.report.charts.chart import Option, base_option, on_phone
from huiyin.report.charts.labels import short
from huiyin.report.numbers import chip, estimate, evidence, number
from huiyin.report.palette import HEAT, HEAT_PALE, INK, PAPER, UNSURE_TEXT
from huiyin.report.views.captions import groups_caption
from huiyin.report.views.contracts import Figure, Kind, Placed, Shown
from huiyin.report.views.kinds.heat import (
    EMPTY,
    column_of,
    interval_lines,
    shades_of,
    small_print,
)
from huiyin.report.views.order import group_name
from huiyin.report.views.provinces import N_COLUMNS, N_ROWS, Province, province_of, provinces
from huiyin.report.views.words import say, sentences, text

TILE = 60
_NARROW: Option = {"fontSize": 9, "lineHeight": 10}
"""How a Latin name stands in a narrow tile: two lines of it, a number and its interval fit."""
_IN_LINES: Mapping[str, str] = {
    "Heilongjiang": "Heilong-\njiang", "Inner Mongolia": "Inner\nMongolia",
    "Liaoning": "Liao-\nning", "Xinjiang": "Xin-\njiang", "Shandong": "Shan-\ndong",
    "Shanghai": "Shang-\nhai", "Zhejiang": "Zhe-\njiang", "Guangdong": "Guang-\ndong",
    "Chongqing": "Chong-\nqing", "Hong Kong": "Hong\nKong",
}  # fmt: skip
"""Where a Latin name too long for a narrow tile is parted: between its syllables."""
LONGEST_NAME = 11
"""Of the characters of a Latin name on one line of a wide tile; longer ones are parted there."""
HEIGHT = TILE * N_ROWS + 8
FEWEST = 2
MOST_NAMED = 3
Tiles = Mapping[str, tuple[int, Cell]]


def fits(shown: Shown) -> int | Text:
    """Fit one metric by one grouping whose values are mostly provinces."""
    if shown.timed or len(shown.groups) != 1 or len(shown.definitions) > 1:
        return text("fit.map")
    values = [cell.by[shown.groups[0]] for _, cell in shown.whole]
    known = [value for value in values if value is not None]
    found = [value for value in known if province_of(value)]
    if len(found) < FEWEST or 2 * len(found) < len(known):
        return text("fit.map")
    return 65


def draw(shown: Shown) -> Figure:
    """Draw every province, those without a number too; what is no province is named below."""
    tiles, left = tiles_of(shown)
    said = [groups_caption(shown, shown.whole), say("caption.map", shown.language)]
    if left:
        named = [short(group_name(shown, cell), 20) for _, cell in left[:MOST_NAMED]]
        names = say("list", shown.language).join(named)
        said.append(say("caption.map_left", shown.language, n=len(left), names=names))
    return Figure(_option(shown, tiles), HEIGHT, sentences(said, shown.language))


def tiles_of(shown: Shown) -> tuple[Tiles, Placed]:
    """Place the cells; those of no province, and second spellings of one, are left.

    Of several spellings the one of most answers is drawn: numbers are not put together here.
    """
    tiles: dict[str, tuple[int, Cell]] = {}
    left = []
    for one in sorted(shown.whole, key=lambda one: (-one[1].n, one[0])):
        found = province_of(one[1].by[shown.groups[0]])
        if found is None or found.name in tiles:
            left.append(one)
        else:
            tiles[found.name] = one
    return tiles, left


def _option(shown: Shown, tiles: Tiles) -> Option:
    by_place = {(one.column, one.row): one for one in provinces()}
    shades = shades_of(tiles)

    def series(*, wide: bool) -> list[Option]:
        return [
            column_of([
                _datum(shown, tiles, by_place.get((column, row)), shades, wide=wide)
                for row in range(N_ROWS)
            ])
            for column in range(N_COLUMNS)
        ]  # fmt: skip

    rows: Sequence[str] = [str(row) for row in range(N_ROWS)]
    option = base_option(
        grid={"left": 0, "right": 0, "top": 4, "bottom": 4},
        xAxis={"type": "value", "min": 0, "max": N_COLUMNS, "show": False},
        yAxis={"type": "category", "inverse": True, "data": rows, "show": False},
        series=series(wide=True),
    )
    return on_phone(option, {"series": series(wide=False)})


def _datum(
    shown: Shown,
    tiles: Tiles,
    province: Province | None,
    shades: Mapping[int, int],
    *,
    wide: bool,
) -> Option:
    if province is None:
        nothing = {"color": "transparent"}
        return {"value": 1, "itemStyle": nothing, "label": {"formatter": ""}, "tip": []}
    name = province.english if shown.language == EN else province.name
    frame = {"color": EMPTY, "borderColor": PAPER, "borderWidth": 2, "borderRadius": 4}
    size = 12 if wide else 10
    look: Option = {"fontSize": size, "lineHeight": 15}
    written = name
    if not wide and shown.language == EN:
        look, written = _NARROW, _IN_LINES.get(name, name)
    elif len(name) > LONGEST_NAME:
        written = _IN_LINES.get(name, name)
    one = tiles.get(province.name)
    if one is None or one[1].estimate is None:
        label = {"formatter": written if one is None else f"{written}\n—", "color": UNSURE_TEXT,
                 **look}  # fmt: skip
        tip = [name, estimate(one[1], shown.language)] if one else []
        own = {"cell": one[0]} if one else {}
        return {"value": 1, "itemStyle": frame, "label": label, "tip": tip, **own}
    place, cell = one
    better = cell.metric not in shown.lower_is_better
    mark = chip(cell, shown.language, higher_is_better=better)
    real = mark is not None and mark.tone in {"good", "bad"}
    ink = INK if shades[place] < HEAT_PALE else PAPER
    value = number(cell.estimate, cell.unit, shown.language)
    said = f"{mark.shape if mark and real else ''} {value}".strip()
    if wide and "\n" in written:
        written = "\n".join(f"{{name|{line}}}" for line in written.splitlines())
    lines = f"{written}\n{said}" + interval_lines(
        cell, "whole" if wide else "broken", shown.language
    )
    tip = [name, f"{estimate(cell, shown.language)}  {evidence(cell, shown.language)}"]
    return {
        "value": 1,
        "cell": place,
        "itemStyle": {**frame, "color": HEAT[shades[place]]},
        "label": {
            "formatter": lines, "color": ink, **look,
            "rich": {
                **small_print(ink),
                "small": {"fontSize": 9, "color": ink, "lineHeight": 12},
                "name": {"fontSize": 10, "color": ink, "lineHeight": 11},
            },
        },
        "tip": [*tip, *([str(mark)] if mark else [])],
    }  # fmt: skip


KIND = Kind(ChartKind.MAP, fits, draw)
