"""NPS, shares and classical tests against R (figures/nps_tests.json)."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from huiyin.stats import comparison, means, multiple, nps, power, proportions, ranks, tables
from huiyin.stats.variances import welch_anova

CHANNELS = ["app", "branch", "phone", "web"]


@pytest.fixture(scope="module")
def r(figures):
    return figures("nps_tests")


@pytest.fixture(scope="module", params=["a", "small_a"])
def case(request):
    return request.param


@pytest.fixture(scope="module")
def answers(case, table):
    return table(f"responses_{case}.csv")


def counts(first, second):
    one = np.unique(first, return_inverse=True)[1]
    two = np.unique(second, return_inverse=True)[1]
    grid = np.zeros((one.max() + 1, two.max() + 1))
    np.add.at(grid, (one, two), 1.0)
    return grid


def scores(answers):
    stated = answers.numbers("nps")
    return np.select([stated >= 9, stated >= 7], [100.0, 0.0], -100.0)


def top2(answers):
    return (answers.numbers("csat") >= 4).astype(int)


def mean_of(values, level=0.95):
    return means.t_mean(len(values), values.mean(), values.var(ddof=1), level=level)


def test_nps_estimate_error_and_t_interval(r, case, answers):
    values = scores(answers)
    groups = {
        "overall": {"c95": values},
        "by_segment": {s: values[answers.words("segment") == s] for s in ("basic", "plus")},
        "by_quarter": {q: values[answers.words("quarter") == q] for q in ("2024Q1", "2024Q4")},
    }
    for name, members in groups.items():
        for key, part in members.items():
            figure = r[f"nps.{case}.{name}"]["result"][key]
            interval = mean_of(part)
            assert_allclose(interval.estimate, figure["nps"], rtol=1e-9)
            assert_allclose(interval.standard_error, figure["se_n_minus_1"], rtol=1e-9)
            assert_allclose([interval.low, interval.high], figure["t_test_ci"], rtol=1e-8)
            # The adjusted Wald interval is not among R's: same estimate, other limits.
            shares = figure["counts"]
            adjusted = nps.adjusted_wald_nps(
                shares["promoter"], shares["passive"], shares["detractor"]
            )
            assert_allclose(adjusted.estimate, figure["nps"], rtol=1e-9)


def test_adjusted_wald_by_hand():
    # 10 answers 6/3/1, AW(3, T): p = 6.75/13, d = 1.75/13; half = 1.96 sqrt((p + d - (p-d)^2)/13).
    p, d = 6.75 / 13, 1.75 / 13
    half = 1.959963984540054 * np.sqrt((p + d - (p - d) ** 2) / 13)
    interval = nps.adjusted_wald_nps(6, 3, 1)
    assert_allclose(interval.low, 100 * (p - d - half), rtol=1e-12)
    assert_allclose(interval.high, 100 * (p - d + half), rtol=1e-12)
    assert interval.method == "adjusted_wald"


def test_two_groups(r, case, answers):
    figure = r[f"nps.{case}.two_sample_z"]["result"]
    values, group = scores(answers), answers.words("group")
    treated, control = (mean_of(values[group == name]) for name in ("treated", "control"))
    difference, error, df = comparison.independent_difference(treated, control)
    outcome = comparison.compare(difference, error, df, delta=5.0)
    assert_allclose(difference, figure["difference"], rtol=1e-8)
    assert_allclose(df, figure["welch_df"], rtol=1e-9)
    assert_allclose(outcome.p, figure["welch_p"], rtol=1e-8)
    assert_allclose([outcome.low, outcome.high], figure["welch_ci95"], rtol=1e-7)
    # z with divisor n: the same difference with infinite degrees of freedom.
    z = comparison.compare(difference, figure["z_se"], np.inf, delta=5.0)
    assert_allclose(z.p, figure["z_p"], rtol=1e-8)
    assert_allclose([z.low, z.high], figure["z_ci95"], rtol=1e-7)


def test_two_groups_as_a_table(r, case, answers):
    figure = r[f"nps.{case}.two_sample_table"]["result"]
    grid = counts(answers.words("group"), scores(answers))
    test = tables.chi_square(grid)
    assert_allclose(test.statistic, figure["chisq"]["statistic"], rtol=1e-9)
    assert_allclose(test.p, figure["chisq"]["p_value"], rtol=1e-9)
    assert_allclose(tables.adjusted_residuals(grid), figure["std_residuals"]["values"], rtol=1e-9)
    trend = ranks.linear_by_linear(grid, [0, 1], [1, 2, 3])
    coin = figure["linear_by_linear_coin"]
    # coin::chisq_test scales by n, Mantel (and coin::independence_test) by n - 1.
    n = grid.sum()
    assert_allclose(trend.statistic * n / (n - 1), coin["statistic"] ** 2, rtol=1e-9)
    # Kruskal–Wallis of two groups is Wilcoxon's test without continuity correction.
    ranked = ranks.kruskal_wallis(counts(answers.words("group"), answers.numbers("nps")))
    assert_allclose(ranked.p, figure["wilcoxon_uncorrected"]["p_value"], rtol=1e-8)


def test_share_and_two_shares(r, case, answers):
    figure = r[f"nps.{case}.top2_binomci"]["result"]
    interval = proportions.wilson_share(figure["x"], figure["n"])
    at = figure["ci95"]["rows"].index("wilson")
    assert_allclose(
        [interval.estimate, interval.low, interval.high], figure["ci95"]["values"][at], rtol=1e-9
    )
    two = r[f"nps.{case}.top2_two_prop"]["result"]["prop_test_uncorrected"]
    test = tables.chi_square(counts(answers.words("group"), top2(answers)))
    assert_allclose(test.statistic, two["statistic"], rtol=1e-9)
    assert_allclose(test.p, two["p_value"], rtol=1e-8)


def test_cross_table(r, case, answers):
    figure = r[f"nps.{case}.crosstab"]["result"]
    grid = counts(answers.words("channel"), scores(answers))
    assert_allclose(grid, figure["table"]["values"])
    test = tables.chi_square(grid)
    assert_allclose(test.statistic, figure["chisq"]["statistic"], rtol=1e-9)
    assert test.degrees_of_freedom == figure["chisq"]["parameter"]
    assert_allclose(test.p, figure["chisq"]["p_value"], rtol=1e-8)
    assert_allclose(test.effect_size, figure["cramers_v"], rtol=1e-9)
    assert_allclose(tables.cramers_v(grid), figure["cramers_v"], rtol=1e-9)
    corrected = tables.cramers_v(grid, bias_corrected=True)
    assert_allclose(corrected, figure["cramers_v_bias_corrected"], rtol=1e-9, atol=1e-12)
    assert_allclose(
        tables.adjusted_residuals(grid), figure["adjusted_residuals"]["values"], rtol=1e-9
    )


def test_correlations_of_ratings(r, case, answers):
    figure = r[f"nps.{case}.ordinal_assoc"]["result"]
    csat, ces = answers.numbers("csat"), answers.numbers("ces")
    linear = ranks.pearson(csat, ces)
    assert_allclose(linear.estimate, figure["pearson"]["r"], rtol=1e-9)
    assert_allclose(linear.p, figure["pearson"]["p_value"], rtol=1e-7)
    assert_allclose([linear.low, linear.high], figure["pearson"]["ci95"], rtol=1e-8)
    ranked = ranks.spearman(csat, ces)
    assert_allclose(ranked.estimate, figure["spearman"]["rho"], rtol=1e-9)
    assert_allclose(ranked.p, figure["spearman"]["p_value"], rtol=1e-7)
    # Base R gives no interval for Spearman: Bonett and Wright's formula by hand.
    half = 1.959963984540054 * np.sqrt((1 + ranked.estimate**2 / 2) / (len(csat) - 3))
    expected = np.tanh(np.arctanh(ranked.estimate) + np.array([-half, half]))
    assert_allclose([ranked.low, ranked.high], expected, rtol=1e-10)
    grid = counts(csat, ces)
    tau = ranks.kendall(grid)
    assert_allclose(tau.estimate, figure["kendall_tau_b"]["tau"], rtol=1e-9)
    assert_allclose(tau.p, figure["kendall_tau_b"]["p_value"], rtol=1e-7)
    # DescTools takes another large-sample standard error; ours differs by under 3 % of the width.
    theirs = figure["tau_b_ci"]
    width = theirs["upr.ci"] - theirs["lwr.ci"]
    assert_allclose(tau.high - tau.low, width, rtol=0.03)


def test_groups(r, case, answers):
    figure = r[f"nps.{case}.kruskal"]["result"]
    csat, channel = answers.numbers("csat"), answers.words("channel")
    test = ranks.kruskal_wallis(counts(channel, csat))
    assert_allclose(test.statistic, figure["kruskal"]["statistic"], rtol=1e-9)
    assert test.degrees_of_freedom == figure["kruskal"]["parameter"]
    assert_allclose(test.p, figure["kruskal"]["p_value"], rtol=1e-8)
    assert_allclose(test.effect_size, figure["epsilon_squared"], rtol=1e-8)
    parts = [csat[channel == name] for name in CHANNELS]
    welch = welch_anova(
        [len(p) for p in parts], [p.mean() for p in parts], [p.var(ddof=1) for p in parts]
    )
    assert_allclose(welch.statistic, figure["welch"]["statistic"], rtol=1e-9)
    degrees = [welch.degrees_of_freedom, welch.denominator_degrees_of_freedom]
    assert_allclose(degrees, figure["welch"]["parameter"], rtol=1e-9)
    assert_allclose(welch.p, figure["welch"]["p_value"], rtol=1e-8)
    assert_allclose(welch.effect_size, figure["eta_squared"], rtol=1e-9)


def test_trends(r, case, answers):
    figure = r[f"nps.{case}.trend"]["result"]
    shares = counts(answers.words("quarter"), top2(answers))
    rising = ranks.cochran_armitage(shares[:, 1], shares.sum(axis=1))
    assert_allclose(rising.statistic**2, figure["prop_trend_chisq"]["statistic"], rtol=1e-9)
    assert_allclose(rising.p, figure["prop_trend_chisq"]["p_value"], rtol=1e-8)
    assert rising.statistic > 0
    stated = answers.numbers("nps")
    grid = counts(answers.words("quarter"), stated)
    ordered = ranks.jonckheere(grid)
    assert_allclose(ordered.statistic, figure["jonckheere"]["statistic"], rtol=1e-12)
    # DescTools leaves the ties out of the variance, so that its p is the larger one.
    assert 0.5 * figure["jonckheere"]["p_value"] < ordered.p < figure["jonckheere"]["p_value"]
    linear = ranks.linear_by_linear(grid, np.arange(4.0), np.unique(stated))
    expected = figure["linear_trend_of_mean_quad"]
    assert_allclose(linear.statistic, expected["statistic"], rtol=1e-9)
    assert_allclose(linear.p, expected["p_value"], rtol=1e-7)


def test_wilson_over_a_grid(r):
    grid = r["binomci.grid_a.wilson"]["result"]
    for level in (0.9, 0.95, 0.99):
        at = np.array(grid["conf"]) == level
        assert at.any()
        x, n = np.array(grid["x"])[at], np.array(grid["n"])[at]
        interval = proportions.wilson_share(x, n, level=level)
        assert_allclose(interval.low, np.array(grid["lower"])[at], rtol=1e-8, atol=1e-15)
        assert_allclose(interval.high, np.array(grid["upper"])[at], rtol=1e-8)


def test_power(r):
    figure = r["power.a"]["result"]
    n = power.answers_needed(figure["sd"], figure["delta"])
    assert_allclose(n, figure["t_n_per_group"], rtol=1e-6)
    reached = power.answers_needed(figure["sd"], figure["delta"], power=figure["t_power_n100"])
    assert_allclose(reached, 100.0, rtol=1e-4)  # R's root search


def test_benjamini_hochberg(r):
    figure = r["p_adjust.a"]["result"]
    at = figure["adjusted"]["cols"].index("BH")
    expected = np.array(figure["adjusted"]["values"])[:, at]
    assert_allclose(multiple.benjamini_hochberg(figure["p"]), expected, rtol=1e-12)
