"""What holds for any column."""

import random
import string

from hypothesis import given, settings
from hypothesis import strategies as st

import huiyin.codebook.names as header_names
from huiyin.codebook.contracts import RATING_ROLES, Role
from huiyin.codebook.headers import Words

names = st.text(max_size=40)
cells = st.one_of(
    st.text(max_size=20),
    st.integers(-(10**6), 10**12).map(str),
    st.floats(allow_nan=True).map(str),
    st.sampled_from(
        ["", "NA", "满意", "5 - good", "★★", "2024-01-01", "99", "是", "00:10:00", "a, b"]
    ),
)
tables = st.dictionaries(names, st.lists(cells, min_size=0, max_size=30), max_size=6)


@given(tables)
@settings(max_examples=150)
def test_any_table_gets_a_codebook(infer, table):
    book = infer(table)
    assert [column.name for column in book] == list(table)
    for column in book:
        assert 0 <= column.confidence <= 1
        assert column.reason.say("zh-CN")
        assert (column.scale is not None) or column.role not in RATING_ROLES
        if column.scale is not None:
            assert column.scale.minimum < column.scale.maximum
            assert set(column.scale.levels.values()) <= _levels(column.scale) or column.scale.levels


def _levels(scale):
    return {scale.minimum + i for i in range(scale.n_levels)}


PLAIN = {
    "性别": ["男", "女"] * 40,
    "满意度": ["1", "2", "3", "4", "5"] * 16,
    "提交时间": [f"2024-01-{1 + i % 28:02d}" for i in range(80)],
    "意见": [f"第{i}条意见写得比较长一些，各不相同" for i in range(80)],
    "门店": ["东", "西", "南", "北"] * 20,
    "金额": [f"{i * 3.7:.2f}" for i in range(80)],
    "是否流失": ["是", "否"] * 40,
}


@given(st.permutations(list(PLAIN)))
@settings(max_examples=40)
def test_order_of_plain_columns_does_not_matter(infer, order):
    book = infer({name: PLAIN[name] for name in order})
    usual = infer(PLAIN)
    assert {c.name: (c.role, c.scale) for c in book} == {c.name: (c.role, c.scale) for c in usual}


@given(st.lists(st.integers(0, 10), min_size=20, max_size=120), st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_order_of_rows_does_not_matter_for_a_rating(infer, scores, seed):
    words = [str(score) for score in scores]
    mixed = words[:]
    random.Random(seed).shuffle(mixed)  # noqa: S311 -- no secrets here
    one, other = infer({"nps": words}).columns[0], infer({"nps": mixed}).columns[0]
    assert (one.role, one.scale) == (other.role, other.scale)


@given(
    st.sampled_from(
        ["id", "编号", "satisfaction_id", "rating no", "满意度编号", "手机号", "客户满意度电话"]
    ),
    st.integers(13_000_000_000, 18_999_999_000),
    st.integers(1, 9),
)
@settings(max_examples=60)
def test_ids_and_phones_are_never_ratings(infer, name, first, step):
    values = [str(first + step * i) for i in range(60)]
    assert infer({name: values}).columns[0].role not in RATING_ROLES


def test_nothing_known_is_never_used_silently(infer):
    column = infer({"B7": ["1", "2", "3", "2", "1", "3"] * 10}).columns[0]
    assert column.role is Role.DIMENSION
    assert not column.usable


@given(st.text(st.characters(exclude_characters=string.ascii_lowercase), max_size=12))
def test_no_english_word_is_found_where_there_is_no_latin_letter(text):
    """`Words` relies on it: English patterns are not even tried there."""
    kept = vars(header_names).values()
    every = [w.english for w in kept if isinstance(w, Words) and w.english]
    assert every
    assert not [english.pattern for english in every if english.search(text)]
