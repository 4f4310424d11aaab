"""Every number in a row of its own: the page sets it as a table."""

from __future__ import annotations

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.report.views.captions import groups_caption
from huiyin.report.views.contracts import Figure, Kind, Shown

HEIGHT = 320


def fits(_: Shown) -> int | Text:
    """Fit everything."""
    return 20


def draw(shown: Shown) -> Figure:
    """Leave the numbers to the page."""
    return Figure(None, HEIGHT, groups_caption(shown, shown.whole))


KIND = Kind(ChartKind.TABLE, fits, draw)
