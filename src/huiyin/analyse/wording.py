"""Numbers and names inside sentences: a difference, an interval, a list."""

from __future__ import annotations

from huiyin.core.numbers import fixed, number_text
from huiyin.core.text import EN, ZH, Text
from huiyin.core.units import BOUNDS, COUNTED_TEXT, within
from huiyin.measure.contracts import Cell, Comparison, Unit

MOST_CHARACTERS = 42
MORE = Text("，约再有 {n} {of}才够", ", about {n} more {of} would do")
FAR = Text(
    "，若只差 {delta}，再多 10 倍也分不清",
    ", ten times as many would not tell a difference of {delta}",
)
INTERVAL = Text("{level:.0%} 区间 {low} 至 {high}", "{level:.0%} interval {low} to {high}")
SCORE_POINTS = Text("{n} 分", "{n} points")
ALONE = Text(
    "：单看像有差别，但同时比了 {n} 处，校正后不算",
    ": it seems to, but {n} were compared at once, and corrected for that it does not",
)


def difference_words(unit: Unit, difference: float) -> Text:
    """Write the size of a difference: percentage points, points, or the unit itself."""
    size = abs(difference)
    if unit is Unit.SHARE:
        points = fixed(100 * size, 1)
        return Text(f"{points} 个百分点", f"{points} percentage points")
    if unit is Unit.NPS:
        return Text(f"{fixed(size, 1)} 点", f"{fixed(size, 1)} points")
    if unit in {Unit.POINTS, Unit.SCALE}:
        return SCORE_POINTS.format(n=number_text(size, unit))
    return number_text(size, unit)


def what_it_lacks(comparison: Comparison, cell: Cell) -> Text:
    """Go on after “cannot tell” with what keeps it from being told; empty where that is not known.

    Parameters
    ----------
    comparison : Comparison
    cell : Cell
        What was compared.
    """
    if comparison.only_alone:
        return ALONE.format(n=comparison.family)
    if not comparison.n_more:
        return Text("", "")
    if comparison.beyond_reach:
        return FAR.format(delta=difference_words(cell.unit, comparison.delta))
    return MORE.format(n=f"{comparison.n_more:,}", of=COUNTED_TEXT[cell.counted])


def interval_words(cell: Cell) -> Text:
    """Write a cell's interval, or that there is none."""
    if cell.low is None or cell.high is None:
        return Text("误差未知", "error unknown")
    bounds = BOUNDS.get(cell.unit)
    low, high = (number_text(within(end, bounds), cell.unit) for end in (cell.low, cell.high))
    return INTERVAL.format(level=cell.level, low=low, high=high)


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
