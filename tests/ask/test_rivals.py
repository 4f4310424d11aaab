"""Beside whom: where the questionnaire rates a competitor too, 竞品 is its block."""

from __future__ import annotations

import pytest

from huiyin.ask.contracts import Answerable, AskBack, Kind, Refusal
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


@pytest.mark.parametrize("question", ["为什么价格感知不如竞品", "竞品甲的价格感知是多少"])
def test_what_a_gap_is_no_answer_to_is_asked_back(surveys, question):
    assert isinstance(surveys.ask(question), AskBack)


def test_a_group_of_the_competitors_name_goes_before_the_block(surveys):
    query = surveys.ask("我们的价格感知和竞品比", "竞品对比").query
    assert (query.compare.against, query.compare.value) == (Against.GROUP, "竞品甲")


def test_where_nobody_else_is_rated_there_is_no_competitor(surveys):
    assert not isinstance(surveys.ask("应用功能和竞品比", "应用NPS"), Answerable)
