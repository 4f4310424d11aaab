"""What is asked back, or refused, is said in the words of who asks."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.ask.contracts import Answerable, AskBack, ColumnValues, Missing, Refusal, Why
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import EN, ZH, Text

SHOPS = "门店满意度"


@pytest.fixture(scope="module")
def own():
    """Give the words of a questionnaire whose columns have English names and Chinese labels."""
    group = Role.DIMENSION
    book = Codebook(
        (
            Column(
                "overall", Role.OVERALL, Text("总体满意度", "overall satisfaction"), Scale(1, 5)
            ),
            Column("channel", group, Text("渠道", "Channel")),
            Column("mode", group, Text("用餐方式", "Dining mode")),
        )
    )
    values = {"channel": ("外卖", "堂食"), "mode": ("外卖", "自取")}
    return build_vocabulary(book, ColumnValues(values))


def asked(own, question, before=None):
    return ask(question, own, date(2026, 6, 15), before)


def test_columns_are_offered_by_their_labels_and_understood_by_them(own):
    first = asked(own, "外卖的满意度")
    assert isinstance(first, AskBack)
    assert first.reason is Missing.VALUE
    assert set(first.options) == {"渠道", "用餐方式"}
    assert "渠道" in first.text.say(ZH)
    assert "Channel" in first.text.say(EN)
    then = asked(own, "渠道", first)
    assert isinstance(then, Answerable)
    assert [(f.column, f.values) for f in then.query.where] == [("channel", ("外卖",))]


def test_a_question_is_echoed_as_it_was_typed(surveys):
    found = surveys.ask("NPS最稳定的门店", SHOPS)
    assert "NPS最稳定的门店" in found.text.say(ZH)
    assert "GMV" in surveys.ask("各门店GMV", SHOPS).text.say(ZH)


@pytest.mark.parametrize("question", ["各门店有多少条反馈", "每月有多少份答卷", "各省样本量"])
def test_how_many_there_are_is_refused_with_where_it_stands(surveys, question):
    found = surveys.ask(question, SHOPS)
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_METRIC
    assert "n 就是" in found.text.say(ZH)


@pytest.mark.parametrize("question", ["NPS最高的是哪个月", "哪个季度满意率最低"])
def test_the_best_month_is_asked_back_with_how_to_see_it(surveys, question):
    found = surveys.ask(question, SHOPS)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.WHAT
    assert "走势" in found.text.say(ZH)
