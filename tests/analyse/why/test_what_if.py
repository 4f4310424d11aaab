"""What goes with an aspect rated better: least squares, cut at the scale, never called a cause."""

from __future__ import annotations

import json

import numpy as np
import pytest

from huiyin.analyse.contracts import AnalysisError
from huiyin.analyse.why.what_if import what_if
from huiyin.codebook.contracts import Role, UnknownColumnError
from huiyin.core.text import EN

NAMES = ["质量", "服务", "价格", "环境"]


def test_the_change_is_the_slope_of_least_squares_times_the_points(survey):
    corridor = survey(seed=6, missing=0.0)
    found = what_if(corridor, "质量", 5.0, bootstrap=100)
    x = np.column_stack([corridor.data[n] for n in NAMES] + [np.ones(900)])
    slope = np.linalg.lstsq(x, corridor.data["总体"], rcond=None)[0][0]
    assert found.change.estimate == pytest.approx(5 * slope, rel=1e-9)
    assert found.change.low < found.change.estimate < found.change.high
    assert found.expected.estimate == pytest.approx(found.now.estimate + 5 * slope)
    assert found.drivers[0] == "质量"
    assert (found.target, found.metric) == ("总体", "score:总体")


def test_scales_of_other_widths_and_directions_keep_their_points(make_corridor, rating):
    """Ten points of a 0–10 rating, and of one whose low end is good, move a 1–5 target alike."""
    rng = np.random.default_rng(2)
    x = rng.integers(2, 9, 800).astype(float)
    y = np.clip(np.round(1 + x * 0.4 + rng.normal(size=800) * 0.5), 1, 5)
    data = {"高好": x, "总体": y}
    columns = [rating("高好", low=0, high=10), rating("总体", Role.OVERALL)]
    high = what_if(make_corridor(columns, data), "高好", 10.0, bootstrap=0)
    turned = [rating("高好", low=0, high=10, direction=-1), rating("总体", Role.OVERALL)]
    low = what_if(make_corridor(turned, data | {"高好": 10 - x}), "高好", 10.0, bootstrap=0)
    slope = np.polyfit(x * 10, (y - 1) * 25, 1)[0]
    assert high.change.estimate == pytest.approx(10 * slope)
    assert low.change.estimate == pytest.approx(10 * slope)
    assert high.change.low is None


def test_no_more_points_than_the_scale_has_room_for(make_corridor, rating):
    rng = np.random.default_rng(3)
    x = rng.choice([4.0, 5.0], 500, p=[0.2, 0.8])
    y = np.clip(x - rng.integers(0, 2, 500), 1, 5)
    corridor = make_corridor([rating("质量"), rating("总体", Role.OVERALL)], {"质量": x, "总体": y})
    found = what_if(corridor, "质量", 60.0, bootstrap=0)
    assert found.points_used == pytest.approx(100 - found.aspect_now.estimate)
    assert "顶端" in found.notes[-1].say()
    assert found.expected.estimate <= 100
    down = what_if(corridor, "质量", -100.0, bootstrap=0)
    assert down.points_used == pytest.approx(-down.aspect_now.estimate)
    assert down.expected.estimate == 0.0
    assert [note.say(EN) for note in down.notes if "cut at its bottom" in note.say(EN)]


def test_the_caution_names_both_and_no_sentence_calls_it_a_cause(survey):
    found = what_if(survey(), "质量", 5.0, bootstrap=0)
    assert "不是因果" in found.caution.say()
    assert "质量" in found.caution.say()
    assert "总体" in found.caution.say()


def test_a_rating_that_is_no_driver_by_itself_is_added(survey):
    found = what_if(survey(), "服务", 5.0, "质量", bootstrap=0)
    assert found.target == "质量"
    assert set(found.drivers) == {"服务", "价格", "环境"}


@pytest.mark.parametrize("points", [0.0, float("nan"), 101.0, -100.5])
def test_points_out_of_range_are_refused(survey, points):
    with pytest.raises(AnalysisError, match="points"):
        what_if(survey(), "质量", points)


def test_columns_that_do_not_fit_are_refused(survey):
    with pytest.raises(UnknownColumnError):
        what_if(survey(), "没有", 5.0)
    with pytest.raises(AnalysisError, match="role"):
        what_if(survey(), "地区", 5.0)
    with pytest.raises(AnalysisError, match="driver too"):
        what_if(survey(), "总体", 5.0)


def test_equal_answers_cannot_say(make_corridor, rating):
    data = {"质量": np.array([1.0, 2.0] * 50), "总体": np.full(100, 4.0)}
    corridor = make_corridor([rating("质量"), rating("总体", Role.OVERALL)], data)
    shape = json.loads(json.dumps(what_if(corridor, "质量", 5.0).to_json(), allow_nan=False))
    assert shape["not_estimable"] == "constant"
    assert shape["expected"] is None


def test_the_interval_holds_the_truth_as_often_as_it_says(make_corridor, rating):
    """Thirty surveys of a known slope: at 95 % hardly three miss it."""
    missed, rng = 0, np.random.default_rng(9)
    for _ in range(30):
        x = rng.integers(1, 6, 400).astype(float)
        y = 0.5 * x + rng.normal(size=400)
        columns = [rating("质量"), rating("总体", Role.OVERALL, low=-10, high=15)]
        found = what_if(make_corridor(columns, {"质量": x, "总体": y}), "质量", 10.0, bootstrap=200)
        missed += not found.change.low <= 10 * 0.5 * 4 / 25 <= found.change.high
    assert missed <= 5
