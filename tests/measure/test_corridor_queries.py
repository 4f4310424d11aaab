from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from huiyin.codebook.contracts import Role
from huiyin.engine.contracts import FlagMeaning
from huiyin.measure.comparing.compare import NOT_COMPARED
from huiyin.measure.contracts import (
    Against,
    Benchmark,
    Compare,
    Filter,
    Grain,
    Query,
    QueryError,
    Viewer,
    Weighting,
)
from huiyin.measure.run import CorridorOverSnapshot, answer

OWNER = Viewer.owner()


@pytest.fixture
def shops(make, column):
    """600 answers of 2023 and 2024 in three shops; none in June 2024; customers once each."""
    rng = np.random.default_rng(7)
    days, shop, nps, csat = [], [], [], []
    for i in range(600):
        day = date.fromordinal(date(2023, 1, 1).toordinal() + int(rng.integers(0, 731)))
        if (day.year, day.month) == (2024, 6):
            continue
        days.append(day)
        shop.append(("东店", "西店", "南店")[i % 3])
        nps.append(float(rng.integers(0, 11)))
        csat.append(float(rng.integers(1, 6)) if i % 10 else None)
    data = {"门店": shop, "推荐": nps, "总体": csat, "金额": [10.0 + i for i in range(len(nps))]}
    columns = [
        column("门店", Role.UNIT),
        column("推荐", Role.NPS, (0, 10)),
        column("总体", Role.OVERALL, (1, 5)),
        column("金额", Role.AMOUNT),
    ]
    return make(data, columns, days=days)


def rows_of(snapshot):
    import pyarrow.parquet as pq

    return pq.read_table(snapshot.files[0]).to_pylist()


def nps_of(rows):
    answers = [row["推荐"] for row in rows if row["推荐"] is not None]
    return 100 * np.mean([(a >= 9) * 1.0 - (a <= 6) * 1.0 for a in answers])


def test_groups_and_periods_are_those_of_a_plain_loop(engine, shops):
    result = answer(engine, shops, Query(("nps",), by=("门店",), grain=Grain.QUARTER), OWNER)
    cells = {(c.by["门店"], c.by["period"]): c for c in result.cells}
    assert len(cells) == 3 * 8
    for (shop, period), cell in cells.items():
        start = date.fromisoformat(period)
        mine = [
            row
            for row in rows_of(shops)
            if row["门店"] == shop
            and (row["_answered_on"].year, (row["_answered_on"].month - 1) // 3)
            == (start.year, (start.month - 1) // 3)
        ]
        assert cell.n == len(mine)
        assert cell.estimate == pytest.approx(nps_of(mine))


def test_periods_without_answers_are_there_and_not_estimable(engine, shops):
    result = answer(engine, shops, Query(("nps",), grain=Grain.MONTH), OWNER)
    assert len(result.cells) == 24
    june = next(c for c in result.cells if c.by["period"] == "2024-06-01")
    assert june.not_estimable.reason == "no_answers"
    assert june.estimate is None


def test_weeks_start_on_monday(engine, shops):
    query = Query(("nps",), grain=Grain.WEEK, since=date(2024, 1, 3), until=date(2024, 1, 16))
    periods = [c.by["period"] for c in answer(engine, shops, query, OWNER).cells]
    assert periods == ["2024-01-01", "2024-01-08", "2024-01-15"]


@pytest.mark.parametrize(
    ("filters", "keep"),
    [
        ([Filter("门店", "=", ("东店",))], lambda r: r["门店"] == "东店"),
        ([Filter("门店", "=", ("东店", "西店"))], lambda r: r["门店"] != "南店"),
        ([Filter("门店", "!=", ("东店",))], lambda r: r["门店"] != "东店"),
        ([Filter("总体", ">=", ("4",))], lambda r: (r["总体"] or 0) >= 4),
        ([Filter("总体", "<", ("3",))], lambda r: (r["总体"] or 9) < 3),
        (
            [Filter("门店", "=", ("东店",)), Filter("金额", ">", ("100",))],
            lambda r: r["门店"] == "东店" and r["金额"] > 100,
        ),
    ],
)
def test_filters(engine, shops, filters, keep):
    (cell,) = answer(engine, shops, Query(("nps",), where=tuple(filters)), OWNER).cells
    mine = [row for row in rows_of(shops) if keep(row)]
    assert cell.n == len(mine)
    assert cell.estimate == pytest.approx(nps_of(mine))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query(("nps",), where=(Filter("门市", "=", ("东店",)),)), "门店"),
        (Query(("nps",), where=(Filter("门店", "=", ("东点",)),)), "东店"),
        (Query(("nps",), where=(Filter("总体", "=", ("好",)),)), "总体"),
        (Query(("nps",), by=("门市",)), "门店"),
        (Query(("nps",), compare=Compare(Against.GROUP, "门店", "北店")), "北店"),
        (Query(("nps",), compare=Compare(Against.PREVIOUS)), "--since"),
        (Query(("nps",), compare=Compare(Against.REST)), "--by"),
        (Query(()), "nps"),
        (Query(("nps",), level=95), "0.95"),
        (Query(("nps",), since=date(2024, 2, 1), until=date(2024, 1, 1)), "last day"),
        (Query(("nps",), include_flagged=("nobody",)), "nobody"),
        (Query(("nps",), weighting=Weighting("门店")), "numbers"),
    ],
)
def test_what_does_not_exist_is_named(engine, shops, query, said):
    with pytest.raises(QueryError) as error:
        answer(engine, shops, query, OWNER)
    assert said in error.value.say("en") + error.value.say("zh-CN")


