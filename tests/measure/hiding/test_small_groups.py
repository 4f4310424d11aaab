from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Filter, Grain, Query, QueryError, Viewer
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.hiding.suppression import hidden_cells
from huiyin.measure.run import CorridorOverSnapshot, answer

STAFF = Viewer("staff", minimum_n=10)


def hide(counts, minimum=10):
    (hidden,) = hidden_cells([counts], minimum, n_groups=[1])
    return {key[0] for key in hidden}


def test_owner_sees_everything():
    assert hide({("a",): 1, ("b",): 2}, minimum=1) == set()


def test_a_small_cell_takes_the_next_smallest_along():
    assert hide({("a",): 30, ("b",): 12, ("c",): 4}) == {"b", "c"}


def test_two_small_cells_that_make_enough_stand_alone():
    assert hide({("a",): 30, ("b",): 7, ("c",): 6}) == {"b", "c"}


def test_two_small_cells_that_do_not_make_enough_take_a_third():
    assert hide({("a",): 30, ("b",): 20, ("c",): 3, ("d",): 4}) == {"b", "c", "d"}


@pytest.mark.parametrize("minimum", [5, 25])
def test_what_is_hidden_says_from_how_many_it_would_be_shown(engine, snapshots, tmp_path, minimum):
    columns = [snapshots.column("nps", Role.NPS, (0, 10))]
    snapshot = snapshots.write_snapshot(tmp_path, {"nps": [9] * (minimum - 1)}, columns)
    (cell,) = answer(engine, snapshot, Query(("nps",)), Viewer("staff", minimum)).to_json()["cells"]
    assert (cell["not_estimable"], cell["minimum_n"]) == ("suppressed", max(minimum, 10))


def test_a_rest_that_holds_a_small_group_is_told_of_no_shown_cell(engine, snapshots, tmp_path):
    shops = ["a"] * 40 + ["b"] * 30 + ["c"] * 20 + ["d"] * 4
    columns = [
        snapshots.column("nps", Role.NPS, (0, 10)), snapshots.column("shop", Role.DIMENSION)
    ]  # fmt: skip
    data = {"nps": [i * 7 % 11 for i in range(len(shops))], "shop": shops}
    snapshot = snapshots.write_snapshot(tmp_path, data, columns)
    query = Query(("nps",), by=("shop",), compare=Compare(Against.REST))
    shown = [cell for cell in answer(engine, snapshot, query, STAFF).cells if cell.n]
    assert [cell.by["shop"] for cell in shown] == ["a", "b"]
    assert [cell.comparison for cell in shown] == [None, None]
    assert all(cell.comparison for cell in answer(engine, snapshot, query, Viewer.owner()).cells)


def test_nobody_is_no_secret():
    assert hide({("a",): 30, ("b",): 0}) == set()


def test_both_directions_of_a_table_are_closed():
    counts = {(r, c): 50 for r in "xyz" for c in "123"}
    counts["x", "1"] = 3
    (hidden,) = hidden_cells([counts], 10, n_groups=[2])
    for part in (0, 1):
        for value in {key[part] for key in hidden}:
            line = [key for key in hidden if key[part] == value]
            assert len(line) >= 2


def test_parts_of_a_hidden_subtotal_do_not_add_up_to_it():
    parts = {("a", "1"): 20, ("a", "2"): 20, ("b", "1"): 4, ("b", "2"): 0}
    levels = [parts, {("a",): 40, ("b",): 4}]
    fine, coarse = hidden_cells(levels, 10, n_groups=[2, 1])
    assert coarse == {("a",), ("b",)}
    assert any(key[0] == "a" for key in fine)


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from("1234")), st.integers(0, 60), min_size=1
    ),
    st.integers(2, 20),
)
def test_no_line_gives_a_hidden_cell_away(counts, minimum):
    (hidden,) = hidden_cells([counts], minimum, n_groups=[2])
    assert all(key in hidden for key, n in counts.items() if 0 < n < minimum)
    for part in (0, 1):
        for value in {key[part] for key in counts}:
            line = [key for key in counts if key[part] == value]
            inside = [key for key in line if key in hidden]
            shown = [key for key in line if key not in hidden and counts[key] > 0]
            if inside and shown:
                assert len(inside) >= 2
                assert sum(counts[key] for key in inside) >= minimum


