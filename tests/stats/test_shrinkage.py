"""Shrunken estimates of groups, against published numbers and by what must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.stats.shrinkage import ShrinkageError, shrunken_groups, tiers

SCHOOLS = [28, 8, -3, 7, -1, 1, 18, 12]
SCHOOL_ERRORS = [15, 10, 16, 11, 9, 11, 10, 18]
GROUPS = st.lists(st.tuples(st.floats(-100, 100), st.floats(0.1, 20)), min_size=1, max_size=30)


def test_eight_schools_against_rubin_1981():
    """Rubin (1981), J. Educational Statistics 6:377-401: pooled 7.7 with error 4.1, no spread."""
    found = shrunken_groups(SCHOOLS, SCHOOL_ERRORS)
    assert found.centre == pytest.approx(7.69, abs=0.005)
    assert found.between == 0
    assert found.errors[0] == pytest.approx(4.07, abs=0.005)
    assert np.allclose(found.values, found.centre)


def test_the_spread_between_groups_by_hand():
    """Two groups with error 1 and 20 apart: Q = 200, so the variance between is 199."""
    found = shrunken_groups([0, 20], [1, 1])
    assert found.between == pytest.approx(199)
    assert found.values[0] == pytest.approx(10 - 10 * 199 / 200)


@given(GROUPS)
def test_each_lies_between_its_estimate_and_the_centre(groups):
    estimates, errors = zip(*groups, strict=True)
    found = shrunken_groups(estimates, errors)
    for estimate, value in zip(estimates, found.values, strict=True):
        low, high = sorted((estimate, found.centre))
        assert low - 1e-6 <= value <= high + 1e-6
    assert (found.errors > 0).all()


def test_the_less_sure_one_is_pulled_more():
    found = shrunken_groups([0, 50, 100, 100], [2, 2, 2, 20])
    assert found.values[2] > found.values[3] > found.centre


def test_groups_that_cannot_be_told_apart_share_a_tier():
    found = shrunken_groups([90, 89, 50, 49.5, 10], [1, 1, 1, 1, 1])
    assert tiers(found, [0, 1, 2, 3, 4]).tolist() == [1, 1, 2, 2, 3]
    noise = shrunken_groups(SCHOOLS, SCHOOL_ERRORS)
    assert set(tiers(noise, np.argsort(-noise.values))) == {1}


def test_the_true_order_is_found_better_than_by_the_raw_means():
    rng = np.random.default_rng(7)
    truth = rng.normal(70, 5, (200, 40))
    errors = rng.uniform(1, 12, (200, 40))
    raw = rng.normal(truth, errors)
    shrunk = np.array([shrunken_groups(r, e).values for r, e in zip(raw, errors, strict=True)])
    assert np.mean((shrunk - truth) ** 2) < 0.7 * np.mean((raw - truth) ** 2)


@pytest.mark.parametrize(
    ("estimates", "errors"), [([], []), ([1], [0]), ([1, 2], [1]), ([np.nan], [1]), ([1], [np.inf])]
)
def test_what_is_no_estimate_is_refused(estimates, errors):
    with pytest.raises(ShrinkageError):
        shrunken_groups(estimates, errors)
