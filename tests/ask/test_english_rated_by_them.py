"""English questions in which customers rate, wait, spend or met something, and bounds of both."""

from __future__ import annotations

import pytest
from gold_queries import asked

from huiyin.ask.contracts import AskBack, Kind, Refusal, Why
from huiyin.measure.contracts import Against, Filter


@pytest.mark.parametrize(
    ("question", "metric", "whose"),
    [
        (
            "Do iPhone users rate checkout higher than Huawei users?",
            "score:收银效率",
            ("手机品牌", "苹果"),
        ),
        (
            "Does South China rate delivery worse than North China?",
            "score:交付效率",
            ("大区", "华南"),
        ),
        (
            "Do families rate the service better than everybody else?",
            "score:服务体验",
            ("客群", "家庭客"),
        ),
    ],
)
def test_who_rates_something_higher_is_compared(surveys, question, metric, whose):
    found = asked(surveys, question)
    assert (found.kind, found.metrics) == (Kind.COMPARE, (metric,))
    assert found.where == (Filter(whose[0], "=", (whose[1],)),)


def test_everybody_else_is_the_rest(surveys):
    found = asked(surveys, "Do families rate the service better than everybody else?")
    assert found.compare.against is Against.REST


@pytest.mark.parametrize(
    ("question", "dataset", "metric", "operator"),
    [
        ("which agents scored below 60 on response speed", "售后回访", "score:响应速度", "<"),
        ("which shops scored over 80 on service", "门店满意度", "score:服务体验", ">"),
        ("Which provinces fail to reach 70 on delivery?", "门店满意度", "score:交付效率", "<"),
        ("Which shops don't get to 60 on checkout?", "门店满意度", "score:收银效率", "<"),
    ],
)
def test_groups_are_held_to_a_bound(surveys, question, dataset, metric, operator):
    found = asked(surveys, question, dataset)
    assert (found.kind, found.metrics) == (Kind.THRESHOLD, (metric,))
    assert found.threshold.operator == operator


@pytest.mark.parametrize(
    ("question", "column", "levels"),
    [
        ("comments from customers who scored checkout under 3", "收银效率", ("1", "2")),
        ("comments of people who rated the service over 3", "服务体验", ("4", "5")),
        ("comments of customers who rated prices at most 2", "价格感知", ("1", "2")),
    ],
)
def test_customers_are_held_to_a_bound_of_levels(surveys, question, column, levels):
    found = asked(surveys, question)
    assert found.where == (Filter(column, "=", levels),)


def test_a_bound_of_levels_of_nothing_named_is_asked_back(surveys):
    assert isinstance(surveys.ask("NPS of customers who rated us below 3"), AskBack)


@pytest.mark.parametrize(
    "question",
    [
        "Is there a connection between waiting at the checkout and NPS?",
        "Does queueing at the till hurt NPS?",
    ],
)
def test_waiting_at_the_till_is_how_fast_it_is(surveys, question):
    found = asked(surveys, question)
    assert (found.kind, set(found.metrics)) == (Kind.RELATION, {"nps", "score:收银效率"})


def test_how_long_people_wait_at_the_till_is_not_known(surveys):
    found = surveys.ask("how long do people wait at the checkout?")
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_METRIC


def test_what_is_spent_on_average_per_order_is_no_ranking(surveys):
    found = asked(surveys, "how much do gold members spend on average per order")
    assert (found.kind, found.metrics) == (Kind.NUMBER, ("mean:本单金额",))


@pytest.mark.parametrize(
    "question",
    ["Who was the customer who gave 0 on June 3?", "Who was it that rated us 1 last week?"],
)
def test_who_somebody_was_is_personal(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.PERSONAL


@pytest.mark.parametrize(
    "question",
    ["Was it the new training that raised service?", "Is it the layout that made shops tidier?"],
)
def test_whether_it_was_something_else_is_refused(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.CAUSAL


def test_whether_it_was_an_aspect_is_not_refused(surveys):
    assert not isinstance(surveys.ask("Was it delivery that pulled NPS down in May?"), Refusal)


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("What share of deliveries by carrier B are late?", "share:是否准时=否"),
        ("satisfaction of deliveries by carrier B", "score:总体满意度"),
    ],
)
def test_deliveries_are_what_a_survey_of_deliveries_is_about(surveys, question, metric):
    found = asked(surveys, question, "物流签收")
    assert found.metrics == (metric,)
    assert found.where == (Filter("承运", "=", ("快运乙",)),)


@pytest.mark.parametrize(
    "question",
    ["How far are we behind the competitor on delivery?", "how far are we ahead of the competitor"],
)
def test_how_far_behind_is_a_comparison(surveys, question):
    found = surveys.ask(question, "竞品对比")
    asked_back = isinstance(found, AskBack)
    assert asked_back == ("delivery" not in question)
    assert asked_back or found.understood.compare.value == "竞品甲"


def test_a_month_above_another_is_higher(surveys):
    found = asked(surveys, "By how many points was NPS in May above April?")
    assert found.compare.against is Against.PREVIOUS
    bound = asked(surveys, "cities with NPS in May above 30")
    assert bound.kind is Kind.THRESHOLD


@pytest.mark.parametrize(
    "question",
    ["Comments by users whose coupons didn't work", "what do users whose coupon failed say"],
)
def test_a_coupon_that_did_not_work_is_a_trouble(surveys, question):
    found = asked(surveys, question, "应用NPS")
    assert found.where == (Filter("遇到的问题", "=", ("优惠券用不了",)),)
