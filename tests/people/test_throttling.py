from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiyin.people.throttling import (
    FREE_PER_ADDRESS,
    FREE_PER_LOGIN,
    LONGEST_WAIT_SECONDS,
    WINDOW,
    Attempt,
    wait_seconds,
)

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def failed(n, *, seconds_ago=0):
    return [Attempt(NOW - timedelta(seconds=seconds_ago), succeeded=False)] * n


def test_the_first_failures_are_free_and_each_one_more_doubles_the_wait():
    waits = [wait_seconds(failed(n), [], NOW) for n in range(FREE_PER_LOGIN, FREE_PER_LOGIN + 5)]
    assert waits == [0, 2, 4, 8, 16]


def test_the_wait_counts_from_the_last_failure_and_has_an_end():
    assert wait_seconds(failed(FREE_PER_LOGIN + 3, seconds_ago=5), [], NOW) == 3
    assert wait_seconds(failed(FREE_PER_LOGIN + 3, seconds_ago=9), [], NOW) == 0
    assert wait_seconds(failed(500), [], NOW) == LONGEST_WAIT_SECONDS


def test_a_success_clears_the_login_but_not_the_address():
    many = failed(FREE_PER_ADDRESS + 1, seconds_ago=1)
    success = [Attempt(NOW, succeeded=True)]
    assert wait_seconds(many + success, [], NOW) == 0
    assert wait_seconds([], many + success, NOW) == 1


def test_old_failures_are_forgotten():
    old = [Attempt(NOW - WINDOW, succeeded=False)] * 100
    assert wait_seconds(old, old, NOW) == 0


@given(st.integers(0, 60), st.integers(0, 2000))
def test_more_failures_never_wait_less(n, seconds_ago):
    fewer = wait_seconds(failed(n, seconds_ago=seconds_ago), [], NOW)
    more = wait_seconds(failed(n + 1, seconds_ago=seconds_ago), [], NOW)
    assert 0 <= fewer <= more <= LONGEST_WAIT_SECONDS
