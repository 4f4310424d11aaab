"""The common shape of most charts: a row a thing, with its mark, its whisker and its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from huiyin.core.numbers import DASH, time_unit
from huiyin.measure.contracts import Unit
from huiyin.report.charts.chart import WIDTH, Option, base_option, on_phone, value_axis
from huiyin.report.charts.labels import columns, wrapped
from huiyin.report.palette import BAD, GOOD, INK, SOFT, TONES, UNSURE_TEXT

ROW_HEIGHT, THIN_ROW_HEIGHT = 38, 28
TOP, BOTTOM = 12, 30
NAMED = 8
_RICH = {
    "main": {"fontWeight": 600, "color": INK},
    "small": {"color": SOFT, "fontSize": 11},
    "good": {"color": GOOD, "fontSize": 11},
    "bad": {"color": BAD, "fontSize": 11},
    "neutral": {"color": SOFT, "fontSize": 11},
    "unknown": {"color": UNSURE_TEXT, "fontSize": 11},
}
_PIXELS_A_COLUMN, _SMALL_A_COLUMN = 6.6, 5.3
_NARROWEST_PLOT = 190


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chart. `value` None draws no mark: `number` then says why.

    `tip` is the chip in full, for the tooltip.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    number: str
    small: str = ""
    chip: str = ""
    tip: str = ""
    tone: str = "accent"
    chip_tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Look:
    """How rows are drawn: ``dot`` or ``bar``, the axis' unit, a reference line with its name."""

    unit: Unit
    mark: str = "dot"
    reference: float | None = None
    reference_name: str = ""
    from_zero: bool = False


def rows_height(n: int, row_height: int = ROW_HEIGHT) -> int:
    """Give the height of a chart of `n` rows."""
    return TOP + BOTTOM + row_height * n


def rows_option(rows: Sequence[Row], look: Look, language: str) -> Option:
    """Give the option that draws `rows`, first on top."""
    low, high = axis_ends(rows, look)
    names = [wrapped(row.label) for row in rows]
    words = [_words(row) for row in rows]
    left = 24 + _pixels([line for name in names for line in name.split("\n")], 150)
    widths = _column_widths(rows)
    right = min(24 + sum(widths), max(350, WIDTH - left - _NARROWEST_PLOT))
    option = base_option(
        grid={"left": left, "right": right, "top": _top(look), "bottom": BOTTOM},
        xAxis=value_axis(
            min=low,
            max=high,
            interval=axis_step(low, high, look.unit),
            axisLabel=axis_label(look.unit, high, language),
        ),
        yAxis=[_names_axis(names), _words_axis(words, widths)],
        series=[_series(rows, look)],
    )
    phone_words = [_phone_words(row) for row in rows]
    return on_phone(
        option,
        {
            "grid": {"left": min(left, 132), "right": 74},
            "yAxis": [{}, {"data": phone_words}],
            "xAxis": {"interval": (high - low) / 2},
        },
    )


def _top(look: Look) -> int:
    """Leave room for the name of the reference line, which stands over it: below are numbers."""
    return TOP + NAMED if look.reference_name else TOP


def _phone_words(row: Row) -> str:
    """Give the number and the sign of its call: a colour alone says nothing."""
    number = f"{{main|{row.number if row.value is not None else DASH}}}"
    sign = row.chip.partition(" ")[0] if row.chip else ""
    return f"{number} {{{row.chip_tone}|{sign}}}" if sign else number


def axis_ends(rows: Sequence[Row], look: Look) -> tuple[float, float]:
    """Give honest ends: bars start at zero, a share never leaves 0–1, dots keep room around."""
    drawn = [row for row in rows if row.value is not None]
    spans = [v for row in drawn for v in (row.value, row.low, row.high) if v is not None]
    if look.reference is not None:
        spans.append(look.reference)
    values = [drawn_at(value, look.unit) for value in spans]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    if look.mark == "bar" or look.from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    step = axis_step(low, high, look.unit)
    low, high = _rounded(low, high, step)
    if (wider := axis_step(low, high, look.unit)) != step:
        step = wider
        low, high = _rounded(low, high, step)
    floor_, ceiling = _BOUNDS.get(look.unit, (low, high))
    return max(low, floor_), min(max(high, low + step), ceiling)


def _rounded(low: float, high: float, step: float) -> tuple[float, float]:
    """Widen to whole steps: the axis is told in these from its lower end."""
    return floor(low / step) * step, ceil(high / step) * step


_BOUNDS = {Unit.SHARE: (0.0, 100.0), Unit.NPS: (-100.0, 100.0), Unit.POINTS: (0.0, 100.0)}


def axis_step(low: float, high: float, unit: Unit | None = None) -> float:
    """Give a round step: one, two or five times a power of ten, about a fifth of the span.

    Durations are stepped in the unit that their axis is told in.
    """
    length = time_unit(high)[0] if unit is Unit.SECONDS else 1
    span = (high - low) / length
    if span <= 0:
        return float(length)
    power = 10.0 ** floor(log10(span / 5))
    return length * next(m * power for m in (1, 2, 5, 10) if m * power >= span / 5)


