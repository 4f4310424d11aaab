"""Rows are put in order by one sort of number and place; too large ones go otherwise."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from huiyin.measure.cubes.chosen import distinct, in_order

NUMBERS = st.lists(st.integers(0, 6) | st.integers(0, 2**62), max_size=30)


@given(NUMBERS)
@example([])
@example([2**62, 0, 2**62, 1])
def test_the_order_is_that_of_a_stable_argsort(given_numbers):
    numbers = np.array(given_numbers, dtype=np.int64)
    order, ordered = in_order(numbers)
    assert order.tolist() == np.argsort(numbers, kind="stable").tolist()
    assert ordered.tolist() == sorted(given_numbers)
    assert distinct(numbers).tolist() == sorted(set(given_numbers))
