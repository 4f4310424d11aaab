from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from huiyin.analyse.contracts import AnalysisError
from huiyin.analyse.crosstabs import (
    MOST_GROUPS,
    cross_table,
    report_tables,
)
from huiyin.analyse.questions import list_questions, question_summariser
from huiyin.analyse.table_shapes import is_sparse
from huiyin.analyse.table_tests import permutation_test
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.absence import Reason
from huiyin.core.text import Text
from huiyin.stats.multiple import benjamini_hochberg


@pytest.fixture
def crossed(make_corridor, rating, plain):
    def make(first, second, overall=None, **more):
        n = len(first)
        overall = np.arange(n) % 5 + 1.0 if overall is None else overall
        data = {"甲": np.array(first, dtype=object), "乙": np.array(second, dtype=object),
                "总体": overall, **more.pop("data", {})}  # fmt: skip
        columns = [plain("甲"), plain("乙"), rating("总体", Role.OVERALL)]
        return make_corridor(columns, data, **more)

    return make


@pytest.fixture(scope="session")
def memory_corridor(corridor_class):
    """Give a function (data, minimum) -> corridor over two groupings and a rating."""
    names = (
        Column("甲", Role.DIMENSION, Text.same("甲")),
        Column("乙", Role.DIMENSION, Text.same("乙")),
    )
    rated = Column("总体", Role.OVERALL, Text.same("总体"), Scale(1, 5, 1))

    def make(data, minimum):
        return corridor_class(Codebook((*names, rated)), data, minimum=minimum)

    return make


def associated(seed, strength, n=600, groups=("a", "b", "c")):
    rng = np.random.default_rng(seed)
    first = rng.choice(groups, n)
    same = rng.random(n) < strength
    return first, np.where(same, first, rng.choice(groups, n))


def test_counts_shares_and_test_are_those_of_scipy(crossed):
    first, second = associated(1, 0.3)
    table = cross_table(crossed(first, second), "甲", "乙")
    expected = stats.contingency.crosstab(first, second)
    order = [list(expected[0][0]).index(v) for v in table.row_values]
    across = [list(expected[0][1]).index(v) for v in table.column_values]
    counts = expected.count[np.ix_(order, across)]
    assert np.array_equal(table.counts, counts)
    reference = stats.chi2_contingency(counts, correction=False)
    assert table.statistic == pytest.approx(reference.statistic)
    assert table.p == pytest.approx(reference.pvalue)
    assert np.allclose(table.row_shares, counts / counts.sum(axis=1, keepdims=True))
    assert table.method == "chi_square"
    marked = np.array(table.different)
    same = np.array(table.row_values)[:, None] == np.array(table.column_values)[None, :]
    assert marked[same].all()


def test_rows_and_columns_may_be_swapped(crossed):
    corridor = crossed(*associated(2, 0.2))
    table, turned = cross_table(corridor, "甲", "乙"), cross_table(corridor, "乙", "甲")
    assert np.array_equal(np.array(table.counts), np.array(turned.counts).T)
    assert table.p == pytest.approx(turned.p)


def test_a_rating_is_cut_into_bands_in_order(crossed):
    table = cross_table(crossed(*associated(3, 0)), "甲", "总体")
    assert table.column_values == ("1–2", "3", "4–5")
    assert table.n == 600


def test_ages_stand_in_their_own_order_however_many_are_of_each(crossed):
    ages = ["46以上"] * 30 + ["26-35"] * 60 + ["18-25"] * 40 + ["36-45"] * 70
    table = cross_table(crossed(ages, ["x", "y"] * 100), "甲", "乙")
    assert list(table.row_values) == ["18-25", "26-35", "36-45", "46以上"]