@pytest.fixture
def teams(make, column):
    sizes = {"甲": 30, "乙": 25, "丙": 14, "丁": 4}
    team = [name for name, size in sizes.items() for _ in range(size)]
    data = {
        "组": team,
        "推荐": [float(i % 11) for i in range(len(team))],
        "城市": ["上海" if i % 36 else "北京" for i in range(len(team))],
    }
    columns = [
        column("组", Role.UNIT),
        column("推荐", Role.NPS, (0, 10)),
        column("城市", Role.DIMENSION),
    ]
    days = [date(2024, 1 + i % 2, 3) for i in range(len(team))]
    return make(data, columns, days=days)


def test_hidden_cells_tell_nothing(engine, teams):
    query = Query(("nps",), by=("组",), subtotals=True, compare=Compare(Against.REST))
    result = answer(engine, teams, query, STAFF)
    hidden = [c for c in result.cells if c.not_estimable]
    assert {c.by["组"] for c in hidden} == {"丙", "丁"}
    for cell in hidden:
        assert cell.not_estimable.reason == "suppressed"
        assert (cell.n, cell.n_customers, cell.estimate, cell.comparison) == (0, 0, None, None)
        assert cell.standard_error is None
    assert any("2 cells" in note.say("en") for note in result.notes)


def test_owner_of_the_file_sees_all_teams(engine, teams):
    result = answer(engine, teams, Query(("nps",), by=("组",)), Viewer.owner())
    assert [c.n for c in result.cells if c.by["组"] == "丁"] == [4]


def test_a_filter_that_leaves_out_a_few_is_refused(engine, teams):
    """Two answers are from 北京: “everything but 北京” would give them away by subtraction."""
    query = Query(("nps",), where=(Filter("城市", "=", ("上海",)),))
    (cell,) = answer(engine, teams, query, STAFF).cells
    assert cell.not_estimable.reason == "suppressed"
    wide = Query(("nps",), where=(Filter("组", "=", ("甲", "乙")),))
    assert answer(engine, teams, wide, STAFF).cells[0].estimate is not None


def test_row_rule_holds_and_is_named(engine, teams):
    viewer = Viewer("甲乙", rows=(Filter("组", "=", ("甲", "乙")),))
    result = answer(engine, teams, Query(("nps",), by=("组",)), viewer)
    assert {c.by["组"] for c in result.cells} == {"甲", "乙"}
    assert result.data.row_rule == ("组 = 甲|乙",)


@pytest.mark.parametrize("coded", [False, True])
def test_a_value_of_a_row_rule_that_no_row_has_is_met_by_none(
    engine, snapshots, tmp_path, teams, coded
):
    """A manager's rule names the region too, and shops by name and code: no question is refused."""
    number = [snapshots.column("nps", Role.NPS, (0, 10)), snapshots.column("店", Role.UNIT)]
    folder = tmp_path / "numbers"
    folder.mkdir()
    data = {"nps": [float(i % 11) for i in range(60)], "店": [101.0, 102.0, 103.0] * 20}
    shops = snapshots.write_snapshot(folder, data, number)
    for snapshot, rule, n in (
        (teams, Filter("组", "=", ("大区", "甲", "乙")), 55),
        (teams, Filter("组", "=", ("大区",)), 0),
        (shops, Filter("店", "=", ("大区", "101")), 20),
        (shops, Filter("店", "=", ("大区",)), 0),
    ):
        viewer = Viewer("boss", 1, rows=(rule,))
        cube = Cube(folder / f"{snapshot.id} {n}") if coded else None
        corridor = CorridorOverSnapshot(engine, snapshot, viewer).with_cube(cube)
        assert sum(cell.n for cell in corridor.answer(Query(("nps",))).cells) == n
        assert corridor.row_sample((), maximum=0).n_total == n
        asked = Query(("nps",), where=(replace(rule, of_rule=False),))
        with pytest.raises(QueryError, match="大区"):
            answer(engine, snapshot, asked, Viewer("boss", 1))


