"""One number in big type: the page sets it, so there is no picture."""

from __future__ import annotations

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.report.views.captions import groups_caption
from huiyin.report.views.contracts import Figure, Kind, Shown
from huiyin.report.views.words import text

HEIGHT = 120


def fits(shown: Shown) -> int | Text:
    """Fit single numbers."""
    if shown.groups or shown.timed:
        return text("fit.one")
    return 90 if len(shown.whole) == 1 else 40


def draw(shown: Shown) -> Figure:
    """Leave the number to the page."""
    said = groups_caption(shown, shown.whole, lambda cell: cell.label.say(shown.language))
    return Figure(None, HEIGHT, said)


KIND = Kind(ChartKind.NUMBER, fits, draw)
