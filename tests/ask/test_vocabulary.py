"""A vocabulary holds some 12,000 words, nearly all the same for all data: they are read once."""

from __future__ import annotations

from huiyin.ask.contracts import ColumnValues
from huiyin.ask.english_turns import TURNS, in_plain_english
from huiyin.ask.spelling import normal, normal_numbered
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text

FEW = 3_000


def test_our_words_are_written_in_one_way_once_for_all_data(surveys):
    surveys.vocabulary("门店满意度")
    before = normal.cache_info().misses
    surveys.vocabulary("售后回访")
    assert normal.cache_info().misses - before < FEW


def test_where_no_latin_letter_stands_no_english_turn_is_looked_for(surveys):
    words = [one for one in surveys.vocabulary("门店满意度").exact if not one.isascii()]
    named = [one for one in words if not any("a" <= sign <= "z" for sign in one)]
    assert len(named) > FEW
    for pattern, _ in TURNS[::20]:
        assert not any(map(pattern.search, named)), pattern
    assert [in_plain_english(one) for one in named[:9]] == named[:9]


def test_many_numbered_staff_are_read_as_quickly_as_a_few():
    """韩若曦023 is clerk 023, agent no. 23 and more in English: 80 words for each of hundreds."""
    name, n = Text("店员", "clerk"), 300
    book = Codebook((Column("店员", Role.STAFF, name), Column("满意度", Role.OVERALL, name)))
    values = {"店员": tuple(f"韩若{chr(0x4E00 + i)}{i:03d}" for i in range(n))}
    build_vocabulary(Codebook(()), ColumnValues({}))
    before = normal.cache_info().misses
    built = build_vocabulary(book, ColumnValues(values))
    assert normal.cache_info().misses - before < 15 * n
    for words in ("clerk 023", "clerk no. 23", "clerk number 299"):
        assert built.exact[normal(words)][0].value.endswith(words[-2:])
        assert normal_numbered(words) == normal(words)