def test_time_without_dates_is_refused(engine, make, column):
    snapshot = make({"推荐": [1.0]}, [column("推荐", Role.NPS, (0, 10))])
    with pytest.raises(QueryError, match="dates"):
        answer(engine, snapshot, Query(("nps",), grain=Grain.MONTH), OWNER)


def nps_between(snapshot, since, until):
    return nps_of([r for r in rows_of(snapshot) if since <= r["_answered_on"] <= until])


def test_a_period_that_nobody_answered_in_is_told_not_passed_over(engine, shops):
    first = {"since": date(2023, 1, 1), "until": date(2023, 3, 31)}
    alone = answer(engine, shops, Query(("nps",), **first), OWNER)
    compared = Query(("nps",), **first, compare=Compare(Against.PREVIOUS))
    lonely = answer(engine, shops, compared, OWNER)
    assert lonely.cells[0].comparison is None
    assert set(lonely.notes) - set(alone.notes) == {NOT_COMPARED}
    parted = answer(engine, shops, replace(compared, grain=Grain.MONTH), OWNER)
    assert [cell.comparison is None for cell in parted.cells] == [True, False, False]
    assert NOT_COMPARED not in parted.notes


def test_previous_window_of_whole_months(engine, shops):
    query = Query(
        ("nps",), since=date(2024, 3, 1), until=date(2024, 4, 30), compare=Compare(Against.PREVIOUS)
    )
    (cell,) = answer(engine, shops, query, OWNER).cells
    assert cell.estimate == pytest.approx(nps_between(shops, date(2024, 3, 1), date(2024, 4, 30)))
    assert cell.comparison.reference == pytest.approx(
        nps_between(shops, date(2024, 1, 1), date(2024, 2, 29))
    )


def test_year_ago_window(engine, shops):
    query = Query(
        ("nps",), since=date(2024, 3, 1), until=date(2024, 4, 15), compare=Compare(Against.YEAR_AGO)
    )
    (cell,) = answer(engine, shops, query, OWNER).cells
    assert cell.comparison.reference == pytest.approx(
        nps_between(shops, date(2023, 3, 1), date(2023, 4, 15))
    )


