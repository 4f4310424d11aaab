"""A metric over time: line, band of its interval, marks by call, and lasting changes of level."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta

from huiyin.analyse.contracts import ChangePoint, Happened, Trend
from huiyin.measure.contracts import Cell
from huiyin.report.charts.chart import Chart, Option, base_option, on_phone, value_axis
from huiyin.report.charts.marked import VALUE, marked
from huiyin.report.charts.rows import Look, Row, axis_ends, axis_label, drawn_at
from huiyin.report.charts.scorecard import NOTHING_LOWER
from huiyin.report.numbers import Chip, chip, difference, estimate, evidence, number
from huiyin.report.palette import ACCENT, ACCENT_BAND, INK, SOFT, TONES
from huiyin.report.words import word

HEIGHT = 320
MAXIMUM_LABELLED = 14


def period_name(period: str | None, grain: str, language: str) -> str:
    """Name a period by its first day: ``2026-03``, ``2026 Q1``, ``2026``."""
    if period is None:
        return word("unknown", language)
    try:
        day = date.fromisoformat(period)
    except ValueError:
        return period
    names = {
        "year": f"{day:%Y}",
        "quarter": f"{day:%Y} Q{(day.month + 2) // 3}",
        "month": f"{day:%Y-%m}",
    }
    return names.get(grain, period)


def trend_chart(
    trend: Trend, language: str, lower_is_better: AbstractSet[str] = NOTHING_LOWER
) -> Chart | None:
    """Draw one metric over time; None with fewer than two periods."""
    cells = [cell for cell in trend.cells if cell.by.get("period") is not None]
    if sum(cell.estimate is not None for cell in cells) < 2:  # noqa: PLR2004 -- a line needs two
        return None
    better = trend.metric not in lower_is_better
    points = [
        _Point(
            cell,
            period_name(cell.by["period"], trend.grain, language),
            chip(cell, language, higher_is_better=better),
        )
        for cell in cells
    ]
    return Chart(
        "trend",
        word(
            "trend.title",
            language,
            metric=trend.label.say(language),
            grain=word(f"grain.{trend.grain}", language),
        ),
        trend_caption(trend, language),
        _option(trend, points, language),
        HEIGHT,
    )


def with_events(
    chart: Chart, trend: Trend, events: Sequence[Happened], language: str
) -> tuple[Chart, str]:
    """Mark on a trend what happened along it; gives what the marks mean, empty without any.

    Parameters
    ----------
    chart : Chart
        Of `trend_chart`.
    trend : Trend
    events : sequence of Happened
        Oldest first; those before its first period and after its last are left out.
    language : str
        A language tag.
    """
    periods = (cell.by.get("period") for cell in trend.cells)
    days = [date.fromisoformat(period) for period in periods if period is not None]
    last = _last_day(days[-1], trend.grain)
    along = [one for one in events if one.since <= last and one.until >= days[0]]
    option, legend = marked(chart.option, days, along, language)
    return replace(chart, option=option), legend


def _last_day(first: date, grain: str) -> date:
    months = {"year": 12, "quarter": 3, "month": 1}.get(grain)
    if months is None:
        return first + timedelta(days=6 if grain == "week" else 0)
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1) - timedelta(days=1)


def trend_caption(trend: Trend, language: str) -> str:
    """Tell the last lasting change of level, else the last value."""
    metric = trend.label.say(language)
    if trend.change_points:
        step = trend.change_points[-1]
        return word(
            "caption.trend_step",
            language,
            metric=metric,
            period=period_name(step.period, trend.grain, language),
            direction=word("caption.up" if step.difference > 0 else "caption.down", language),
            size=difference(abs(step.difference), trend.unit, language).lstrip("+"),
        )
    last = [cell for cell in trend.cells if cell.estimate is not None][-1]
    return word("caption.trend_flat", language, metric=metric, value=estimate(last, language))


@dataclass(frozen=True, slots=True)
class _Point:
    """One period of the line."""

    cell: Cell
    period: str
    mark: Chip | None

    @property
    def real(self) -> bool:
        """Tell whether it really changed."""
        return self.mark is not None and self.mark.tone in {"good", "bad"}


def _option(trend: Trend, points: list[_Point], language: str) -> Option:
    rows = [Row("", p.cell.estimate, p.cell.low, p.cell.high, "") for p in points]
    low, high = axis_ends(rows, Look(trend.unit))
    option = base_option(
        grid={"left": 52, "right": 24, "top": 34, "bottom": 34},
        xAxis={
            "type": "category",
            "data": [point.period for point in points],
            "boundaryGap": True,
            "axisLine": {"lineStyle": {"color": SOFT}},
            "axisTick": {"show": False},
            "axisLabel": {"color": SOFT, "fontSize": 11, "hideOverlap": True},
        },
        yAxis=value_axis(min=low, max=high, axisLabel=axis_label(trend.unit, high, language)),
        series=[*_band([p.cell for p in points]), _line(trend, points, language)],
    )
    sparse = {"data": _data(points, language, most=0)}
    return on_phone(option, {"grid": {"left": 44, "right": 12}, "series": [{}, {}, sparse]})


def _band(cells: list[Cell]) -> list[Option]:
    """Stack the interval's width on its lower end."""
    lows, widths = [], []
    for cell in cells:
        if cell.low is None or cell.high is None:
            lows.append("-")
            widths.append("-")
            continue
        low, high = drawn_at(cell.low, cell.unit), drawn_at(cell.high, cell.unit)
        lows.append(low)  # type: ignore[arg-type]  # numbers among dashes
        widths.append(high - low)  # type: ignore[arg-type]  # numbers among dashes
    shared: Option = {
        "type": "line", "stack": "band", "stackStrategy": "all", "symbol": "none",
        "silent": True, "lineStyle": {"opacity": 0}, "tooltip": {"show": False},
    }  # fmt: skip
    return [
        {**shared, "data": lows},
        {**shared, "data": widths, "areaStyle": {"color": ACCENT_BAND, "opacity": 1}},
    ]


