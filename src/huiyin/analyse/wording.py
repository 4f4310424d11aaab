"""Numbers in words: a value, a difference, an interval, in the metric's own unit."""

from __future__ import annotations

from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import Cell, Unit

_LARGE = 1000.0
MOST_CHARACTERS = 42


def value_words(unit: Unit, value: float) -> str:
    """Write a value: NPS with sign, shares in per cent, amounts with thousands."""
    if unit is Unit.NPS:
        return f"{value:+.1f}"
    if unit is Unit.SHARE:
        return f"{value:.1%}"
    if unit is Unit.POINTS:
        return f"{value:.1f}"
    if unit is Unit.AMOUNT and abs(value) >= _LARGE:
        return f"{value:,.0f}"
    return f"{value:.2f}"


def difference_words(unit: Unit, difference: float) -> Text:
    """Write the size of a difference: percentage points, points, or the unit itself."""
    size = abs(difference)
    if unit is Unit.SHARE:
        return Text(f"{100 * size:.1f} 个百分点", f"{100 * size:.1f} percentage points")
    if unit is Unit.NPS:
        return Text(f"{size:.1f} 点", f"{size:.1f} points")
    if unit in {Unit.POINTS, Unit.SCALE}:
        digits = 1 if unit is Unit.POINTS else 2
        return Text(f"{size:.{digits}f} 分", f"{size:.{digits}f} points")
    return Text.same(value_words(unit, size))


def interval_words(cell: Cell) -> Text:
    """Write a cell's interval, or that there is none."""
    if cell.low is None or cell.high is None:
        return Text("误差未知", "error unknown")
    low, high = value_words(cell.unit, cell.low), value_words(cell.unit, cell.high)
    return Text(
        f"{cell.level:.0%} 区间 {low} 至 {high}", f"{cell.level:.0%} interval {low} to {high}"
    )


def short(words: Text) -> Text:
    """Cut a long question or group name to `MOST_CHARACTERS`, and show that it was cut."""
    return Text.of({tag: _cut(said) for tag, said in words.items()})


def _cut(words: str) -> str:
    whole = " ".join(words.split())
    if len(whole) <= MOST_CHARACTERS:
        return whole
    return whole[: MOST_CHARACTERS - 1].rstrip() + "…"


def list_words(names: tuple[Text, ...]) -> Text:
    """Write several names in a row."""
    return Text(
        "、".join(f"“{short(name).say(ZH)}”" for name in names),
        ", ".join(f"“{short(name).say(EN)}”" for name in names),
    )