def test_each_period_is_compared_with_the_one_before(engine, shops):
    query = Query(
        ("nps",),
        grain=Grain.QUARTER,
        since=date(2023, 4, 1),
        until=date(2024, 12, 31),
        compare=Compare(Against.PREVIOUS),
    )
    cells = answer(engine, shops, query, OWNER).cells
    for before, cell in itertools.pairwise(cells):
        assert cell.comparison.reference == pytest.approx(before.estimate)
        assert cell.comparison.difference == pytest.approx(cell.estimate - before.estimate)
    assert cells[0].comparison.reference == pytest.approx(
        nps_between(shops, date(2023, 1, 1), date(2023, 3, 31))
    )
    assert cells[0].comparison.family == len(cells)


def test_part_period_is_compared_with_the_same_elapsed_days(engine, shops):
    query = Query(
        ("nps",),
        grain=Grain.MONTH,
        since=date(2024, 2, 1),
        until=date(2024, 3, 20),
        compare=Compare(Against.PREVIOUS),
    )
    cells = answer(engine, shops, query, OWNER).cells
    assert cells[1].comparison.reference == pytest.approx(
        nps_between(shops, date(2024, 2, 1), date(2024, 2, 20))
    )
    assert cells[0].comparison.reference == pytest.approx(
        nps_between(shops, date(2024, 1, 1), date(2024, 1, 31))
    )


def test_same_month_last_year(engine, shops):
    query = Query(
        ("nps",),
        grain=Grain.MONTH,
        since=date(2024, 1, 1),
        until=date(2024, 12, 31),
        compare=Compare(Against.YEAR_AGO),
    )
    for cell in answer(engine, shops, query, OWNER).cells:
        start = date.fromisoformat(cell.by["period"])
        until = date(2023, start.month + 1, 1) if start.month < 12 else date(2024, 1, 1)
        last = date.fromordinal(until.toordinal() - 1)
        if cell.estimate is not None:
            expected = nps_between(shops, date(2023, start.month, 1), last)
            assert cell.comparison.reference == pytest.approx(expected)


def test_rest_of_the_base_leaves_the_group_out(engine, shops):
    query = Query(("nps", "mean"), by=("门店",), compare=Compare(Against.REST))
    for cell in answer(engine, shops, query, OWNER).cells:
        if cell.metric == "nps":
            others = [r for r in rows_of(shops) if r["门店"] != cell.by["门店"]]
            assert cell.comparison.reference == pytest.approx(nps_of(others))
            assert cell.comparison.family == 6


def test_a_column_in_doubt_is_not_asked_by_in_silence(engine, make, column):
    data = {"甲": ["a", "b"] * 30, "乙": ["c", "d"] * 30, "推荐": [9.0, 3.0, 10.0] * 20}
    columns = [
        column("甲", Role.DIMENSION, confidence=0.5),
        column("乙", Role.DIMENSION),
        column("推荐", Role.NPS, (0, 10)),
    ]
    told = make(data, columns)
    for query in (
        Query(("nps",), by=("甲", "乙")),
        Query(("nps",), by=("乙",), where=(Filter("甲", "=", ("a",)),)),
    ):
        (note,) = (one.say("en") for one in answer(engine, told, query, OWNER).notes)
        assert "“甲”" in note
        assert "in doubt" in note
    assert answer(engine, told, Query(("nps",), by=("乙",)), OWNER).notes == ()


def test_named_group_groups_by_its_column(engine, shops):
    compare = Compare(Against.GROUP, "门店", "东店")
    result = answer(engine, shops, Query(("nps",), compare=compare), OWNER)
    east = next(c for c in result.cells if c.by["门店"] == "东店")
    assert east.comparison is None
    others = [c for c in result.cells if c.by["门店"] != "东店"]
    assert all(c.comparison.reference == pytest.approx(east.estimate) for c in others)
    assert all(c.comparison.against == "门店=东店" for c in others)


