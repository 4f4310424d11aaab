"""Skewness from power sums, and Cochran's rule."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from huiyin.stats.skewness import skewness, too_one_sided

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
    assert not too_one_sided([0, 3, 3], found).any()


def test_cochran_wants_more_than_25_answers_per_squared_skewness():
    assert too_one_sided([99, 100, 101], [2.0, -2.0, -2.0]).tolist() == [True, True, False]
