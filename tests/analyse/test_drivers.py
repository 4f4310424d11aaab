import json
from dataclasses import replace

import numpy as np
import pytest

from huiyin.analyse.contracts import QUADRANT_TEXT, AnalysisError, Quadrant
from huiyin.analyse.driver_plan import MOST_DRIVERS
from huiyin.analyse.drivers import find_drivers
from huiyin.analyse.index_weights import index_weights
from huiyin.codebook.contracts import Codebook, Role, UnknownColumnError
from huiyin.core.absence import Reason
from huiyin.core.text import ZH
from huiyin.measure.contracts import Filter, Viewer
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.stats.resampling import MAXIMUM_BLOCKS


def order(result) -> list[str]:
    return [driver.column for driver in result.drivers]


def test_planted_order_is_found(survey):
    result = find_drivers(survey(seed=3, n=2000), bootstrap=200)
    assert order(result) == ["质量", "服务", "价格", "环境"]
    assert result.target == "总体"
    assert result.method == "lmg"
    assert sum(d.share for d in result.drivers) == pytest.approx(1, abs=1e-12)


def test_intervals_hold_the_estimate_and_share_is_ordered(survey):
    for d in find_drivers(survey(seed=4), bootstrap=300).drivers:
        assert d.low <= d.share <= d.high
        assert d.correlation_low <= d.correlation <= d.correlation_high
        assert d.beta_low <= d.beta <= d.beta_high
        assert d.performance_low <= d.performance <= d.performance_high


def test_one_driver_takes_everything_and_r2_is_its_squared_correlation(survey):
    corridor = survey(seed=5, missing=0.0)
    result = find_drivers(corridor, "总体", ["质量"], bootstrap=0)
    r = np.corrcoef(corridor.data["质量"], corridor.data["总体"])[0, 1]
    assert result.drivers[0].share == pytest.approx(1)
    assert result.r2 == pytest.approx(r * r, rel=1e-9)
    assert result.drivers[0].beta == pytest.approx(r, rel=1e-9)


def test_betas_are_those_of_least_squares(survey):
    corridor = survey(seed=6, missing=0.0)
    names = ["质量", "服务", "价格", "环境"]
    result = find_drivers(corridor, "总体", names, bootstrap=0)
    x = np.column_stack([corridor.data[n] for n in names])
    z = (x - x.mean(0)) / x.std(0)
    y = corridor.data["总体"]
    beta = np.linalg.lstsq(z, (y - y.mean()) / y.std(), rcond=None)[0]
    found = {d.column: d.beta for d in result.drivers}
    assert [found[n] for n in names] == pytest.approx(beta.tolist(), rel=1e-9)


def test_same_seed_same_answer_other_seed_other_interval(survey):
    corridor = survey(seed=7)
    first, again = (find_drivers(corridor, bootstrap=50, seed=2) for _ in range(2))
    assert first == again
    assert find_drivers(corridor, bootstrap=50, seed=3).drivers != first.drivers


def test_rows_with_one_missing_rating_are_not_dropped(survey):
    corridor = survey(seed=8, n=600, missing=0.5)
    result = find_drivers(corridor, bootstrap=0)
    complete = np.isfinite(np.column_stack(list(corridor.data.values())[:5]).astype(float))
    assert result.n > 3 * complete.all(axis=1).sum()
    assert result.missing_method == "pairwise"
    assert all(0.4 < d.missing_share < 0.6 for d in result.drivers)


def test_reversed_scale_counts_as_its_good_end(survey):
    corridor = survey(seed=9, missing=0.0)
    turned = dict(corridor.data)
    turned["服务"] = 6 - turned["服务"]
    columns = [
        replace(c, scale=replace(c.scale, direction=-1)) if c.name == "服务" else c
        for c in corridor.book
    ]
    other = replace(corridor, data=turned, book=Codebook(tuple(columns)))
    straight, reverse = (find_drivers(c, bootstrap=0) for c in (corridor, other))
    for a, b in zip(straight.drivers, reverse.drivers, strict=True):
        assert a.share == pytest.approx(b.share)
        assert a.correlation == pytest.approx(b.correlation)
        assert a.performance == pytest.approx(b.performance)


def test_a_copy_a_constant_and_an_empty_column_are_left_out_with_a_reason(survey, rating):
    corridor = survey(seed=10)
    n = corridor.n_rows
    data = {**corridor.data, "副本": corridor.data["质量"], "常数": np.full(n, 4.0),
            "空": np.full(n, np.nan)}  # fmt: skip
    columns = [*corridor.book, rating("副本"), rating("常数"), rating("空")]
    result = find_drivers(replace(corridor, data=data, book=Codebook(tuple(columns))), bootstrap=20)
    assert set(result.dropped) == {"副本", "常数", "空"}
    assert "质量" in result.dropped["副本"].say()
    assert set(order(result)) == {"质量", "服务", "价格", "环境"}