def test_a_rating_of_two_words_is_shown_by_its_words(make_corridor, rating, plain):
    first = np.array(["男", "女"] * 40, dtype=object)
    column = rating("总体", Role.OVERALL)
    words = {"不满意": 0.0, "满意": 1.0}
    column = replace(column, scale=replace(column.scale, minimum=0, maximum=1, levels=words))
    data = {"甲": first, "总体": np.array([0.0, 0.0, 1.0, 1.0] * 20)}
    table = cross_table(make_corridor([plain("甲"), column], data), "甲", "总体")
    assert table.column_values == ("不满意", "满意")
    assert np.array_equal(table.counts, [[20, 20], [20, 20]])


def test_nothing_is_marked_where_the_table_as_a_whole_shows_nothing(crossed):
    marked = 0
    for seed in range(20):
        table = cross_table(crossed(*associated(seed, 0.0)), "甲", "乙")
        if table.p >= 0.05:
            assert not np.any(table.different)
        marked += bool(np.any(table.different))
    assert marked <= 4


def test_many_values_become_others(crossed):
    rng = np.random.default_rng(4)
    first = rng.choice([f"v{i:02d}" for i in range(30)], 6000)
    table = cross_table(crossed(first, rng.choice(["x", "y"], 6000)), "甲", "乙")
    assert len(table.row_values) == MOST_GROUPS + 1
    assert table.row_values[-1] == "其他"
    assert (table.row_rest, table.column_rest) == (True, False)
    assert table.n == 6000


def test_small_groups_are_merged_until_the_test_holds(crossed):
    rng = np.random.default_rng(5)
    first = rng.choice(["大", "中", "小1", "小2", "小3"], 300, p=[0.5, 0.44, 0.02, 0.02, 0.02])
    table = cross_table(crossed(first, rng.choice(["x", "y"], 300)), "甲", "乙")
    assert table.method == "chi_square"
    assert "其他" in table.row_values
    assert set(table.row_values) >= {"大", "中"}
    assert table.n == 300


def test_what_stays_sparse_is_tested_by_random_tables(crossed):
    first = ["a"] * 12 + ["b"] * 6
    second = ["x"] * 11 + ["y"] + ["x"] + ["y"] * 5
    table = cross_table(crossed(first, second), "甲", "乙")
    assert table.method == "chi_square_permutation"
    exact = stats.fisher_exact(np.array(table.counts)).pvalue
    assert table.p == pytest.approx(exact, abs=0.01)


def test_random_tables_hold_their_level():
    rng = np.random.default_rng(6)
    hits = 0
    for _ in range(60):
        counts = np.zeros((3, 3))
        for i, j in zip(rng.integers(0, 3, 15), rng.integers(0, 3, 15), strict=True):
            counts[i, j] += 1
        counts = counts[counts.sum(1) > 0][:, counts.sum(0) > 0]
        if min(counts.shape) > 1:
            hits += permutation_test(counts, rng).p < 0.05
    assert hits <= 9


def test_sparse_follows_cochran():
    assert is_sparse(np.array([[3.0, 3], [3, 3]]))
    assert not is_sparse(np.array([[30.0, 30], [30, 30]]))


def test_weights_and_customers_use_rao_scott(crossed):
    first, second = associated(7, 0.12, n=200)
    copies = {"客户": np.repeat(np.arange(200.0), 5)}
    flat = crossed(np.repeat(first, 5), np.repeat(second, 5), data=copies)
    clustered = replace(flat, customer="客户")
    naive, honest = cross_table(flat, "甲", "乙"), cross_table(clustered, "甲", "乙")
    once = cross_table(crossed(first, second), "甲", "乙")
    assert honest.method == "rao_scott"
    assert naive.p < 1e-4 < honest.p
    assert honest.p == pytest.approx(once.p, rel=0.5)


def test_too_little_to_cross_says_why(crossed):
    assert (
        cross_table(crossed(["a", "b"], ["x", "y"]), "甲", "乙").not_estimable.reason
        is Reason.TOO_FEW_ROWS
    )
    same = cross_table(crossed(["a"] * 50, ["x", "y"] * 25), "甲", "乙")
    assert same.not_estimable.reason is Reason.CONSTANT
    none = cross_table(crossed([None] * 50, ["x"] * 50), "甲", "乙")
    assert none.not_estimable.reason is Reason.NO_ANSWERS


