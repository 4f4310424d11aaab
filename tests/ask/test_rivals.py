"""Beside whom: where the questionnaire rates a competitor too, 竞品 is its block."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.ask.contracts import Answerable, AskBack, ColumnValues, Kind, Missing, Refusal
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text
from huiyin.measure.contracts import Against

PRICE, SERVICE = "score:价格感知", "score:服务体验"


@pytest.mark.parametrize(
    ("question", "metrics", "by"),
    [
        ("我们的价格感知和竞品甲比怎么样", (PRICE,), ()),
        ("跟竞争对手比，服务体验差多少", (SERVICE,), ()),
        ("哪个大区的价格感知比竞品差得最多", (PRICE,), ("大区",)),
        ("各大区价格感知和对手比", (PRICE,), ("大区",)),
        ("how do we compare with the competitor on price", (PRICE,), ()),
        ("is our service better than competitor A's?", (SERVICE,), ()),
    ],
)
def test_we_are_set_beside_the_competitor_that_is_rated_too(surveys, question, metrics, by):
    found = surveys.ask(question)
    assert isinstance(found, Answerable), found
    assert (found.kind, found.query.metrics, found.query.by) == (Kind.COMPARE, metrics, by)
    assert found.query.compare.against is Against.COMPETITOR
    assert "竞品" in found.reading.say("zh-CN")


def test_the_days_and_rows_are_kept_beside_it(surveys):
    query = surveys.ask("近三个月华北的服务体验和竞品比").query
    assert (query.since.isoformat(), query.until.isoformat()) == ("2026-03-15", "2026-06-14")
    assert [(one.column, one.values) for one in query.where] == [("大区", ("华北",))]


def test_what_a_competitor_is_not_asked_about_is_refused_by_name(surveys):
    found = surveys.ask("NPS和竞品比")
    assert isinstance(found, Refusal)
    assert "竞品甲NPS" in found.text.say("zh-CN")


@pytest.mark.parametrize(
    ("question", "metrics"),
    [
        ("为什么价格不如竞品", (PRICE,)),
        ("上个月价格感知为什么比竞争对手差", (PRICE,)),
        ("why are we worse than 竞品甲 on price", (PRICE,)),
        ("why do customers prefer the competitor on service", (SERVICE,)),
    ],
)
def test_why_we_are_behind_is_asked_of_the_gap(surveys, question, metrics):
    found = surveys.ask(question)
    assert isinstance(found, Answerable), found
    assert (found.kind, found.query.metrics) == (Kind.WHY, metrics)
    assert found.query.compare.against is Against.COMPETITOR
    assert found.reading.say("zh-CN").startswith("差在哪里")


@pytest.mark.parametrize("question", ["为什么我们不如竞品", "why are we behind our competitor"])
def test_on_what_we_are_behind_need_not_be_said(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Answerable), found
    assert len(found.query.metrics) == 8
    assert {"score:总体满意度", PRICE} < {*found.query.metrics}
    assert "差得最多的一项" in found.reading.say("zh-CN")


@pytest.mark.parametrize(
    "question", ["跟竞品比我们差在哪", "how do we compare with the competitor"]
)
def test_how_we_compare_is_asked_of_all_that_both_are_asked_about(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Answerable), found
    assert (found.kind, len(found.query.metrics)) == (Kind.COMPARE, 8)
    assert found.query.compare.against is Against.COMPETITOR


@pytest.mark.parametrize("question", ["均分和竞品比", "各大区和竞品比"])
def test_a_measure_or_groups_without_a_rating_are_asked_about(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.METRIC


@pytest.mark.parametrize(
    ("question", "column", "operator"),
    [
        ("价格感知比竞品差的顾客怎么说", "价格感知", "<"),
        ("价格不如竞品的客户说了什么", "价格感知", "<"),
        ("觉得竞品价格更好的顾客怎么说", "价格感知", "<"),
        ("给竞品甲的价格打分更高的客户都说了些什么", "价格感知", "<"),
        ("价格感知比竞品好的顾客怎么说", "价格感知", ">"),
        ("what do customers say who rate us below the competitor on price", "价格感知", "<"),
        ("what do customers who rate the competitor higher on service say", "服务体验", "<"),
        ("what do customers who rate us above the competitor on price say", "价格感知", ">"),
    ],
)
def test_whose_words_are_asked_for_is_a_condition_on_their_own_gap(
    surveys, question, column, operator
):
    found = surveys.ask(question)
    assert isinstance(found, Answerable), found
    assert (found.kind, found.query.metrics, found.query.compare) == (Kind.VOICES, (), None)
    (one,) = found.query.where
    assert (one.column, one.operator, one.values) == (f"gap:{column}", operator, ("0",))
    assert "打分更高的人" in found.reading.say("zh-CN")


@pytest.mark.parametrize(
    "question",
    [
        "竞品甲的价格感知是多少",
        "不如竞品的顾客怎么说",
        "有多少顾客觉得竞品价格更好",
        "价格感知比竞品差的顾客NPS是多少",
        "价格感知没有比竞品差的顾客怎么说",
        "不觉得竞品价格更好的顾客怎么说",
        "和竞品比价格感知怎么样，客户怎么说",
        "what do customers who do not rate us below the competitor on price say",
    ],
)
def test_what_a_gap_is_no_answer_to_is_asked_back(surveys, question):
    assert isinstance(surveys.ask(question), AskBack)


@pytest.mark.parametrize("question", ["为什么NPS不如竞品", "NPS比竞品差的顾客怎么说"])
def test_why_and_whose_words_of_what_it_is_not_asked_about_are_refused(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert "竞品甲NPS" in found.text.say("zh-CN")


def test_a_group_of_the_competitors_name_goes_before_the_block(surveys):
    query = surveys.ask("我们的价格感知和竞品比", "竞品对比").query
    assert (query.compare.against, query.compare.value) == (Against.GROUP, "竞品甲")


def test_where_nobody_else_is_rated_there_is_no_competitor(surveys):
    assert not isinstance(surveys.ask("应用功能和竞品比", "应用NPS"), Answerable)


def test_the_competitor_is_called_as_the_questionnaire_calls_it():
    column = {"scale": Scale(1, 5), "group": "评价"}
    book = Codebook(
        (
            Column("价格", Role.ASPECT, Text.same("价格"), **column),
            Column(
                "老王家价格", Role.META, Text.same("老王家价格"), **(column | {"group": "老王家"})
            ),
        ),
        language="zh-CN",
    )
    vocabulary = build_vocabulary(book, ColumnValues({}))
    for question in ("为什么价格不如老王家", "为什么价格不如竞品"):
        found = ask(question, vocabulary, date(2026, 6, 15))
        assert isinstance(found, Answerable), (question, found)
        assert found.query.compare.against is Against.COMPETITOR
    other = ask("为什么价格不如竞品甲", vocabulary, date(2026, 6, 15))
    assert not isinstance(other, Answerable)