def test_a_sum_of_others_is_left_out(survey, rating):
    corridor = survey(seed=11, missing=0.0)
    total = corridor.data["质量"] + corridor.data["服务"]
    data = {**corridor.data, "合计": total}
    book = Codebook((*corridor.book, rating("合计", low=2, high=10)))
    result = find_drivers(replace(corridor, data=data, book=book), bootstrap=20)
    assert list(result.dropped) == ["合计"]


def test_constant_empty_single_and_small_targets_say_why(survey):
    corridor = survey(seed=12)
    n = corridor.n_rows

    def reason(values) -> Reason:
        data = {**corridor.data, "总体": values}
        result = find_drivers(replace(corridor, data=data), bootstrap=10)
        assert result.drivers == ()
        assert result.r2 is None
        return result.not_estimable.reason

    one, few = np.full(n, np.nan), np.full(n, np.nan)
    one[0], few[:9] = 3.0, np.arange(9) % 5 + 1
    assert reason(np.full(n, 5.0)) is Reason.CONSTANT
    assert reason(np.full(n, np.nan)) is Reason.NO_ANSWERS
    assert reason(one) is Reason.ONE_ANSWER
    assert reason(few) is Reason.TOO_FEW_ROWS


def test_all_drivers_constant_is_not_estimable(survey):
    corridor = survey(seed=13)
    data = {k: np.full(corridor.n_rows, 3.0) if k in "质量服务价格环境" else v
            for k, v in corridor.data.items()}  # fmt: skip
    result = find_drivers(replace(corridor, data=data), bootstrap=10)
    assert result.not_estimable.reason is Reason.CONSTANT


def test_a_driver_that_does_not_go_with_the_target_at_all_is_said_so(make_corridor, rating):
    data = {"总体": np.tile([1.0, 2, 1, 2], 50), "甲": np.tile([1.0, 1, 5, 5], 50)}
    columns = [rating("总体", Role.OVERALL), rating("甲")]
    result = find_drivers(make_corridor(columns, data), bootstrap=10)
    assert result.not_estimable.reason is Reason.UNRELATED


def test_more_than_16_drivers_use_relative_weights(make_corridor, rating):
    rng = np.random.default_rng(14)
    n, k = 400, 20
    base = rng.normal(size=n)
    data = {f"a{i}": np.round(3 + base * 0.5 + rng.normal(size=n)) for i in range(k)}
    data["总体"] = np.round(3 + base + 0.6 * (data["a0"] - 3) + 0.3 * rng.normal(size=n))
    columns = [*(rating(f"a{i}", low=-5, high=12) for i in range(k)),
               rating("总体", Role.OVERALL, low=-9, high=15)]  # fmt: skip
    result = find_drivers(make_corridor(columns, data), bootstrap=50)
    assert result.method == "relative_weights"
    assert order(result)[0] == "a0"
    assert sum(d.share for d in result.drivers) == pytest.approx(1)


def test_same_question_is_flagged(survey, rating):
    corridor = survey(seed=15)
    rng = np.random.default_rng(1)
    near = corridor.data["总体"].copy()
    noisy = rng.random(len(near)) < 0.06
    near[noisy] = rng.integers(1, 6, noisy.sum())
    book = Codebook((*corridor.book, rating("几乎一样")))
    result = find_drivers(
        replace(corridor, data={**corridor.data, "几乎一样": near}, book=book), bootstrap=50
    )
    flags = {d.column: d.flags for d in result.drivers}
    assert "same_as_target" in flags["几乎一样"]
    assert "same_as_target" not in flags["质量"]


def test_suppressor_is_flagged_and_not_ranked(make_corridor, rating):
    rng = np.random.default_rng(16)
    n = 3000
    a = rng.normal(size=n)
    b = 0.8 * a + 0.6 * rng.normal(size=n)
    y = a - 0.45 * b + 0.5 * rng.normal(size=n)
    data = {"甲": a, "乙": b, "总体": y}
    columns = [rating("甲", low=-9, high=9), rating("乙", low=-9, high=9),
               rating("总体", Role.OVERALL, low=-9, high=9)]  # fmt: skip
    result = find_drivers(make_corridor(columns, data), bootstrap=200)
    second = next(d for d in result.drivers if d.column == "乙")
    assert second.correlation > 0 > second.beta_high
    assert second.flags == ("sign_differs",)
    assert second.priority is None


