"""Skewness from power sums, Cochran's rule, and the t interval widened by it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from huiyin.stats.comparison import compare
from huiyin.stats.means import t_interval, t_mean
from huiyin.stats.skewness import (
    difference_skewness,
    error_skewness,
    skewness,
    too_one_sided,
    widened_for_skewness,
)

WEIGHTS = np.array([1.0, 2.0, 0.5, 3.0, 1.0, 1.5])
VALUES = np.array([1.0, 5.0, 5.0, 4.0, 2.0, 5.0])


def sums(values, weights=None):
    weights = np.ones(len(values)) if weights is None else weights
    return [float(np.sum(weights * values**power)) for power in range(4)]


def test_skewness_is_that_of_scipy():
    assert float(skewness(*sums(VALUES))) == pytest.approx(stats.skew(VALUES), rel=1e-12)


def test_whole_weights_are_copies():
    copies = np.repeat(VALUES, [1, 2, 3, 1, 2, 1])
    found = skewness(*sums(VALUES, np.array([1.0, 2, 3, 1, 2, 1])))
    assert float(found) == pytest.approx(stats.skew(copies), rel=1e-12)


@given(st.floats(-50, 50), st.floats(0.1, 20), st.booleans())
def test_it_ignores_origin_and_unit_and_turns_with_the_scale(shift, unit, turned):
    factor = -unit if turned else unit
    found = skewness(*sums(shift + factor * VALUES, WEIGHTS))
    expected = float(skewness(*sums(VALUES, WEIGHTS))) * np.sign(factor)
    assert float(found) == pytest.approx(expected, rel=1e-4)


def test_nothing_to_be_skewed():
    with np.errstate(invalid="ignore"):
        found = skewness([0, 3, 3], [0, 6.6, 0], [0, 6.6 * 2.2, 0], [0, 6.6 * 2.2**2, 0])
    assert np.isnan(found).all()
    assert not too_one_sided(error_skewness(found, [0, 3, 3])).any()


def test_cochran_wants_more_than_25_answers_per_squared_skewness():
    found = error_skewness([2.0, -2.0, -2.0], [99, 100, 101])
    assert too_one_sided(found).tolist() == [True, True, False]


def test_by_hand():
    """t(24; 0.975) = 2.063899: (2t² + 1)/6 = 1.586558; times 0.3 · 0.1 = 0.04759673."""
    wide = widened_for_skewness(t_interval([4.0, 4.0], 0.1, 24), [-0.3, 0.3])
    assert wide.low == pytest.approx([4 - 0.2063899 - 0.04759673, 4 - 0.2063899], abs=1e-6)
    assert wide.high == pytest.approx([4 + 0.2063899, 4 + 0.2063899 + 0.04759673], abs=1e-6)


def johnson_t(mean, third, variance, n, truth):
    """Johnson (1978): Student's t, corrected by the third central moment."""
    gap = mean - truth
    modified = gap + third / (6 * variance * n) + third / (3 * variance**2) * gap**2
    return modified / np.sqrt(variance / n)


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize("answers", [60, 2_000, 200_000])
def test_the_end_moved_is_where_johnsons_modified_t_is_students(turned, answers):
    """Up to terms of second order: the gap to his equation shrinks as 1/n."""
    third, variance = -3.0 * turned, 1.0
    t = float(t_interval(0, 1, answers - 1).high)
    skew = float(error_skewness(third, answers))
    shift = np.abs(skew) * (2 * t**2 + 1) / 6 / np.sqrt(answers)
    end = 4.0 - turned * (t / np.sqrt(answers) + shift)
    assert turned * johnson_t(4.0, third, variance, answers, end) == pytest.approx(
        t, abs=40 / answers
    )
    if too_one_sided(skew):
        wide = widened_for_skewness(t_mean(answers, 4.0, variance), skew)
        assert float(wide.low if turned > 0 else wide.high) == pytest.approx(end, rel=1e-12)


ERRORS = st.floats(-3, 3)


@given(ERRORS, st.floats(0.01, 20), st.integers(1, 500), st.sampled_from([0.8, 0.9, 0.95]))
def test_it_holds_the_t_interval_and_turns_with_the_scale(skew, error, df, level):
    usual = t_interval(3.0, error, df, level=level)
    wide = widened_for_skewness(usual, skew, level=level)
    mirror = widened_for_skewness(t_interval(-3.0, error, df, level=level), -skew, level=level)
    assert wide.low <= usual.low
    assert wide.high >= usual.high
    assert (float(mirror.low), float(mirror.high)) == (-float(wide.high), -float(wide.low))
    moved = (wide.low < usual.low, wide.high > usual.high)
    assert moved == ((skew < 0, skew > 0) if too_one_sided(skew) else (False, False))


@given(st.floats(0.2, 2), st.floats(0.01, 1))
def test_more_one_sided_is_wider(skew, more):
    usual = t_interval(3.0, 1.0, 59)
    one, two = (widened_for_skewness(usual, -s) for s in (skew, skew + more))
    assert two.low < one.low


