"""Which groups hold most of what counts: bars, most first, and how much they make together."""

from __future__ import annotations

from huiyin.analyse.views.contracts import ChartKind
from huiyin.analyse.views.reckoning import Hits
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit
from huiyin.report.charts.chart import Option, base_option, on_phone, value_axis
from huiyin.report.charts.labels import short, wrapped
from huiyin.report.charts.rows import Look, Row, axis_ends, drawn_at
from huiyin.report.numbers import answers, interval, share
from huiyin.report.palette import ACCENT, ACCENT_PALE, INK, SOFT
from huiyin.report.views.contracts import Figure, Kind, Shown
from huiyin.report.views.order import group_name
from huiyin.report.views.words import say, sentences, text

HEIGHT = 360
MOST = 20
UPRIGHT = 8
"""Of more groups the names lean."""
PART = 0.8
"""So much of all is what one wants to reach with few groups (Juran)."""


def fits(shown: Shown) -> int | Text:
    """Fit one share by one grouping, not over time."""
    if shown.timed:
        return text("fit.no_time")
    if len(shown.groups) != 1:
        return text("fit.one_group")
    if len(shown.definitions) != 1 or shown.units != {Unit.SHARE}:
        return text("fit.share")
    return 50


def draw(shown: Shown) -> Figure:
    """Draw the groups with most of what counts."""
    hits = shown.extras.reckoned.hits
    if not hits:
        return Figure(None, HEIGHT, say("caption.none", shown.language))
    drawn = hits[: shown.options.top or MOST]
    said = [_said(shown, hits)]
    if len(drawn) < len(hits):
        said.append(say("caption.left", shown.language, shown=len(drawn), total=len(hits)))
    return Figure(_option(shown, drawn), HEIGHT, sentences(said, shown.language))


def _said(shown: Shown, hits: tuple[Hits, ...]) -> str:
    needed = next(i for i, one in enumerate(hits) if one.cumulative >= PART) + 1
    reached = hits[needed - 1]
    names = say("list", shown.language).join(
        short(group_name(shown, shown.result.cells[one.place]), 24)
        for one in hits[: min(needed, 3)]
    )
    return say(
        "caption.pareto",
        shown.language,
        n=needed,
        total=len(hits),
        names=names + (say("caption.dots", shown.language) if needed > 3 else ""),  # noqa: PLR2004 -- named
        share=share(reached.cumulative),
    )


def _option(shown: Shown, hits: tuple[Hits, ...]) -> Option:
    names = [wrapped(group_name(shown, shown.result.cells[one.place]), 12) for one in hits]
    rows = [Row("", one.share, one.low, one.high, "") for one in hits]
    _, top = axis_ends(rows, Look(Unit.SHARE, mark="bar"))
    option = base_option(
        grid={"left": 52, "right": 52, "top": 28, "bottom": 64},
        xAxis={
            "type": "category", "data": names, "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": SOFT}},
            "axisLabel": {
                "color": INK, "fontSize": 11, "interval": 0, "lineHeight": 13,
                "rotate": 40 if len(hits) > UPRIGHT else 0, "hideOverlap": True,
            },
        },
        yAxis=[
            value_axis(min=0, max=top, axisLabel=_percent()),
            value_axis(min=0, max=100, splitLine={"show": False}, axisLabel=_percent()),
        ],
        series=[_bars(shown, hits), _together(shown, hits)],
    )  # fmt: skip
    phone = {"grid": {"left": 44, "right": 44}, "series": [{}, {"label": {"show": False}}]}
    return on_phone(option, phone)


def _percent() -> Option:
    return {"color": SOFT, "fontSize": 11, "formatter": "{value}%"}


def _bars(shown: Shown, hits: tuple[Hits, ...]) -> Option:
    style = {"color": INK, "type": "solid", "width": 1.4, "opacity": 0.7}
    whiskers = [
        [
            {"coord": [i, drawn_at(one.low, Unit.SHARE)], "lineStyle": style},
            {"coord": [i, drawn_at(one.high, Unit.SHARE)], "lineStyle": style},
        ]
        for i, one in enumerate(hits)
    ]
    return {
        "type": "bar",
        "barMaxWidth": 40,
        "data": [_datum(shown, one) for one in hits],
        "markLine": {
            "silent": True, "symbol": ["rect", "rect"], "symbolSize": [8, 1.4],
            "label": {"show": False}, "data": whiskers, "z": 4,
        },
    }  # fmt: skip


def _datum(shown: Shown, one: Hits) -> Option:
    cell = shown.result.cells[one.place]
    part = f"{share(one.share)} {interval(one.low, one.high, Unit.SHARE, shown.language)}"
    return {
        "value": drawn_at(one.share, Unit.SHARE),
        "cell": one.place,
        "itemStyle": {"color": ACCENT_PALE, "borderRadius": 2},
        "tip": [
            group_name(shown, cell),
            say("pareto.part", shown.language, part=part, n=answers(one.n, shown.language)),
            say("pareto.together", shown.language, share=share(one.cumulative)),
        ],
    }


def _together(shown: Shown, hits: tuple[Hits, ...]) -> Option:
    return {
        "type": "line",
        "yAxisIndex": 1,
        "symbolSize": 6,
        "lineStyle": {"color": ACCENT, "width": 2},
        "itemStyle": {"color": ACCENT},
        "label": {"show": True, "color": SOFT, "fontSize": 11, "position": "top"},
        "data": [
            {
                "value": drawn_at(one.cumulative, Unit.SHARE),
                "cell": one.place,
                "label": {"formatter": share(one.cumulative, 0)},
                "tip": [say("pareto.together", shown.language, share=share(one.cumulative))],
            }
            for one in hits
        ],
        "markLine": {
            "silent": True, "symbol": "none",
            "data": [{"yAxis": PART * 100, "lineStyle": {"color": SOFT, "type": "dashed"}}],
            "label": {"show": False},
        },
    }  # fmt: skip


KIND = Kind(ChartKind.PARETO, fits, draw)
