"""Arrow buffers by hand: the same values as Arrow's own way gives."""

import numpy as np
import pyarrow as pa
import pytest

from huiyin.engine.arrays import (
    BLANKS,
    any_begins,
    any_loose_ends,
    codes_of,
    number_array,
    numbers_of,
    text_array,
    whole_numbers_of,
    without_blanks,
)

WORDS = ["a", "", None, "回音", "", "b", None, "c", "d", "e"]


def test_words_come_back_with_blanks_missing():
    assert text_array(WORDS).to_pylist() == [word or None for word in WORDS]


@pytest.mark.parametrize("start", [0, 1, 3, 9, 10])
def test_blanks_become_missing_in_any_slice(start):
    cut = without_blanks(pa.array(WORDS, pa.string()).slice(start))
    assert cut.to_pylist() == [word or None for word in WORDS[start:]]
    assert cut.null_count == sum(not word for word in WORDS[start:])


@pytest.mark.parametrize(
    "column",
    [
        pa.array([1, None, 3], pa.int8()),
        pa.array([0.5, 2.0, None]).slice(1),
        pa.array([True, False, None]),
        pa.array([], pa.int64()),
        pa.chunked_array([[1.0, None], [3.0]]),
        pa.chunked_array([], pa.float64()),
        number_array(np.arange(4), np.array([False, True, False, False])),
    ],
)
def test_numbers_are_those_of_the_column(column):
    wanted = [np.nan if v is None else float(v) for v in column.to_pylist()]
    np.testing.assert_array_equal(numbers_of(column), wanted)


def test_whole_numbers_stay_exact_over_chunks_and_offsets():
    large = 2**62 + 1
    column = pa.chunked_array([pa.array([0, large]), pa.array([7, -large, 3])]).slice(1, 3)
    assert whole_numbers_of(column).tolist() == [large, 7, -large]
    assert whole_numbers_of(pa.array([], pa.int32())).tolist() == []


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_at_either_end_is_seen_and_none_within(blank):
    for words in ([f"好{blank}"], [f"{blank}好"], [blank], ["好", None, f"回{blank}"]):
        assert any_loose_ends(pa.chunked_array([words], pa.string()))
    assert not any_loose_ends(pa.chunked_array([[f"回{blank}音", None]], pa.string()))


def test_signs_that_share_bytes_with_a_blank_are_none():
    shares = ["、好、", "！好！", "à", "\u3001\u3080", "ÿ\u0140", "＀", None]
    assert not any_loose_ends(pa.chunked_array([shares], pa.string()))
    assert any_loose_ends(pa.chunked_array([shares, ["a", ""]], pa.string()))
    assert any_loose_ends(pa.chunked_array([pa.array(["x", "y", "z "]).slice(1)]))


def test_a_column_of_nothing_has_no_loose_ends():
    assert not any_loose_ends(pa.chunked_array([[None, None]], pa.string()))
    assert not any_loose_ends(pa.chunked_array([], pa.string()))


def test_values_get_a_number_each_and_none_where_missing():
    words = pa.chunked_array([["b", None], ["a", "b"]], pa.string())
    for column, codes, values in [
        (words, [0, -1, 1, 0], ["b", "a"]),
        (pa.chunked_array([[2.5, 1.0, None, 2.5]]), [0, 1, -1, 0], [2.5, 1.0]),
        (pa.chunked_array([], pa.string()), [], []),
    ]:
        numbers, distinct = codes_of(column)
        assert (numbers.tolist(), distinct.to_pylist()) == (codes, values)


@pytest.mark.parametrize(
    ("words", "found"),
    [(["a", "1b"], True), (["a", "回1", "", None], False), (["", None], False), ([], False)],
)
def test_whether_a_word_begins_with_a_sign(words, found):
    column = pa.array(["7", *words], pa.string()).slice(1)
    assert any_begins(column, b"0123456789") is found