def test_little_skewness_leaves_the_t_interval_untouched():
    usual = t_interval(3.0, 1.0, 59)
    for skew in (0.0, 0.19, -0.19, np.nan):
        wide = widened_for_skewness(usual, skew)
        assert (float(wide.low), float(wide.high)) == (float(usual.low), float(usual.high))


def test_no_interval_stays_none():
    usual = t_interval([3.0, 3.0, np.nan], [0.0, 1.0, np.nan], [9, 0, 9])
    wide = widened_for_skewness(usual, [-1.0, -1.0, -1.0])
    assert np.isnan(wide.low).all()
    assert np.isnan(wide.high).all()


@given(ERRORS, st.floats(-30, 30), st.floats(0.5, 3), st.integers(2, 400))
def test_p_is_that_of_the_interval_that_just_ends_at_0(skew, gap, error, df):
    p = float(compare(gap, error, df, delta=1.0, error_skew=skew).p)
    if not 1e-9 < p < 1 - 1e-6:  # nearer to 1, 1 - p has too few digits
        return
    at = compare(gap, error, df, delta=1.0, error_skew=skew, level=1.0 - p)
    assert float(at.low if gap > 0 else at.high) == pytest.approx(0.0, abs=1e-5 * abs(gap) + 1e-9)


@given(ERRORS, st.floats(-3, 3), st.floats(0.01, 3), st.integers(2, 400))
def test_interval_p_and_equivalence_of_a_difference_agree(skew, gap, error, df):
    found = compare(gap, error, df, delta=1.0, error_skew=skew)
    usual = compare(gap, error, df, delta=1.0)
    near = compare(gap, error, df, delta=1.0, error_skew=skew, level=0.9)
    mirror = compare(-gap, error, df, delta=1.0, error_skew=-skew)
    assert found.low <= usual.low
    assert found.high >= usual.high
    assert found.p >= usual.p
    assert (found.p < 0.05) == (found.low > 0 or found.high < 0)
    assert bool(found.inside_delta) == (near.low > -1 and near.high < 1)
    assert float(mirror.p) == float(found.p)
    assert float(mirror.low) == -float(found.high)


def test_a_tail_that_reaches_beyond_the_margin_is_not_indifferent():
    """t(30; 0.95) = 1.697: the 90 % interval is ±0.849, or to −0.849 − 0.282 with skewness 0.5."""
    assert compare(0.0, 0.5, 30, delta=1.0).inside_delta
    for skew in (0.5, -0.5):
        assert not compare(0.0, 0.5, 30, delta=1.0, error_skew=skew).inside_delta
        assert compare(0.0, 0.5, 30, delta=1.14, error_skew=skew).inside_delta


def test_a_difference_that_is_not_one_sided_is_tested_as_ever():
    usual = compare([1.0, 1.0], 0.4, 30, delta=0.5)
    for skew in (0.19, -0.19, np.nan):
        found = compare([1.0, 1.0], 0.4, 30, delta=0.5, error_skew=skew)
        assert np.array_equal(found.p, usual.p)
        assert np.array_equal(found.low, usual.low)


def test_nothing_to_test_stays_so():
    found = compare([1.0, np.nan, 1.0], [0.0, 1.0, 1.0], [9, 9, 0], delta=1.0, error_skew=-1.0)
    assert np.isnan([found.low, found.high, found.p]).all()
    assert not found.inside_delta.any()


def test_the_skewness_of_a_difference_is_that_of_its_third_cumulant():
    """Means of 40 and of 90 gamma variates: known cumulants, and 2 million drawn differences."""
    one, two = 2.0, 5.0  # shapes; variance and third cumulant of a gamma are k and 2k
    errors = np.sqrt([one / 40, two / 90])
    skews = [2 / np.sqrt(one * 40), 2 / np.sqrt(two * 90)]
    third = 2 * one / 40**2 - 2 * two / 90**2
    found = float(difference_skewness(errors, skews))
    assert found == pytest.approx(third / (one / 40 + two / 90) ** 1.5, rel=1e-12)
    rng = np.random.default_rng(4)
    drawn = rng.gamma(one * 40, size=2_000_000) / 40 - rng.gamma(two * 90, size=2_000_000) / 90
    assert found == pytest.approx(stats.skew(drawn), abs=0.01)


@given(ERRORS, ERRORS, st.floats(0.01, 9), st.floats(0.01, 9))
def test_a_difference_is_no_more_one_sided_than_its_sides(one, two, error_one, error_two):
    found = float(difference_skewness((error_one, error_two), (one, two)))
    assert abs(found) <= max(abs(one), abs(two)) * (1 + 1e-9)
    assert found == -float(difference_skewness((error_two, error_one), (two, one)))
    assert float(difference_skewness((error_one, error_one), (one, one))) == 0.0
