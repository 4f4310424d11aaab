"""Voices begin with those who are unhappy indeed, whichever question they answered."""

import numpy as np

from huiyin.analyse.boards.voices import worth_reading
from huiyin.analyse.verbatims import sample_verbatims
from huiyin.codebook.contracts import Role


def test_the_lowest_ratings_come_first_not_the_longest_of_a_band(make_corridor, rating, plain):
    words = [f"评分低一点但是说了很多好话的第{i}位顾客" for i in range(4)]
    data = {
        "总体": np.array([2.0, 2, 2, 2, 1, 1, 1, 5]),
        "意见": np.array([*words, "排队半小时", "收错了钱", "没人理我", "下次还来"], dtype=object),
    }
    corridor = make_corridor([rating("总体", Role.OVERALL), plain("意见", Role.TEXT)], data)
    said = [one.rating for one in worth_reading(corridor)]
    assert sorted(said)[:3] == [1, 1, 1]


def test_the_unhappy_come_first_over_all_questions_that_ask_for_words(make_corridor, rating, plain):
    data = {
        "总体": np.array([5.0, 5, 1, 1]),
        "优点": np.array(["店里很干净", "店员很热情", None, None], dtype=object),
        "不足": np.array([None, None, "等太久了", "太吵了点"], dtype=object),
    }
    columns = [rating("总体", Role.OVERALL), plain("优点", Role.TEXT), plain("不足", Role.TEXT)]
    corridor = make_corridor(columns, data)
    said = sample_verbatims(corridor, corridor.codebook["总体"])
    assert [one.rating for one in said] == [1, 1, 5, 5]


def test_the_happiest_are_among_those_who_rated(make_corridor, rating, plain):
    rated, words = [1.0, 1, 1, 1, 5, 5], [f"评了分的第{i}位顾客" for i in range(6)]
    data = {
        "总体": np.array([*rated, *[np.nan] * 6]),
        "意见": np.array(
            [*words, *[f"没评分但是说了很多的第{i}位" for i in range(6)]], dtype=object
        ),
    }
    corridor = make_corridor([rating("总体", Role.OVERALL), plain("意见", Role.TEXT)], data)
    assert 5.0 in [one.rating for one in worth_reading(corridor)]
