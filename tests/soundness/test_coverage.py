"""How often the 95 % intervals hold the truth: quick here, in full with `-m soak`.

The full run writes docs/methods/coverage.md.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy import stats

from huiyin.measure.estimates import FEW_CLUSTERS, SMALL_N
from huiyin.stats import comparison, design, importance, means, nps, proportions, ranks
from huiyin.stats.skewness import (
    COCHRAN_FACTOR,
    difference_skewness,
    error_skewness,
    skewness,
    too_one_sided,
    widened_for_skewness,
)

LEVEL_SHARES = {
    "even": (0.10, 0.20, 0.40, 0.20, 0.10),
    "high": (0.02, 0.03, 0.10, 0.35, 0.50),
    "low": (0.45, 0.30, 0.15, 0.07, 0.03),
    "80 % at the top": (0.01, 0.01, 0.03, 0.15, 0.80),
}
NPS_SHARES = {
    "even": (0.30, 0.40, 0.30),
    "high": (0.70, 0.20, 0.10),
    "split": (0.55, 0.05, 0.40),
    "very high": (0.85, 0.12, 0.03),
}
LEVELS, NPS_POINTS = (1.0, 2.0, 3.0, 4.0, 5.0), (100.0, 0.0, -100.0)
SHARES = (0.5, 0.7, 0.8, 0.9, 0.95)
SIZES = (20, 50, 100, 300, 1000, 5000)
DESIGNS = (  # clusters, rows per cluster, strata
    (8, 6, 1),
    (15, 5, 1),
    (15, 20, 1),
    (30, 2, 3),
    (30, 10, 3),
    (60, 3, 3),
    (100, 5, 5),
    (300, 3, 3),
)
CORRELATIONS_WITHIN = (0.02, 0.2)
WEIGHT_SPREADS = (0.0, 0.6)


@dataclass(frozen=True)
class Point:
    """One point of the grid and how often its interval held the truth.

    `skew` is the true skewness where the interval is Student's t; `flagged` the share of the
    samples in which the skewness found there is too much for their number of answers, so that
    the interval was widened; `usual` how often Student's t held the truth without that.
    """

    metric: str
    method: str
    setting: str
    n: int
    n_effective: float
    clusters: int
    coverage: float
    skew: float = 0.0
    flagged: float = 0.0
    usual: float = float("nan")

    @property
    def few(self):
        return self.n_effective < SMALL_N or self.clusters < FEW_CLUSTERS

    @property
    def small(self):
        return self.few or bool(too_one_sided(error_skewness(self.skew, self.n_effective)))


def power_sums(shares, scale):
    """Σw, Σwv, Σwv², Σwv³ of level shares or counts (…, levels)."""
    return [np.asarray(shares) @ np.asarray(scale) ** power for power in range(4)]


def holds(interval, truth):
    return float(np.mean((interval.low <= truth) & (truth <= interval.high)))


def plain_points(repeats, rng, sizes=SIZES):
    for n in sizes:
        hits = np.arange(n + 1)
        for share in SHARES:
            interval = proportions.wilson_share(hits, np.full(n + 1, n))
            inside = (interval.low <= share) & (share <= interval.high)
            covered = float(stats.binom.pmf(hits, n, share)[inside].sum())  # exact
            yield Point("share", "wilson", f"{share:.0%}", n, n, n, covered)
        for name, shares in NPS_SHARES.items():
            counts = rng.multinomial(n, shares, repeats).T
            covered = holds(nps.adjusted_wald_nps(*counts), 100 * (shares[0] - shares[2]))
            yield Point("NPS", "adjusted_wald", name, n, n, n, covered)
        for name, shares in LEVEL_SHARES.items():
            sums = power_sums(rng.multinomial(n, shares, repeats), LEVELS)
            mean = sums[1] / n
            variance = (sums[2] - n * mean**2) / (n - 1)
            interval = means.t_mean(np.full(repeats, n), mean, variance)
            covered = one_sided_coverage(interval, sums, n, LEVELS @ np.array(shares))
            skew = float(skewness(*power_sums(shares, LEVELS)))
            yield Point("mean", "t", name, n, n, n, covered[0], skew, *covered[1:])


def one_sided_coverage(interval, sums, n_effective, truth):
    """How often the interval as we give it holds, how often it is widened, how often t holds."""
    with np.errstate(invalid="ignore", divide="ignore"):
        skew = error_skewness(skewness(*sums), n_effective)
        given = widened_for_skewness(interval, skew)
    return holds(given, truth), float(np.mean(too_one_sided(skew))), holds(interval, truth)


def clustered(layout, within, spread, repeats, rng):
    """Give scores that correlate within clusters, and weights: (clusters, rows, repeats)."""
    clusters, rows, _ = layout
    shape = (clusters, rows, repeats)
    common = rng.normal(size=(clusters, 1, repeats))
    scores = np.sqrt(within) * common + np.sqrt(1 - within) * rng.normal(size=shape)
    sigma = np.sqrt(np.log1p(spread**2))
    return scores, np.exp(sigma * rng.normal(size=shape)) if spread else np.ones(shape)


def estimate(values, weights, layout):
    strata = np.arange(layout[0]) * layout[2] // layout[0]
    sums = design.cluster_sums((weights * values).sum(axis=1), weights.sum(axis=1), strata)
    return design.ratio_estimates(sums)


def design_points(repeats, rng, designs=DESIGNS):
    for layout in designs:
        for within in CORRELATIONS_WITHIN:
            for spread in WEIGHT_SPREADS:
                scores, weights = clustered(layout, within, spread, repeats, rng)
                n = layout[0] * layout[1]
                where = f"{layout[2]} strata, ICC {within}, weights CV {spread}"
                drawn = scores, weights, layout
                for metric, name, interval, covered, variance, *skewed in (
                    *share_intervals(*drawn),
                    *score_intervals("NPS", NPS_SHARES, NPS_POINTS, *drawn),
                    *score_intervals("mean", LEVEL_SHARES, LEVELS, *drawn),
                ):
                    yield Point(
                        metric,
                        interval.method,
                        f"{name}; {where}",
                        n,
                        variance / np.mean(interval.standard_error**2),
                        layout[0],
                        covered,
                        *skewed,
                    )


def share_intervals(scores, weights, layout):
    for share in SHARES:
        estimates = estimate((scores < stats.norm.ppf(share)).astype(float), weights, layout)
        interval = proportions.korn_graubard_share(
            estimates.estimate,
            np.sqrt(estimates.variance),
            layout[0] * layout[1],
            estimates.degrees_of_freedom,
        )
        yield "share", f"{share:.0%}", interval, holds(interval, share), share - share**2


def score_intervals(metric, profiles, scale, scores, weights, layout):
    scale = np.array(scale)
    for name, shares in profiles.items():
        values = scale[np.searchsorted(stats.norm.ppf(np.cumsum(shares)[:-1]), scores)]
        estimates = estimate(values, weights, layout)
        interval = means.t_interval(
            estimates.estimate, np.sqrt(estimates.variance), estimates.degrees_of_freedom
        )
        sums = [(weights * values**power).sum(axis=(0, 1)) for power in range(4)]
        spread = np.sqrt(np.maximum(sums[2] / sums[0] - (sums[1] / sums[0]) ** 2, 0.0))
        kish = design.kish_effective_n(sums[0], (weights**2).sum(axis=(0, 1)))
        with np.errstate(invalid="ignore", divide="ignore"):
            effective = np.fmin((spread / interval.standard_error) ** 2, kish)
        truth = scale @ shares
        covered, *found = one_sided_coverage(interval, sums, effective, truth)
        skew = float(skewness(*power_sums(shares, scale)))
        yield metric, name, interval, covered, scale**2 @ shares - truth**2, skew, *found


def difference_points(repeats, rng, sizes=(50, 300)):
    """Two independent groups: an even one twice as large, or a rest like it, 20 times as large."""
    for n in sizes:
        for name, shares in LEVEL_SHARES.items():
            mine = group(n, shares, repeats, rng)
            for other, times, profile in (("even", 2, LEVEL_SHARES["even"]), ("rest", 20, shares)):
                theirs = group(times * n, profile, repeats, rng)
                pair = mine[0].standard_error, theirs[0].standard_error
                skew = difference_skewness(pair, (mine[1], theirs[1]))
                welch = comparison.independent_difference(mine[0], theirs[0])
                truth = np.array(LEVELS) @ (np.array(shares) - profile)
                covered = holds(comparison.compare(*welch, delta=0.1, error_skew=skew), truth)
                usual = holds(comparison.compare(*welch, delta=0.1), truth)
                setting = f"{name} against {other}"
                moved = float(np.mean(too_one_sided(skew)))
                yield Point(
                    "difference of means", "welch", setting, n, n, n, covered, 0.0, moved, usual
                )


def group(n, shares, repeats, rng):
    """Means of drawn groups with the skewness of their errors."""
    sums = power_sums(rng.multinomial(n, shares, repeats), LEVELS)
    mean = sums[1] / n
    variance = (sums[2] - n * mean**2) / (n - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        skew = error_skewness(skewness(*sums), n)
    return means.t_mean(np.full(repeats, n), mean, variance), skew


def correlation_points(repeats, rng, sizes=(50, 300)):
    for n in sizes:
        for rho in (0.0, 0.4, 0.7):
            held = {"pearson": 0, "spearman": 0}
            truth = {"pearson": rho, "spearman": 6 / np.pi * np.arcsin(rho / 2)}
            for _ in range(repeats):
                x = rng.normal(size=n)
                y = rho * x + np.sqrt(1 - rho**2) * rng.normal(size=n)
                for name, kernel in (("pearson", ranks.pearson), ("spearman", ranks.spearman)):
                    estimate_ = kernel(x, y)
                    held[name] += estimate_.low <= truth[name] <= estimate_.high
            for name, count in held.items():
                yield Point("correlation", name, f"rho {rho}", n, n, n, count / repeats)


def driver_points(repeats, rng, sizes=(100, 400, 1500), resamples=300):
    """Shares of R² by LMG with percentile intervals, 5 % of ratings missing at random."""
    within = np.full((4, 4), 0.4) + 0.6 * np.eye(4)
    root, effects = np.linalg.cholesky(within), np.array([0.5, 0.3, 0.2, 0.1])
    noise = 1.0
    matrix = np.eye(5)
    matrix[:4, :4] = within
    matrix[4, :4] = matrix[:4, 4] = within @ effects / np.sqrt(effects @ within @ effects + noise)
    truth = importance.lmg(matrix)
    truth /= truth.sum()
    for n in sizes:
        held = np.zeros(4)
        for _ in range(repeats):
            x = rng.normal(size=(n, 4)) @ root.T
            values = np.column_stack([x, x @ effects + np.sqrt(noise) * rng.normal(size=n)])
            values[rng.random(values.shape) < 0.05] = np.nan
            drawn = importance.resample_correlations(values, resamples, rng)
            shares = importance.lmg_many(drawn)
            low, high = importance.percentile_intervals(shares / shares.sum(axis=1, keepdims=True))
            held += (low <= truth) & (truth <= high)
        for at, count in enumerate(held):
            name = f"driver with {truth[at]:.0%} of R²"
            yield Point("driver share", "lmg percentile", name, n, n, n, count / repeats)


def judged(points):
    """Average and smallest coverage of the points with enough answers and clusters."""
    coverage = np.array([point.coverage for point in points if not point.few])
    return coverage.mean(), coverage.min()


def methods_of(points):
    return sorted({(point.metric, point.method) for point in points})


@pytest.fixture(scope="module")
def quick():
    rng = np.random.default_rng(2024)
    return [
        *plain_points(4000, rng, sizes=(50, 300, 5000)),
        *design_points(600, rng, designs=((15, 20, 1), (60, 3, 3))),
        *difference_points(8000, rng, sizes=(50,)),
        *correlation_points(300, rng, sizes=(60,)),
    ]


def test_intervals_hold_the_truth_about_as_often_as_they_say(quick):
    for metric, method in methods_of(quick):
        average, smallest = judged([p for p in quick if (p.metric, p.method) == (metric, method)])
        assert 0.935 < average < 0.97, (metric, method, average)
        assert smallest > 0.92, (metric, method, smallest)
    average, _ = judged(quick)
    assert 0.94 <= average <= 0.96


def test_driver_shares_hold_the_truth():
    points = list(driver_points(40, np.random.default_rng(7), sizes=(300,), resamples=200))
    assert 0.88 < np.mean([point.coverage for point in points]) <= 1.0


@pytest.mark.soak
def test_coverage_over_the_whole_grid(root):
    rng = np.random.default_rng(1)
    points = [
        *plain_points(40_000, rng),
        *design_points(3000, rng),
        *difference_points(20_000, rng),
        *correlation_points(3000, rng),
    ]
    drivers = list(driver_points(2000, np.random.default_rng(1)))
    page = root / "docs" / "methods" / "coverage.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(coverage_page(points, drivers), encoding="utf-8")
    average, smallest = judged(points)
    assert 0.94 <= average <= 0.96
    assert smallest >= 0.92
    assert np.mean([p.coverage for p in drivers if p.n >= 400]) > 0.93
    assert min(p.coverage for p in drivers) >= 0.92


PAGE = """# How often the 95 % intervals hold the truth

