"""Wrong numbers without an error: each test is named by what must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Role, Scale
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.comparing.references import reference
from huiyin.measure.comparing.sides import Level, find_sides
from huiyin.measure.contracts import (
    Against,
    Compare,
    Filter,
    Grain,
    Margin,
    Query,
    QueryError,
    Viewer,
    Weighting,
)
from huiyin.measure.dataset import Dataset
from huiyin.measure.fetching import fetch
from huiyin.measure.run import answer
from huiyin.measure.task import prepare

OWNER = Viewer.owner()
NUMBERS = ("estimate", "low", "high", "n", "standard_error")


def same(one, two, rel=1e-9):
    return all(
        getattr(one, name) == pytest.approx(getattr(two, name), rel=rel, abs=1e-9)
        for name in NUMBERS
    )


def test_small_integers_do_not_overflow(engine, make, column):
    """Products of int8 levels overflow: 100 · 100 is not −16."""
    levels = [float(v) for v in (0, 100, 100, 90, 127, 3) * 30]
    columns = [column("分", Role.OVERALL, (0, 127)), column("客户", Role.CUSTOMER)]
    for kind in (pa.int8(), pa.uint8(), pa.int16(), pa.float32(), pa.decimal128(5, 1)):
        customers = [str(i // 2) for i in range(len(levels))]
        typed = pa.array(
            [Decimal(int(v)) for v in levels]
            if pa.types.is_decimal(kind)
            else [int(v) for v in levels]
            if pa.types.is_integer(kind)
            else levels,
            kind,
        )
        for data in ({"分": typed}, {"分": typed, "客户": customers}):
            snapshot = make(data, columns[: len(data)])
            (cell,) = answer(engine, snapshot, Query(("mean",)), OWNER).cells
            assert cell.estimate == pytest.approx(np.mean(levels))
        (cell,) = answer(engine, make({"分": typed}, columns[:1]), Query(("mean",)), OWNER).cells
        assert cell.standard_error == pytest.approx(np.std(levels, ddof=1) / len(levels) ** 0.5)


def test_amounts_near_a_million_keep_their_variance(engine, make, column):
    """Raw squares of amounts near 1e6 lose all digits of a variance of 0.083."""
    rng = np.random.default_rng(1)
    amounts = [Decimal(f"{1e6 + v:.4f}") for v in rng.random(5000)]
    data = {"金额": pa.array(amounts, pa.decimal128(18, 4))}
    (cell,) = answer(
        engine, make(data, [column("金额", Role.AMOUNT)]), Query(("mean:金额",)), OWNER
    ).cells
    floats = np.array([float(a) for a in amounts])
    assert cell.standard_error == pytest.approx(np.std(floats, ddof=1) / 5000**0.5, rel=1e-6)
    assert cell.estimate == pytest.approx(floats.mean(), rel=1e-12)


@pytest.fixture
def survey(make, column):
    rng = np.random.default_rng(11)
    n = 400
    data = {
        "推荐": [float(v) if v < 11 else None for v in rng.integers(0, 12, n)],
        "总体": [float(v) for v in rng.integers(1, 6, n)],
        "组": [("甲", "乙", "丙")[v] for v in rng.integers(0, 3, n)],
        "店": [f"s{v}" for v in rng.integers(0, 40, n)],
        "一": [1.0] * n,
        "三": [3.0] * n,
        "权": [float(v) for v in rng.uniform(0.5, 2, n)],
        "行": [str(i) for i in range(n)],
        "层": ["全部"] * n,
    }
    columns = [
        column("推荐", Role.NPS, (0, 10)),
        column("总体", Role.OVERALL, (1, 5)),
        column("组", Role.DIMENSION),
        column("店", Role.CLUSTER),
        *(column(name, Role.WEIGHT) for name in ("一", "三", "权")),
        column("行", Role.ID),
        column("层", Role.STRATA),
    ]
    days = [date(2024, 1 + i % 6, 1 + i % 28) for i in range(n)]
    return make(data, columns, days=days)


def test_weights_of_one_change_no_estimate(engine, survey):
    plain = Query(("mean", "score", "nps", "satisfied"), by=("组",))
    weighted = replace(plain, weighting=Weighting("一"))
    for one, two in zip(
        answer(engine, survey, plain, OWNER).cells,
        answer(engine, survey, weighted, OWNER).cells,
        strict=True,
    ):
        assert one.estimate == pytest.approx(two.estimate)
        assert one.n == two.n == two.n_effective


def test_small_integer_weights_do_not_overflow(engine, make, column):
    columns = [column("总体", Role.OVERALL, (1, 5)), column("权", Role.WEIGHT)]
    levels, weights = [1.0, 5.0, 4.0, 2.0] * 10, [100, 50, 127, 1] * 10
    cells = [
        answer(
            engine,
            make({"总体": levels, "权": pa.array(weights, kind)}, columns),
            Query(("mean",), weighting=Weighting("权")),
            OWNER,
        ).cells[0]
        for kind in (pa.int8(), pa.float64())
    ]
    assert same(*cells)


def test_only_ratios_of_weights_matter(engine, survey):
    cells = [
        answer(engine, survey, Query(("nps", "mean"), weighting=Weighting(name)), OWNER).cells
        for name in ("一", "三")
    ]
    assert all(same(one, two) for one, two in zip(*cells, strict=True))


def test_every_row_its_own_cluster_is_no_cluster(engine, survey):
    plain = Query(("nps", "mean", "satisfied"), by=("组",), weighting=Weighting("权"))
    clustered = replace(plain, cluster="行")
    for one, two in zip(
        answer(engine, survey, plain, OWNER).cells,
        answer(engine, survey, clustered, OWNER).cells,
        strict=True,
    ):
        assert same(one, two)


def test_one_stratum_is_no_stratum(engine, survey):
    plain = Query(("nps", "mean"), cluster="店", weighting=Weighting("权"))
    stratified = replace(plain, strata="层")
    for one, two in zip(
        answer(engine, survey, plain, OWNER).cells,
        answer(engine, survey, stratified, OWNER).cells,
        strict=True,
    ):
        assert same(one, two)


def test_a_metric_does_not_depend_on_its_company(engine, survey):
    alone = answer(engine, survey, Query(("nps",)), OWNER).cells[0]
    index = {"总体": 1.0, "推荐": 1.0}
    together = answer(engine, survey, Query(("index", "nps"), index_weights=index), OWNER).cells[1]
    assert same(alone, together)
    assert alone.method == together.method


def test_margins_that_are_already_met_change_no_estimate(engine, survey):
    counts = {"甲": 0.0, "乙": 0.0, "丙": 0.0}
    import pyarrow.parquet as pq

    for value in pq.read_table(survey.files[0])["组"].to_pylist():
        counts[value] += 1
    query = Query(("mean",), weighting=Weighting(margins=(Margin("组", counts),)))
    raked = answer(engine, survey, query, OWNER).cells[0]
    plain = answer(engine, survey, Query(("mean",)), OWNER).cells[0]
    assert raked.estimate == pytest.approx(plain.estimate)


def test_raked_groups_meet_their_margins(engine, survey):
    shares = {"甲": 0.6, "乙": 0.3, "丙": 0.1}
    weighting = Weighting(margins=(Margin("组", shares),))
    for name, share in shares.items():
        (cell,) = answer(
            engine, survey, Query((f"share:组={name}",), weighting=weighting), OWNER
        ).cells
        assert cell.estimate == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize(
    ("shares", "said"),
    [({"甲": 0.5, "乙": 0.5}, "丙"), ({"甲": 0.4, "乙": 0.3, "丙": 0.2, "丁": 0.1}, "丁")],
)
def test_margins_that_do_not_fit_are_refused(engine, survey, shares, said):
    query = Query(("mean",), weighting=Weighting(margins=(Margin("组", shares),)))
    with pytest.raises(QueryError, match=said):
        answer(engine, survey, query, OWNER)


def test_negative_weights_are_refused_and_missing_ones_counted(engine, make, column):
    columns = [column("总体", Role.OVERALL, (1, 5)), column("权", Role.WEIGHT)]
    bad = make({"总体": [1.0, 2.0, 3.0], "权": [1.0, -1.0, 2.0]}, columns)
    with pytest.raises(QueryError, match="below 0"):
        answer(engine, bad, Query(("mean",), weighting=Weighting("权")), OWNER)
    some = make({"总体": [1.0, 2.0, 5.0, 3.0], "权": [1.0, None, 2.0, 0.0]}, columns)
    result = answer(engine, some, Query(("mean",), weighting=Weighting("权")), OWNER)
    assert result.data.weighting["without_weight"] == 2
    assert (result.cells[0].n, result.cells[0].estimate) == (2, pytest.approx(11 / 3))


def test_a_missing_answer_is_neither_good_nor_bad(engine, make, column):
    columns = [column("总体", Role.OVERALL, (1, 5)), column("推荐", Role.NPS, (0, 10))]
    snapshot = make({"总体": [5.0, None, 1.0, 5.0], "推荐": [None, 10.0, 0.0, 7.0]}, columns)
    metrics = ("satisfied", "dissatisfied", "nps", "mean")
    for query in (Query(metrics), Query(metrics, cluster="推荐")):
        cells = {c.metric: c for c in answer(engine, snapshot, query, OWNER).cells}
        assert cells["satisfied"].estimate == pytest.approx(2 / 3)
        assert cells["dissatisfied"].estimate == pytest.approx(1 / 3)
        assert cells["nps"].estimate == pytest.approx(0)
        assert {c.n for c in cells.values()} == {3}


def test_rows_whose_cluster_is_unknown_are_not_one_big_cluster(engine, make, column):
    rng = np.random.default_rng(5)
    data = {
        "总体": [float(v) for v in rng.integers(1, 6, 300)],
        "客户": [str(i // 2) if i < 100 else None for i in range(300)],
    }
    columns = [column("总体", Role.OVERALL, (1, 5)), column("客户", Role.CUSTOMER)]
    (cell,) = answer(engine, make(data, columns), Query(("mean",)), OWNER).cells
    assert cell.n_customers == 250
    assert cell.degrees_of_freedom == 249


def test_the_same_cluster_name_in_two_strata_is_two_clusters(engine, make, column):
    data = {
        "总体": [float(i % 5 + 1) for i in range(80)],
        "店": [f"{i % 10}" for i in range(80)],
        "区": ["东" if i < 40 else "西" for i in range(80)],
    }
    columns = [
        column("总体", Role.OVERALL, (1, 5)),
        column("店", Role.CLUSTER),
        column("区", Role.STRATA),
    ]
    (cell,) = answer(
        engine, make(data, columns), Query(("mean",), strata="区", cluster="店"), OWNER
    ).cells
    assert cell.degrees_of_freedom == 18


def test_a_group_inside_one_cluster_has_no_error(engine, make, column):
    data = {
        "总体": [float(i % 5 + 1 if i % 10 else 1 + i // 10) for i in range(40)],
        "店": [f"{i // 10}" for i in range(40)],
        "组": ["甲" if i < 10 else "乙" for i in range(40)],
    }
    columns = [
        column("总体", Role.OVERALL, (1, 5)),
        column("店", Role.CLUSTER),
        column("组", Role.UNIT),
    ]
    query = Query(("mean",), by=("组",), cluster="店")
    cells = {c.by["组"]: c for c in answer(engine, make(data, columns), query, OWNER).cells}
    assert cells["甲"].not_estimable.reason == "one_cluster"
    assert cells["乙"].flags == ("small_sample",)


@pytest.mark.parametrize(
    ("values", "reason"),
    [([None, None], "no_answers"), ([4.0, None], "one_answer"), ([4.0, 4.0, 4.0], "constant")],
)
def test_what_cannot_be_estimated_is_not_zero(engine, make, column, values, reason):
    data = {"总体": pa.array(values, pa.float64())}
    (cell,) = answer(
        engine, make(data, [column("总体", Role.OVERALL, (1, 5))]), Query(("score",)), OWNER
    ).cells
    assert cell.not_estimable.reason == reason
    assert (cell.estimate, cell.low, cell.high) == (None, None, None)


def test_no_rows_is_no_answer(engine, make, column):
    data = {"总体": pa.array([], pa.float64())}
    (cell,) = answer(
        engine, make(data, [column("总体", Role.OVERALL, (1, 5))]), Query(("score",)), OWNER
    ).cells
    assert cell.not_estimable.reason == "no_answers"


def test_everyone_satisfied_is_not_certainty(engine, make, column):
    data = {"总体": [5.0] * 8}
    (cell,) = answer(
        engine, make(data, [column("总体", Role.OVERALL, (1, 5))]), Query(("satisfied",)), OWNER
    ).cells
    assert cell.estimate == 1
    assert cell.low < 0.8


def test_two_groups_of_ten_equal_answers_are_not_called_stable(engine, make, column):
    data = {"总体": [5.0] * 20, "组": ["甲", "乙"] * 10}
    columns = [column("总体", Role.OVERALL, (1, 5)), column("组", Role.UNIT)]
    compare = Compare(Against.GROUP, "组", "甲")
    result = answer(
        engine, make(data, columns), Query(("satisfied",), by=("组",), compare=compare), OWNER
    )
    calls = [c.comparison.call for c in result.cells if c.comparison]
    assert calls == ["cannot_tell"]


def test_order_of_rows_and_split_of_files_change_nothing(engine, survey, make):
    import pyarrow.parquet as pq

    table = pq.read_table(survey.files[0])
    shuffled = table.take(np.random.default_rng(2).permutation(table.num_rows))
    days = shuffled["_answered_on"].to_pylist()
    kept = shuffled.drop(["_row", "_source", "_flags", "_answered_on"])
    again = make(kept, survey.codebook.columns, days=days, n_files=3)
    query = Query(
        ("nps", "mean", "satisfied"),
        by=("组",),
        grain=Grain.QUARTER,
        cluster="店",
        compare=Compare(Against.PREVIOUS),
    )
    for one, two in zip(
        answer(engine, survey, query, OWNER).cells,
        answer(engine, again, query, OWNER).cells,
        strict=True,
    ):
        assert same(one, two)
        assert (one.comparison and one.comparison.call) == (two.comparison and two.comparison.call)


def test_periods_that_share_clusters_are_compared_with_their_covariance(engine, make, column):
    """The same shops each month, all five points apart: the difference has little error."""
    rng = np.random.default_rng(3)
    level = rng.normal(50, 25, 60)
    data = {
        "总体": [
            float(np.clip(v, 0, 100) + m + (i * v) % 1)
            for m in (0.0, 5.0)
            for v in level
            for i in range(int(m) * 3, int(m) * 3 + 3)
        ],
        "店": [f"{i}" for _ in range(2) for i in range(60) for _ in range(3)],
    }
    days = [date(2024, m, 2) for m in (1, 2) for _ in range(180)]
    columns = [column("总体", Role.OVERALL, (0, 110)), column("店", Role.CLUSTER)]
    query = Query(("mean",), grain=Grain.MONTH, cluster="店", compare=Compare(Against.PREVIOUS))
    january, february = answer(engine, make(data, columns, days=days), query, OWNER).cells
    assert february.comparison.difference == pytest.approx(5, abs=0.5)
    width = february.comparison.high - february.comparison.low
    assert width < 0.1 * (january.high - january.low)


def test_text_that_looks_like_sql_is_a_value(engine, make, column):
    nasty = "'; DROP TABLE x; --"
    data = {"组": [nasty, "乙"] * 5, "推荐": [9.0, 1.0, 8.0, 7.0, 10.0] * 2}
    columns = [column("组", Role.UNIT), column("推荐", Role.NPS, (0, 10))]
    query = Query(("nps", f"share:组={nasty}"), where=(Filter("组", "=", (nasty,)),))
    nps, share = answer(engine, make(data, columns), query, OWNER).cells
    assert (nps.n, share.estimate) == (5, 1.0)


def test_column_names_of_our_own_do_not_collide(engine, make, column):
    data = {name: ["a", "b"] * 6 for name in ("k0", "n0", "estimate", "_weight", "value")}
    data["总体"] = [float(i % 5 + 1) for i in range(12)]
    columns = [column(name, Role.DIMENSION) for name in data if name != "总体"]
    columns.append(column("总体", Role.OVERALL, (1, 5)))
    snapshot = make(data, columns)
    for name in ("k0", "n0", "estimate", "value"):
        cells = answer(engine, snapshot, Query(("mean",), by=(name,), cluster="k0"), OWNER).cells
        assert sum(c.n for c in cells) == 12
        assert len(answer(engine, snapshot, Query(("mean",), by=(name,)), OWNER).to_pandas()) == 2


def test_levels_group_as_people_write_them(engine, make, column):
    data = {"总体": [1.0, 2.0, 5.0, 5.0] * 3, "推荐": [9.0, 3.0, 8.0, 10.0] * 3}
    columns = [column("总体", Role.OVERALL, (1, 5)), column("推荐", Role.NPS, (0, 10))]
    snapshot = make(data, columns)
    cells = answer(engine, snapshot, Query(("nps",), by=("总体",)), OWNER).cells
    assert [c.by["总体"] for c in cells] == ["1", "2", "5"]
    compare = Compare(Against.GROUP, "总体", "5")
    compared = answer(engine, snapshot, Query(("nps",), by=("总体",), compare=compare), OWNER).cells
    assert compared[-1].comparison is None


def test_scale_is_that_of_the_codebook_not_of_the_answers(engine, make, column):
    snapshot = make({"总体": [2.0, 3.0, 4.0]}, [column("总体", Role.OVERALL, (1, 5))])
    (cell,) = answer(engine, snapshot, Query(("score",)), OWNER).cells
    assert cell.estimate == pytest.approx(50)
    assert snapshot.codebook["总体"].scale == Scale(1, 5)


ONE_SIDED = [5.0] * 80 + [4.0] * 15 + [3.0] * 3 + [2.0, 1.0]


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("design", [{}, {"cluster": "行"}, {"weighting": Weighting("权")}])
def test_one_sided_answers_are_a_small_sample_for_a_t_interval(engine, make, column, times, design):
    """Cochran: 25 · G1² is 239 for these levels; a share needs no such rule."""
    values = ONE_SIDED * times
    data = {
        "总体": values,
        "行": [f"{i}" for i in range(len(values))],
        "权": [1.0] * len(values),
    }
    columns = [
        column("总体", Role.OVERALL, (1, 5)),
        column("行", Role.CLUSTER),
        column("权", Role.WEIGHT),
    ]
    query = Query(("mean", "score", "satisfied"), **design)
    mean, score, share = answer(engine, make(data, columns), query, OWNER).cells
    expected = ("small_sample",) if times == 2 else ()
    assert mean.flags == score.flags == expected
    assert share.flags == ()


def test_one_sided_nps_is_a_small_sample_under_a_design_only(engine, make, column):
    values = [10.0] * 85 + [8.0] * 12 + [2.0] * 3
    data = {"推荐": values, "权": [1.0] * 100}
    columns = [column("推荐", Role.NPS, (0, 10)), column("权", Role.WEIGHT)]
    snapshot = make(data, columns)
    (plain,) = answer(engine, snapshot, Query(("nps",)), OWNER).cells
    (weighted,) = answer(engine, snapshot, Query(("nps",), weighting=Weighting("权")), OWNER).cells
    assert (plain.flags, weighted.flags) == ((), ("small_sample",))


def test_each_group_is_as_one_sided_as_its_own_answers(engine, make, column):
    data = {"总体": [*ONE_SIDED, *[1.0, 3.0, 5.0, 4.0] * 20], "组": ["甲"] * 100 + ["乙"] * 80}
    snapshot = make(data, [column("总体", Role.OVERALL, (1, 5)), column("组", Role.DIMENSION)])
    by_group = {
        c.by["组"]: c.flags
        for c in answer(engine, snapshot, Query(("mean",), by=("组",)), OWNER).cells
    }
    assert by_group == {"甲": ("small_sample",), "乙": ()}


def test_effective_n_is_never_above_what_the_weights_leave(engine, make, column):
    """Clusters that hold one of each look surer than rows; unequal weights still cost."""
    n = 200
    data = {
        "总体": [1.0 if i % 2 else 5.0 for i in range(n - 1)] + [4.0],
        "店": [f"{i // 2}" for i in range(n)],
        "权": [1.0 + 3.0 * (i // 2 % 2) for i in range(n)],
    }
    columns = [
        column("总体", Role.OVERALL, (1, 5)),
        column("店", Role.CLUSTER),
        column("权", Role.WEIGHT),
    ]
    query = Query(("mean",), cluster="店", weighting=Weighting("权"))
    (cell,) = answer(engine, make(data, columns), query, OWNER).cells
    kish = sum(data["权"]) ** 2 / sum(w * w for w in data["权"])
    assert cell.n_effective == pytest.approx(kish)


def test_the_rest_has_its_own_customers(engine, make, column):
    """The minimum counts customers: a rest of few is few, however many the whole has."""
    data = {
        "总体": [float(1 + i % 5) for i in range(80)],
        "客户": [f"{i // 2}" if i < 60 else f"{40 + i % 5}" for i in range(80)],
        "组": ["甲"] * 60 + ["乙"] * 20,
    }
    columns = [
        column("总体", Role.OVERALL, (1, 5)),
        column("客户", Role.CUSTOMER),
        column("组", Role.DIMENSION),
    ]
    query = Query(("mean",), by=("组",), compare=Compare(Against.REST))
    task = prepare(Dataset(engine, make(data, columns)), query, OWNER)
    cells = CellSet(("组",))
    fetched = fetch(task.dataset, task.drawn, cells, task.wanted)
    keys = (("甲",), ("乙",))
    level = Level(cells, keys, fetched.moments.take(keys), fetched, ())
    rest = find_sides(task, level, reference(task.dataset, cells, query.compare, None))
    assert rest.moments.customers.tolist() == [[5.0, 30.0]]
