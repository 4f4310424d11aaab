"""Spreads and their shapes: curves without their ends, steps as they are, one value alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.analyse.views.spreads import Group, shape_of, whole_steps

RNG = np.random.default_rng(3)


def shape(values, weights=None, levels=()):
    group = Group(np.asarray(values, float), weights, len(values))
    return shape_of(group, levels, whole_steps([group.values]))


def test_a_curve_holds_what_is_not_cut_and_ends_before_the_last_five_in_a_hundred():
    amounts = RNG.lognormal(4.0, 0.5, 2000)
    found = shape(amounts)
    assert not found.stepped
    assert (found.at[0], found.at[-1]) == pytest.approx(np.quantile(amounts, (0.05, 0.95)))
    assert np.trapezoid(found.height, found.at) == pytest.approx(0.9, abs=0.02)


def test_of_few_values_more_is_cut():
    amounts = RNG.normal(100.0, 9.0, 20)
    found = shape(amounts)
    assert (found.at[0], found.at[-1]) == pytest.approx(np.quantile(amounts, (0.1, 0.9)))


def test_levels_of_a_rating_are_shares_and_the_empty_one_is_there():
    found = shape([1, 1, 2, 5], levels=(1.0, 2.0, 3.0, 4.0, 5.0))
    assert found.stepped
    assert found.height == (0.5, 0.25, 0.0, 0.0, 0.25)
    weighted = shape([1, 1, 2, 5], np.array([1.0, 1.0, 2.0, 4.0]), (1.0, 2.0, 3.0, 4.0, 5.0))
    assert weighted.height == (0.25, 0.25, 0.0, 0.0, 0.5)


def test_whole_numbers_are_counted_and_the_largest_is_nobodys():
    visits = [1] * 60 + [2] * 30 + [3] * 9 + [17]
    found = shape(visits)
    assert found.stepped
    assert (found.at, found.height) == ((1.0, 2.0, 3.0), (0.6, 0.3, 0.09))


@pytest.mark.parametrize("values", [[3.5], [2.5] * 40])
def test_one_value_alone_has_no_curve(values):
    assert shape(values) is None


@settings(max_examples=30)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=60))
def test_the_shares_of_a_scale_add_up(values):
    found = shape(values, levels=tuple(float(one) for one in range(1, 8)))
    assert sum(found.height) == pytest.approx(1.0)
    assert min(found.height) >= 0.0
