"""Rows are put in order by one sort of number and place; too large ones go otherwise."""

import random
from datetime import date

import numpy as np
import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from huiyin.measure.cubes.chosen import distinct, in_order, renumbered
from huiyin.measure.cubes.cube import day_order
from huiyin.measure.cubes.row_units import Block, RowUnits

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


@given(st.lists(st.integers(0, 40) | st.integers(0, 2**62 - 1), max_size=30))
@example([])
@example([3, 0, 3, 1])
@example([2**40, 0, 2**40])
def test_units_are_summed_and_begin_where_their_first_row_stands(given_numbers):
    numbers = np.array(given_numbers, dtype=np.int64)
    units, line = renumbered(numbers, max(given_numbers, default=-1) + 1)
    assert units.tolist() == sorted(set(given_numbers))
    assert [units[place] for place in line] == given_numbers
    block = Block(slice(0, len(line)), line, 0, len(units))
    rows = RowUnits((block,), np.array([0, len(units)]), units)
    assert rows.first_rows().tolist() == [given_numbers.index(one) for one in units]
    weights = np.arange(len(line)) + 0.5
    sums = [weights[line == place].sum() for place in range(len(units))]
    assert block.summed(weights).tolist() == sums


def test_narrow_numbers_that_are_large_stand_in_order_too():
    units, line = renumbered(np.array([2**30, 3, 2**30, 0], dtype=np.int32), 2**31 - 1)
    assert units.tolist() == [0, 3, 2**30]
    assert line.tolist() == [2, 1, 2, 0]


@given(st.lists(st.none() | st.dates(), max_size=20), st.randoms())
@example([date.min, None, date.max], random.Random(1))  # noqa: S311 -- no secret
@example([date(2026, 1, 2), None, date(2026, 1, 1), date(2026, 1, 2)], random.Random(1))  # noqa: S311 -- no secret
def test_rows_go_by_day_then_by_number_and_undated_ones_stand_last(days, chance):
    keys = list(range(len(days)))
    chance.shuffle(keys)
    column = pa.chunked_array([pa.array(days, pa.date32())])

    def place(row):
        return days[row] is None, days[row] or date.max, keys[row]

    by_day = sorted(range(len(days)), key=place)
    assert day_order(column, np.array(keys, dtype=np.int64)).tolist() == by_day
