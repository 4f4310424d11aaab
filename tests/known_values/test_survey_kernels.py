"""Design-based estimates against R survey 4.1-1 (figures/survey.json)."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from huiyin.stats import comparison, design, means, proportions, raking, tables

SAME = {"rtol": 1e-8, "atol": 1e-10}


@pytest.fixture(scope="module")
def r(figures):
    return figures("survey")


@pytest.fixture(scope="module")
def csat(table):
    return table("csat_a.csv")


@pytest.fixture(scope="module")
def stores(csat, sampled):
    return sampled(csat.codes("store"), csat.codes("region"), csat.numbers("w"))


def nps_values(csat):
    answers = csat.numbers("nps")
    values = np.select([answers >= 9, answers >= 7], [100.0, 0.0], -100.0)
    return np.where(np.isnan(answers), np.nan, values)


def top2(csat):
    return (csat.numbers("csat") >= 4).astype(float)


def api(reference_table, sampled, name):
    data = reference_table(f"01_survey/data/r-debian/{name}.csv")
    weights, fpc = data.numbers("pw"), data.numbers("fpc")
    if name == "apistrat":
        strata = data.codes("stype")
        psu = np.arange(len(data))
    else:
        strata, psu = np.zeros(len(data), dtype=int), data.codes("dnum")
    whole = sampled(psu, strata, weights)
    drawn = np.bincount(whole.psu_strata)
    population = np.array([fpc[strata == h][0] for h in range(drawn.size)])
    return data, sampled(psu, strata, weights, drawn / population)


def same_mean(estimates, figure, name):
    assert_allclose(estimates.estimate[0], figure["estimate"][name], **SAME)
    assert_allclose(np.sqrt(estimates.variance[0]), figure["se"][name], **SAME)


def t_limits(estimates, level=0.95):
    interval = means.t_interval(
        estimates.estimate,
        np.sqrt(estimates.variance),
        estimates.degrees_of_freedom,
        level=level,
        method="t",
    )
    return np.array([interval.low, interval.high]).T


def deff(sample, values, estimates, *, population):
    rows = ~np.isnan(values)
    w, y = sample.weights[rows], values[rows]
    spread = np.average((y - np.average(y, weights=w)) ** 2, weights=w)
    size = w.sum() if population else None
    return design.design_effect(estimates.variance, rows.sum(), spread, population=size)


@pytest.mark.parametrize("name", ["apistrat", "apiclus1"])
class TestApiSchools:
    def test_means(self, r, reference_table, sampled, name):
        data, sample = api(reference_table, sampled, name)
        for case, columns in (
            ("mean_numeric", ("api00", "api99")),
            ("mean_na_rm", ("enroll", "meals")),
        ):
            figure = r[f"survey.{name}.{case}"]["result"]
            both = ~np.isnan(data.numbers(*columns)).any(axis=1)
            for column in columns:
                values = data.numbers(column)
                estimates = sample.estimate(values, both)
                same_mean(estimates, figure, column)
                at = figure["ci95_t"]["rows"].index(column)
                assert_allclose(t_limits(estimates)[0], figure["ci95_t"]["values"][at], **SAME)
                if case == "mean_numeric":
                    effect = deff(sample, values, estimates, population=True)
                    assert_allclose(effect[0], figure["deff"][column], rtol=1e-8)

    def test_shares_of_a_factor(self, r, reference_table, sampled, name):
        data, sample = api(reference_table, sampled, name)
        figure = r[f"survey.{name}.mean_factor"]["result"]
        for level in "EHM":
            estimates = sample.estimate((data.words("stype") == level).astype(float))
            same_mean(estimates, figure, f"stype{level}")

    def test_domains(self, r, reference_table, sampled, name):
        data, sample = api(reference_table, sampled, name)
        by = r[f"survey.{name}.by_mean"]["result"]["table"]
        two = r[f"survey.{name}.by_two_factors"]["result"]
        for at, award in enumerate(by["awards"]):
            inside = data.words("awards") == award
            for column in ("api00", "api99"):
                estimates = sample.estimate(data.numbers(column), inside)
                assert_allclose(estimates.estimate[0], by[column][at], **SAME)
                assert_allclose(np.sqrt(estimates.variance[0]), by[f"se.{column}"][at], **SAME)
        for at, (award, wide) in enumerate(zip(two["awards"], two["sch.wide"], strict=True)):
            inside = (data.words("awards") == award) & (data.words("sch.wide") == wide)
            estimates = sample.estimate(data.numbers("api00"), inside)
            assert_allclose(np.sqrt(estimates.variance[0]), two["se"][at], **SAME)
        figure = r[f"survey.{name}.domain_subset"]["result"]
        inside = (data.words("stype") == "E") & (data.words("awards") == "Yes")
        estimates = sample.estimate(data.numbers("api00"), inside)
        same_mean(estimates, figure, "api00")
        assert_allclose(t_limits(estimates), figure["ci95_t"]["values"], **SAME)

    def test_ratio(self, r, reference_table, sampled, name):
        data, sample = api(reference_table, sampled, name)
        figure = r[f"survey.{name}.ratio"]["result"]
        a, b = data.numbers("api.stu"), data.numbers("enroll")
        both = ~np.isnan(a + b)
        sums = design.cluster_sums(
            sample.totals(np.where(both, a, 0.0)),
            sample.totals(np.where(both, b, 0.0)),
            sample.psu_strata,
        )
        estimates = design.ratio_estimates(sample._with_fraction(sums))
        assert_allclose(estimates.estimate[0], figure["ratio"], **SAME)
        assert_allclose(np.sqrt(estimates.variance[0]), figure["se"], **SAME)
        assert_allclose(t_limits(estimates)[0], figure["ci95_t"], **SAME)

    def test_contrast_of_domains_with_covariance(self, r, reference_table, sampled, name):
        data, sample = api(reference_table, sampled, name)
        values, award = data.numbers("api00"), data.words("awards")
        sums, a, b = sample.sums([(values, award == "Yes"), (values, award == "No")])
        pair = (sums.take([0]), sums.take([1]), sample.cross(a, b, 0, 1))
        difference = design.ratio_difference(*pair)
        figure = r[f"survey.{name}.contrast"]["result"]
        assert_allclose(difference.estimate[0], figure["estimate"], rtol=1e-8)
        assert_allclose(np.sqrt(difference.variance[0]), figure["se"], rtol=1e-8)
        assert_allclose(
            design.ratio_covariance(*pair)[0], figure["vcov"]["values"][0][1], rtol=1e-8
        )
        # svyttest tests the same difference by regression, with one degree of freedom less.
        test = r[f"survey.{name}.ttest"]["result"]
        assert difference.degrees_of_freedom - 1 == test["df"]
        outcome = comparison.compare(
            difference.estimate, np.sqrt(difference.variance), test["df"], delta=1.0
        )
        assert_allclose(outcome.p[0], test["p_value"], rtol=1e-8)
        assert_allclose([outcome.low[0], outcome.high[0]], test["ci95"], rtol=1e-8)

    def test_share_interval(self, r, reference_table, sampled, name):
        data, sample = api(reference_table, sampled, name)
        estimates = sample.estimate((data.words("awards") == "Yes").astype(float))
        same_ciprop(estimates, len(data), r[f"survey.{name}.ciprop"]["result"])

    def test_rao_scott(self, r, reference_table, sampled, name):
        # svychisq takes the variance with the finite population correction; for one stratum that
        # is a constant factor on the variance, F is divided by it.
        data, sample = api(reference_table, sampled, name)
        if name == "apistrat":
            pytest.skip(
                "strata with different sampling fractions: no such correction in the kernel"
            )
        figure = r[f"survey.{name}.chisq"]["result"]["F"]
        test = rao_scott(sample, data.codes("sch.wide"), data.codes("awards"))
        assert_allclose(test.statistic / (1.0 - sample.fraction[0]), figure["statistic"], rtol=1e-8)
        parameters = [test.degrees_of_freedom, test.denominator_degrees_of_freedom]
        assert_allclose(parameters, figure["parameter"], rtol=1e-8)

    def test_raked_and_post_stratified(self, r, reference_table, sampled, name):
        data, sample = api(reference_table, sampled, name)
        types, wide = data.codes("stype"), data.codes("sch.wide")
        school_types, school_wide = [4421.0, 755.0, 1018.0], [1072.0, 5122.0]
        for case, codes, targets in (
            ("poststratify", [types], [school_types]),
            ("rake", [types, wide], [school_types, school_wide]),
        ):
            figure = r[f"survey.{name}.{case}"]["result"]
            result = raking.rake(sample.weights, codes, targets)
            assert result.converged
            weights = result.weights
            assert_allclose(weights.min(), figure["weights"]["min"], rtol=1e-6)
            assert_allclose(weights.max(), figure["weights"]["max"], rtol=1e-6)
            effective = design.kish_effective_n(weights.sum(), (weights**2).sum())
            assert_allclose(effective, figure["weights"]["kish_neff"], rtol=1e-6)
            # R post-stratifies with the base weights, and rakes with unweighted averages.
            base = sample.weights if case == "poststratify" else np.ones(len(data))
            same_raked_mean(sample, weights, base, codes, data.numbers("api00"), figure["mean"])


def same_ciprop(estimates, n, figure):
    share, error = estimates.estimate, np.sqrt(estimates.variance)
    exact = proportions.korn_graubard_share(share, error, n, estimates.degrees_of_freedom)
    beta, mean = figure["beta"], figure["mean"]
    # Beta quantiles: R's qbeta and scipy's betaincinv agree to about 1e-12.
    assert_allclose(
        [exact.estimate[0], exact.low[0], exact.high[0]],
        [beta["estimate"], beta["lower"], beta["upper"]],
        rtol=1e-8,
    )
    assert_allclose(t_limits(estimates)[0], [mean["lower"], mean["upper"]], rtol=1e-8)


def rao_scott(sample, rows, columns):
    cells = np.zeros((sample.n_psu, rows.max() + 1, columns.max() + 1))
    np.add.at(cells, (sample.psu, rows, columns), sample.weights)
    return tables.rao_scott_chi_square(cells, len(rows), sample.psu_strata)


def same_raked_mean(sample, weights, base, codes, values, figure):
    (name,) = figure["estimate"]
    rows = ~np.isnan(values)
    total = weights[rows].sum()
    mean = np.sum(weights[rows] * values[rows]) / total
    assert_allclose(mean, figure["estimate"][name], rtol=1e-6)
    linearised = np.where(rows, values - mean, 0.0) / total
    residuals = raking.calibration_residuals(linearised, base, codes)
    psu_totals = np.bincount(sample.psu, weights=weights * residuals, minlength=sample.n_psu)
    # A ratio with denominator 1 in the whole sample has the variance of its numerator's total.
    flat = design.cluster_sums(psu_totals, np.zeros(sample.n_psu), sample.psu_strata)
    ones = np.full_like(flat.sum_b, 1.0 / flat.n_psu.size)
    sums = design.ClusterSums(
        flat.n_psu, flat.sum_a, ones, flat.sum_aa, flat.sum_ab, flat.sum_bb, sample.fraction
    )
    centred = design.ClusterSums(
        sums.n_psu,
        sums.sum_a - sums.sum_a,
        sums.sum_b,
        sums.sum_aa - sums.sum_a**2 / sums.n_psu,
        sums.sum_ab,
        sums.sum_bb,
        sums.sampling_fraction,
    )
    variance = design.ratio_estimates(centred).variance[0]
    assert_allclose(np.sqrt(variance), figure["se"][name], rtol=1e-6)


class TestCustomerSurvey:
    def test_nps(self, r, csat, stores):
        figure = r["survey.csat_a.nps"]["result"]
        values = nps_values(csat)
        estimates = stores.estimate(values)
        same_mean(estimates, figure, "nps100")
        assert estimates.degrees_of_freedom == figure["df"]
        assert_allclose(t_limits(estimates), figure["ci95_t"]["values"], **SAME)
        effect = deff(stores, values, estimates, population=True)
        assert_allclose(effect[0], figure["deff"]["nps100"], rtol=1e-8)

    def test_nps_with_finite_population_correction(self, r, csat, stores, sampled):
        drawn = np.bincount(stores.psu_strata)
        population = np.zeros(drawn.size)
        population[stores.strata] = csat.numbers("n_stores_pop")
        sample = sampled(stores.psu, stores.strata, stores.weights, drawn / population)
        same_mean(sample.estimate(nps_values(csat)), r["survey.csat_a.nps_fpc"]["result"], "nps100")

    def test_promoter_and_detractor_shares(self, r, csat, stores):
        figure = r["survey.csat_a.nps_parts"]["result"]
        values = nps_values(csat)
        known = ~np.isnan(values)
        cells = [((values == 100).astype(float), known), ((values == -100).astype(float), known)]
        sums, a, b = stores.sums(cells)
        pair = (sums.take([0]), sums.take([1]), stores.cross(a, b, 0, 1))
        assert_allclose(
            design.ratio_covariance(*pair)[0], figure["parts"]["vcov"]["values"][0][1], rtol=1e-8
        )
        difference = design.ratio_difference(*pair)
        assert_allclose(100 * difference.estimate[0], figure["nps"], rtol=1e-8)
        assert_allclose(100 * np.sqrt(difference.variance[0]), figure["nps_se"], rtol=1e-8)

    def test_nps_by_segment_and_by_region_and_age(self, r, csat, stores):
        values = nps_values(csat)
        known = ~np.isnan(values)
        by = r["survey.csat_a.nps_by"]["result"]
        cells = [(values, known & (csat.words("segment") == s)) for s in by["segment"]]
        estimates = design.ratio_estimates(stores.sums(cells)[0])
        assert_allclose(estimates.estimate, by["nps100"], rtol=1e-8)
        assert_allclose(np.sqrt(estimates.variance), by["se"], rtol=1e-8)
        two = r["survey.csat_a.nps_by_region_age"]["result"]
        cells = [
            (values, known & (csat.words("region") == a) & (csat.words("age") == b))
            for a, b in zip(two["region"], two["age"], strict=True)
        ]
        estimates = design.ratio_estimates(stores.sums(cells)[0])
        assert_allclose(estimates.estimate, two["nps100"], rtol=1e-8)
        assert_allclose(np.sqrt(estimates.variance), two["se"], rtol=1e-8)

    def test_difference_between_segments(self, r, csat, stores):
        figure = r["survey.csat_a.nps_premium_minus_basic"]["result"]
        values, segment = nps_values(csat), csat.words("segment")
        known = ~np.isnan(values)
        sums, a, b = stores.sums(
            [(values, known & (segment == "premium")), (values, known & (segment == "basic"))]
        )
        difference = design.ratio_difference(
            sums.take([0]), sums.take([1]), stores.cross(a, b, 0, 1)
        )
        assert_allclose(difference.estimate[0], figure["estimate"], rtol=1e-8)
        assert_allclose(np.sqrt(difference.variance[0]), figure["se"], rtol=1e-8)

    def test_mean_and_top2_with_design_effect(self, r, csat, stores):
        figure = r["survey.csat_a.csat_mean"]["result"]
        for name, values in (("csat", csat.numbers("csat")), ("top2", top2(csat))):
            estimates = stores.estimate(values)
            column = next(key for key in figure["estimate"] if key.startswith(name))
            if column not in figure["se"]:
                continue
            same_mean(estimates, figure, column)
            effect = deff(stores, values, estimates, population=True)
            assert_allclose(effect[0], figure["deff"][column], rtol=1e-8)

    def test_top2_interval(self, r, csat, stores):
        same_ciprop(
            stores.estimate(top2(csat)), len(csat), r["survey.csat_a.top2_ciprop"]["result"]
        )

    def test_spend_per_visit(self, r, csat, stores):
        figure = r["survey.csat_a.spend_total_ratio"]["result"]
        sums = design.cluster_sums(
            stores.totals(csat.numbers("spend")),
            stores.totals(csat.numbers("visits")),
            stores.psu_strata,
        )
        estimates = design.ratio_estimates(sums)
        assert_allclose(estimates.estimate[0], figure["ratio"], rtol=1e-8)

    def test_raked(self, r, csat, stores, table):
        margins = table("csat_a_margins.csv")
        codes, targets = [], []
        for name in ("age", "gender", "segment"):
            rows = [row for row in margins.rows if row["variable"] == name]
            levels = [row["level"] for row in rows]
            codes.append(np.array([levels.index(word) for word in csat.words(name)]))
            targets.append([float(row["total"]) for row in rows])
        figure = r["survey.csat_a.rake"]["result"]
        result = raking.rake(stores.weights, codes, targets)
        assert result.converged
        assert_allclose(result.weights, figure["weights"]["weights"], rtol=1e-6)
        ones = np.ones(len(csat))  # R's raking takes residuals from unweighted averages
        for name, values in (("nps", nps_values(csat)), ("csat", csat.numbers("csat"))):
            same_raked_mean(stores, result.weights, ones, codes, values, figure[name])

    def test_rao_scott(self, r, csat, stores):
        figure = r["survey.csat_a.chisq"]["result"]["F"]
        test = rao_scott(stores, csat.codes("segment"), top2(csat).astype(int))
        assert_allclose(test.statistic, figure["statistic"], rtol=1e-8)
        assert_allclose(test.p, figure["p_value"], rtol=1e-8)
        parameters = [test.degrees_of_freedom, test.denominator_degrees_of_freedom]
        assert_allclose(parameters, figure["parameter"], rtol=1e-8)

    def test_weights_alone(self, r, csat, sampled):
        figure = r["survey.csat_a.bootstrap_free_weights_only"]["result"]
        rows = np.arange(len(csat))
        sample = sampled(rows, np.zeros_like(rows), csat.numbers("w"))
        answered = ~np.isnan(csat.numbers("nps"))
        for name, values in (("nps100", nps_values(csat)), ("csat", csat.numbers("csat"))):
            estimates = sample.estimate(values, answered)
            same_mean(estimates, figure, name)
            known = np.where(answered, values, np.nan)
            effect = deff(sample, known, estimates, population=True)
            assert_allclose(effect[0], figure["deff"][name], rtol=1e-8)

    def test_lonely_psu_is_centred_at_the_overall_mean(self, r, csat, sampled):
        figure = r["survey.csat_a.lonely_psu"]["result"]["adjust"]
        region, store = csat.words("region"), csat.words("store")
        first = min(store[region == "Online"])
        kept = (region != "Online") | (store == first)
        psu = np.unique(store[kept], return_inverse=True)[1]
        strata = np.unique(region[kept], return_inverse=True)[1]
        sample = sampled(psu, strata, csat.numbers("w")[kept])
        estimates = sample.estimate(csat.numbers("csat")[kept])
        assert estimates.n_lonely == 1
        assert_allclose(estimates.estimate[0], figure["mean"], rtol=1e-8)
        assert_allclose(np.sqrt(estimates.variance[0]), figure["se"], rtol=1e-8)