def test_a_driver_across_a_cut_is_uncertain_and_quadrants_follow_the_cuts(survey):
    result = find_drivers(survey(seed=17, n=400), bootstrap=300)
    for d in result.drivers:
        across = (d.low < result.importance_cut < d.high
                  or d.performance_low < result.performance_cut < d.performance_high)  # fmt: skip
        assert (d.quadrant is Quadrant.UNCERTAIN) == across
    assert result.importance_cut == pytest.approx(np.mean([d.share for d in result.drivers]))


def test_repeating_customers_widen_the_intervals(survey):
    corridor = survey(seed=18, n=300, missing=0.0)
    repeated = {name: np.repeat(values, 6) for name, values in corridor.data.items()}
    apart = replace(corridor, data=repeated)
    customers = {**repeated, "客户": np.repeat(np.arange(300.0), 6)}
    together = replace(apart, data=customers, customer="客户")
    naive, honest = (find_drivers(c, bootstrap=300) for c in (apart, together))
    for a, b in zip(naive.drivers, honest.drivers, strict=True):
        assert b.share == pytest.approx(a.share)
        assert (b.high - b.low) > 1.8 * (a.high - a.low)
    assert any("客户" in note.say() for note in honest.notes)


def test_handfuls_of_rows_give_the_intervals_of_rows(survey):
    """More rows than blocks: each row four times over makes handfuls, and halves the intervals."""
    corridor = survey(seed=19, n=4000, missing=0.05)
    four = replace(corridor, data={name: np.tile(v, 4) for name, v in corridor.data.items()})
    assert 4000 < MAXIMUM_BLOCKS < 16_000
    rows, blocks = (find_drivers(one, bootstrap=600) for one in (corridor, four))
    for a, b in zip(rows.drivers, blocks.drivers, strict=True):
        assert b.share == pytest.approx(a.share)
        assert b.high - b.low == pytest.approx((a.high - a.low) / 2, rel=0.25)


def test_a_sample_is_said(survey):
    corridor = survey(seed=20)

    class Sampled:
        codebook = corridor.codebook
        answer = staticmethod(corridor.answer)
        hidden_groups = corridor.hidden_groups

        @staticmethod
        def row_sample(columns, **more):
            return corridor.row_sample(columns, **{**more, "maximum": 500})

    result = find_drivers(Sampled(), bootstrap=20)
    assert result.n_total == 900
    assert any("900" in n.say() and "500" in n.say("en") for n in result.notes)


def test_weights_count(survey):
    corridor = survey(seed=21, n=1200)
    rng = np.random.default_rng(0)
    weights = np.where(rng.random(1200) < 0.5, 1.0, 0.0)
    weighted = replace(corridor, data={**corridor.data, "权重": weights}, weight="权重")
    half = {name: values[weights > 0] for name, values in corridor.data.items()}
    a = find_drivers(weighted, bootstrap=0)
    b = find_drivers(replace(corridor, data=half), bootstrap=0)
    assert [d.share for d in a.drivers] == pytest.approx([d.share for d in b.drivers])


def test_a_weight_of_three_is_three_rows(survey):
    corridor = survey(seed=27, n=300)
    weights = np.random.default_rng(1).integers(1, 4, 300)
    weighted = {**corridor.data, "权重": weights.astype(float)}
    repeated = {name: np.repeat(values, weights) for name, values in corridor.data.items()}
    a = find_drivers(replace(corridor, data=weighted, weight="权重"), bootstrap=0)
    b = find_drivers(replace(corridor, data=repeated), bootstrap=0)
    for one, other in zip(a.drivers, b.drivers, strict=True):
        assert one.share == pytest.approx(other.share, rel=1e-9)
        assert one.beta == pytest.approx(other.beta, rel=1e-9)


def test_named_columns_must_exist_and_hold_numbers(survey):
    corridor = survey(seed=22)
    with pytest.raises(UnknownColumnError, match=r"Ratings in this data: .*总体"):
        find_drivers(corridor, "没有")
    with pytest.raises(AnalysisError, match="地区"):
        find_drivers(corridor, "总体", ["地区"])
    with pytest.raises(AnalysisError, match="target"):
        find_drivers(corridor, "总体", ["总体", "质量"])
    with pytest.raises(AnalysisError):
        find_drivers(corridor, bootstrap=-1)
    with pytest.raises(AnalysisError):
        find_drivers(corridor, level=95)


