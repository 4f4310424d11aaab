"""A change taken apart: by hand, as a whole, whatever the order, and where little is left."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from huiyin.stats.mix_rate import mix_and_rate

EXACT = {"rtol": 1e-9, "atol": 1e-9}


def cells(draw, shape):
    n = int(np.prod(shape))
    counts = draw(st.lists(st.integers(0, 6), min_size=n, max_size=n))
    means = draw(st.lists(st.floats(-1e4, 1e4), min_size=n, max_size=n))
    b = np.array(counts, dtype=float).reshape(shape)
    b[:, 0, 0] += 1.0
    return b, b * np.array(means).reshape(shape)


@st.composite
def totals(draw):
    shape = (2, draw(st.integers(1, 5)), draw(st.integers(2, 6)))
    return cells(draw, shape)


def test_worked_by_hand():
    """A falls from 8 to 7 and gives up a fifth of the answers to B, which rises from 4 to 5."""
    b = np.array([[[60.0], [40.0]], [[40.0], [60.0]]])
    a = b * np.array([[[8.0], [4.0]], [[7.0], [5.0]]])
    found = mix_and_rate(b, a)
    assert_allclose(found.mean.estimate, [6.4, 5.8], **EXACT)
    assert_allclose(found.change.estimate, -0.6, **EXACT)
    assert_allclose(found.mix.estimate, [-0.28, -0.32], **EXACT)
    assert_allclose(found.rate.estimate, [-0.5, 0.5], **EXACT)
    assert_allclose(found.contribution.estimate, [-0.78, 0.18], **EXACT)
    assert_allclose(found.beyond.estimate, [-0.48, 0.48], **EXACT)
    assert_allclose([found.total_mix.estimate, found.total_rate.estimate], [-0.6, 0.0], **EXACT)


@given(totals())
def test_the_parts_add_up_to_the_change(given_totals):
    found = mix_and_rate(*given_totals)
    size = 1e-9 * (1 + np.abs(given_totals[1]).sum())
    change = found.change.estimate
    assert abs(found.contribution.estimate.sum() - change) <= size
    assert abs(found.total_mix.estimate + found.total_rate.estimate - change) <= size
    assert abs(found.beyond.estimate.sum()) <= size
    assert abs(found.mean.estimate[1] - found.mean.estimate[0] - change) <= size


@given(totals(), st.randoms(use_true_random=False))
def test_neither_the_order_of_groups_nor_of_resampling_groups_matters(given_totals, random):
    b, a = given_totals
    by_group, by_part = list(range(b.shape[1])), list(range(b.shape[2]))
    random.shuffle(by_group)
    random.shuffle(by_part)
    one = mix_and_rate(b, a)
    other = mix_and_rate(b[:, by_group][:, :, by_part], a[:, by_group][:, :, by_part])
    close = {"rtol": 1e-7, "atol": 1e-7 * (1 + np.abs(a).max())}
    for name in ("mix", "rate", "contribution", "beyond"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert_allclose(mine.estimate[by_group], theirs.estimate, **close)
        assert_allclose(mine.standard_error[by_group], theirs.standard_error, **close)


@given(totals())
def test_told_backwards_every_part_turns_round(given_totals):
    b, a = given_totals
    one, other = mix_and_rate(b, a), mix_and_rate(b[::-1], a[::-1])
    close = {"rtol": 1e-7, "atol": 1e-7 * (1 + np.abs(a).max())}
    for name in ("mix", "rate", "beyond"):
        assert_allclose(getattr(one, name).estimate, -getattr(other, name).estimate, **close)


def test_all_groups_alike_leave_nothing_beyond_their_size():
    b = np.full((2, 4, 10), 5.0) * np.array([1, 2, 3, 4])[None, :, None]
    a = b * np.array([3.0, 2.5])[:, None, None]
    found = mix_and_rate(b, a)
    assert_allclose(found.beyond.estimate, 0.0, atol=1e-12)
    assert_allclose(found.contribution.estimate, -0.5 * np.array([0.1, 0.2, 0.3, 0.4]))
    assert found.spread == 0.0


def test_a_new_and_a_vanished_group_change_the_mix_only():
    b = np.array([[[50.0] * 4, [50.0] * 4, [0.0] * 4], [[50.0] * 4, [0.0] * 4, [50.0] * 4]])
    a = b * np.array([[[5.0], [3.0], [0.0]], [[5.0], [0.0], [1.0]]])
    found = mix_and_rate(b, a)
    assert_allclose(found.rate.estimate, 0.0, atol=1e-12)
    assert_allclose(found.contribution.estimate.sum(), found.change.estimate)
    assert np.isnan(found.means[0, 2])
    assert np.isnan(found.means[1, 1])


def test_simpson_everybody_rises_and_the_whole_falls():
    b = np.array([[[90.0] * 9, [10.0] * 9], [[10.0] * 9, [90.0] * 9]])
    a = b * np.array([[[9.0], [5.0]], [[9.4], [5.4]]])
    found = mix_and_rate(b, a)
    assert found.change.estimate < 0
    assert (found.rate.estimate > 0).all()
    assert_allclose(found.total_rate.estimate, 0.4)


def test_a_row_a_group_gives_the_error_of_two_means():
    rng = np.random.default_rng(3)
    n = 400
    y, side = rng.normal(size=n), np.repeat([0, 1], n // 2)
    b, a = np.zeros((2, 1, n)), np.zeros((2, 1, n))
    b[side, 0, np.arange(n)] = 1.0
    a[side, 0, np.arange(n)] = y
    found = mix_and_rate(b, a)
    classic = np.sqrt(sum(y[side == s].var(ddof=1) / (n // 2) for s in (0, 1)))
    assert_allclose(found.change.standard_error, classic, rtol=0.005)


def test_who_answers_on_both_sides_is_not_counted_twice():
    """Customers who say the same again leave a change of 0 that is sure."""
    rng = np.random.default_rng(4)
    y = rng.normal(size=50)
    b = np.ones((2, 1, 50))
    a = np.stack([y, y])[:, None, :]
    found = mix_and_rate(b, a)
    assert_allclose([found.change.estimate, found.change.standard_error], 0.0, atol=1e-12)


def test_one_resampling_group_gives_no_error():
    found = mix_and_rate(np.ones((2, 2, 1)), np.ones((2, 2, 1)))
    assert np.isnan(found.change.standard_error)
    assert np.isnan(found.beyond.standard_error).all()
    assert found.degrees_of_freedom.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("shape", [(1, 2, 3), (2, 3), (3, 2, 2)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match=r"\("):
        mix_and_rate(np.ones(shape), np.ones(shape))


def test_a_side_of_nobody_is_refused():
    b = np.stack([np.ones((2, 3)), np.zeros((2, 3))])
    with pytest.raises(ValueError, match=r"\["):
        mix_and_rate(b, b)
