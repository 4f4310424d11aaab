"""Control limits of single values: known values, runs, gaps, too few."""

from __future__ import annotations

import numpy as np
import pytest

from huiyin.stats.control import individuals_limits

MOTORS = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20,
          33.62, 33.00, 33.54, 33.12, 33.84]  # fmt: skip
"""Viscosity of batches of primer paint: Montgomery, Introduction to SQC, table 6.6."""


def test_the_limits_are_those_of_the_textbook():
    found = individuals_limits(MOTORS)
    assert found.centre == pytest.approx(33.5233, abs=5e-4)
    assert found.high == pytest.approx(34.802, abs=5e-3)
    assert found.low == pytest.approx(32.245, abs=5e-3)
    assert found.beyond == ()
    assert found.runs == ()


def test_a_value_outside_is_named_by_its_place():
    values = [10.0, 11.0, 10.0, 11.0, 10.0, 30.0, 10.0, 11.0, 10.0, 11.0, 10.0, 11.0]
    assert individuals_limits(values).beyond == (5,)


def test_eight_in_a_row_on_one_side_are_a_run_and_seven_are_none():
    down, up = [9.0, 9.5] * 4, [11.0, 10.5] * 4
    assert individuals_limits(down + up).runs == tuple(range(16))
    mixed = [9.0, 11.0, *[10.8] * 6, 9.0, 8.5, 8.6, 9.1]
    assert individuals_limits(mixed).runs == ()


def test_gaps_keep_their_place_and_break_nothing():
    values = [np.nan, 10.0, 11.0, np.nan, 10.0, 11.0, 10.0, 30.0, 10.0, 11.0, 10.0, 11.0, 10.0]
    assert individuals_limits(values).beyond == (7,)


@pytest.mark.parametrize("values", [[], [5.0], [np.nan, 5.0]])
def test_too_few_values_have_no_limits(values):
    found = individuals_limits(values)
    assert np.isnan([found.centre, found.low, found.high]).all()
    assert found.beyond == found.runs == ()


def test_equal_values_lie_on_the_centre():
    found = individuals_limits([4.0] * 10)
    assert (found.low, found.centre, found.high) == (4.0, 4.0, 4.0)
    assert found.runs == found.beyond == ()
