"""What customers are known by: the same in Python and in the engine."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.collect.customers.keys import (
    INDEX_BYTES,
    WORDS,
    Known,
    blind_indexer,
    known_by,
    plan_known,
    spelled,
)

CASES = {
    "13800138000": Known("phone", "13800138000"),
    "+86 138-0013-8000": Known("phone", "13800138000"),
    "008613800138000": Known("phone", "13800138000"),
    "8613800138000": Known("phone", "13800138000"),
    "+1 (415) 555-2671": Known("phone", "+14155552671"),
    "0571-88157777": Known("phone", "057188157777"),
    "138****8000": Known("words", "138****8000"),
    "Li@Example.com": Known("mail", "li@example.com"),
    "li@x": Known("words", "li@x"),
    "11010119900307123x": Known("paper", "11010119900307123X"),
    "张伟": Known("words", "张伟"),
    "": Known("words", ""),
}


@pytest.mark.parametrize("value", CASES)
def test_a_value_is_known_in_one_form(value):
    assert known_by(value) == CASES[value]


def planned(engine, values):
    table = engine.from_arrow(pa.table({"v": pa.array(values, pa.string())}))
    return engine.run(table.select(k=plan_known(table.v))).column(0).to_pylist()


def expected(value):
    known = known_by(value)
    return None if known.kind == WORDS else spelled(known)


def test_the_engine_says_the_same(engine):
    assert planned(engine, list(CASES)) == [expected(value) for value in CASES]
    assert planned(engine, [None]) == [None]


SIGNS = st.text(st.sampled_from("0123456789+-() .@*aZxX张\t"), max_size=20)


@settings(max_examples=60)
@given(st.lists(SIGNS, min_size=1, max_size=30))
def test_the_engine_says_the_same_of_odd_values(engine, values):
    assert planned(engine, values) == [expected(value) for value in values]


def test_a_blind_index_tells_nothing_without_the_key():
    one, other = blind_indexer(b"a" * 32), blind_indexer(b"b" * 32)
    assert one("phone:13800138000") == one("phone:13800138000")
    assert one("phone:13800138000") != other("phone:13800138000")
    assert one("phone:13800138000") != one("words:13800138000")
    assert len(one("")) == INDEX_BYTES
