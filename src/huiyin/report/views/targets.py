"""What a metric should reach, as a line in a figure."""

from __future__ import annotations

from huiyin.measure.contracts import Cell
from huiyin.measure.definitions.attainment import Judged
from huiyin.measure.definitions.contracts import ATTAINMENT_TEXT, Attainment
from huiyin.report.numbers import number
from huiyin.report.views.contracts import Shown
from huiyin.report.views.words import say


def target_of(shown: Shown, metric: str) -> float | None:
    """Give the one target of a metric: that of the view, else the one kept for all its cells."""
    if shown.options.target is not None:
        return shown.options.target
    kept = {one.goal.value for one in shown.extras.judged if one.cell.metric == metric}
    return kept.pop() if len(kept) == 1 else None


def target_name(shown: Shown, value: float, cell: Cell) -> str:
    """Name the line of a target."""
    return say("target", shown.language, value=number(value, cell.unit, shown.language))


def judged_cell(shown: Shown, cell: Cell) -> Judged | None:
    """Give where a cell stands against its target, if it has one."""
    return next((one for one in shown.extras.judged if one.cell == cell), None)


_MARKS = {Attainment.REACHED: "✓", Attainment.MISSED: "✗", Attainment.CANNOT_TELL: "◌"}
TONE = {
    Attainment.REACHED: "good",
    Attainment.MISSED: "bad",
    Attainment.CANNOT_TELL: "unknown",
}


def attainment_words(shown: Shown, attainment: Attainment) -> str:
    """Say where a number stands: mark and word, never colour alone."""
    return f"{_MARKS[attainment]} {ATTAINMENT_TEXT[attainment].say(shown.language)}"
