"""When 春节 is, and how many of its days a span holds."""

from datetime import date
from itertools import pairwise

import pytest

from huiyin.core.festival import (
    SPRING_FESTIVALS,
    festival_days,
    festivals_between,
    spring_festival,
)


def test_festivals_lie_in_january_or_february_once_a_year():
    assert [day.year for day in SPRING_FESTIVALS] == list(range(2005, 2036))
    assert all((1, 20) < (day.month, day.day) < (2, 21) for day in SPRING_FESTIVALS)
    gaps = {(b - a).days for a, b in pairwise(SPRING_FESTIVALS)}
    assert gaps <= {353, 354, 355, 383, 384, 385}
    assert festivals_between(date(2025, 2, 5), date(2025, 12, 1)) == (date(2025, 1, 29),)


def test_new_years_day_is_a_holiday_of_the_state_council():
    """Every year whose holidays are published agrees with the table."""
    chinese_calendar = pytest.importorskip("chinese_calendar")
    published = [d for d in SPRING_FESTIVALS if 2005 <= d.year <= 2026]
    for day in published:
        holiday, name = chinese_calendar.get_holiday_detail(day)
        assert (holiday, name) == (True, "Spring Festival"), day


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2025, 1, 1), date(2025, 1, 31), 3),
        (date(2025, 2, 1), date(2025, 2, 28), 4),
        (date(2024, 2, 1), date(2024, 2, 29), 7),
        (date(2024, 2, 16), date(2024, 2, 16), 1),
        (date(2024, 2, 17), date(2024, 12, 31), 0),
        (date(2024, 1, 1), date(2025, 12, 31), 14),
        (date(1999, 1, 1), date(1999, 12, 31), 0),
    ],
)
def test_days_of_the_festival_week(first, last, days):
    assert festival_days(first, last) == days


def test_years_outside_the_table_are_not_known():
    assert spring_festival(2026) == date(2026, 2, 17)
    assert spring_festival(2036) is None
