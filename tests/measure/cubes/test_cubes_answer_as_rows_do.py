"""Whatever is asked, and by whom: a cube gives the numbers, and hides the cells, that rows do."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st
from same_answers import assert_same, outcome

from huiyin.codebook.contracts import Role
from huiyin.engine.contracts import FlagMeaning
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.contracts import Against, Compare, Filter, Grain, Query, Viewer, Weighting
from huiyin.measure.cubes import thin
from huiyin.measure.cubes.answers import RowAnswers
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.dataset import Dataset
from huiyin.measure.hiding import differences
from huiyin.measure.periods import Window
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.measure.task import prepare

N = 700
FIRST = date(2025, 1, 6)
LEGEND = (FlagMeaning("speeder", 1, True, 60), FlagMeaning("straight", 1, False, 90))
MANY = int(os.environ.get("HUIYIN_EXAMPLES", "12"))


def some(values, missing, rng):
    return [None if rng.random() < missing else v for v in values]


@pytest.fixture(scope="module", params=["twice", "often", "nobody"])
def snapshot(request, snapshots, tmp_path_factory):
    rng = np.random.default_rng(len(request.param))
    people = {"twice": 690, "often": 120, "nobody": 1}[request.param]
    nps = some(map(float, rng.integers(0, 11, N)), 0.1, rng)
    data = {
        "推荐": pa.array(nps, pa.float64()),
        "满意": pa.array(some(map(float, rng.integers(1, 6, N)), 0.2, rng), pa.float64()),
        "速度": pa.array(some(map(float, rng.integers(1, 6, N)), 0.1, rng), pa.float64()),
        "环境": pa.array(some(map(float, rng.integers(1, 6, N)), 0.1, rng), pa.float64()),
        "友商速度": pa.array(some(map(float, rng.integers(1, 6, N)), 0.4, rng), pa.float64()),
        "友商环境": some((f"{v}" for v in rng.integers(0, 6, N)), 0.6, rng),
        "金额": pa.array(some(rng.lognormal(5, 1, N).round(2).tolist(), 0.1, rng), pa.float64()),
        "店": some((f"店{i}" for i in rng.integers(0, 9, N) ** 2 // 8), 0.05, rng),
        "渠道": some(rng.choice(["门店", "应用", "电话"], N, p=[0.7, 0.28, 0.02]).tolist(), 0, rng),
        "客户": some((f"c{i}" for i in rng.integers(0, people, N)), 0.03, rng),
    }
    column = snapshots.column
    columns = [
        column("推荐", Role.NPS, (0, 10)),
        column("满意", Role.CSAT, (1, 5)),
        column("速度", Role.ASPECT, (1, 5)),
        column("环境", Role.ASPECT, (1, 5)),
        column("友商速度", Role.META, (1, 5)),
        column("友商环境", Role.META, (1, 5)),
        column("金额", Role.AMOUNT),
        column("店", Role.UNIT),
        column("渠道", Role.DIMENSION),
        column("客户", Role.DIMENSION if request.param == "nobody" else Role.CUSTOMER),
    ]
    days = some((FIRST + timedelta(days=int(i)) for i in rng.integers(0, 400, N)), 0.04, rng)
    flags = ((rng.random(N) < 0.08) * 1 + (rng.random(N) < 0.12) * 2).tolist()
    folder = tmp_path_factory.mktemp(request.param)
    return snapshots.write_snapshot(
        folder, data, columns, days=days, flags=flags, legend=LEGEND, n_files=3
    )


@pytest.fixture(scope="module")
def cube_of(snapshot, tmp_path_factory):
    return Cube(tmp_path_factory.mktemp(snapshot.id) / "kept")


METRICS = ("nps", "satisfied:满意", "mean:推荐", "score:满意", "mean:金额", "index",
           "share:渠道=应用", "dissatisfied:速度")  # fmt: skip
FILTERS = (
    Filter("店", "=", ("店0", "店2")), Filter("店", "!=", ("店0",)), Filter("渠道", "=", ("电话",)),
    Filter("满意", ">=", ("4",)), Filter("推荐", "<", ("7",)), Filter("店", ">", ("店1",)),
    Filter("金额", ">", ("500",)), Filter("店", "=", ("没有的店",)),
)  # fmt: skip
COMPARES = (
    None, Compare(Against.PREVIOUS), Compare(Against.YEAR_AGO), Compare(Against.REST),
    Compare(Against.GROUP, "店", "店1"), Compare(Against.SAME_WEEKDAYS),
    Compare(Against.WINDOW, since=date(2025, 1, 1), until=date(2025, 6, 30)),
)  # fmt: skip
RATED = ("mean:速度", "score:环境", "satisfied:速度", "dissatisfied:速度")
VIEWERS = (
    Viewer.owner(), Viewer("staff", 10), Viewer("east", 10, (Filter("店", "=", ("店0", "店1")),)),
    Viewer("few", 25, (Filter("店", "=", ("店3",)), Filter("渠道", "=", ("门店",)))),
)  # fmt: skip
DAYS = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2026, 3, 1)))
QUERIES = st.builds(
    Query,
    metrics=st.lists(st.sampled_from(METRICS), min_size=1, max_size=2, unique=True).map(tuple),
    by=st.lists(st.sampled_from(["店", "渠道", "满意"]), max_size=2, unique=True).map(tuple),
    where=st.lists(st.sampled_from(FILTERS), max_size=2, unique=True).map(tuple),
    since=DAYS,
    until=DAYS,
    grain=st.sampled_from([None, None, Grain.MONTH, Grain.WEEK, Grain.QUARTER, Grain.YEAR]),
    compare=st.sampled_from(COMPARES),
    cluster=st.sampled_from([None, None, None, "店"]),
    include_flagged=st.sampled_from([False, False, True, ("speeder",)]),
    exclude_flagged=st.sampled_from([(), (), ("straight",)]),
    subtotals=st.booleans(),
)


@settings(max_examples=MANY, phases=[Phase.reuse, Phase.generate])
@given(query=QUERIES, viewer=st.sampled_from(VIEWERS), looked_at=st.sampled_from([20, 20_000]))
def test_a_cube_answers_as_the_rows_do(engine, snapshot, cube_of, query, viewer, looked_at):
    if query.index_weights == {} and "index" in query.metrics:
        query = replace(query, index_weights={"速度": 2.0, "环境": 1.0})
    of_rows = outcome(CorridorOverSnapshot(engine, snapshot, viewer), query)
    with patch.object(thin, "_LOOKED_AT", looked_at):
        of_cube = outcome(CorridorOverSnapshot(engine, snapshot, viewer).with_cube(cube_of), query)
    event("answered" if "cells" in of_rows else "refused")
    assert_same(of_cube, of_rows)


@settings(max_examples=MANY, phases=[Phase.reuse, Phase.generate])
@given(
    query=QUERIES,
    rated=st.lists(st.sampled_from(RATED), min_size=1, max_size=3, unique=True).map(tuple),
    viewer=st.sampled_from(VIEWERS),
)
def test_a_cube_pairs_with_a_competitor_as_the_rows_do(
    engine, snapshot, cube_of, query, rated, viewer
):
    query = replace(query, metrics=rated, compare=Compare(Against.COMPETITOR))
    of_rows = outcome(CorridorOverSnapshot(engine, snapshot, viewer), query)
    of_cube = outcome(CorridorOverSnapshot(engine, snapshot, viewer).with_cube(cube_of), query)
    event("answered" if "cells" in of_rows else "refused")
    assert_same(of_cube, of_rows)


def test_pairs_with_a_competitor_are_coded_once_for_all_questions(engine, snapshot, cube_of):
    paired = Compare(Against.COMPETITOR)
    query = Query(("mean:速度", "score:环境"), ("店",), compare=paired)
    for by in (query.by, ("渠道",), ()):
        coding = CorridorOverSnapshot(engine, snapshot, VIEWERS[1]).with_cube(cube_of)
        coding.answer(query if by == query.by else Query(("mean:速度",), by))

    class Plans:
        """An engine that plans, and reads nothing."""

        def __getattr__(self, name):
            assert name != "run", "the rows were read"
            return getattr(engine, name)

    for metrics, by in ((query.metrics[1:], ("渠道",)), (query.metrics[:1], ())):
        other = replace(query, metrics=metrics, by=by)
        kept = CorridorOverSnapshot(Plans(), snapshot, VIEWERS[1]).with_cube(Cube(cube_of.folder))
        of_rows = CorridorOverSnapshot(engine, snapshot, VIEWERS[1])
        assert_same(kept.answer(other).to_json(), of_rows.answer(other).to_json())


def test_the_queries_are_answered_from_the_cube_and_it_is_kept(engine, snapshot, cube_of):
    query = Query(("nps", "satisfied:满意"), by=("店",), where=FILTERS[3:4], grain=Grain.MONTH)
    task = prepare(Dataset(engine, snapshot, cube=cube_of), query, VIEWERS[2])
    assert task.drawn.source is not None

    class Nothing:
        """An engine that nothing may be asked of."""

        limits = engine.limits

    again = Cube(cube_of.folder)
    viewer = VIEWERS[2]
    kept = CorridorOverSnapshot(Nothing(), snapshot, viewer).with_cube(again)
    of_rows = CorridorOverSnapshot(engine, snapshot, viewer)
    assert_same(kept.answer(query).to_json(), of_rows.answer(query).to_json())


@pytest.mark.parametrize(
    "query",
    [Query(("nps",), strata="店"), Query(("nps",), weighting=Weighting(column="金额"))],
)
def test_what_a_cube_cannot_tell_is_asked_of_the_rows(engine, snapshot, cube_of, query):
    task = prepare(Dataset(engine, snapshot, cube=cube_of), query, Viewer.owner())
    assert task.drawn.source is None
    of_rows = CorridorOverSnapshot(engine, snapshot, Viewer.owner())
    assert_same(outcome(of_rows.with_cube(cube_of), query), outcome(of_rows, query))


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("grain", [None, Grain.QUARTER])
def test_a_cube_hides_what_rows_hide_where_it_looks_at_a_few_rows_first(
    engine, snapshot, cube_of, viewer, grain, monkeypatch
):
    monkeypatch.setattr(thin, "_LOOKED_AT", 25)
    many = (*FILTERS[:7], Filter("速度", ">=", ("2",)), Filter("环境", "<=", ("4",)))
    until = date(2025, 12, 20)
    for where, last in (((), None), ((), until), (FILTERS[:1], None), (FILTERS[4:6], until),
                        (many, None)):  # fmt: skip
        query = Query(("nps", "satisfied:满意"), ("店",), where, date(2025, 2, 1), last, grain)
        of_rows = CorridorOverSnapshot(engine, snapshot, viewer)
        assert_same(outcome(of_rows.with_cube(cube_of), query), outcome(of_rows, query))


def test_what_several_sums_go_by_is_found_once(engine, snapshot, cube_of):
    query = Query(("satisfied:满意",), by=("店",))
    task = prepare(Dataset(engine, snapshot, cube=cube_of), query, Viewer.owner())
    cells = CellSet(("店",), (), Window(None, None))
    placed = task.drawn.source.placed(task.dataset, cells)
    answers, (value,) = RowAnswers(task.dataset, cube_of, placed), task.wanted.values
    assert answers.of(value) is answers.of(value)
    assert answers.units("渠道") is answers.units("渠道")


@pytest.mark.parametrize("grain", [None, Grain.MONTH])
def test_rows_beside_a_window_are_looked_at_as_runs_of_days(
    engine, snapshot, cube_of, grain, monkeypatch
):
    def every_row(*_parts):
        pytest.fail("every row was held against the window")

    monkeypatch.setattr(differences, "failed_parts", every_row)
    query = Query(("nps",), ("店",), since=date(2025, 2, 3), until=date(2025, 11, 20), grain=grain)
    of_rows = CorridorOverSnapshot(engine, snapshot, VIEWERS[1])
    assert_same(outcome(of_rows.with_cube(cube_of), query), outcome(of_rows, query))


@pytest.mark.parametrize("grain", [None, Grain.MONTH])
def test_rows_that_a_filter_leaves_out_are_looked_at_in_the_groups_that_are_asked_about(
    engine, snapshot, cube_of, grain, monkeypatch
):
    looked_at, whole = [], differences.counted_outside

    def counted(dataset, cube, within, *parts):
        looked_at.append({key[0] for key in within.keys})
        return whole(dataset, cube, within, *parts)

    monkeypatch.setattr(differences, "counted_outside", counted)
    where = (Filter("店", "=", ("店1", "店4")), FILTERS[0])
    query = Query(("nps",), ("店",), where, since=date(2025, 2, 3), grain=grain)
    of_rows = CorridorOverSnapshot(engine, snapshot, VIEWERS[1])
    assert_same(outcome(of_rows.with_cube(cube_of), query), outcome(of_rows, query))
    assert looked_at
    assert all(groups <= {"店1", "店4"} for groups in looked_at)
