"""Identifiers sort by time and never repeat."""

import time
import uuid
from itertools import pairwise

from huiyin.core.ids import new_id, new_ids


def test_ids_are_version_seven_and_sort_by_time():
    first = new_id()
    time.sleep(0.002)
    second = new_id()
    assert first < second
    assert uuid.UUID(first).version == 7
    assert uuid.UUID(first).variant == uuid.RFC_4122


def test_ids_do_not_repeat():
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_ids_made_at_once_sort_by_group_and_in_a_group_by_chance():
    made = list(new_ids(5_000 * 100, 100))  # more groups than the counter holds
    groups = [made[i : i + 100] for i in range(0, len(made), 100)]
    assert all(max(one) < min(other) for one, other in pairwise(groups))
    assert not any(group == sorted(group) for group in groups)
    assert len({*made}) == len(made)
    assert {uuid.UUID(one).version for one in made[::997]} == {7}
    assert {uuid.UUID(one).variant for one in made[::997]} == {uuid.RFC_4122}


def test_the_last_group_may_be_smaller():
    assert [len(list(new_ids(n, 3))) for n in (0, 1, 3, 7)] == [0, 1, 3, 7]
