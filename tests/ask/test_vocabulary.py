"""A vocabulary holds some 12,000 words, nearly all the same for all data: they are read once."""

from __future__ import annotations

from huiyin.ask.english_turns import TURNS, in_plain_english
from huiyin.ask.spelling import normal

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