def test_reference_too_small_to_be_seen_is_not_compared_with(engine, teams):
    query = Query(("nps",), grain=Grain.MONTH, where=(), compare=Compare(Against.PREVIOUS))
    cells = answer(engine, teams, query, STAFF).cells
    assert cells[1].comparison.reference is not None
    compare = Compare(Against.GROUP, "组", "丁")
    for cell in answer(engine, teams, Query(("nps",), by=("组",), compare=compare), STAFF).cells:
        assert cell.comparison is None or cell.comparison.reference is None


def test_a_small_group_left_out_by_the_filter_is_not_told_by_a_comparison_with_it(engine, teams):
    kept = (Filter("组", "=", ("甲",)),)
    for group, is_told in (("丁", False), ("乙", True)):
        asked = Query(("nps",), where=kept, compare=Compare(Against.GROUP, "组", group))
        (cell,) = answer(engine, teams, asked, STAFF).cells
        assert (cell.comparison.reference is not None) is is_told


@pytest.mark.parametrize(("n_people", "is_told"), [(4, False), (12, True)])
def test_an_earlier_period_is_compared_with_only_if_enough_customers_answered(
    engine, make, column, n_people, is_told
):
    """In February 12 answers, of 4 customers or 12: it lies outside the cells, before `since`."""
    months = [1] * 30 + [2] * 12 + [3] * 30
    people = [f"一{i}" for i in range(30)]
    people += [f"二{i % n_people}" for i in range(12)]
    people += [f"三{i}" for i in range(30)]
    data = {"客户": people, "推荐": [float(i % 11) for i in range(len(months))]}
    columns = [column("客户", Role.CUSTOMER), column("推荐", Role.NPS, (0, 10))]
    snapshot = make(data, columns, days=[date(2024, month, 3) for month in months])
    query = Query(
        ("nps",),
        since=date(2024, 3, 1),
        grain=Grain.MONTH,
        compare=Compare(Against.PREVIOUS),
    )
    (march,) = answer(engine, snapshot, query, STAFF).cells
    assert march.estimate is not None
    assert (march.comparison.reference is not None) is is_told


def test_a_group_of_the_smallest_size_is_shown():
    assert hidden_cells([{("a",): 30, ("b",): 10}], 10, n_groups=[1]) == [frozenset()]
    assert hidden_cells([{("a",): 30, ("b",): 9}], 10, n_groups=[1]) != [frozenset()]


def test_a_day_that_leaves_out_a_few_is_a_filter_too(engine, make, column):
    """Four answers came before March: “from March on” would give them away by subtraction."""
    days = [date(2024, 2, 1)] * 4 + [date(2024, 3, 1)] * 40 + [date(2024, 4, 1)] * 3
    data = {"推荐": [float(i % 11) for i in range(len(days))]}
    early = make(data, [column("推荐", Role.NPS, (0, 10))], days=days)
    for window in (
        {"since": date(2024, 3, 1)},
        {"until": date(2024, 3, 31)},
        {"since": date(2024, 2, 1), "until": date(2024, 3, 31)},
    ):
        result = answer(engine, early, Query(("nps",), **window), STAFF)
        assert result.cells[0].not_estimable, window
        assert result.data.used is None
    march = Query(("nps",), since=date(2024, 3, 1), until=date(2024, 3, 31), grain=Grain.MONTH)
    assert [cell.n for cell in answer(engine, early, march, STAFF).cells] == [40]


def test_how_many_rows_were_used_does_not_count_a_hidden_group(engine, teams):
    few = Filter("组", "=", ("丁",))
    low = Filter("推荐", "<=", ("6",))
    assert answer(engine, teams, Query(("nps",), where=(few, low)), STAFF).data.used is None
    assert answer(engine, teams, Query(("nps",), by=("组",)), STAFF).data.used == 73
    assert answer(engine, teams, Query(("nps",), where=(few,)), Viewer.owner()).data.used == 4


