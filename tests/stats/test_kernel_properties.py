"""What must not change a result: order, labels, scale, how sums were put together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from huiyin.stats import (
    comparison,
    correlations,
    design,
    importance,
    means,
    multiple,
    nps,
    power,
    proportions,
    raking,
    ranks,
    resampling,
    tables,
)

few = settings(max_examples=25)
seeds = st.integers(0, 2**32 - 1)
counts = st.integers(0, 5000)
tables_of_counts = hnp.arrays(
    np.int64, hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=5),
    elements=st.integers(0, 40),
)  # fmt: skip


def survey(seed, strata=3, psus=6, rows=8):
    rng = np.random.default_rng(seed)
    n = strata * psus * rows
    psu = np.repeat(np.arange(strata * psus), rows)
    values = rng.integers(0, 11, n).astype(float)
    weights = rng.uniform(0.2, 3.0, n)
    return psu, np.repeat(np.arange(strata), psus), values, weights, rng


def estimate(psu, strata, values, weights):
    a = np.bincount(psu, weights=weights * values, minlength=strata.size)
    b = np.bincount(psu, weights=weights, minlength=strata.size)
    return design.ratio_estimates(design.cluster_sums(a, b, strata))


def same(one, two):
    assert_allclose(one.estimate, two.estimate, rtol=1e-10)
    assert_allclose(one.variance, two.variance, rtol=1e-8, atol=1e-14)


@few
@given(seeds)
def test_design_ignores_order_labels_and_scale_of_weights(seed):
    psu, strata, values, weights, rng = survey(seed)
    whole = estimate(psu, strata, values, weights)
    order = rng.permutation(len(psu))
    same(whole, estimate(psu[order], strata, values[order], weights[order]))
    names = rng.permutation(strata.size)
    moved = np.empty_like(strata)
    moved[names] = (strata + 1) % 3
    same(whole, estimate(names[psu], moved, values, weights))
    same(whole, estimate(psu, strata, values, weights * 1e6))
    same(whole, estimate(psu, strata, values, weights * 1e-6))


@few
@given(seeds)
def test_design_shifts_and_scales_with_the_values(seed):
    psu, strata, values, weights, _ = survey(seed)
    whole = estimate(psu, strata, values, weights)
    moved = estimate(psu, strata, 5.0 - 2.0 * values, weights)
    assert_allclose(moved.estimate, 5.0 - 2.0 * whole.estimate, rtol=1e-10, atol=1e-10)
    assert_allclose(moved.variance, 4.0 * whole.variance, rtol=1e-8)


@few
@given(seeds)
def test_sums_of_parts_merge(seed):
    psu, strata, values, weights, _ = survey(seed)
    a = np.bincount(psu, weights=weights * values)
    b = np.bincount(psu, weights=weights)
    whole = design.cluster_sums(a, b, strata)
    half = strata.size // 2
    one = design.cluster_sums(a[:half], b[:half], np.r_[strata[:half]])
    rest = [design.cluster_sums(a[half:], b[half:], strata[half:])]
    parts = [np.zeros_like(whole.sum_a) for _ in range(5)]
    sizes = np.zeros(3)
    for part in (one, *rest):
        width = part.n_psu.size
        sizes[:width] += part.n_psu
        for total, sums in zip(
            parts, (part.sum_a, part.sum_b, part.sum_aa, part.sum_ab, part.sum_bb), strict=True
        ):
            total[:, :width] += sums
    same(design.ratio_estimates(whole), design.ratio_estimates(design.ClusterSums(sizes, *parts)))


@few
@given(seeds, st.integers(2, 5))
def test_copying_rows_within_their_clusters_adds_no_certainty(seed, times):
    psu, strata, values, weights, _ = survey(seed)
    whole = estimate(psu, strata, values, weights)
    copied = [np.tile(part, times) for part in (psu, values, weights)]
    same(whole, estimate(copied[0], strata, copied[1], copied[2]))
    # Copying whole clusters, on the other hand, is more data: the variance falls.
    more = estimate(
        np.r_[psu, psu + strata.size], np.r_[strata, strata], np.r_[values, values],
        np.r_[weights, weights],
    )  # fmt: skip
    assert more.variance[0] < whole.variance[0]


def test_a_row_as_its_own_cluster_gives_the_t_interval_of_the_mean():
    values = np.array([3.0, 4.0, 5.0, 5.0, 1.0, 2.0])
    rows = np.arange(values.size)
    plain = design.ratio_estimates(design.cluster_sums(values, np.ones_like(values)))
    mean = means.t_mean(values.size, values.mean(), values.var(ddof=1))
    assert_allclose(np.sqrt(plain.variance[0]), mean.standard_error, rtol=1e-12)
    assert plain.degrees_of_freedom == mean.degrees_of_freedom == rows.size - 1


def test_a_cell_is_a_domain_of_the_whole_design():
    a, b = np.array([4.0, 6.0, 0.0, 0.0]), np.array([2.0, 2.0, 0.0, 0.0])
    domain = design.ratio_estimates(design.cluster_sums(a, b))
    alone = design.ratio_estimates(design.cluster_sums(a[:2], b[:2]))
    assert domain.degrees_of_freedom == 3
    assert_allclose(domain.variance, alone.variance * (4 / 3) / 2, rtol=1e-12)


@few
@given(seeds)
def test_a_difference_of_a_cell_with_itself_is_certain(seed):
    psu, strata, values, weights, _ = survey(seed)
    a, b = (np.bincount(psu, weights=w) for w in (weights * values, weights))
    sums = design.cluster_sums(a, b, strata)
    cross = design.CrossSums(sums.sum_aa, sums.sum_ab, sums.sum_ab, sums.sum_bb)
    difference = design.ratio_difference(sums, sums, cross)
    assert_allclose(difference.estimate, 0.0, atol=1e-12)
    assert_allclose(difference.variance, 0.0, atol=1e-10)


@given(counts, counts, counts)
def test_nps_turns_with_the_scale_and_holds_its_estimate(promoters, passives, detractors):
    interval = nps.adjusted_wald_nps(promoters, passives, detractors)
    mirror = nps.adjusted_wald_nps(detractors, passives, promoters)
    if promoters + passives + detractors == 0:
        assert np.isnan(interval.estimate)
        return
    assert_allclose(interval.estimate, -mirror.estimate, atol=1e-9)
    assert_allclose(interval.low, -mirror.high, atol=1e-9)
    assert -100.0 <= interval.low < interval.high <= 100.0
    wider = nps.adjusted_wald_nps(promoters, passives, detractors, level=0.99)
    assert wider.low <= interval.low < interval.high <= wider.high


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_wilson_holds_its_share_and_turns(hits, misses):
    n = hits + misses
    interval, mirror = proportions.wilson_share(hits, n), proportions.wilson_share(misses, n)
    assert 0.0 <= interval.low <= interval.estimate <= interval.high <= 1.0
    assert interval.low < interval.high
    assert_allclose(interval.low, 1.0 - mirror.high, atol=1e-12)


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.2), st.integers(5, 500))
def test_korn_graubard_holds_its_share_and_turns(share, error, df):
    interval = proportions.korn_graubard_share(share, error, 1000, df)
    mirror = proportions.korn_graubard_share(1.0 - share, error, 1000, df)
    assert 0.0 <= interval.low < share < interval.high <= 1.0
    assert_allclose(interval.low, 1.0 - mirror.high, atol=1e-8)


@few
@given(seeds)
def test_raking_ignores_order_scale_and_labels_and_meets_the_margins(seed):
    rng = np.random.default_rng(seed)
    codes = [rng.integers(0, 3, 200), rng.integers(0, 2, 200)]
    base = rng.uniform(0.5, 2.0, 200)
    targets = [rng.uniform(1, 3, 3), rng.uniform(1, 3, 2)]
    result = raking.rake(base, codes, targets)
    assert result.converged
    for code, target in zip(codes, targets, strict=True):
        achieved = np.bincount(code, weights=result.weights)
        assert_allclose(achieved / achieved.sum(), target / target.sum(), rtol=1e-7)
    scaled = raking.rake(base * 7.0, codes, [targets[0], targets[1] * 11.0])
    assert_allclose(scaled.weights, result.weights, rtol=1e-8)
    order = rng.permutation(200)
    shuffled = raking.rake(base[order], [code[order] for code in codes], targets)
    assert_allclose(shuffled.weights, result.weights[order], rtol=1e-7)
    # Totals of joint cells rake to the sums of the rows' raked weights.
    joint = codes[0] * 2 + codes[1]
    cells = raking.rake(
        np.bincount(joint, weights=base, minlength=6),
        [np.arange(6) // 2, np.arange(6) % 2],
        targets,
    )
    assert_allclose(
        np.bincount(joint, weights=result.weights, minlength=6), cells.weights, rtol=1e-7
    )


@few
@given(seeds)
def test_calibration_residuals_vanish_on_the_margins(seed):
    rng = np.random.default_rng(seed)
    codes = [rng.integers(0, 3, 60), rng.integers(-1, 2, 60)]
    weights = rng.uniform(0.5, 2.0, 60)
    explained = 2.0 * codes[0] + 5.0 * (codes[1] == 1)
    assert_allclose(raking.calibration_residuals(explained, weights, codes), 0.0, atol=1e-9)
    values = rng.normal(size=(60, 2))
    residuals = raking.calibration_residuals(values, weights, codes)
    for code in codes:
        for level in range(3):
            inside = code == level
            assert_allclose(weights[inside] @ residuals[inside], 0.0, atol=1e-9)
    joint = (codes[0] + 3 * (codes[1] + 1)).astype(int)
    names, place = np.unique(joint, return_inverse=True)
    sums = np.zeros((names.size, 2))
    np.add.at(sums, place, weights[:, None] * values)
    fitted = raking.calibration_fitted(
        sums, np.bincount(place, weights=weights), [names % 3, names // 3 - 1]
    )
    assert_allclose(values - fitted[place], residuals, atol=1e-9)


def random_correlation(seed, k):
    rng = np.random.default_rng(seed)
    return np.corrcoef(rng.normal(size=(60, k + 1)) @ rng.normal(size=(k + 1, k + 1)), rowvar=False)


def shapley_by_definition(matrix):
    from itertools import combinations
    from math import factorial

    k = len(matrix) - 1

    def r2(model):
        at = list(model)
        return (
            matrix[-1, at] @ np.linalg.solve(matrix[np.ix_(at, at)], matrix[at, -1]) if at else 0.0
        )

    shares = np.zeros(k)
    for driver in range(k):
        others = [d for d in range(k) if d != driver]
        for size in range(k):
            for model in combinations(others, size):
                weight = factorial(size) * factorial(k - size - 1) / factorial(k)
                shares[driver] += weight * (r2((*model, driver)) - r2(model))
    return shares


@few
@given(seeds, st.integers(1, 5))
def test_lmg_is_the_shapley_value(seed, k):
    matrix = random_correlation(seed, k)
    assert_allclose(importance.lmg(matrix), shapley_by_definition(matrix), atol=1e-9)


@few
@given(seeds, st.integers(2, 8))
def test_drivers_share_r2_whatever_their_order_and_sign(seed, k):
    matrix = random_correlation(seed, k)
    order = np.r_[np.random.default_rng(seed).permutation(k), k]
    signs = np.where(np.random.default_rng(seed).random(k + 1) < 0.5, -1.0, 1.0)
    turned = (matrix * np.outer(signs, signs))[np.ix_(order, order)]
    r2 = importance.standardised_coefficients(matrix, 1000).r2
    for share_out in (importance.lmg, importance.relative_weights):
        shares = share_out(matrix)
        assert_allclose(shares.sum(), r2, atol=1e-8)
        assert (shares > -1e-9).all()
        assert_allclose(share_out(turned), shares[order[:-1]], atol=1e-8)
    assert_allclose(importance.lmg_many(matrix[None])[0], importance.lmg(matrix), atol=1e-12)
    assert_allclose(
        importance.relative_weights_many(matrix[None])[0],
        importance.relative_weights(matrix),
        atol=1e-12,
    )


@few
@given(seeds)
def test_pairwise_correlations_are_those_of_the_common_rows(seed):
    rng = np.random.default_rng(seed)
    values = 1e6 + rng.normal(size=(80, 4)) @ rng.normal(size=(4, 4))
    values[rng.random(values.shape) < 0.2] = np.nan
    values[:, 2] = np.where(np.isnan(values[:, 2]), 1e6, values[:, 2])
    weights = rng.integers(0, 4, (2, 80)).astype(float)
    matrices = correlations.weighted_correlations(values, weights)
    for matrix, weight in zip(matrices, weights, strict=True):
        for i in range(4):
            for j in range(i):
                both = ~np.isnan(values[:, i] + values[:, j])
                pair = np.repeat(values[both][:, [i, j]], weight[both].astype(int), axis=0)
                assert_allclose(matrix[i, j], np.corrcoef(pair.T)[0, 1], atol=1e-8)
                assert matrix[i, j] == matrix[j, i]


@few
@given(seeds, st.integers(0, 4))
def test_resampled_sums_give_the_correlations_of_the_drawn_rows(seed, with_gaps):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(60, 4)) @ rng.normal(size=(4, 4)) + 50.0
    gaps = np.arange(with_gaps)
    values[:, gaps] = np.where(rng.random((60, with_gaps)) < 0.2, np.nan, values[:, gaps])
    drawn = rng.integers(0, 4, (3, 60)).astype(float)
    sums = resampling.block_sums(values, None, np.arange(60))
    assert sums.n_blocks == 60
    assert_allclose(
        resampling.correlations(sums, drawn),
        correlations.weighted_correlations(values, drawn),
        atol=1e-10,
    )


def test_resamples_are_centred_at_the_estimate_and_keep_clusters_whole():
    rng = np.random.default_rng(5)
    base = rng.normal(size=(300, 3)) @ rng.normal(size=(3, 3))
    base[rng.random(base.shape) < 0.1] = np.nan
    estimate_ = correlations.weighted_correlations(base, np.ones((1, 300)))[0]
    plain = resampling.resample_correlations(base, 400, np.random.default_rng(1))
    assert_allclose(plain.mean(axis=0), estimate_, atol=0.02)
    # Each row four times: rows drawn apart look four times as certain, whole clusters do not.
    tiled, cluster = np.tile(base, (4, 1)), np.tile(np.arange(300), 4)
    apart = resampling.resample_correlations(tiled, 400, np.random.default_rng(2))
    whole = resampling.resample_correlations(tiled, 400, np.random.default_rng(3), cluster=cluster)
    spread = [part.std(axis=0)[0, 1] for part in (plain, apart, whole)]
    assert spread[1] == pytest.approx(spread[0] / 2, rel=0.2)
    assert spread[2] == pytest.approx(spread[0], rel=0.2)


def test_a_cluster_is_drawn_with_all_its_rows():
    rng = np.random.default_rng(8)
    values, weights = rng.normal(size=(90, 3)), rng.uniform(0.5, 2.0, 90)
    values[rng.random(values.shape) < 0.1] = np.nan
    one = resampling.resample_correlations(values, 5, rng, weights=weights, cluster=np.zeros(90))
    expected = correlations.weighted_correlations(values, weights[None])
    assert_allclose(one, np.repeat(expected, 5, axis=0), atol=1e-12)
    # Two interleaved clusters: a resample holds the one, the other, or both once.
    member = np.arange(90) % 2
    pair = resampling.resample_correlations(values, 40, rng, cluster=member)
    draws = correlations.weighted_correlations(values, [member, 1 - member, np.ones(90)])
    distance = np.abs(pair[:, None] - draws[None]).max(axis=(2, 3)).min(axis=1)
    assert_allclose(distance, 0.0, atol=1e-12)
    assert len({tuple(matrix.ravel().round(9)) for matrix in pair}) == 3


def test_resamples_depend_on_the_generator_alone():
    values = np.random.default_rng(0).normal(size=(5000, 3))
    one, two = (
        resampling.resample_correlations(values, 20, np.random.default_rng(9)) for _ in range(2)
    )
    assert (one == two).all()
    weighted = resampling.resample_correlations(
        values, 20, np.random.default_rng(9), weights=np.full(5000, 3.0)
    )
    assert_allclose(weighted, one, atol=1e-10)


@given(st.lists(st.one_of(st.floats(0, 1), st.just(np.nan)), max_size=20))
def test_q_is_no_smaller_than_p_and_keeps_its_order(p):
    q = multiple.benjamini_hochberg(p)
    values = np.array(p, dtype=float)
    known = ~np.isnan(values)
    assert (np.isnan(q) == ~known).all()
    assert (q[known] >= values[known] - 1e-15).all()
    assert (q[known] <= 1.0).all()
    order = np.argsort(values[known])
    assert (np.diff(q[known][order]) >= 0).all()
    alone = multiple.benjamini_hochberg(values[known])
    assert_allclose(q[known], alone)


@given(tables_of_counts)
def test_tables_ignore_order_and_turning(table):
    test, turned = tables.chi_square(table), tables.chi_square(table[::-1, ::-1].T)
    assert_allclose(turned.statistic, test.statistic, rtol=1e-9, atol=1e-9)
    assert_allclose(turned.p, test.p, rtol=1e-7)
    padded = np.vstack([table, np.zeros(table.shape[1], dtype=int)])
    assert_allclose(tables.chi_square(padded).statistic, test.statistic, rtol=1e-12)
    if not np.isnan(test.statistic):
        assert 0.0 <= test.effect_size <= 1.0 + 1e-9
    tau, mirror = ranks.kendall(table), ranks.kendall(table[::-1])
    assert_allclose(mirror.estimate, -tau.estimate, atol=1e-9)
    groups, reverse = ranks.jonckheere(table), ranks.jonckheere(table[::-1])
    assert_allclose(groups.p, reverse.p, rtol=1e-7)
    assert_allclose(
        ranks.kruskal_wallis(table).statistic,
        ranks.kruskal_wallis(table[:, ::-1]).statistic,
        rtol=1e-7,
        atol=1e-9,
    )


@few
@given(seeds)
def test_rank_tests_by_counts_are_those_of_the_rows(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.integers(0, 4, 40), rng.integers(0, 5, 40)
    grid = np.zeros((4, 5))
    np.add.at(grid, (x, y), 1)
    signs = np.sign(x[:, None] - x) * np.sign(y[:, None] - y)
    rising = np.sum((signs > 0)[x[:, None] < x]) + 0.5 * np.sum((y[:, None] == y)[x[:, None] < x])
    assert_allclose(ranks.jonckheere(grid).statistic, rising)
    pearson, spearman = ranks.pearson(x, y), ranks.spearman(x, y)
    assert_allclose(ranks.spearman(np.exp(x), y**3).estimate, spearman.estimate, atol=1e-12)
    trend = ranks.linear_by_linear(grid, range(4), range(5))
    assert_allclose(trend.effect_size, pearson.estimate, rtol=1e-7, atol=1e-12)


@given(st.floats(-20, 20), st.floats(0.01, 20), st.floats(2, 1000), st.floats(0.1, 10))
def test_a_comparison_is_even_and_its_parts_agree(difference, error, df, delta):
    one = comparison.compare(difference, error, df, delta=delta)
    two = comparison.compare(-difference, error, df, delta=delta)
    assert_allclose(one.p, two.p)
    assert one.inside_delta == two.inside_delta
    assert (one.p < 0.05) == (one.low > 0 or one.high < 0) or abs(one.p - 0.05) < 1e-9
    if one.inside_delta:
        assert abs(difference) < delta


@given(st.floats(0.1, 40), st.floats(0.5, 10))
def test_more_answers_are_needed_for_smaller_margins(spread, delta):
    n = power.answers_needed(spread, delta)
    assert n >= 2
    assert power.answers_needed(spread, delta / 2) >= n
    assert power.answers_needed(spread, delta, power=0.9) >= n


def test_answers_missing_on_one_side_leave_the_other_as_it_is():
    # 30 answers with error 9 beside 100,000 with error 0.3: the error of the difference falls
    # to what two sides in proportion would need, at a few hundred answers instead of 700,000.
    now, wanted = np.hypot(9.0, 0.3), 5.0 / (1.644854 + 1.281552)
    more = float(power.n_more_on_one_side(30, now, 0.3, 5.0))
    assert np.hypot(9.0 * np.sqrt(30 / (30 + more)), 0.3) == pytest.approx(wanted, rel=0.05)
    assert more < 1_000 < power.n_more(100_030, now, 5.0)
    # no number of answers helps where the other side alone is too uncertain
    assert np.isnan(power.n_more_on_one_side(30, 9.0, 4.0, 5.0))
    assert np.isnan(power.n_more_on_one_side(30, 9.0, np.nan, 5.0))
    assert power.n_more_on_one_side(30, 0.2, 0.1, 5.0) == 0
    assert np.isnan(power.n_more_on_one_side(30, 0.1, 0.1, 5.0))  # nothing of the error is its own


def test_answers_that_are_asked_for_decide():
    # 200 answers with this error; with n_more added, both calls are reached with 80 % power.
    more = power.n_more(200, 4.0, 5.0)
    rng = np.random.default_rng(1)
    error = 4.0 * np.sqrt(200 / (200 + more))
    drawn = rng.normal(0.0, error, 20_000)
    stable = comparison.compare(drawn, error, np.inf, delta=5.0).inside_delta
    real = comparison.compare(drawn + 5.0, error, np.inf, delta=5.0).p < 0.05
    assert stable.mean() > 0.78
    assert real.mean() > 0.78


@pytest.mark.parametrize("other", [0.0, 0.3, 1.5])
def test_answers_asked_for_on_one_side_bring_the_error_down_to_what_decides(other):
    """What decides is known from a side that stands against no error at all."""
    alone = float(power.n_more_on_one_side(10_000, 9.0, 0.0, 5.0))
    wanted = 9.0 * np.sqrt(10_000 / (10_000 + alone))
    more = float(power.n_more_on_one_side(10_000, np.hypot(9.0, other), other, 5.0))
    left = np.hypot(9.0 * np.sqrt(10_000 / (10_000 + more)), other)
    assert left == pytest.approx(wanted, rel=1e-4)
