"""What is to be won first, on the safe side of both intervals."""

from dataclasses import replace

import pytest

from huiyin.analyse.contracts import Driver, Quadrant
from huiyin.analyse.priorities import gain
from huiyin.core.text import Text

DRIVER = Driver(
    "a", Text.same("a"), 200, 0.0, 0.30, 0.20, 0.40, 0.5, 0.4, 0.6, 0.3, 0.2, 0.4,
    60.0, 55.0, 70.0, Quadrant.FIX_FIRST,
)  # fmt: skip


def test_gain_takes_the_low_importance_and_the_least_room():
    assert gain(DRIVER) == pytest.approx(0.20 * (100 - 70))


def test_without_intervals_the_estimates_stand():
    bare = replace(DRIVER, low=None, performance_high=None)
    assert gain(bare) == pytest.approx(0.30 * (100 - 60))


@pytest.mark.parametrize(
    "driver",
    [
        replace(DRIVER, performance=None),
        replace(DRIVER, flags=("sign_differs",)),
        replace(DRIVER, correlation=-0.1),
        replace(DRIVER, correlation_low=-0.05),
    ],
)
def test_what_may_be_nothing_is_not_ranked(driver):
    assert gain(driver) is None
