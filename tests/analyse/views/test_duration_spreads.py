"""Spreads of durations: worked by hand with open clocks, the metric's own median, degenerate."""

# ruff: noqa: DTZ001 -- moments are of the local clock, as the data has them

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from huiyin.analyse.views.contracts import ChartKind
from huiyin.analyse.views.definition import Options
from huiyin.analyse.views.duration_spreads import shape_of_quantiles
from huiyin.analyse.views.reckoning import reckon_from
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Query, Viewer
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.report.views.contracts import Extras, Shown
from huiyin.report.views.kinds import box, violin

HOUR = 3600.0
END = datetime(2026, 3, 31)
TEAM = Viewer("lead", minimum_n=10)
RISING = [(float(h), True) for h in range(1, 41)]
"""Forty clocks, of 1 to 40 hours, all stopped."""
STEPS = [(1.0, True)] * 200 + [(2.0, False)] * 200 + [(3.0, True)] * 200
STEPS += [(4.0, True)] * 100 + [(5.0, True)] * 100
"""By Kaplan and Meier 1/4 has stopped by 1 h, 5/8 by 3 h, 13/16 by 4 h, all by 5 h."""


@pytest.fixture
def corridor(make, column, engine):
    """Write tickets of groups; a clock is the hours that it shows and whether it stopped."""

    def build(groups, customers=None):
        rows = [(name, *clock) for name, clocks in groups.items() for clock in clocks]
        opened = [END - timedelta(hours=hours) for _, hours, _ in rows]
        ends = [END if ended else None for *_, ended in rows]
        data = {"创建": pa.array(opened, pa.timestamp("us"))}
        data |= {"解决": pa.array(ends, pa.timestamp("us")), "组": [name for name, *_ in rows]}
        columns = [column("创建", Role.TIME), column("解决", Role.RESOLVED)]
        columns.append(column("组", Role.DIMENSION))
        if customers is not None:
            columns.append(column("客户", Role.CUSTOMER))
            data["客户"] = list(customers)
        snapshot = make(pa.table(data), columns, days=[when.date() for when in opened])
        return CorridorOverSnapshot(engine, snapshot, TEAM)

    return build


def asked(corridor, kind=ChartKind.BOX, metric="resolution_time"):
    query = Query((metric,), by=("组",))
    result = corridor.answer(query)
    reckoned = reckon_from(kind, corridor, query, result, TEAM.minimum_n)
    names = {place: cell.by["组"] for place, cell in enumerate(result.cells)}
    spreads = {names[place]: spread for place, spread in reckoned.spreads.items()}
    return spreads, Shown(result, Options(), "zh-CN", Extras(reckoned=reckoned))


def test_boxes_by_hand_with_open_clocks(corridor):
    """The fourth of STEPS lies between 1 and 3 h: its curve stands at 1/4 until then."""
    spreads, _ = asked(corridor({"升": RISING, "阶": STEPS}))
    assert spreads["升"].values == tuple(h * HOUR for h in (4.5, 10.5, 20.5, 30.5, 36.5))
    *told, last = spreads["阶"].values
    assert told == [h * HOUR for h in (1.0, 2.0, 3.0, 4.0)]
    assert last is None
    assert (spreads["升"].n, spreads["阶"].n) == (40, 800)


@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("kind", [ChartKind.BOX, ChartKind.VIOLIN])
def test_the_middle_of_a_box_is_the_metrics_median_and_its_arm_the_p90(corridor, kind, clustered):
    rng = np.random.default_rng(4)
    clocks = [
        (round(float(hours), 2), bool(rng.random() > 0.05)) for hours in rng.exponential(30, 240)
    ]
    whose = [f"C{i}" for i in rng.integers(0, 90, 240)] if clustered else None
    made = corridor({"甲": clocks[:120], "乙": clocks[120:]}, whose)
    spreads, _ = asked(made, kind)
    for place, metric in ((2, "resolution_time"), (4, "resolution_time_p90")):
        cells = made.answer(Query((metric,), by=("组",))).cells
        found = {cell.by["组"]: cell.estimate for cell in cells}
        assert {name: spread.values[place] for name, spread in spreads.items()} == found
    assert None not in [value for one in spreads.values() for value in one.values[:4]]


def test_small_groups_have_no_box_and_ends_of_few_are_not_told(corridor):
    few = [(float(h), True) for h in range(1, 13)]
    spreads, shown = asked(corridor({"寡": few[:9], "微": few[:9], "少": few, "升": RISING}))
    assert set(spreads) == {"少", "升"}
    assert spreads["少"].values == (None, None, 6.5 * HOUR, None, None)
    figure = box.draw(shown)
    assert "寡" not in str(figure.option)
    assert "虚线" in figure.caption
    drawn = {one["tip"][0]: one for one in figure.option["series"][0]["data"]}
    assert drawn["少"]["value"] == [6.5 * HOUR] * 5
    assert "定不下来" in drawn["少"]["tip"][1]
    assert "1.0 小时" not in str(drawn["少"]["tip"][:3])


def test_a_group_whose_median_is_not_reached_is_named_and_not_drawn(corridor):
    running = [(float(h), h <= 10) for h in range(1, 41)]
    spreads, shown = asked(corridor({"开": running, "升": RISING}))
    assert set(spreads) == {"升"}
    for kind in (box, violin):
        figure = kind.draw(shown)
        assert "开的中位数定不下来" in figure.caption
        assert len(figure.option["series"][-1]["data"]) == 1


def test_nothing_but_running_clocks_draws_nothing_and_says_so(corridor):
    _, shown = asked(corridor({"开": [(float(h), False) for h in range(1, 41)]}))
    figure = box.draw(shown)
    assert figure.option is None
    assert "定不下来" in figure.caption


def test_equal_durations_are_a_line_without_a_shape(corridor):
    spreads, shown = asked(corridor({"同": [(2.0, True)] * 40}), ChartKind.VIOLIN)
    assert spreads["同"].values == (2 * HOUR,) * 5
    assert spreads["同"].shape is None
    assert violin.draw(shown).option["xAxis"]["max"] >= 2 * HOUR


def test_the_axis_and_the_table_speak_in_units_of_time(corridor):
    _, shown = asked(corridor({"升": RISING}), ChartKind.VIOLIN)
    figure = violin.draw(shown)
    axis = figure.option["xAxis"]
    assert (axis["min"], axis["axisLabel"]["per"]["name"]) == (0.0, "小时")
    assert figure.beside.rows == (
        ("升", "40", "20.5 小时", "10.5 小时 到 30.5 小时", "4.5 小时 到 36.5 小时"),
    )


def test_an_even_shape_is_flat_and_holds_what_lies_between_its_ends():
    shares = [p / 100 for p in range(5, 100, 5)]
    found = shape_of_quantiles(shares, [100.0 * share for share in shares])
    assert (found.at[0], found.at[-1]) == (5.0, 95.0)
    assert found.height == pytest.approx([0.01] * len(found.at), rel=0.02)
    until = shape_of_quantiles(shares[:12], [100.0 * share for share in shares[:12]])
    assert np.trapezoid(until.height, until.at) == pytest.approx(0.55, rel=0.02)


@pytest.mark.parametrize("values", [[], [1.0, 2.0], [3.0] * 19])
def test_too_few_quantiles_or_one_value_have_no_shape(values):
    shares = [p / 100 for p in range(5, 5 + 5 * len(values), 5)]
    assert shape_of_quantiles(shares, values) is None
