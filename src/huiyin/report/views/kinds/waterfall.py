"""From the number before to the number now: what each group brought."""

from __future__ import annotations

from dataclasses import dataclass, replace

from huiyin.analyse.views.contracts import ChartKind
from huiyin.analyse.why.shapes import Contributor, Why
from huiyin.core.text import Text
from huiyin.measure.contracts import Against, Call, Unit
from huiyin.report.charts.chart import Option, base_option, on_phone, value_axis
from huiyin.report.charts.labels import wrapped
from huiyin.report.charts.rows import Look, Row, axis_ends, axis_label, axis_step, drawn_at, whisker
from huiyin.report.numbers import difference, interval, number
from huiyin.report.palette import BAD, GOOD, GREY_PALE, INK, SOFT
from huiyin.report.views.contracts import Figure, Kind, Shown
from huiyin.report.views.words import say, text

ROW, TOP, BOTTOM = 34, 12, 30
MOST_STEPS = 12
MARK_SHARE = 0.012
"""Of the axis, that a mark is wide."""
_STACKED: Option = {"type": "bar", "stack": "all", "stackStrategy": "all", "barWidth": 16}
OVER_TIME = {Against.PREVIOUS, Against.YEAR_AGO, Against.YEAR_AGO_LUNAR, Against.WINDOW}


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: from where to where, and what is said of it. `reach` is its interval.

    `whole` bars show the number before and the number now. `cell`: the place of its group's number.
    """

    name: str
    start: float
    end: float
    label: str
    colour: str
    reach: tuple[float, float] | None = None
    tip: tuple[str, ...] = ()
    whole: bool = False
    cell: int | None = None


def fits(shown: Shown) -> int | Text:
    """Fit one metric by one grouping, compared with an earlier time, not cut into periods."""
    compare = shown.result.query.compare
    if shown.timed or len(shown.definitions) > 1 or len(shown.groups) != 1:
        return text("fit.waterfall")
    if compare is None or compare.against not in OVER_TIME:
        return text("fit.waterfall")
    return 62


def draw(shown: Shown) -> Figure:
    """Draw the steps of the one grouping, largest first."""
    why = shown.extras.reckoned.why
    if why is None or why.not_estimable is not None or not why.dimensions:
        return Figure(None, ROW, say("caption.none", shown.language))
    steps = _steps(shown, why)
    height = TOP + BOTTOM + ROW * len(steps)
    return Figure(_option(shown, steps, why.unit), height, why.finding.begun().say(shown.language))


def _steps(shown: Shown, why: Why) -> list[Step]:
    language, unit = shown.language, why.unit
    before = (why.whole.comparison.reference if why.whole.comparison else None) or 0.0
    after = why.whole.estimate or 0.0
    groups = why.dimensions[0].groups
    steps = [_whole(shown, "waterfall.before", before, unit)]
    places = {cell.by[shown.groups[0]]: place for place, cell in shown.whole}
    at = before
    for one in groups[:MOST_STEPS]:
        step = _step(shown, why, one, at)
        steps.append(step if one.folded else replace(step, cell=places.get(one.value)))
        at += one.contribution.estimate
    if len(groups) > MOST_STEPS:
        name = say("waterfall.rest", language, n=len(groups) - MOST_STEPS)
        steps.append(Step(name, at, after, difference(after - at, unit, language), GREY_PALE))
    return [*steps, _whole(shown, "waterfall.after", after, unit)]


def _whole(shown: Shown, key: str, value: float, unit: Unit) -> Step:
    written = number(value, unit, shown.language)
    return Step(say(key, shown.language), 0.0, value, written, SOFT, whole=True)


def _step(shown: Shown, why: Why, one: Contributor, at: float) -> Step:
    language, unit = shown.language, why.unit
    own = one.contribution
    name = say("waterfall.folded", language, n=one.folded) if one.folded else one.value
    rises = own.estimate > 0
    good = rises == why.definition.higher_is_better
    real = one.call is Call.REAL
    colour = (GOOD if good else BAD) if real else GREY_PALE
    ends = interval(own.low, own.high, unit, language)
    brought = f"{difference(own.estimate, unit, language)} {ends}"
    return Step(
        name or say("unknown", language),
        at,
        at + own.estimate,
        difference(own.estimate, unit, language)
        + (" ▲" if real and rises else " ▼" if real else ""),
        colour,
        (at + own.low, at + own.high) if own.low is not None and own.high is not None else None,
        (brought.strip(),),
    )


def _option(shown: Shown, steps: list[Step], unit: Unit) -> Option:
    inner = [
        Row("", step.end, *(step.reach or (step.start, step.start)), "") for step in steps[1:-1]
    ]
    starts = [Row("", step.start, None, None, "") for step in steps[1:-1]]
    ends = axis_ends([*inner, *starts], Look(unit))
    lines = [
        whisker(drawn_at(step.reach[0], unit), drawn_at(step.reach[1], unit), row, INK)
        for row, step in enumerate(steps)
        if step.reach
    ]
    option = base_option(
        grid={"left": 150, "right": 84, "top": TOP, "bottom": BOTTOM},
        xAxis=value_axis(
            min=ends[0],
            max=ends[1],
            interval=axis_step(*ends, unit),
            axisLabel=axis_label(unit, ends[1], shown.language),
        ),
        yAxis=[
            _axis([wrapped(step.name) for step in steps]),
            {**_axis([step.label for step in steps]), "position": "right"},
        ],
        series=[
            {
                **_STACKED, "silent": True,
                "itemStyle": {"color": "transparent"},
                "data": [_foot(step, unit, ends) for step in steps],
            },
            {
                **_STACKED,
                "data": [_datum(step, unit, ends) for step in steps],
                "markLine": {
                    "silent": True, "symbol": ["rect", "rect"], "symbolSize": [8, 1.6],
                    "label": {"show": False}, "data": lines, "z": 4,
                },
            },
        ],
    )  # fmt: skip
    return on_phone(option, {"grid": {"left": 96, "right": 64}})


def _axis(words: list[str]) -> Option:
    return {
        "type": "category", "inverse": True, "data": words,
        "axisTick": {"show": False}, "axisLine": {"show": False},
        "axisLabel": {"color": INK, "fontSize": 12, "lineHeight": 15, "interval": 0},
    }  # fmt: skip


def _drawn(step: Step, unit: Unit, ends: tuple[float, float]) -> tuple[float, float]:
    """Give the ends of a bar on the axis; one from a zero out of sight is a mark where it ends.

    Cut where the axis begins, its length would say nothing true.
    """
    start, end = (drawn_at(one, unit) for one in (step.start, step.end))
    if step.whole and not ends[0] <= 0 <= ends[1]:
        half = MARK_SHARE * (ends[1] - ends[0]) / 2
        return end - half, end + half
    low, high = sorted((start, end))
    return max(low, ends[0]), max(high, ends[0])


def _foot(step: Step, unit: Unit, ends: tuple[float, float]) -> float:
    return _drawn(step, unit, ends)[0]


def _datum(step: Step, unit: Unit, ends: tuple[float, float]) -> Option:
    start, end = _drawn(step, unit, ends)
    return {
        "value": end - start,
        "itemStyle": {"color": step.colour, "borderRadius": 2},
        "tip": [step.name, step.label, *step.tip],
        **({} if step.cell is None else {"cell": step.cell}),
    }  # fmt: skip


KIND = Kind(ChartKind.WATERFALL, fits, draw)
