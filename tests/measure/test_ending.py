"""Days asked for that lie after the last answer are said to be beyond the data."""

from datetime import date, timedelta

import pytest

from huiyin.measure.ending import ends_before
from huiyin.measure.periods import Window

LAST = date(2026, 10, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "until", "beyond"),
    [
        (None, None, False),
        (date(2026, 1, 1), None, False),
        (date(2026, 10, 1), LAST, False),
        (date(2026, 10, 1), LAST + DAY, False),  # a running day: its answers are still to come
        (date(2026, 10, 1), LAST + 2 * DAY, True),
        (LAST + DAY, LAST + DAY, True),  # none of its days has any
        (LAST + DAY, None, True),
        (None, date(2026, 12, 31), True),
    ],
)
def test_only_what_reaches_beyond_the_data_is_said_to(since, until, beyond):
    assert ends_before(Window(since, until), LAST) == (LAST if beyond else None)


def test_undated_rows_end_nowhere():
    assert ends_before(Window(date(2026, 1, 1), date(2026, 12, 31)), None) is None