def _line(trend: Trend, points: list[_Point], language: str) -> Option:
    cells = [point.cell for point in points]
    lines = [line for step in trend.change_points for line in _step(step, trend, cells, language)]
    return {
        "type": "line",
        "data": _data(points, language, most=MAXIMUM_LABELLED),
        "lineStyle": {"color": ACCENT, "width": 2},
        "z": 5,
        "label": {**VALUE, "show": False},
        "markLine": {"silent": True, "symbol": "none", "data": lines},
    }


def _data(points: list[_Point], language: str, *, most: int) -> list[Option]:
    """Label all points where they are at most `most`, else the ends and the real changes."""
    known = [i for i, point in enumerate(points) if point.cell.estimate is not None]
    ends = {known[0], known[-1]}
    few = len(known) <= most
    return [
        _datum(point, language, labelled=few or place in ends or point.real)
        for place, point in enumerate(points)
    ]


_SYMBOLS = {"▲": "triangle", "▼": "triangle", "●": "circle", "◌": "emptyCircle"}


def _datum(point: _Point, language: str, *, labelled: bool) -> Option:
    cell, mark = point.cell, point.mark
    if cell.estimate is None:
        return {"value": "-", "tip": [point.period, estimate(cell, language)]}
    colour = TONES[mark.tone] if mark is not None and point.real else ACCENT
    numbers = f"{estimate(cell, language)}  {evidence(cell, language)}"
    return {
        "value": drawn_at(cell.estimate, cell.unit),
        "tip": [line for line in (point.period, numbers, str(mark or "")) if line],
        "symbol": _SYMBOLS[mark.shape] if mark else "circle",
        "symbolSize": 11 if point.real else 7,
        "symbolRotate": 180 if mark and mark.shape == "▼" else 0,
        "itemStyle": {"color": colour},
        "label": {
            "show": labelled,
            "position": "top",
            "formatter": number(cell.estimate, cell.unit, language),
        },
    }


def _step(step: ChangePoint, trend: Trend, cells: list[Cell], language: str) -> list[object]:
    days = [cell.by["period"] for cell in cells]
    if step.period not in days:
        return []
    place = days.index(step.period)
    words = word(
        "trend.change",
        language,
        period=period_name(step.period, trend.grain, language),
        difference=difference(step.difference, trend.unit, language),
    )
    style = {"color": SOFT, "type": "dashed", "width": 1.2}
    level = {**style, "type": "solid", "opacity": 0.6}
    before, after = drawn_at(step.before, trend.unit), drawn_at(step.after, trend.unit)
    vertical = {
        "xAxis": place,
        "lineStyle": style,
        "label": {"formatter": words, "position": "end", "color": INK, "fontSize": 11},
    }
    none = {"show": False}
    return [
        vertical,
        [{"coord": [0, before], "lineStyle": level, "label": none}, {"coord": [place, before]}],
        [
            {"coord": [place, after], "lineStyle": level, "label": none},
            {"coord": [len(days) - 1, after]},
        ],
    ]