def test_wrong_columns_are_refused(crossed, plain):
    corridor = crossed(["a"] * 20, ["x", "y"] * 10)
    with pytest.raises(AnalysisError):
        cross_table(corridor, "甲", "甲")
    words = replace(corridor, book=replace(corridor.book, columns=(
        plain("甲", Role.TEXT), plain("乙"))))  # fmt: skip
    with pytest.raises(AnalysisError, match="甲"):
        cross_table(words, "甲", "乙")


def test_report_tables_are_one_family_clearest_first(crossed):
    rng = np.random.default_rng(8)
    n = 900
    overall = rng.integers(1, 6, n).astype(float)
    tied = np.where(rng.random(n) < 0.5, np.where(overall > 3, "a", "b"), rng.choice(["a", "b"], n))
    corridor = crossed(rng.choice(["x", "y"], n), tied, overall)
    book = corridor.codebook
    first, second = report_tables(corridor, (book["甲"], book["乙"]), book["总体"])
    assert first.row == "乙"
    assert first.q == pytest.approx(2 * first.p)
    assert second.q == pytest.approx(second.p)


def test_cells_are_marked_only_under_a_significant_table(crossed):
    """One cell of 36 stands out by itself, the table as a whole does not."""
    counts = np.full((6, 6), 40)
    counts[0, 0] = 70
    first, second = (np.repeat(np.array(list("abcdef"))[side.ravel()], counts.ravel())
                     for side in np.indices((6, 6)))  # fmt: skip
    table = cross_table(crossed(first, second), "甲", "乙")
    place = table.row_values.index("a"), table.column_values.index("a")
    q = benjamini_hochberg(2 * stats.norm.sf(np.abs(table.residuals)))
    assert q[place] < 0.05 < table.p
    assert not np.any(table.different)
    assert np.any(cross_table(crossed(*associated(9, 0.4)), "甲", "乙").different)


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10_000),
    n=st.integers(30, 260),
    groups=st.integers(2, 7),
    steep=st.floats(0.2, 1.0),
    missing=st.floats(0, 0.4),
)
def test_tables_tell_no_group_that_is_too_small(memory_corridor, seed, n, groups, steep, missing):
    rng = np.random.default_rng(seed)
    size = steep ** np.arange(groups)
    first = rng.choice([f"g{i}" for i in range(groups)], n, p=size / size.sum()).astype(object)
    second = rng.choice(["x", "y", "z"], n, p=[0.6, 0.3, 0.1]).astype(object)
    first[rng.random(n) < missing] = None
    data = {"甲": first, "乙": second, "总体": rng.integers(1, 6, n).astype(float)}
    corridor = memory_corridor(data, minimum=10)
    book = corridor.codebook
    crossed = cross_table(corridor, "甲", "乙")
    assert all(count == 0 or count >= 10 for row in crossed.counts for count in row)
    rated = cross_table(corridor, "甲", "总体")
    assert all(sum(row) >= 10 for row in rated.counts)
    for table in (crossed, rated):
        assert table.not_estimable or sum(map(sum, table.counts)) == table.n
    (groups_shown,) = (
        question_summariser(corridor, [question], level=0.95).summary(question)
        for question in list_questions(book)
        if question.name == "甲"
    )
    assert all(level.n >= 10 for level in groups_shown.levels)
    assert groups_shown.not_estimable or sum(x.n for x in groups_shown.levels) == (
        groups_shown.n_base
    )


def test_the_owner_sees_small_groups(crossed):
    first = ["a"] * 40 + ["b"] * 40 + ["c"] * 8
    corridor = crossed(first, ["x", "y"] * 44)
    assert "c" in cross_table(corridor, "甲", "乙").row_values
    hidden = replace(corridor, minimum=10)
    assert len(cross_table(hidden, "甲", "乙").row_values) == 2
    assert "c" not in cross_table(hidden, "甲", "乙").row_values