def drawn_at(value: float, unit: Unit) -> float:
    """Give where a value stands on the axis: shares are drawn in per cent."""
    return round(value * 100, 6) if unit is Unit.SHARE else value


def axis_label(unit: Unit, high: float, language: str) -> Option:
    """Give the look of the numbers of an axis that ends at `high`.

    A duration is told in one unit along the whole axis: `per` says which, to whoever draws it.
    """
    label: Option = {"color": SOFT, "fontSize": 11, "hideOverlap": True}
    label |= {"showMinLabel": True, "showMaxLabel": True}  # where it is narrow, its ends stay
    if unit is Unit.SECONDS:
        length, name = time_unit(high)
        return {**label, "per": {"length": length, "name": name.say(language)}}
    return {**label, "formatter": "{value}%"} if unit is Unit.SHARE else label


def whisker(low: float, high: float, row: int, colour: str) -> list[Option]:
    """Give a horizontal whisker with end ticks, as a pair of a mark line."""
    style = {"color": colour, "type": "solid", "width": 1.6, "opacity": 0.85}
    return [{"coord": [low, row], "lineStyle": style}, {"coord": [high, row]}]


def _series(rows: Sequence[Row], look: Look) -> Option:
    data = [_datum(place, row, look) for place, row in enumerate(rows)]
    lines: list[object] = [
        whisker(drawn_at(row.low, look.unit), drawn_at(row.high, look.unit), i, _ink(row, look))
        for i, row in enumerate(rows)
        if row.value is not None and row.low is not None and row.high is not None
    ]
    if look.reference is not None:
        lines.append(_reference(look))
    marks = {
        "silent": True,
        "symbol": ["rect", "rect"],
        "symbolSize": [8, 1.6],
        "label": {"show": False},
        "data": lines,
        "z": 4,
    }
    kind: Option = (
        {"type": "bar", "barWidth": 14}
        if look.mark == "bar"
        else {"type": "scatter", "symbol": "circle", "symbolSize": 10}
    )
    return {**kind, "data": data, "markLine": marks}


def _datum(place: int, row: Row, look: Look) -> Option:
    colour = TONES[row.tone]
    style: Option = {"color": colour}
    if look.mark == "bar":
        style = {"color": colour, "borderRadius": 2, "opacity": 0.55}
    tip = [row.label, " ".join(p for p in (row.number, row.small) if p), row.tip or row.chip]
    drawn: object = "-" if row.value is None else drawn_at(row.value, look.unit)
    value = drawn if look.mark == "bar" else [drawn, place]
    return {"value": value, "itemStyle": style, "tip": [line for line in tip if line]}


def _ink(row: Row, look: Look) -> str:
    return INK if look.mark == "bar" else TONES[row.tone]


def _reference(look: Look) -> Option:
    return {
        "xAxis": drawn_at(look.reference or 0.0, look.unit),
        "symbol": "none",
        "lineStyle": {"color": SOFT, "type": "dashed", "width": 1},
        "label": {
            "show": bool(look.reference_name),
            "formatter": look.reference_name,
            "position": "start",  # on top: rows are counted downward
            "distance": 4,
            "color": SOFT,
            "fontSize": 11,
        },
    }


def _names_axis(names: Sequence[str]) -> Option:
    return {
        "type": "category",
        "inverse": True,
        "data": list(names),
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"color": INK, "fontSize": 12, "lineHeight": 15, "interval": 0},
    }


def _column_widths(rows: Sequence[Row]) -> tuple[int, int, int]:
    """Give the pixels of number, evidence and chip, so that each stands in a column."""
    known = [row for row in rows if row.value is not None]
    number = _pixels([row.number for row in known], 90) + 12
    small = _pixels([row.small for row in known], 300, _SMALL_A_COLUMN) + 8
    chip = _pixels([row.chip for row in known], 220)
    absent = _pixels([row.number for row in rows if row.value is None], 300)
    return number, small, max(chip, absent - number - small)


def _words_axis(words: Sequence[str], widths: tuple[int, int, int]) -> Option:
    number, small, _ = widths
    rich = {
        **_RICH,
        "main": {**_RICH["main"], "width": number},
        "small": {**_RICH["small"], "width": small},
    }
    return {
        "type": "category",
        "inverse": True,
        "position": "right",
        "data": list(words),
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "splitLine": {"show": False},
        "axisLabel": {"interval": 0, "rich": rich, "color": SOFT, "margin": 14},
    }


def _words(row: Row) -> str:
    if row.value is None:
        return f"{{unknown|{row.number}}}" if row.number else ""
    parts = [f"{{main|{row.number}}}"]
    if row.small:
        parts.append(f"{{small|{row.small}}}")
    if row.chip:
        parts.append(f"{{{row.chip_tone}|{row.chip}}}")
    return "".join(parts)


def _pixels(texts: Sequence[str], most: int, a_column: float = _PIXELS_A_COLUMN) -> int:
    widest = max((columns(text) for text in texts), default=0)
    return min(most, round(widest * a_column))
