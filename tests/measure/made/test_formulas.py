"""Metrics made of others: numbers by hand, what must always hold, coverage, and poor data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import (
    Against,
    Compare,
    Filter,
    Margin,
    Query,
    QueryError,
    Viewer,
    Weighting,
)
from huiyin.measure.made.formulas import Average, Formula, Gap, MeetShare, Quotient
from huiyin.measure.metric import HOUSE_RULES
from huiyin.measure.run import answer

OWNER = Viewer.owner()


def ask(engine, snapshot, *forms, viewer=OWNER, **words):
    formulas = {f"m{i}": Formula(f"m{i}", form) for i, form in enumerate(forms)}
    query = Query(tuple(f"calc:{name}" for name in formulas), **words)
    result = answer(engine, snapshot, query, viewer, replace(HOUSE_RULES, formulas=formulas))
    return result.cells


def of(cells, metric="calc:m0", **by):
    return next(c for c in cells if c.metric == metric and dict(c.by) == by)


@pytest.fixture
def write(snapshots, tmp_path):
    def make(**data):
        roles = {"nps": (Role.NPS, (0, 10)), "总体": (Role.OVERALL, (1, 5)),
                 "服务": (Role.ASPECT, (1, 5)), "价格": (Role.ASPECT, (1, 5)),
                 "客户": (Role.CUSTOMER, None), "组": (Role.DIMENSION, None),
                 "x": (Role.AMOUNT, None), "y": (Role.AMOUNT, None)}  # fmt: skip
        columns = [snapshots.column(name, *roles[name]) for name in data]
        return snapshots.write_snapshot(tmp_path, data, columns)

    return make


def numbers(seed, n, shift=0.0):
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=n)
    return (
        list(10.0 + shift + mood + rng.normal(size=n)),
        list(5.0 + 0.8 * mood + 0.5 * rng.normal(size=n)),
    )


def test_a_share_of_those_who_meet_all_of_those_who_answered_all(engine, write):
    data = write(
        总体=[5.0, 4.0, 4.0, 3.0, None, 5.0] * 20, nps=[9.0, 10.0, 8.0, 9.0, 9.0, None] * 20
    )
    form = MeetShare((Filter("总体", ">=", ("4",)), Filter("nps", ">=", ("9",))))
    (cell,) = ask(engine, data, form)
    assert (cell.n, cell.estimate) == (80, 0.5)
    assert cell.method == "wilson"
    (alone,) = answer(engine, data, Query(("satisfied:总体",)), OWNER).cells
    (same,) = ask(engine, data, MeetShare((Filter("总体", ">=", ("4",)),)))
    assert (same.estimate, same.low, same.high) == (alone.estimate, alone.low, alone.high)


def test_a_difference_on_the_same_rows_is_the_paired_t_interval(engine, write):
    x, y = numbers(1, 60)
    (cell,) = ask(engine, write(x=x, y=y), Gap("mean:x", "mean:y"))
    paired = stats.ttest_rel(x, y).confidence_interval()
    assert (cell.low, cell.high) == pytest.approx((paired.low, paired.high), abs=1e-9)
    assert cell.unit == "scale"


def test_a_difference_of_nps_is_that_of_its_parts_and_of_shares_in_points(engine, write):
    rng = np.random.default_rng(2)
    data = write(nps=list(rng.integers(0, 11, 200) * 1.0), 总体=list(rng.integers(1, 6, 200) * 1.0),
                 服务=list(rng.integers(1, 6, 200) * 1.0))  # fmt: skip
    cells = ask(engine, data, Gap("satisfied:总体", "satisfied:服务"))
    parts = answer(engine, data, Query(("satisfied:总体", "satisfied:服务")), OWNER).cells
    assert of(cells).estimate == pytest.approx(100 * (parts[0].estimate - parts[1].estimate))


def test_an_average_of_scores_is_the_index_of_the_same_weights(engine, write):
    rng = np.random.default_rng(3)
    data = write(服务=list(rng.integers(1, 6, 150) * 1.0), 价格=[None, 5.0, 2.0] * 50)
    (made,) = ask(engine, data, Average(("score:服务", "score:价格"), (3.0, 1.0)))
    weights = {"服务": 0.75, "价格": 0.25}
    (index,) = answer(engine, data, Query(("index",), index_weights=weights), OWNER).cells
    for part in ("estimate", "low", "high", "n"):
        assert getattr(made, part) == pytest.approx(getattr(index, part), abs=1e-9)


def test_a_ratio_has_the_linearised_error_of_its_rows(engine, write):
    x, y = numbers(4, 80)
    (cell,) = ask(engine, write(x=x, y=y), Quotient("mean:x", "mean:y"))
    ratio = np.mean(x) / np.mean(y)
    rest = (np.array(x) - ratio * np.array(y)) / np.mean(y)
    assert cell.estimate == pytest.approx(ratio, abs=1e-9)
    assert cell.standard_error == pytest.approx(rest.std(ddof=1) / np.sqrt(80), rel=1e-9)


def test_customers_who_answer_again_make_clusters_of_a_difference(engine, write):
    x, y = numbers(5, 40)
    who = [f"c{i // 2}" for i in range(80)]
    twice = write(x=[v for v in x for _ in "ab"], y=[v for v in y for _ in "ab"], 客户=who)
    (cell,) = ask(engine, twice, Gap("mean:x", "mean:y"), Quotient("mean:x", "mean:y"))[:1]
    paired = stats.ttest_rel(x, y).confidence_interval()
    assert (cell.low, cell.high) == pytest.approx((paired.low, paired.high), abs=1e-9)
    assert cell.n_customers == 40


def test_units_that_do_not_match_and_metrics_that_are_not_there_are_said(engine, write):
    data = write(nps=[1.0, 9.0], 总体=[1.0, 5.0])
    for form in (
        Gap("nps", "satisfied:总体"), Average(("nps", "score:总体"), (1.0, 1.0)),
        Gap("calc:m0", "nps"), Quotient("mean:x", "nps"),
        MeetShare((Filter("没有", ">=", ("4",)),)),
    ):  # fmt: skip
        with pytest.raises(QueryError):
            ask(engine, data, form)
    with pytest.raises(QueryError, match="m0"):
        ask_one = replace(HOUSE_RULES, formulas={"m0": Formula("m0", Gap("nps", "nps"))})
        answer(engine, data, Query(("calc:别的",)), OWNER, ask_one)


def test_poor_data_is_no_number(engine, write):
    forms = (Gap("mean:x", "mean:y"), Quotient("mean:x", "mean:y"))
    cells = ask(engine, write(x=[1.0, None], y=[None, 2.0]), *forms)
    assert {c.not_estimable.reason for c in cells} == {"one_answer"}
    cells = ask(engine, write(x=[1.0] * 30, y=[2.0] * 30), *forms)
    assert {c.not_estimable.reason for c in cells} == {"constant"}
    around_nothing = [float(i % 7 - 3) for i in range(70)]
    cells = ask(engine, write(x=numbers(6, 70)[0], y=around_nothing), *forms)
    assert cells[0].not_estimable is None
    assert cells[1].not_estimable.reason == "no_base"
    same = ask(engine, write(x=numbers(6, 70)[0], y=numbers(6, 70)[0]), forms[0])[0]
    assert same.not_estimable.reason == "constant"


def test_a_gap_turned_round_is_its_negative_and_units_leave_a_ratio_alone(engine, write):
    x, y = numbers(7, 50)
    data = write(x=x, y=y)
    there, back = ask(engine, data, Gap("mean:x", "mean:y"), Gap("mean:y", "mean:x"))
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    ratio = ask(engine, data, Quotient("mean:x", "mean:y"))[0]
    tenfold = ask(engine, write(x=[10 * v for v in x], y=y), Quotient("mean:x", "mean:y"))[0]
    assert tenfold.low == pytest.approx(10 * ratio.low)


def test_groups_are_compared_and_small_ones_hidden_like_any_metric(engine, write):
    x, y = numbers(8, 90)
    data = write(x=x, y=y, 组=["甲"] * 50 + ["乙"] * 36 + ["丙"] * 4)
    words = {"by": ("组",), "compare": Compare(Against.REST)}
    cells = ask(engine, data, Quotient("mean:x", "mean:y"), **words)
    gap = of(cells, 组="甲").comparison
    assert gap.difference == pytest.approx(of(cells, 组="甲").estimate - gap.reference)
    staff = ask(engine, data, Gap("mean:x", "mean:y"), viewer=Viewer("s", 10), **words)
    assert of(staff, 组="丙").not_estimable.reason == "suppressed"


def test_raking_takes_the_residuals_of_a_ratio_too(engine, write):
    x, y = numbers(9, 120)
    data = write(x=x, y=y, 组=["甲", "乙", "乙"] * 40)
    weighting = Weighting(margins=(Margin("组", {"甲": 0.5, "乙": 0.5}),))
    one = ask(engine, data, Quotient("mean:x", "mean:x"), weighting=weighting)[0]
    assert one.not_estimable.reason == "constant" or one.standard_error < 1e-6
    (cell,) = ask(engine, data, Quotient("mean:x", "mean:y"), weighting=weighting)
    assert cell.low < cell.estimate < cell.high


@pytest.mark.parametrize(
    ("form", "truth"),
    [(Gap("mean:x", "mean:y"), 5.0), (Quotient("mean:x", "mean:y"), 2.0)],
)
def test_intervals_cover_the_truth_as_often_as_they_say(engine, write, form, truth):
    times, n = 800, 60
    x, y = numbers(10, times * n)
    data = write(x=x, y=y, 组=[str(i // n) for i in range(times * n)])
    cells = ask(engine, data, form, by=("组",))
    covered = np.mean([c.low <= truth <= c.high for c in cells])
    assert 0.925 <= covered <= 0.97  # 0.95 ± 3 standard errors of 800 draws
