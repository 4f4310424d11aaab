"""Events on the trends of files: a numbered line each, and what the numbers mean."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from huiyin.analyse.contracts import Happened
from huiyin.core.text import Text
from huiyin.report.charts.chart import Option
from huiyin.report.palette import BAD, INK, PAPER

MOST_LISTED = 12
_LABEL, _WIDTH = 34, 520
"""Pixels that a number takes, and that a chart has for them."""
BEHIND = 4
"""Over the bands, under the lines with their values."""
VALUE: Option = {
    "color": INK, "fontSize": 11, "fontWeight": 600, "backgroundColor": PAPER, "padding": [0, 1],
}  # fmt: skip
"""How the value of a point is written: on paper of its own, so that no dashes cross it."""
LEGEND = Text("虚线是当时的事：{list}", "Dashed lines are events: {list}")
MORE = Text("，另有 {n} 件", ", and {n} more")


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    first: int
    last: int

    @property
    def words(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


def marked(
    option: Option, days: Sequence[date], events: Sequence[Happened], language: str
) -> tuple[Option, str]:
    """Draw events on a chart over time, as the pages do.

    Parameters
    ----------
    option : dict
        Of a chart whose horizontal axis has a category for each of `days`.
    days : sequence of date
        First days of its periods.
    events : sequence of Happened
        Oldest first; those that would touch share one line.
    language : str
        A language tag.

    Returns
    -------
    dict
        The option with the lines; as it was where nothing happened.
    str
        What the numbers mean; empty where nothing happened.
    """
    if not events or not days:
        return option, ""
    lines = {
        "type": "line",
        "data": [],
        "silent": True,
        "markLine": {
            "symbol": "none",
            "silent": True,
            "animation": False,
            "z": BEHIND,
            "data": [_line(mark) for mark in _marks(days, events)],
        },
    }
    return {**option, "series": [*option["series"], lines]}, _legend(events, language)


def _marks(days: Sequence[date], events: Sequence[Happened]) -> list[_Mark]:
    room = max(1, ceil(len(days) * _LABEL / _WIDTH))
    marks: list[_Mark] = []
    for number, one in enumerate(events, start=1):
        at = max(0, bisect_right(days, one.since) - 1)
        if marks and at - marks[-1].at < room:
            marks[-1] = _Mark(marks[-1].at, marks[-1].first, number)
        else:
            marks.append(_Mark(at, number, number))
    return marks


def _line(mark: _Mark) -> Option:
    return {
        "xAxis": mark.at,
        "lineStyle": {"color": BAD, "type": "dashed", "width": 1},
        "label": {
            "position": "end",
            "offset": [0, -12],
            "formatter": mark.words,
            "color": INK,
            "fontSize": 11,
        },
    }


def _legend(events: Sequence[Happened], language: str) -> str:
    said = [f"{n} {one.title}（{_days(one)}）" if language.startswith("zh") else
            f"{n} {one.title} ({_days(one)})"
            for n, one in enumerate(events[:MOST_LISTED], start=1)]  # fmt: skip
    listed = ("；" if language.startswith("zh") else "; ").join(said)
    more = len(events) - MOST_LISTED
    if more > 0:
        listed += MORE.format(n=more).say(language)
    return LEGEND.format(list=listed).say(language)


def _days(one: Happened) -> str:
    return f"{one.since}" if one.since == one.until else f"{one.since} – {one.until}"