Simulated; written by `pytest tests/soundness/test_coverage.py -m soak`. Shares from 50 % to 95 %,
NPS and five-level ratings from even to very one-sided (80 % at the top; 85 % promoters and 3 %
detractors), 20 to 5,000 answers; under a design 8 to 300 clusters, intra-class correlation 0.02
and 0.2, weights with a coefficient of variation of 0 and 0.6, 1 to 5 strata. Shares without a
design are exact, the rest is simulated with 3,000 to 40,000 repetitions.

A cell carries the flag `small_sample` where it has fewer than {n} effective answers, fewer than
{clusters} clusters, or, for Student's t interval, no more than {factor} · G1² effective answers,
G1 being the skewness of the answers (Cochran 1977, Sampling Techniques, p. 42). In that last case
the interval is widened, see below. Over all points with {n} or more effective answers and
{clusters} or more clusters, one-sided ones included: average {average:.3f}, smallest
{smallest:.3f}. First those without the flag:

{usual}

## Small samples (flagged)

{small}

## Flagged for one-sidedness alone

Student's t interval of a mean, and of an NPS under a design, rests on the few answers that are
not at the top. Where the sample itself is found too one-sided for its effective answers, the end
on the side of the long tail is moved out by (2t² + 1)/6 · G1/√n standard errors, n being the
effective answers and t Student's quantile (Johnson 1978; Hall 1983); the other end is that of R's
interval. The columns: how often our interval holds the truth, how often Student's t alone would,
and in how many of the simulated samples the interval was widened. Shares (Wilson; Korn and
Graubard) and the NPS without a design (adjusted Wald) do not have this weakness.