def test_a_group_is_compared_with_one_that_the_filter_leaves_out(engine, shops):
    compare = Compare(Against.GROUP, "门店", "东店")
    every = answer(engine, shops, Query(("nps",), compare=compare), OWNER)
    west = Query(("nps",), where=(Filter("门店", "=", ("西店",)),), compare=compare)
    (alone,) = answer(engine, shops, west, OWNER).cells
    told = next(c for c in every.cells if c.by["门店"] == "西店")
    assert alone.comparison.difference == pytest.approx(told.comparison.difference)
    assert alone.comparison.low == pytest.approx(told.comparison.low)
    assert alone.comparison.against == "门店=东店"


def test_unweighted_means_are_compared_by_welch(engine, shops):
    from scipy import stats

    query = Query(("mean",), by=("门店",), compare=Compare(Against.GROUP, "门店", "东店"))
    groups = {
        shop: [r["总体"] for r in rows_of(shops) if r["门店"] == shop and r["总体"] is not None]
        for shop in ("东店", "西店")
    }
    cell = next(c for c in answer(engine, shops, query, OWNER).cells if c.by["门店"] == "西店")
    welch = stats.ttest_ind(groups["西店"], groups["东店"], equal_var=False)
    assert cell.comparison.p == pytest.approx(welch.pvalue)
    interval = welch.confidence_interval(0.95)
    assert (cell.comparison.low, cell.comparison.high) == pytest.approx(tuple(interval))


def test_calls_in_order(engine, make, column):
    data = {
        "组": ["甲"] * 4000 + ["乙"] * 4000 + ["丙"] * 4000 + ["丁"] * 12,
        "总体": [4.0, 5.0] * 2000 + [5.0, 4.0] * 2000 + [2.0, 3.0] * 2000 + [5.0, 1.0, 4.0] * 4,
    }
    columns = [column("组", Role.DIMENSION), column("总体", Role.OVERALL, (1, 5))]
    query = Query(("score",), by=("组",), compare=Compare(Against.GROUP, "组", "甲"))
    cells = answer(engine, make(data, columns), query, OWNER).cells
    calls = {c.by["组"]: c.comparison and c.comparison.call for c in cells}
    assert calls == {"甲": None, "乙": "stable", "丙": "real", "丁": "cannot_tell"}
    few = next(c.comparison for c in cells if c.by["组"] == "丁")
    assert few.n_more > 0


def test_answers_missing_are_those_of_the_cell_where_these_can_decide(engine, make, column):
    data = {
        "组": ["大"] * 20_000 + ["小"] * 20 + ["少"] * 40,
        "总体": [4.0, 5.0] * 10_000 + [5.0, 5.0, 5.0, 3.0] * 15,
    }
    columns = [column("组", Role.DIMENSION), column("总体", Role.OVERALL, (1, 5))]
    rest = Query(("score",), by=("组",), compare=Compare(Against.REST))
    snapshot = make(data, columns)
    small = {c.by["组"]: c.comparison for c in answer(engine, snapshot, rest, OWNER).cells}["小"]
    assert small.call == "cannot_tell"
    assert 800 < small.n_more < 1_500  # (22 points · 2.93 / Δ 2)²; in proportion a million
    # against a group of 40 no number of answers decides: both sides grow, so more is asked for
    few = Query(("score",), by=("组",), compare=Compare(Against.GROUP, "组", "少"))
    cells = {c.by["组"]: c.comparison for c in answer(engine, snapshot, few, OWNER).cells}
    assert cells["小"].n_more > small.n_more


