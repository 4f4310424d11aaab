"""Compared with a competitor over those who rated both: paired, clustered, and never of too few."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Call, Compare, Filter, Query, QueryError, Viewer
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.drawing import code_columns
from huiyin.measure.dataset import Dataset
from huiyin.measure.parse import parse_query
from huiyin.measure.run import CorridorOverSnapshot, answer

PAIRED = Compare(Against.COMPETITOR)
OWNER, STAFF = Viewer.owner(), Viewer("staff", 10)


def ratings(seed, n, gap=0.6):
    """Give ratings of us and of a competitor by the same people, 1–5."""
    rng = np.random.default_rng(seed)
    mood = rng.normal(3.0, 0.9, n)
    own = np.clip(np.round(mood + gap + rng.normal(0, 0.5, n)), 1, 5)
    rival = np.clip(np.round(mood + rng.normal(0, 0.5, n)), 1, 5)
    return list(own), list(rival)


@pytest.fixture
def write(snapshots, tmp_path):
    def make(own, rival, **more):
        """Write the block of a questionnaire: the competitor's ratings are kept as words."""
        words = [None if r is None else f"{r:g}" for r in rival]
        data = {"aspects_price": own, "rival_price": words, **more}
        columns = [
            snapshots.column("aspects_price", Role.ASPECT, (1, 5), group="aspects"),
            snapshots.column("rival_price", Role.META, (1, 5), group="rival"),
            *(
                snapshots.column(name, Role.CUSTOMER if name == "客户" else Role.DIMENSION)
                for name in more
            ),
        ]
        return snapshots.write_snapshot(tmp_path, data, columns)

    return make


def ask(engine, snapshot, viewer=OWNER, metric="mean:aspects_price", compare=PAIRED, **words):
    query = Query((metric,), compare=compare, **words)
    return answer(engine, snapshot, query, viewer)


def test_the_difference_is_the_paired_t_interval_of_those_who_rated_both(engine, write):
    own, rival = ratings(1, 80)
    alone = [5.0] * 40
    result = ask(engine, write(own + alone, rival + [None] * 40))
    (cell,) = result.cells
    made, paired = cell.comparison, stats.ttest_rel(own, rival)
    assert (made.n_pairs, cell.n) == (80, 120)
    assert made.difference == pytest.approx(np.mean(own) - np.mean(rival))
    assert made.reference == pytest.approx(np.mean(rival))
    interval = paired.confidence_interval()
    assert (made.low, made.high) == pytest.approx((interval.low, interval.high))
    assert made.p == pytest.approx(paired.pvalue)
    assert made.call is Call.REAL
    assert cell.estimate == pytest.approx(np.mean(own + alone))
    assert any("都评过" in note.say() for note in result.notes)


def test_pairs_that_hardly_differ_reach_further_to_the_few_that_do(engine, write):
    """Most rate both alike, a few put us far below: the t interval of the gap is too narrow."""
    own, rival = [5.0] * 60, [5.0] * 54 + [4.0] * 2 + [1.0] * 4
    (cell,) = ask(engine, write(own, rival)).cells
    made, gaps = cell.comparison, np.array(own) - np.array(rival)
    usual = stats.ttest_rel(own, rival).confidence_interval()
    error, t = gaps.std(ddof=1) / np.sqrt(60), stats.t.ppf(0.975, 59)
    reach = stats.skew(gaps) / np.sqrt(60) * (2 * t**2 + 1) / 6 * error
    assert made.low == pytest.approx(usual.low, rel=1e-9)
    assert made.high == pytest.approx(usual.high + reach, rel=1e-9)


@pytest.mark.parametrize("metric", ["satisfied:aspects_price", "score:aspects_price"])
def test_shares_and_scores_are_paired_by_row_too(engine, write, metric):
    own, rival = ratings(2, 90)
    (cell,) = ask(engine, write(own, rival), metric=metric).cells
    if metric.startswith("satisfied"):
        gaps = np.array([float(a >= 4) - float(b >= 4) for a, b in zip(own, rival, strict=True)])
    else:
        gaps = 25.0 * (np.array(own) - np.array(rival))
    error = gaps.std(ddof=1) / np.sqrt(90)
    reach = stats.t.ppf(0.975, 89) * error
    assert cell.comparison.difference == pytest.approx(gaps.mean())
    assert cell.comparison.high == pytest.approx(gaps.mean() + reach)


def test_groups_are_one_family_and_customers_who_rate_again_are_clusters(engine, write):
    own, rival = ratings(3, 40)
    twice = [v for v in own for _ in "ab"], [v for v in rival for _ in "ab"]
    who = [f"c{i // 2}" for i in range(80)]
    (cell,) = ask(engine, write(*twice, 客户=who)).cells
    interval = stats.ttest_rel(own, rival).confidence_interval()
    assert (cell.comparison.low, cell.comparison.high) == pytest.approx(
        (interval.low, interval.high)
    )
    by_group = ask(engine, write(own, rival, 组=["甲", "乙"] * 20), by=("组",)).cells
    assert {c.comparison.family for c in by_group} == {2}
    assert {c.comparison.against for c in by_group} == {"competitor"}


