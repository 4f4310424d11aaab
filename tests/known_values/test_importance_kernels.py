"""Drivers against R relaimpo 2.2-7 and boot 1.3-28.1 (figures/relaimpo.json)."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from huiyin.stats import correlations, importance

SIX = [f"d{at:02d}" for at in range(1, 7)]
TWELVE = [f"d{at:02d}" for at in range(1, 13)]
EIGHT = TWELVE[:8]


@pytest.fixture(scope="module")
def r(figures):
    return figures("relaimpo")


@pytest.fixture(scope="module")
def likert(table):
    return table("likert12_a.csv.gz")


def complete(values):
    return values[~np.isnan(values).any(axis=1)]


def correlation_of(values, weights=None):
    weights = np.ones(len(values)) if weights is None else weights
    return correlations.weighted_correlations(values, weights[None])[0]


def same_importance(correlation, figure):
    columns = dict(zip(figure["cols"], np.array(figure["values"]).T, strict=True))
    shares = importance.lmg(correlation)
    assert_allclose(shares, columns["lmg"], rtol=1e-8)
    # Genizi's decomposition is Johnson's relative weights.
    if "genizi" in columns:
        weights = importance.relative_weights(correlation)
        assert_allclose(weights, columns["genizi"], rtol=1e-8)
    beta = importance.standardised_coefficients(correlation, 1e6).beta
    assert_allclose(beta**2, columns["betasq"], rtol=1e-7)
    assert_allclose(beta * correlation[:-1, -1], columns["pratt"], rtol=1e-7)
    return shares


def data_of(case, likert, table, reference_table):
    if case == "swiss":
        data = reference_table("02_relaimpo/data/r-base/swiss.csv")
        names = ("Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality")
        return data.numbers(*names, "Fertility")
    if case == "stackloss":
        data = reference_table("02_relaimpo/data/r-base/stackloss.csv")
        return data.numbers("Air.Flow", "Water.Temp", "Acid.Conc.", "stack.loss")
    if case == "likert12_a":
        return likert.numbers(*TWELVE, "satisfaction")
    return complete(table("likert8_na_a.csv").numbers(*EIGHT, "satisfaction"))


@pytest.mark.parametrize("case", ["swiss", "stackloss", "likert12_a", "likert8_na_a"])
def test_raw_and_normalised_shares_and_coefficients(r, likert, table, reference_table, case):
    # likert8_na_a: R drops every row with a missing value, so the test does; huiyin itself keeps
    # them pairwise.
    values = data_of(case, likert, table, reference_table)
    correlation = correlation_of(values)
    raw = r[f"relaimpo.{case}.all_raw"]["result"]
    shares = same_importance(correlation, raw["metrics"])
    assert_allclose(shares.sum(), raw["R2"], rtol=1e-10)
    relative = r[f"relaimpo.{case}.all_rela"]["result"]["metrics"]
    at = relative["cols"].index("lmg")
    assert_allclose(shares / shares.sum(), np.array(relative["values"])[:, at], rtol=1e-8)

    ols = r[f"relaimpo.{case}.ols"]["result"]
    fit = importance.standardised_coefficients(correlation, len(values))
    assert_allclose(fit.beta, list(ols["std_beta"].values()), rtol=1e-7)
    assert_allclose(fit.r2, ols["r2"], rtol=1e-9)
    table_ = np.array(ols["coefficients"]["values"])[1:]
    scale = values[:, :-1].std(axis=0) / values[:, -1].std()
    assert_allclose(fit.standard_error, table_[:, 1] * scale, rtol=1e-7)


def test_weighted_rows(r, likert):
    figure = r["relaimpo.likert12_a.weighted"]["result"]
    values = likert.numbers(*TWELVE, "satisfaction")
    shares = same_importance(correlation_of(values, likert.numbers("w")), figure["metrics"])
    assert_allclose(shares.sum(), figure["R2"], rtol=1e-9)


def test_six_drivers(r, likert):
    figure = r["relaimpo.likert12_a.six_drivers"]["result"]
    same_importance(correlation_of(likert.numbers(*SIX, "satisfaction")), figure["metrics"])


def test_under_a_survey_design(r, likert):
    figure = r["relaimpo.likert12_a.survey_design"]["result"]
    values = likert.numbers(*SIX, "satisfaction")
    shares = importance.lmg(correlation_of(values, likert.numbers("w")))
    assert_allclose(shares, list(figure["lmg"].values()), rtol=1e-8)


def test_within_segments(r, likert):
    figure = r["relaimpo.likert12_a.by_segment"]["result"]
    values, segment = likert.numbers(*SIX, "satisfaction"), likert.words("segment")
    members = np.array([segment == name for name in figure], dtype=float)
    many = importance.lmg_many(correlations.weighted_correlations(values, members))
    for shares, expected in zip(many, figure.values(), strict=True):
        assert_allclose(shares.sum(), expected["R2"], rtol=1e-9)
        assert_allclose(shares / shares.sum(), list(expected["lmg_share"].values()), rtol=1e-8)


def test_from_a_covariance_matrix(r):
    figure = r["relaimpo.likert12_a.from_covariance"]["result"]
    covariance = np.array(figure["cov"]["values"])
    order = [*range(1, len(covariance)), 0]
    matrix = correlations.correlation_from_covariance(covariance[np.ix_(order, order)])
    assert_allclose(importance.lmg(matrix), list(figure["lmg"].values()), rtol=1e-8)


def test_percentile_limits_on_given_resamples(r, reference_table):
    figure = r["relaimpo.swiss.boot200"]["result"]
    values = data_of("swiss", None, None, reference_table)
    drawn = reference_table("02_relaimpo/data/generated/swiss_boot_indices.csv")
    indices = drawn.numbers(*(f"V{at}" for at in range(1, 48))).astype(int) - 1
    counts = np.array([np.bincount(row, minlength=len(values)) for row in indices], dtype=float)
    shares = importance.lmg_many(correlations.weighted_correlations(values, counts))
    for level, key in ((0.95, "perc95"), (0.9, "perc90")):
        low, high = importance.percentile_intervals(shares, level=level)
        assert_allclose(low, figure[key]["lmg"]["lower"], rtol=1e-7)
        assert_allclose(high, figure[key]["lmg"]["upper"], rtol=1e-7)


def test_our_own_resamples_agree_with_those_of_r(r, likert):
    figure = r["relaimpo.likert12_a.boot200"]["result"]
    values = likert.numbers(*TWELVE, "satisfaction")
    drawn = importance.resample_correlations(values, 300, np.random.default_rng(1))
    shares = importance.lmg_many(drawn)
    shares /= shares.sum(axis=1, keepdims=True)
    error = np.array(list(figure["boot_se_lmg_share"].values()))
    # Both are random: standard errors of 200 and 300 replicates differ by some 8 %.
    assert_allclose(shares.std(axis=0, ddof=1), error, rtol=0.25)
    low, high = importance.percentile_intervals(shares)
    assert_allclose((low - np.array(figure["lower"])) / error, 0.0, atol=0.6)
    assert_allclose((high - np.array(figure["upper"])) / error, 0.0, atol=0.6)
