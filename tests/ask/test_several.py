"""Several questions in one text are asked back, one at a time; none is passed over."""

from __future__ import annotations

import pytest

from huiyin.ask.contracts import Answerable, AskBack, Missing, Refusal, Why


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("哪五家门店最差？为什么？客户怎么说？", "哪五家门店最差？"),
        ("上个月华东的满意度是多少？哪个城市最低？", "上个月华东的满意度是多少？"),
        ("Which shop is worst? Why?", "Which shop is worst？"),
    ],
)
def test_one_question_is_answered_at_a_time(surveys, question, first):
    found = surveys.ask(question, "门店满意度", None)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.WHAT
    assert first in found.text.say("zh-CN")


@pytest.mark.parametrize("question", ["在吗？上个月华东的满意度是多少？", "华东NPS多少？华南呢？"])
def test_what_goes_with_a_question_is_no_other(surveys, question):
    assert isinstance(surveys.ask(question, "门店满意度", None), Answerable)


def test_comments_are_not_told_by_what_they_are_about(surveys):
    asked = "What do unhappy customers say about checkout?"
    assert isinstance(surveys.ask(asked, "门店满意度", None), AskBack)
    whole = surveys.ask("What do unhappy customers say?", "门店满意度", None)
    assert isinstance(whole, Answerable)


def test_shops_are_not_refused_as_answers_that_are_counted(surveys):
    found = surveys.ask("上海有多少家门店不达标", "门店满意度", None)
    assert isinstance(found, Refusal)
    assert "份数和人数" not in found.text.say("zh-CN")
    people = surveys.ask("有多少人回答了", "门店满意度", None)
    assert "份数和人数" in people.text.say("zh-CN")


def test_staff_who_leave_are_no_customers_who_do(surveys):
    found = surveys.ask("员工流失多少", "门店满意度", None)
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_METRIC