def test_answers_that_nobody_can_wait_for_are_named_as_such(engine, make, column):
    def small(n, rest):
        data = {
            "组": ["大"] * rest + ["小"] * n,
            "总体": [4.0, 5.0] * (rest // 2) + [5.0, 5.0, 5.0, 3.0] * (n // 4),
        }
        columns = [column("组", Role.DIMENSION), column("总体", Role.OVERALL, (1, 5))]
        query = Query(("score",), by=("组",), compare=Compare(Against.REST))
        cells = answer(engine, make(data, columns), query, OWNER).cells
        return next(c.comparison for c in cells if c.by["组"] == "小")

    for n, rest, far in ((20, 20_000, True), (200, 20_000, False)):
        found = small(n, rest)
        assert found.call == "cannot_tell"
        assert found.beyond_reach is far is (found.n_more > max(1_000, 10 * n))


def test_what_only_the_correction_keeps_from_being_called_is_marked(engine, make, column):
    rng = np.random.default_rng(3)
    n = 4_000
    groups = [f"{i % 40}组" for i in range(n)]
    data = {"组": groups, "总体": rng.integers(1, 6, n).astype(float).tolist()}
    snapshot = make(data, [column("组", Role.DIMENSION), column("总体", Role.OVERALL, (1, 5))])
    query = Query(("score",), by=("组",), compare=Compare(Against.REST))
    found = [cell.comparison for cell in answer(engine, snapshot, query, OWNER).cells]
    alone = [one for one in found if one.only_alone]
    assert alone
    assert alone == [
        one for one in found if one.call == "cannot_tell" and (one.low > 0 or one.high < 0)
    ]
    assert all(one.p < 0.05 <= one.q and one.family == 40 for one in alone)


def test_benchmarks(engine, shops):
    benchmarks = (
        Benchmark("nps", 40.0, "2024", "行业报告", n=5000),
        Benchmark("satisfied", 85.0, "2024", "行业报告"),
    )
    query = Query(
        ("nps", "satisfied", "mean"), compare=Compare(Against.BENCHMARK, benchmarks=benchmarks)
    )
    nps, satisfied, mean = answer(engine, shops, query, OWNER).cells
    assert nps.comparison.call == "real"
    assert nps.comparison.difference == pytest.approx(nps.estimate - 40)
    assert satisfied.comparison.call is None
    assert satisfied.comparison.p is None
    assert satisfied.comparison.reference == pytest.approx(0.85)
    assert "cannot test" in satisfied.comparison.note.say("en")
    assert mean.comparison is None


def test_a_benchmark_that_fits_nothing_is_named(engine, shops):
    benchmarks = (
        Benchmark("nps", 40.0, n=5000),
        Benchmark("nps", 30.0, n=5000, by={"渠道": "直播"}),
        Benchmark("ces", 3.0),
    )
    query = Query(("nps",), compare=Compare(Against.BENCHMARK, benchmarks=benchmarks))
    result = answer(engine, shops, query, OWNER)
    said = [note.say("zh-CN") for note in result.notes]
    assert [words for words in said if "基准表" in words] == [
        "基准表里的“nps、渠道=直播”没有对上这次的任何指标或分组，未用",
        "基准表里的“ces”没有对上这次的任何指标或分组，未用",
    ]
    assert result.cells[0].comparison.reference == 40.0


def test_of_benchmarks_that_fit_alike_the_latest_that_can_be_tested_is_used_and_said(engine, shops):
    benchmarks = (
        Benchmark("nps", 50.0, "2023", "甲", n=900),
        Benchmark("nps", 40.0, "2024", "乙"),
        Benchmark("nps", 30.0, "2024", "丙", n=5000),
    )
    query = Query(("nps",), compare=Compare(Against.BENCHMARK, benchmarks=benchmarks))
    result = answer(engine, shops, query, OWNER)
    assert result.cells[0].comparison.reference == 30.0
    assert [note.say("zh-CN") for note in result.notes if "基准表" in note.say("zh-CN")] == [
        "nps 在基准表里对上了不止一行：用了“2024 丙 30”，没用“2023 甲 50”",
        "nps 在基准表里对上了不止一行：用了“2024 丙 30”，没用“2024 乙 40”",
    ]


def half_width(comparison):
    return (comparison.high - comparison.low) / 2


def test_a_benchmark_of_few_answers_is_as_uncertain_as_a_sample_of_them(engine, make, column):
    """A mean of as many answers doubles the variance; a share has that of its own value."""
    levels = [5.0, 4.0, 4.0, 2.0, 1.0] * 40
    snapshot = make({"总体": levels}, [column("总体", Role.OVERALL, (1, 5))])

    def against(metric, value, n):
        compare = Compare(Against.BENCHMARK, benchmarks=(Benchmark(metric, value, n=n),))
        (cell,) = answer(engine, snapshot, Query((metric,), compare=compare), OWNER).cells
        return cell

    mean = against("mean", 3.0, len(levels))
    own = (mean.high - mean.low) / 2
    assert half_width(mean.comparison) == pytest.approx(2**0.5 * own, rel=0.01)
    few, many = (half_width(against("satisfied", 0.5, n).comparison) for n in (50, 5000))
    assert few**2 - many**2 == pytest.approx(1.96**2 * 0.25 * (1 / 50 - 1 / 5000), rel=0.01)


def test_odd_nps_is_not_compared_with_a_benchmark(engine, make, column):
    snapshot = make({"推荐": [9.0, 10.0, 3.0]}, [column("推荐", Role.NPS, (1, 10))])
    compare = Compare(Against.BENCHMARK, benchmarks=(Benchmark("nps", 30.0, n=100),))
    (cell,) = answer(engine, snapshot, Query(("nps",), compare=compare), OWNER).cells
    assert cell.comparison.call is None
    assert cell.comparison.difference is None


def test_subtotals(engine, shops):
    query = Query(("nps",), by=("门店",), grain=Grain.YEAR, subtotals=True)
    cells = answer(engine, shops, query, OWNER).cells
    totals = [c for c in cells if "门店" not in c.by]
    assert [c.by["period"] for c in totals] == ["2023-01-01", "2024-01-01"]
    assert totals[0].n == sum(
        c.n for c in cells if c.by.get("门店") and c.by["period"] == "2023-01-01"
    )


def test_flagged_rows_stay_out_unless_asked_for(engine, make, column):
    legend = [FlagMeaning("duplicate", 1, True, 2), FlagMeaning("speeder", 1, False, 2)]
    snapshot = make(
        {"推荐": [10.0, 10.0, 0.0, 0.0]},
        [column("推荐", Role.NPS, (0, 10))],
        flags=[1, 3, 2, 0],
        legend=legend,
    )
    kept = answer(engine, snapshot, Query(("nps",)), OWNER)
    assert (kept.cells[0].n, kept.data.rows, kept.data.used) == (2, 4, 2)
    assert kept.data.excluded == {"duplicate": 2}
    for include in (True, ("duplicate",)):
        every = answer(engine, snapshot, Query(("nps",), include_flagged=include), OWNER)
        assert (every.cells[0].n, dict(every.data.excluded)) == (4, {})


def test_repeated_customers_are_clusters(engine, make, column):
    data = {
        "客户": ["a", "a", "b", "b", "c", None, None],
        "总体": [5.0, 5.0, 1.0, 2.0, 3.0, 4.0, 1.0],
    }
    columns = [column("客户", Role.CUSTOMER), column("总体", Role.OVERALL, (1, 5))]
    result = answer(engine, make(data, columns), Query(("mean",)), OWNER)
    (cell,) = result.cells
    assert (cell.n, cell.n_customers) == (7, 5)
    assert cell.method.startswith("t, design")
    assert result.data.design["cluster"] == "客户"
    assert cell.degrees_of_freedom == 4


def test_customers_are_counted_where_they_are_not_the_clusters(engine, make, column):
    data = {
        "客户": ["a", "a", "b", "c", "d", "e"] * 4,
        "门店": ["东", "西", "南"] * 8,
        "总体": [5.0, 4.0, 1.0, 2.0, 3.0, None] * 4,
    }
    columns = [
        column("客户", Role.CUSTOMER),
        column("门店", Role.UNIT),
        column("总体", Role.OVERALL, (1, 5)),
    ]
    (cell,) = answer(engine, make(data, columns), Query(("mean",), cluster="门店"), OWNER).cells
    assert (cell.n, cell.n_customers) == (20, 4)


def test_customers_who_answer_once_are_no_clusters(engine, make, column):
    data = {
        "客户": [str(i) for i in range(50)] + ["0"],
        "总体": [float(i % 5 + 1) for i in range(51)],
    }
    columns = [column("客户", Role.CUSTOMER), column("总体", Role.OVERALL, (1, 5))]
    (cell,) = answer(engine, make(data, columns), Query(("mean",)), OWNER).cells
    assert (cell.n, cell.n_customers, cell.method) == (51, 50, "t")


def test_multi_select_groups_count_every_option(engine, make, column):
    data = {
        "原因": [["价格", "服务"], ["价格"], ["服务"], ["价格"], None, ["服务", "价格"]] * 5,
        "推荐": [9.0, 10.0, 2.0, 7.0, 9.0, 8.0] * 5,
    }
    columns = [column("原因", Role.CHOICE_SET), column("推荐", Role.NPS, (0, 10))]
    snapshot = make(data, columns)
    query = Query(("nps",), by=("原因",), compare=Compare(Against.REST))
    result = answer(engine, snapshot, query, OWNER)
    price = next(c for c in result.cells if c.by["原因"] == "价格")
    assert price.n == 20
    assert price.estimate == pytest.approx(50.0)
    # the rest are the rows without the option, each once
    assert price.comparison.reference == pytest.approx(100 * (5 - 5) / 10)
    assert result.data.used == 30


def test_groups_that_overlap_are_compared_with_their_covariance(engine, make, column):
    """Everyone who chose one option chose the other too: no difference and no error is left."""
    data = {"原因": [["价格", "服务"]] * 9 + [["价格"]], "推荐": [9.0, 1.0, 8.0] * 3 + [8.0]}
    columns = [column("原因", Role.CHOICE_SET), column("推荐", Role.NPS, (0, 10))]
    compare = Compare(Against.GROUP, "原因", "价格")
    result = answer(
        engine, make(data, columns), Query(("nps",), by=("原因",), compare=compare), OWNER
    )
    service = next(c for c in result.cells if c.by["原因"] == "服务")
    assert service.comparison.high - service.comparison.low < 60


def test_undated_answers_are_said(engine, make, column):
    snapshot = make(
        {"推荐": [9.0, 3.0, 8.0]},
        [column("推荐", Role.NPS, (0, 10))],
        days=[date(2024, 1, 1), date(2024, 1, 2), None],
    )
    result = answer(engine, snapshot, Query(("nps",), grain=Grain.MONTH), OWNER)
    assert result.data.used == 2
    assert any("1 answers have no date" in note.say("en") for note in result.notes)


def test_several_files_are_one_dataset(engine, make, column):
    data = {"推荐": [float(i % 11) for i in range(100)]}
    columns = [column("推荐", Role.NPS, (0, 10))]
    one, many = make(data, columns), make(data, columns, n_files=4)
    cells = [answer(engine, snapshot, Query(("nps",)), OWNER).cells[0] for snapshot in (one, many)]
    assert cells[0] == cells[1]


def test_corridor_fills_in_its_design(engine, csat_a):
    corridor = CorridorOverSnapshot(
        engine, csat_a, OWNER, weighting=Weighting("w"), strata="region", cluster="store"
    )
    (cell,) = corridor.answer(Query(("nps",))).cells
    assert cell.standard_error == pytest.approx(5.665122366027466)
    assert corridor.codebook is csat_a.codebook


def test_cross_products_are_pairwise(engine, csat_a):
    import pandas as pd

    table = pd.DataFrame(rows_of(csat_a))
    made = CorridorOverSnapshot(engine, csat_a, OWNER).cross_products(["nps", "csat", "spend"])
    both = table[["nps", "csat"]].dropna()
    assert made.n[0, 1] == len(both)
    assert made.mean[0, 1] == pytest.approx(both["nps"].mean())
    assert made.mean[1, 0] == pytest.approx(both["csat"].mean())
    assert made.covariance[0, 1] == pytest.approx(np.cov(both.T, ddof=0)[0, 1])
    assert made.covariance[2, 2] == pytest.approx(table["spend"].var(ddof=0))


def test_row_sample_is_the_same_in_every_run(engine, csat_a):
    corridor = CorridorOverSnapshot(engine, csat_a, OWNER)
    one, again = (corridor.row_sample(["nps"], texts=["segment"], maximum=50, seed=3) for _ in "ab")
    other = corridor.row_sample(["nps"], maximum=50, seed=4)
    assert (one.n, one.n_total) == (50, 912)
    assert np.array_equal(one.row, again.row)
    assert not np.array_equal(one.row, other.row)
    everyone = corridor.row_sample(["nps", "csat"])
    assert everyone.n == 912
    assert np.isnan(everyone.values[:, 0]).sum() == 13  # noqa: PD011 -- an array of ours


def test_level_counts(engine, csat_a):
    corridor = CorridorOverSnapshot(engine, csat_a, OWNER, weighting=Weighting("w"))
    counts = corridor.level_counts("segment", where=[Filter("region", "=", ("North",))])
    mine = [r for r in rows_of(csat_a) if r["region"] == "North"]
    assert sum(n for _, n, _ in counts) == len(mine)
    weight = {value: weight for value, _, weight in counts}["basic"]
    assert weight == pytest.approx(sum(r["w"] for r in mine if r["segment"] == "basic"))


@pytest.mark.parametrize(
    ("operator", "values", "kept"),
    [
        ("=", ("朋友",), [10.0, 9.0]),
        ("=", ("朋友", "广告"), [10.0, 9.0, 0.0]),
        ("!=", ("朋友",), [0.0, 3.0]),
        ("!=", ("朋友", "广告"), [3.0]),
    ],
)
def test_a_condition_on_a_multiple_choice_holds_for_any_of_its_values(
    engine, make, column, operator, values, kept
):
    """Who was not asked (null) meets neither; who chose several meets each of them."""
    data = {
        "途径": [["朋友", "广告"], ["朋友"], ["广告"], ["门店"], None],
        "推荐": [10.0, 9.0, 0.0, 3.0, 7.0],
    }
    snapshot = make(data, [column("途径", Role.CHOICE_SET), column("推荐", Role.NPS, (0, 10))])
    query = Query(metrics=("mean:推荐",), where=(Filter("途径", operator, values),))
    (cell,) = answer(engine, snapshot, query, OWNER).cells
    assert cell.n == len(kept)
    if len(kept) > 1:
        assert cell.estimate == pytest.approx(np.mean(kept))


def test_who_did_not_is_asked_by_the_opposite_word_of_an_outcome(engine, make, column):
    columns = [column("续约", Role.OUTCOME, events=("是",)), column("推荐", Role.NPS, (0, 10))]
    snapshot = make({"续约": [1.0] * 30 + [0.0] * 10 + [None] * 5, "推荐": [9.0] * 45}, columns)
    asked = Query(("share:续约=是", "share:续约=否"))
    did, did_not = (cell.estimate for cell in answer(engine, snapshot, asked, OWNER).cells)
    assert (did, did_not) == (pytest.approx(0.75), pytest.approx(0.25))
    only = Query(("nps",), where=(Filter("续约", "=", ("否",)),))
    assert answer(engine, snapshot, only, OWNER).cells[0].n == 10
    with pytest.raises(QueryError, match="没续"):
        answer(engine, snapshot, Query(("share:续约=没续",)), OWNER)
