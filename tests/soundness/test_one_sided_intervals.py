"""One-sided answers along the corridor: whose interval is widened, and which way."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Benchmark, Compare, Query, Viewer, Weighting
from huiyin.measure.run import answer

OWNER = Viewer.owner()
HAPPY = np.array([5.0] * 48 + [4.0] * 9 + [3.0] * 2 + [1.0])


def ends(values, level=0.95, n_effective=None):
    """The interval by its definition: t, the far end moved by skewness (Johnson, Hall)."""
    n = len(values)
    t = stats.t.ppf((1 + level) / 2, n - 1)
    error = values.std(ddof=1) / np.sqrt(n)
    shift = stats.skew(values) / np.sqrt(n_effective or n) * (2 * t**2 + 1) / 6 * error
    return (
        values.mean() - t * error + min(shift, 0.0),
        values.mean() + t * error + max(shift, 0.0),
    )


def cells(engine, snapshot, *metrics, **asked):
    return answer(engine, snapshot, Query(metrics, **asked), OWNER).cells


@pytest.mark.parametrize("level", [0.95, 0.8])
@pytest.mark.parametrize(
    ("asked", "method"),
    [
        ({}, "t, widened for skewness"),
        ({"cluster": "行"}, "t, design-based, widened for skewness"),
        ({"weighting": Weighting("权")}, "t, design-based, widened for skewness"),
    ],
)
def test_the_end_of_the_tail_moves_out_and_the_cell_says_so(
    engine, make, column, asked, method, level
):
    data = {"总体": HAPPY, "行": [f"{i}" for i in range(60)], "权": [2.0] * 60}
    columns = [
        column("总体", Role.OVERALL, (1, 5)),
        column("行", Role.CLUSTER),
        column("权", Role.WEIGHT),
    ]
    snapshot = make(data, columns)
    mean, score = cells(engine, snapshot, "mean", "score", level=level, **asked)
    n = mean.n_effective
    assert n == pytest.approx(59 if "cluster" in asked else 60)  # clusters cost one
    assert (mean.low, mean.high) == pytest.approx(ends(HAPPY, level, n), rel=1e-9)
    assert (score.low, score.high) == pytest.approx(ends((HAPPY - 1) * 25, level, n), rel=1e-9)
    assert mean.method == score.method == method
    assert mean.flags == ("small_sample",)


def test_a_score_counted_backwards_has_its_tail_on_the_same_side(engine, make, column):
    """1 is the best mark: means reach up from it, scores down from 100."""
    snapshot = make({"总体": 6 - HAPPY}, [column("总体", Role.OVERALL, (1, 5), direction=-1)])
    mean, score = cells(engine, snapshot, "mean", "score")
    assert (mean.low, mean.high) == pytest.approx(ends(6 - HAPPY), rel=1e-9)
    assert (score.low, score.high) == pytest.approx(ends((HAPPY - 1) * 25), rel=1e-9)


def test_an_nps_under_weights_is_widened_towards_its_detractors(engine, make, column):
    asked = np.array([10.0] * 51 + [8.0] * 7 + [2.0] * 2)
    data = {"推荐": asked, "权": [1.0] * 60}
    snapshot = make(data, [column("推荐", Role.NPS, (0, 10)), column("权", Role.WEIGHT)])
    (plain,) = cells(engine, snapshot, "nps")
    (weighted,) = cells(engine, snapshot, "nps", weighting=Weighting("权"))
    points = np.select([asked >= 9, asked >= 7], [100.0, 0.0], -100.0)
    assert plain.method == "adjusted_wald"
    assert (weighted.low, weighted.high) == pytest.approx(ends(points), rel=1e-9)


def test_clusters_that_answer_alike_widen_by_their_effective_answers(engine, make, column):
    """Each answer four times over is worth a quarter: the error is as skew as that of 60."""
    data = {"总体": np.repeat(HAPPY, 4), "店": np.repeat([f"{i}" for i in range(60)], 4)}
    snapshot = make(data, [column("总体", Role.OVERALL, (1, 5)), column("店", Role.CLUSTER)])
    (cell,) = cells(engine, snapshot, "mean", cluster="店")
    assert cell.n_effective == pytest.approx(59)
    assert (cell.low, cell.high) == pytest.approx(ends(HAPPY, n_effective=59), rel=1e-9)


def test_each_group_is_widened_by_its_own_answers(engine, make, column):
    even = np.array([1.0, 3.0, 5.0, 4.0] * 20)
    data = {"总体": [*HAPPY, *even], "组": ["甲"] * 60 + ["乙"] * 80}
    snapshot = make(data, [column("总体", Role.OVERALL, (1, 5)), column("组", Role.DIMENSION)])
    found = {c.by["组"]: c for c in cells(engine, snapshot, "mean", by=("组",))}
    assert (found["甲"].low, found["甲"].high) == pytest.approx(ends(HAPPY), rel=1e-9)
    error = even.std(ddof=1) / np.sqrt(80)
    assert (found["乙"].low, found["乙"].high) == pytest.approx(
        stats.t.interval(0.95, 79, even.mean(), error), rel=1e-9
    )
    assert (found["甲"].method, found["乙"].method) == ("t, widened for skewness", "t")


def test_an_index_reaches_to_the_tail_of_its_most_one_sided_part(engine, make, column):
    """A part on which all agree says nothing of the tail, and hides none."""
    even = np.array([1.0, 2.0, 3.0, 4.0, 5.0] * 12)
    data = {"质量": HAPPY, "服务": even, "价格": [4.0] * 60}
    columns = [column(name, Role.ASPECT, (1, 5)) for name in data]
    snapshot = make(data, columns)
    (index,) = cells(engine, snapshot, "index", index_weights={"质量": 1, "服务": 1, "价格": 1})
    assert index.method == "t, design-based, widened for skewness"
    assert index.flags == ("small_sample",)
    assert index.estimate - index.low > (index.high - index.estimate) * 1.05


def moved(values, other_error=0.0):
    """Skewness of the error of a mean beside one that is not one-sided, and the error."""
    error = values.std(ddof=1) / np.sqrt(len(values))
    both = np.hypot(error, other_error)
    return stats.skew(values) / np.sqrt(len(values)) * error**3 / both**3, both


@pytest.mark.parametrize("turned", [False, True])
def test_a_small_one_sided_group_is_not_told_from_the_rest_by_luck(engine, make, column, turned):
    """Its low end reaches further: the gap, its p and its call go by that."""
    rest = np.array([5.0] * 600 + [4.0] * 600 + [3.0] * 400 + [2.0] * 200 + [1.0] * 100)
    mine, rest = (6 - HAPPY, 6 - rest) if turned else (HAPPY, rest)
    data = {"总体": [*mine, *rest], "组": ["甲"] * 60 + ["乙"] * len(rest)}
    snapshot = make(data, [column("总体", Role.OVERALL, (1, 5)), column("组", Role.DIMENSION)])
    compare = Compare(Against.REST)
    found = cells(engine, snapshot, "mean", by=("组",), compare=compare)
    gap = next(c.comparison for c in found if c.by["组"] == "甲")
    welch = stats.ttest_ind(mine, rest, equal_var=False)
    usual = welch.confidence_interval(0.95)
    skew, error = moved(mine, rest.std(ddof=1) / np.sqrt(len(rest)))
    other = stats.skew(rest) / np.sqrt(len(rest)) * (rest.std(ddof=1) / len(rest) ** 0.5) ** 3
    skew -= other / error**3
    t = stats.t.ppf(0.975, welch.df)
    shift = skew * error * (2 * t**2 + 1) / 6
    assert gap.low == pytest.approx(usual.low + min(shift, 0.0), rel=1e-9)
    assert gap.high == pytest.approx(usual.high + max(shift, 0.0), rel=1e-9)
    assert gap.p > welch.pvalue
    mirror = next(c.comparison for c in found if c.by["组"] == "乙")
    assert (mirror.low, mirror.high) == pytest.approx((-gap.high, -gap.low), rel=1e-9)
    assert mirror.p == pytest.approx(gap.p, rel=1e-9)


def test_groups_that_are_one_sided_alike_are_compared_by_welch(engine, make, column):
    data = {"总体": [*HAPPY, *HAPPY[:-1], 2.0], "组": ["甲"] * 60 + ["乙"] * 60}
    snapshot = make(data, [column("总体", Role.OVERALL, (1, 5)), column("组", Role.DIMENSION)])
    compare = Compare(Against.GROUP, "组", "乙")
    first = cells(engine, snapshot, "mean", by=("组",), compare=compare)
    gap = next(c.comparison for c in first if c.by["组"] == "甲")
    welch = stats.ttest_ind(HAPPY, np.array([*HAPPY[:-1], 2.0]), equal_var=False)
    usual = welch.confidence_interval(0.95)
    assert (gap.low, gap.high) == pytest.approx((usual.low, usual.high), rel=1e-9)
    assert gap.p == pytest.approx(welch.pvalue, rel=1e-9)


def test_a_benchmark_is_compared_by_the_skewness_of_the_cell(engine, make, column):
    snapshot = make({"总体": HAPPY}, [column("总体", Role.OVERALL, (1, 5))])
    benchmark = Benchmark("mean", 4.5, n=100_000)
    compare = Compare(Against.BENCHMARK, benchmarks=(benchmark,))
    (cell,) = cells(engine, snapshot, "mean", compare=compare)
    skew, error = moved(HAPPY, HAPPY.std() / np.sqrt(100_000))
    t = stats.t.ppf(0.975, 59)
    shift = skew * error * (2 * t**2 + 1) / 6
    gap = HAPPY.mean() - 4.5
    assert cell.comparison.low == pytest.approx(gap - t * error + shift, rel=1e-9)
    assert cell.comparison.high == pytest.approx(gap + t * error, rel=1e-9)
