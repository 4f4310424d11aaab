"""A column whose header is a question is called by what the question asks about."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.ask.contracts import Answerable, ColumnValues, Refusal
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.codebook.spoken import asked_about
from huiyin.core.text import Text

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("您所在的城市是？", "城市"),
        ("您所在城市", "城市"),
        ("请问您的年龄段是哪一个？", "年龄段"),
        ("您这次去的门店是哪家？", "门店"),
        ("What is your age group?", "age group"),
        ("Which city do you live in?", "city"),
        ("您的问题解决了吗？", None),
        ("您最看重的是什么？", None),
        ("您有多大可能把我们推荐给朋友或同事？", None),
        ("城市", None),
        ("", None),
    ],
)
def test_what_a_question_asks_about(question, what):
    assert asked_about(question) == what


def asked_of(*headers):
    columns = [Column("满意度", Role.OVERALL, Text.same("满意度"), scale=Scale(1, 5))]
    columns += [
        Column(f"{n}、{header}", Role.DIMENSION, Text.same(header))
        for n, header in enumerate(headers, 1)
    ]
    values = ColumnValues({c.name: ("北京", "上海") for c in columns[1:]})
    return build_vocabulary(Codebook(tuple(columns)), values)


@pytest.mark.parametrize("question", ["各城市的满意度", "满意度按城市看", "satisfaction by city"])
def test_a_column_is_found_by_what_its_question_asks_about(question):
    asked = ask(question, asked_of("您所在的城市是？"), TODAY)
    assert isinstance(asked, Answerable)
    assert asked.query.by == ("1、您所在的城市是？",)


def test_another_question_is_not_taken_for_it():
    asked = ask("各城市的满意度", asked_of("您有多大可能把我们推荐给朋友或同事？"), TODAY)
    assert isinstance(asked, Refusal)