{one_sided}

## Differences

A group against an even one twice as large, and against the rest: 20 times as many answers with the
same shares. Third cumulants add up like variances, so groups that are one-sided alike cancel out; a
small group against a large rest is as one-sided as it is by itself, and is widened by the same
rule, p and the interval of the equivalence test with it. The columns as above.

{differences}

## Shares of R² (drivers)

2,000 repetitions a row, with 300 resamples each.

{drivers}

## Why Korn and Graubard's interval for shares under a design

Of the intervals that R's `svyciprop` knows, simulated on the same kind of designs with 50 or more
effective answers: `beta` (Korn and Graubard) average 0.959, smallest 0.941; `logit` 0.951 and
0.911; `asin` 0.946 and 0.917; `mean` (t) 0.941 and 0.899. Only `beta` never falls below 0.92.
"""


def coverage_page(points, drivers):
    average, smallest = judged(points)
    return PAGE.format(
        n=f"{SMALL_N:g}",
        clusters=FEW_CLUSTERS,
        factor=f"{COCHRAN_FACTOR:g}",
        average=average,
        smallest=smallest,
        usual="\n".join(summary([p for p in points if not p.small])),
        small="\n".join(summary([p for p in points if p.small])),
        one_sided="\n".join(one_sided([p for p in points if p.small and not p.few])),
        differences="\n".join(
            one_sided([p for p in points if p.metric == "difference of means"], by="n")
        ),
        drivers="\n".join(table(drivers)),
    )


def summary(points):
    yield "| number | interval | points | average | smallest | where smallest |"
    yield "|---|---|---|---|---|---|"
    for metric, method in methods_of(points):
        part = [p for p in points if (p.metric, p.method) == (metric, method)]
        worst = min(part, key=lambda p: p.coverage)
        average = np.mean([p.coverage for p in part])
        where = f"n {worst.n}, {worst.setting}"
        numbers = f"{len(part)} | {average:.3f} | {worst.coverage:.3f}"
        yield f"| {metric} | {method} | {numbers} | {where} |"


def one_sided(points, by="n_effective"):
    yield "| number | setting | n | effective n | coverage | t alone | samples widened |"
    yield "|---|---|---|---|---|---|---|"
    for p in sorted(points, key=lambda p: (p.metric, getattr(p, by))):
        facts = f"{p.n} | {p.n_effective:.0f} | {p.coverage:.3f} | {p.usual:.3f} | {p.flagged:.0%}"
        yield f"| {p.metric} | {p.setting} | {facts} |"


def table(points):
    yield "| number | interval | setting | n | coverage |"
    yield "|---|---|---|---|---|"
    for p in points:
        yield f"| {p.metric} | {p.method} | {p.setting} | {p.n} | {p.coverage:.3f} |"
