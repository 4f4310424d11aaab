"""Windows before a window."""

from datetime import date

import pytest

from huiyin.measure.periods import Window


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        ((2024, 3, 5), (2024, 3, 14), ((2024, 2, 24), (2024, 3, 4))),
        ((2024, 3, 5), (2024, 3, 5), ((2024, 3, 4), (2024, 3, 4))),
        ((2024, 3, 1), (2024, 3, 31), ((2024, 2, 1), (2024, 2, 29))),
        ((2024, 1, 1), (2024, 12, 31), ((2023, 1, 1), (2023, 12, 31))),
        ((2024, 3, 1), (2024, 3, 30), ((2024, 1, 31), (2024, 2, 29))),
    ],
)
def test_the_window_before_is_as_long_and_ends_the_day_before(since, until, before):
    found = Window(date(*since), date(*until)).before()
    assert found == Window(*(date(*day) for day in before))


def test_a_year_ago_keeps_the_dates_of_a_window_over_a_leap_day():
    window = Window(date(2024, 2, 10), date(2024, 3, 10))
    assert window.year_ago() == Window(date(2023, 2, 10), date(2023, 3, 10))