def test_no_target_and_no_driver_is_said(make_corridor, plain, rating):
    words = np.array(["a", "b"] * 20, dtype=object)
    with pytest.raises(AnalysisError, match=r"No rating was recognised.*--target"):
        find_drivers(make_corridor([plain("地区")], {"地区": words}))
    alone = make_corridor([rating("总体", Role.OVERALL)], {"总体": np.arange(40.0) % 5 + 1})
    with pytest.raises(AnalysisError, match="--driver"):
        find_drivers(alone)


def test_index_weights_are_shares_of_the_aspects(survey, make_corridor, rating):
    weights = index_weights(survey(seed=23))
    assert set(weights) == {"质量", "服务", "价格", "环境"}
    assert sum(weights.values()) == pytest.approx(1)
    constant = make_corridor(
        [rating("甲"), rating("总体", Role.OVERALL)],
        {"甲": np.arange(40.0) % 5 + 1, "总体": np.full(40, 3.0)},
    )
    with pytest.raises(AnalysisError, match="weights"):
        index_weights(constant)


def test_contradictory_pairs_fall_back_to_complete_rows(make_corridor, rating):
    rng = np.random.default_rng(24)
    n = 300
    data = {name: rng.normal(size=n) for name in "甲乙丙"}
    data["总体"] = data["甲"] + rng.normal(size=n)
    # each pair is answered in its own block, with correlations that no one table can have
    blocks = [slice(0, 80), slice(80, 160), slice(160, 240)]
    for block, (first, second, sign) in zip(
        blocks, (("甲", "乙", 1), ("乙", "丙", 1), ("甲", "丙", -1)), strict=True
    ):
        data[second][block] = sign * data[first][block] + 0.05 * rng.normal(size=80)
        data[({"甲", "乙", "丙"} - {first, second}).pop()][block] = np.nan
    columns = [*(rating(c, low=-9, high=9) for c in "甲乙丙"),
               rating("总体", Role.OVERALL, low=-9, high=9)]  # fmt: skip
    result = find_drivers(make_corridor(columns, data), bootstrap=50)
    assert result.missing_method == "complete_rows"
    assert result.n == 60
    assert any("60" in note.say() for note in result.notes)


def test_json_is_the_contract(survey):
    shape = json.loads(json.dumps(find_drivers(survey(seed=25), bootstrap=20).to_json()))
    assert {"target", "method", "n", "r2", "drivers", "bootstrap", "seed"} <= set(shape)
    wanted = {
        "column", "share", "low", "high", "correlation", "beta", "performance", "quadrant",
    }  # fmt: skip
    assert all(wanted <= set(d) for d in shape["drivers"])
    assert "not_estimable" not in shape


def test_arrow_and_notebook_views(survey):
    result = find_drivers(survey(seed=26), bootstrap=20)
    assert result.to_arrow().num_rows == 4
    assert result.to_pandas()["share"].sum() == pytest.approx(1)
    html = result._repr_html_()
    assert "质量" in html
    assert all(QUADRANT_TEXT[driver.quadrant].say(ZH) in html for driver in result.drivers)
    assert not any(f"<td>{quadrant.value}</td>" in html for quadrant in QUADRANT_TEXT)


def test_of_very_many_ratings_the_first_are_compared_and_the_rest_is_counted(make, engine, column):
    rng = np.random.default_rng(3)
    values = rng.integers(1, 6, (80, 71)).astype(float)
    names = [f"r{i}" for i in range(70)]
    data = {name: values[:, i].tolist() for i, name in enumerate(names)}
    book = [column("overall", Role.OVERALL, scale=(1, 5))]
    book += [column(name, Role.ASPECT, scale=(1, 5)) for name in names]
    snapshot = make({"overall": values[:, 70].tolist()} | data, book)
    corridor = CorridorOverSnapshot(engine, snapshot, Viewer.owner())
    result = find_drivers(corridor, bootstrap=0)
    assert len(result.drivers) + len(result.dropped) == MOST_DRIVERS
    assert "10" in result.notes[0].say("en")
    with pytest.raises(AnalysisError, match="at most 60"):
        find_drivers(corridor, "overall", names, bootstrap=0)


def test_rows_that_a_condition_leaves_out_explain_nothing(survey):
    corridor = survey(seed=14, n=1200, missing=0.0)
    east = corridor.data["地区"] == "东"
    alone = replace(corridor, data={name: column[east] for name, column in corridor.data.items()})
    where = (Filter("地区", "=", ("东",)),)
    asked = find_drivers(corridor, bootstrap=40, where=where)
    assert asked.n_total == int(east.sum())
    assert asked.drivers == find_drivers(alone, bootstrap=40).drivers