def test_too_few_pairs_or_too_few_beside_them_tell_nothing(engine, write):
    own, rival = ratings(4, 100)
    for n_pairs in (6, 94):
        some = rival[:n_pairs] + [None] * (100 - n_pairs)
        (cell,) = ask(engine, write(own, some), STAFF).cells
        assert cell.n == 100
        assert (cell.comparison.call, cell.comparison.reference) == (None, None)
        assert cell.comparison.n_pairs is None
    groups = ["甲"] * 50 + ["乙"] * 50
    some = rival[:50] + rival[50:54] + [None] * 46
    cells = ask(engine, write(own, some, 组=groups), STAFF, by=("组",), subtotals=True).cells
    assert all(c.comparison is None or c.comparison.reference is None for c in cells)
    where = (Filter("组", "=", ("甲",)),)  # leaves out four pairs
    (narrow,) = ask(engine, write(own, some, 组=groups), STAFF, where=where).cells
    assert narrow.comparison is None or narrow.comparison.reference is None
    (enough,) = ask(engine, write(own, rival[:50] + [None] * 50), STAFF).cells
    assert enough.comparison.n_pairs == 50


def test_poor_pairs_are_no_number(engine, write):
    (none,) = ask(engine, write([4.0] * 20, [None] * 20)).cells
    assert none.comparison is None
    own = ratings(5, 30)[0]
    (same,) = ask(engine, write(own, own)).cells
    assert (same.comparison.call, same.comparison.difference) == (None, None)
    (wrong,) = ask(engine, write(own, [9.0] * 29 + [3.0])).cells
    assert wrong.comparison.difference is None  # 9 is no level of the scale: one pair is left


def test_the_competitor_s_column_is_found_or_named(engine, snapshots, tmp_path):
    own, rival = ratings(6, 40)
    data = {"服务": own, "竞品服务": rival, "价格": own, "次品": rival}
    columns = [snapshots.column(name, Role.ASPECT, (1, 5)) for name in data]
    named = snapshots.write_snapshot(tmp_path, data, columns)
    there = ask(engine, named, metric="mean:服务").cells[0].comparison
    back = Compare(Against.COMPETITOR, "服务")
    turned = ask(engine, named, metric="mean:竞品服务", compare=back).cells[0].comparison
    assert turned.difference == pytest.approx(-there.difference)
    with pytest.raises(QueryError, match="价格"):
        ask(engine, named, metric="mean:价格")
    words = parse_query(named.codebook, ["mean:价格"], compare="competitor:次品")
    assert answer(engine, named, words, STAFF).cells[0].comparison.n_pairs == 40
    for metric in ("share:服务=5", "response_rate"):
        if metric.startswith("share"):
            assert ask(engine, named, metric=metric).cells[0].comparison.n_pairs == 40
        else:
            with pytest.raises(QueryError):
                ask(engine, named, metric=metric)


@pytest.mark.parametrize(
    ("own_name", "rival_name"), [("我们的价格", "竞品的价格"), ("我们的价格", "价格竞品")]
)
def test_our_column_may_say_that_it_is_ours(engine, snapshots, tmp_path, own_name, rival_name):
    own, rival = ratings(6, 40)
    columns = [snapshots.column(name, Role.ASPECT, (1, 5)) for name in (own_name, rival_name)]
    named = snapshots.write_snapshot(tmp_path, {own_name: own, rival_name: rival}, columns)
    found = ask(engine, named, metric=f"mean:{own_name}").cells[0].comparison
    assert found.n_pairs == 40


def test_paired_intervals_cover_as_often_as_they_say(engine, write):
    times, n = 600, 40
    rng = np.random.default_rng(7)
    mood = rng.integers(2, 5, times * n).astype(float)
    own = list(np.clip(mood + rng.integers(-1, 2, times * n), 1, 5))
    rival = list(np.clip(mood + rng.integers(-1, 2, times * n), 1, 5))
    cells = ask(engine, write(own, rival, 组=[str(i // n) for i in range(times * n)]), by=("组",))
    covered = np.mean([c.comparison.low <= 0.0 <= c.comparison.high for c in cells.cells])
    assert 0.923 <= covered <= 0.977  # 0.95 ± 3 standard errors of 600 draws


@pytest.mark.parametrize("metric", ["score", "satisfied"])
def test_pairs_are_coded_before_anybody_asks(engine, write, tmp_path, monkeypatch, metric):
    snapshot, folder = write(*ratings(6, 80), 组=["甲", "乙"] * 40), tmp_path / "cube"
    query = Query((f"{metric}:aspects_price",), by=("组",), compare=PAIRED)
    of_rows = answer(engine, snapshot, query, OWNER)
    code_columns(Dataset(engine, snapshot, cube=Cube(folder)))

    def read(_: object) -> None:
        raise AssertionError("rows are read")

    monkeypatch.setattr(engine, "run", read)
    of_cube = CorridorOverSnapshot(engine, snapshot, OWNER).with_cube(Cube(folder)).answer(query)
    made = [[cell.comparison.difference for cell in one.cells] for one in (of_cube, of_rows)]
    assert made[0] == pytest.approx(made[1], rel=1e-9)