def test_scores_are_not_asked_by_what_a_customer_wrote(engine, make, column):
    data = {"号": [str(i) for i in range(40)], "推荐": [float(i % 11) for i in range(40)],
            "意见": [f"第{i}位说" for i in range(40)]}  # fmt: skip
    columns = [
        column("号", Role.ID),
        column("推荐", Role.NPS, (0, 10)),
        column("意见", Role.TEXT),
    ]
    told = make(data, columns)
    viewer = Viewer("viewer", 10, sees_answers=False)
    for query in (
        Query(("nps",), by=("意见",)),
        Query(("nps",), by=("号",)),
        Query(("nps",), where=(Filter("意见", "=", ("第",)),)),
        Query(("nps",), where=(Filter("号", "<", ("12",)),)),
        Query(("nps",), compare=Compare(Against.GROUP, "意见", "第3位说")),
        Query(("share:意见=第",)),
        Query(("nps",), by=("_response_id",)),
        Query(("nps",), where=(Filter("_row", "<", ("5",)),)),
    ):
        with pytest.raises(QueryError) as refused:
            answer(engine, told, query, viewer)
        assert "位说" not in str(dict(refused.value.sentence)).replace("第3位说", "")
    assert len(answer(engine, told, Query(("nps",), by=("意见",)), Viewer.owner()).cells) == 40


def test_what_a_customer_gave_is_told_to_nobody_who_sees_scores(engine, make, column):
    data = {"客户": [f"甲{i}" for i in range(40)], "店": ["一店"] * 37 + ["二店"] * 3,
            "推荐": [9.0] * 36 + [3.0] * 2 + [10.0] * 2}  # fmt: skip
    columns = [
        column("客户", Role.CUSTOMER),
        column("店", Role.UNIT),
        column("推荐", Role.NPS, (0, 10)),
    ]
    told, viewer = make(data, columns), Viewer("viewer", 10, sees_answers=False)
    for query in (
        Query(("nps",), by=("客户",)),
        Query(("nps",), by=("客户", "推荐")),
        Query(("nps",), where=(Filter("客户", "=", ("甲3",)),)),
        Query(("nps",), compare=Compare(Against.GROUP, "客户", "甲3")),
        Query(("share:客户=甲3",)),
    ):
        with pytest.raises(QueryError, match="codes of customers") as refused:
            answer(engine, told, query, viewer)
        assert "甲1" not in str(dict(refused.value.sentence))
    by_answer = answer(engine, told, Query(("nps",), by=("店", "推荐")), viewer).cells
    assert [cell.by["推荐"] for cell in by_answer if cell.by["店"] == "二店"] == []
    assert all(cell.estimate is not None for cell in by_answer)
    assert len(answer(engine, told, Query(("nps",), by=("客户",)), Viewer.owner()).cells) == 40


@pytest.mark.parametrize(("n", "flags"), [(49, ("small_sample",)), (50, ())])
def test_fewer_than_50_effective_answers_are_a_small_sample(engine, make, column, n, flags):
    data = {"nps": [float(10 - i % 5) for i in range(n)]}
    snapshot = make(data, [column("nps", Role.NPS, (0, 10))])
    (cell,) = answer(engine, snapshot, Query(("nps",)), Viewer.owner()).cells
    assert (cell.n, cell.flags) == (n, flags)


