"""Nothing, one, constant, impossible: never a made-up number, never a warning."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from huiyin.stats import (
    changes,
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
    tables,
)
from huiyin.stats.variances import welch_anova

pytestmark = pytest.mark.filterwarnings("error")
COLLINEAR = [[1.0, 1.0, 0.2, 0.5], [1.0, 1.0, 0.2, 0.5], [0.2, 0.2, 1.0, 0.4], [0.5, 0.5, 0.4, 1.0]]
INDEFINITE = [[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]


def unknown(*numbers):
    return all(np.isnan(number).all() for number in numbers)


def test_no_answers_are_not_a_zero():
    for interval in (
        nps.adjusted_wald_nps(0, 0, 0),
        proportions.wilson_share(0, 0),
        means.t_mean(0, 0.0, 0.0),
    ):
        assert unknown(interval.estimate, interval.low, interval.high, interval.standard_error)


def test_one_answer():
    assert unknown(means.t_mean(1, 4.0, 0.0).low, means.t_mean(1, 4.0, np.nan).high)
    assert float(means.t_mean(1, 4.0, 0.0).estimate) == 4.0
    one = proportions.wilson_share(1, 1)
    assert one.high == 1.0
    assert 0.0 < one.low < 0.3
    score = nps.adjusted_wald_nps(1, 0, 0)
    assert score.estimate == 100.0
    assert score.low < 30.0


def test_equal_answers_leave_the_error_unknown_or_wide():
    assert unknown(means.t_mean(50, 5.0, 0.0).low)
    assert nps.adjusted_wald_nps(30, 0, 0).low < 95.0
    assert nps.adjusted_wald_nps(30, 0, 0).standard_error > 0
    assert proportions.wilson_share(30, 30).standard_error > 0
    assert unknown(means.t_interval(3.0, 0.0, 10).low, means.t_interval(3.0, 1.0, 0).high)


def test_cells_stand_side_by_side():
    interval = means.t_mean([0, 1, 5], [0.0, 2.0, 3.0], [0.0, 0.0, 1.0])
    assert np.isnan(interval.low).tolist() == [True, True, False]
    share = proportions.korn_graubard_share([0.0, 0.4, 1.0], [0.0, 0.0, 0.0], 40, 10)
    # At the edge: Clopper–Pearson at n, widened for the degrees of freedom; inside: fixed.
    assert share.low[0] == 0.0
    assert 0.0 < share.high[0] < 0.2
    assert share.low[1] == share.high[1] == 0.4
    assert share.high[2] == 1.0
    assert 0.8 < share.low[2] < 1.0


def test_shares_without_degrees_of_freedom():
    assert unknown(proportions.korn_graubard_share(0.5, 0.1, 40, 0).low)
    assert unknown(proportions.korn_graubard_share(np.nan, np.nan, 40, 5).low)
    assert unknown(proportions.korn_graubard_share(0.5, np.nan, 40, 5).high)


def test_one_cluster_has_no_error():
    one = design.ratio_estimates(design.cluster_sums([10.0], [4.0]))
    assert one.estimate[0] == 2.5
    assert unknown(one.variance)
    assert one.degrees_of_freedom == 0
    assert unknown(means.t_interval(one.estimate, np.sqrt(one.variance), 0).low)


def test_every_stratum_lonely_has_no_error_and_says_so():
    lonely = design.ratio_estimates(design.cluster_sums([1.0, 2.0], [1.0, 1.0], [0, 1]))
    assert unknown(lonely.variance)
    assert lonely.n_lonely == 2


def test_a_cell_without_weight():
    sums = design.cluster_sums([[0.0, 1.0], [0.0, 3.0]], [[0.0, 1.0], [0.0, 1.0]])
    estimates = design.ratio_estimates(sums)
    assert unknown(estimates.estimate[0], estimates.variance[0])
    assert estimates.estimate[1] == 2.0


def test_an_empty_stratum_costs_no_degree_of_freedom():
    sums = design.cluster_sums([1.0, 2.0, 4.0], [1.0, 1.0, 1.0], [0, 0, 2])
    assert sums.n_psu.tolist() == [2, 0, 1]
    assert design.ratio_estimates(sums).degrees_of_freedom == 1
    assert np.isfinite(design.ratio_estimates(sums).variance[0])


def test_effective_numbers():
    assert unknown(design.kish_effective_n(0.0, 0.0))
    assert design.kish_effective_n(10.0, 10.0) == 10.0
    assert unknown(design.design_effect(1.0, 1, 1.0), design.design_effect(1.0, 10, 0.0))
    assert unknown(design.design_effect(1.0, 10, 1.0, population=9.0))
    assert_allclose(design.design_effect(0.2, 11, 1.0), 2.0)


def test_raking_says_what_cannot_be_met():
    result = raking.rake([1.0, 1.0], [np.array([0, 0])], [[0.5, 0.5]])
    assert not result.converged
    assert result.largest_gap == pytest.approx(0.5)
    assert np.isfinite(result.weights).all()


def test_raking_keeps_the_part_of_unknown_rows():
    result = raking.rake(np.ones(4), [np.array([0, 0, 1, -1])], [[0.5, 0.5]])
    assert result.converged
    assert_allclose(result.weights, [0.1875, 0.1875, 0.375, 0.25])


def test_raking_drops_a_level_with_target_zero():
    result = raking.rake(np.ones(3), [np.array([0, 1, 1])], [[0.0, 2.0]])
    assert result.weights.tolist() == [0.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("weights", "codes", "targets"),
    [
        ([1.0], [], []),
        ([1.0, -1.0], [[0, 1]], [[1, 1]]),
        ([1.0, np.nan], [[0, 1]], [[1, 1]]),
        ([0.0, 0.0], [[0, 1]], [[1, 1]]),
        ([1.0, 1.0], [[0, 2]], [[1, 1]]),
        ([1.0, 1.0], [[0]], [[1, 1]]),
        ([1.0, 1.0], [[0, 1]], [[1, -1]]),
        ([1.0, 1.0], [[0, 1]], [[0, 0]]),
        ([1.0, 1.0], [[0, 1]], [[np.nan, 1]]),
    ],
)
def test_raking_refuses(weights, codes, targets):
    with pytest.raises(ValueError, match=r"margin|weights|targets"):
        raking.rake(weights, codes, targets)


def test_collinear_drivers_share_alike_and_are_flagged():
    shares = importance.lmg(COLLINEAR)
    assert shares[0] == pytest.approx(shares[1])
    kept = np.array(COLLINEAR)[1:, 1:]
    assert shares.sum() == pytest.approx(importance.lmg(kept).sum())
    near = np.array(COLLINEAR)
    near[0, 1] = near[1, 0] = 1.0 - 1e-6
    assert_allclose(importance.lmg(near), shares, atol=1e-5)
    check = correlations.check_correlation(COLLINEAR)
    assert check.collinear
    assert not check.repaired
    assert unknown(importance.standardised_coefficients(COLLINEAR, 100).standard_error)
    assert_allclose(importance.standardised_coefficients(COLLINEAR, 100).r2, shares.sum())
    weights = importance.relative_weights(COLLINEAR)
    assert weights[0] == pytest.approx(weights[1])


def test_a_driver_that_is_the_sum_of_others_stays_within_r2():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(500, 3))
    values = np.column_stack([x, x.sum(axis=1), x[:, 0] + rng.normal(size=500)])
    matrix = np.corrcoef(values, rowvar=False)
    alone = np.corrcoef(values[:, [0, 1, 2, 4]], rowvar=False)
    assert importance.lmg(matrix).sum() == pytest.approx(importance.lmg(alone).sum())


def test_correlations_that_do_not_fit_are_refused_or_repaired_with_a_flag():
    for kernel in (importance.lmg, importance.relative_weights):
        with pytest.raises(ValueError, match="eigenvalue"):
            kernel(INDEFINITE)
    check = correlations.check_correlation(INDEFINITE)
    assert check.repaired
    assert check.largest_change > 0.1
    # Clipped at 0, so that it lies on the edge of what correlations can be: no further than needed.
    assert np.linalg.eigvalsh(check.correlation)[0] == pytest.approx(0.0, abs=1e-12)
    assert_allclose(np.diag(check.correlation), 1.0)
    shares = importance.lmg(check.correlation)
    assert (shares >= 0).all()
    assert shares.sum() <= 1.0 + 1e-9
    many = importance.lmg_many([INDEFINITE, np.eye(3)])
    assert_allclose(many[0], shares)
    assert_allclose(many[1], 0.0, atol=1e-14)


def test_a_constant_driver_or_target():
    values = np.column_stack([np.arange(6.0), np.full(6, 3.0), [1.0, 0.0, 2.0, 3.0, 1.0, 5.0]])
    matrix = correlations.weighted_correlations(values, np.ones((1, 6)))
    assert np.isnan(matrix[0, 1, 2])
    for refuses in (importance.lmg, correlations.check_correlation):
        with pytest.raises(ValueError, match="NaN"):
            refuses(matrix[0])
    with pytest.raises(ValueError, match="square"):
        importance.lmg([[1.0]])
    # In a resample by chance: the driver has no share; without a target there is none at all.
    assert importance.lmg_many(matrix)[0, 1] == 0.0
    assert importance.lmg_many(matrix)[0, 0] > 0.0
    turned = matrix[:, [0, 2, 1]][:, :, [0, 2, 1]]
    assert unknown(importance.lmg_many(turned), importance.relative_weights_many(turned))
    covariance = np.cov(values, rowvar=False)
    assert np.isnan(correlations.correlation_from_covariance(covariance)[0, 1])


def test_too_many_drivers_for_lmg():
    with pytest.raises(ValueError, match="16"):
        importance.lmg(np.eye(18))
    assert_allclose(importance.lmg(np.eye(17)), 0.0, atol=1e-14)
    assert importance.relative_weights(np.eye(18)).shape == (17,)


def test_fewer_rows_than_drivers_give_no_errors():
    matrix = np.eye(4) * 0.5 + 0.5
    assert unknown(importance.standardised_coefficients(matrix, 4).standard_error)


def test_pairs_without_common_rows():
    values = np.array([[1.0, np.nan], [2.0, np.nan], [np.nan, 3.0], [np.nan, 4.0]])
    matrix = correlations.weighted_correlations(values, np.ones((1, 4)))[0]
    assert np.isnan(matrix[0, 1])
    assert matrix[0, 0] == 1.0


def test_percentiles_take_the_ranks_of_all_replicates_and_one():
    low, high = correlations.percentile_intervals(np.arange(1.0, 200.0)[:, None])
    assert_allclose([low[0], high[0]], [5.0, 195.0])
    low, high = correlations.percentile_intervals(np.arange(1.0, 200.0)[:, None], level=0.9)
    assert_allclose([low[0], high[0]], [10.0, 190.0])
    low, high = correlations.percentile_intervals(np.arange(1.0, 51.0)[:, None])
    assert 1.0 < low[0] < 2.0
    assert_allclose(low + high, 51.0)


def test_percentiles_leave_failed_resamples_out():
    replicates = np.column_stack([np.arange(99.0), np.full(99, np.nan)])
    replicates[::3, 0] = np.nan
    low, high = correlations.percentile_intervals(replicates)
    kept = replicates[:, 0][~np.isnan(replicates[:, 0])]
    alone = correlations.percentile_intervals(kept[:, None])
    assert (low[0], high[0]) == (alone[0][0], alone[1][0])
    assert unknown(low[1], high[1])
    assert unknown(*correlations.percentile_intervals(np.ones((1, 2))))
    assert unknown(*correlations.percentile_intervals(np.empty((0, 2))))


def test_tests_without_variation():
    assert unknown(tables.chi_square([[3, 4]]).p, tables.chi_square(np.zeros((2, 2))).statistic)
    assert np.isnan(tables.cramers_v([[3], [4]]))
    assert unknown(tables.adjusted_residuals([[3, 4], [0, 0]]))
    assert unknown(tables.adjusted_residuals(np.zeros((2, 2))))
    assert unknown(tables.rao_scott_chi_square(np.ones((1, 2, 2)), 4).p)
    assert unknown(tables.rao_scott_chi_square(np.ones((5, 1, 2)), 10).p)
    assert unknown(ranks.kruskal_wallis([[3, 4]]).p, ranks.kruskal_wallis([[3, 0], [4, 0]]).p)
    assert unknown(ranks.kendall([[3, 4]]).estimate, ranks.kendall(np.zeros((2, 2))).p)
    assert unknown(ranks.jonckheere([[3, 4]]).p, ranks.jonckheere([[3, 0], [4, 0]]).p)
    assert unknown(ranks.cochran_armitage([0, 0], [5, 5]).p, ranks.cochran_armitage([0], [0]).p)
    assert unknown(ranks.linear_by_linear([[3, 4]], [1], [1, 2]).p)
    assert unknown(ranks.spearman([1, 1, 1, 1], [1, 2, 3, 4]).estimate)
    assert unknown(ranks.pearson([1, np.nan, 2], [1, 2, 3]).estimate)
    assert ranks.pearson([1, 2, 3, np.nan], [2, 4, 6, 1]).n == 3
    assert ranks.pearson([1, 2, 3, 4], [2, 4, 6, 8]).p == 0.0
    assert unknown(welch_anova([5], [1.0], [1.0]).p)
    assert unknown(welch_anova([5, 1], [1.0, 2.0], [1.0, 0.0]).p)
    assert np.isfinite(welch_anova([5, 6, 1], [1.0, 2.0, 9.0], [1.0, 2.0, 0.0]).p)


def test_comparisons_that_cannot_be_tested():
    outcome = comparison.compare([1.0, 0.0, np.nan], [0.0, np.nan, 1.0], 10, delta=5.0)
    assert unknown(outcome.p)
    assert not outcome.inside_delta.any()
    words = comparison.call([True, False, False, False], [np.nan, 0.01, 0.06, np.nan])
    assert words.tolist() == ["stable", "real", "cannot_tell", "cannot_tell"]
    assert comparison.call([True], [0.001]).tolist() == ["stable"]
    assert comparison.call([False], [0.06], 0.9).tolist() == ["real"]
    constant = means.t_mean(10, 5.0, 0.0)
    _, error, df = comparison.independent_difference(constant, constant)
    assert unknown(comparison.compare(0.0, error, df, delta=1.0).p)


def test_welch_with_an_estimate_without_degrees_of_freedom():
    one, two = proportions.wilson_share(5, 10), proportions.wilson_share(50, 90)
    _, error, df = comparison.independent_difference(one, two)
    assert df == np.inf
    assert np.isfinite(comparison.compare(0.05, error, df, delta=0.03).p)


def test_margins_and_spreads_must_be_above_zero():
    assert unknown(power.answers_needed(0.0, 1.0), power.answers_needed(1.0, 0.0))
    assert unknown(power.n_more(100, np.nan, 5.0), power.n_more(100, 1.0, 0.0))
    assert power.n_more(100, 0.1, 5.0) == 0
    assert power.answers_needed(1.0, 50.0) >= 2


def test_no_p_values():
    assert multiple.benjamini_hochberg([]).size == 0
    assert unknown(multiple.benjamini_hochberg([np.nan, np.nan]))


def test_short_series_have_no_change_points():
    assert changes.change_points([], []) == ()
    assert changes.change_points([1.0, 9.0, 9.0], [0.1, 0.1, 0.1]) == ()
    assert changes.change_points([1.0] * 12, [1.0] * 12) == ()
    assert changes.change_points([np.nan] * 12, [1.0] * 12) == ()
    assert changes.change_points([1.0, 9.0] * 6, [0.0] * 12) == ()