@pytest.mark.parametrize(("clusters", "flags"), [(14, ("small_sample",)), (15, ())])
def test_fewer_than_15_clusters_are_a_small_sample(engine, make, column, clusters, flags):
    rows = range(clusters * 20)
    data = {
        "nps": [float(10 - (i // clusters) % 5) for i in rows],
        "shop": [f"s{i % clusters}" for i in rows],
    }
    columns = [column("nps", Role.NPS, (0, 10)), column("shop", Role.CLUSTER)]
    query = Query(("nps",), cluster="shop")
    (cell,) = answer(engine, make(data, columns), query, Viewer.owner()).cells
    assert (cell.n, cell.flags) == (clusters * 20, flags)


RINGS = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)]


def solutions(counts, hidden):
    """Give the least and the most that each hidden cell can be, by the totals of all lines."""
    cells = sorted(hidden)
    lines, totals = [], []
    for part in (0, 1):
        sums = Counter()
        for key, n in counts.items():
            sums[(key[part],)] += n
        (unknown,) = hidden_cells([sums], 10, n_groups=[1])
        for (value,), total in sums.items():
            line = [key for key, n in counts.items() if key[part] == value and n]
            inside = [key for key in cells if key in line]
            if inside and len(line) > 1 and (value,) not in unknown:
                lines.append([float(key in inside) for key in cells])
                totals.append(total - sum(counts[key] for key in line if key not in inside))
    ends = {}
    for i, key in enumerate(cells):
        costs = [float(j == i) for j in range(len(cells))]
        least, most = (
            linprog(
                [sign * c for c in costs],
                A_eq=lines or None,
                b_eq=totals or None,
                bounds=(0, 1_000),
            ).fun
            for sign in (1, -1)
        )
        ends[key] = (least, -most)
    return ends


def test_a_cell_between_two_rings_is_not_told_by_all_totals_together():
    """Every line has two hidden cells, yet the totals alone give (1, 2)."""
    counts = {(str(r), str(c)): 50 for r in range(4) for c in range(4)}
    counts |= {(str(r), str(c)): 6 for r, c in RINGS}
    (hidden,) = hidden_cells([counts], 10, n_groups=[2])
    least, most = solutions(counts, hidden)["1", "2"]
    assert most - least > 1


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("1234")),
        st.one_of(st.integers(0, 9), st.integers(10, 80)),
        min_size=2,
    )
)
def test_no_small_group_is_told_by_rows_and_totals(counts):
    (hidden,) = hidden_cells([counts], 10, n_groups=[2])
    shown = [key for key, n in counts.items() if n and key not in hidden]
    rows, columns = {row for row, _ in hidden}, {column for _, column in hidden}
    if not any(row in rows or column in columns for row, column in shown):
        return  # nothing of this table is left to subtract from
    for key, (least, most) in solutions(counts, hidden).items():
        if 0 < counts[key] < 10:
            assert most - least > 0.5, (key, hidden)


def test_groups_of_a_table_are_counted_in_customers(engine, make, column):
    """Twelve answers of two customers are a small group; the owner and who lists rows see it."""
    data = {
        "客户": ["a", "b"] * 6 + [f"c{i}" for i in range(40)],
        "城市": ["北京"] * 12 + ["上海"] * 20 + ["成都"] * 20,
        "总体": [float(i % 5 + 1) for i in range(52)],
        "用过": [["网上"] if i % 2 else ["网上", "门店"] for i in range(52)],
    }
    columns = [
        column("客户", Role.CUSTOMER),
        column("城市", Role.DIMENSION),
        column("总体", Role.OVERALL, (1, 5)),
        column("用过", Role.CHOICE_SET),
    ]
    snapshot = make(data, columns)
    cities = [(Filter("城市", "=", (one,)),) for one in ("北京", "上海", "成都")]
    rated = [(Filter("总体", "<=", ("3",)),), (Filter("总体", ">=", ("4",)),)]
    used = [(Filter("用过", "=", (one,)),) for one in ("网上", "门店")]
    staff = CorridorOverSnapshot(engine, snapshot, STAFF)
    assert staff.hidden_groups(cities) == {(0,), (1,)}
    assert staff.hidden_groups(cities, among=rated) == {(0,), (1,)}
    assert staff.hidden_groups(used) == frozenset()
    assert {i for i, _ in staff.hidden_groups(cities, crossed=used)} >= {0, 1}
    for viewer in (Viewer.owner(), Viewer("analyst", 10, sees_rows=True)):
        assert not CorridorOverSnapshot(engine, snapshot, viewer).hidden_groups(cities)


def test_by_more_columns_than_can_be_looked_through_is_refused(engine, make, column):
    names = [f"列{i}" for i in range(7)]
    data = {name: [f"{i % (2 + at)}" for i in range(60)] for at, name in enumerate(names)}
    columns = [column(name, Role.DIMENSION) for name in names]
    told = make(data | {"推荐": [9.0] * 60}, [*columns, column("推荐", Role.NPS, (0, 10))])
    asked = Query(("nps",), by=tuple(names))
    with pytest.raises(QueryError, match="Group by 6 columns at most"):
        answer(engine, told, asked, STAFF)
    assert answer(engine, told, asked, Viewer.owner()).cells
    assert answer(engine, told, Query(("nps",), by=tuple(names[:6])), STAFF).cells
