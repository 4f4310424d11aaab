"""Words that nothing explains: those that only lead in, and those that tell when or what."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.ask.contracts import Answerable, AskBack, Kind, Missing, Rank, Refusal, Why
from huiyin.measure.contracts import Against

MAY = (date(2026, 5, 1), date(2026, 5, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.parametrize(
    "question",
    [
        "烦请核对五月华北的满意率",
        "furnish the May satisfied share for North China",
        "五月华北的满意率瞄瞄",
    ],
)
def test_words_that_lead_in_or_ask_are_passed_over(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Answerable), found
    assert found.query.metrics == ("satisfied:总体满意度",)
    assert (found.query.since, found.query.until) == MAY


@pytest.mark.parametrize(
    "question", ["退货的客户满意率", "带娃的顾客NPS", "NPS of disabled customers"]
)
def test_words_that_tell_whose_number_it_is_are_not(surveys, question):
    assert not isinstance(surveys.ask(question), Answerable)


@pytest.mark.parametrize(
    "question", ["换招牌以后NPS", "门店翻修之前的满意率", "NPS since the makeover"]
)
def test_an_event_that_no_calendar_knows_is_asked_about(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack), found
    assert found.reason is Missing.PERIOD


def test_how_much_there_is_of_something_unknown_is_refused(surveys):
    found = surveys.ask("各门店水电多少")
    assert isinstance(found, Refusal), found
    assert found.reason is Why.NO_SUCH_METRIC


def test_what_a_number_did_is_said_by_any_verb(surveys):
    found = surveys.ask("How did delivery fare in April against March?")
    assert isinstance(found, Answerable), found
    assert (found.query.since, found.query.until) == APRIL
    assert found.query.compare.against is Against.PREVIOUS


def test_a_month_further_back_is_counted_from_the_thread(surveys):
    first = surveys.ask("上个月各渠道满意率")
    second = surveys.ask("再上一个月呢", before=first)
    third = surveys.ask("换NPS看看", before=second)
    assert (third.query.since, third.query.until) == APRIL
    assert third.query.by == ("渠道",)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("NPS超过40且满意率超过80%的门店", Missing.WHAT),
        ("解决率垫底的坐席里，客户都在说什么", Missing.WHAT),
        ("那个月的NPS", Missing.PERIOD),
        ("年中到现在的复购率", Missing.PERIOD),
    ],
)
def test_what_a_query_cannot_hold_is_asked_about(surveys, question, reason):
    dataset = "售后回访" if "坐席" in question else "门店满意度"
    found = surveys.ask(question, dataset)
    assert isinstance(found, AskBack), found
    assert found.reason is reason


def test_who_is_asked_for_is_the_last_of_two_groups(surveys):
    found = surveys.ask("各店店长的NPS")
    assert isinstance(found, Refusal), found
    assert found.reason is Why.NO_SUCH_COLUMN


def test_quarters_that_are_counted_are_all_of_the_year(surveys):
    found = surveys.ask("把去年四个季度的NPS拉出来")
    assert isinstance(found, Answerable), found
    assert found.kind is Kind.TREND
    assert (found.query.since, found.query.until) == (date(2025, 1, 1), date(2025, 12, 31))


def test_versions_are_no_days(surveys):
    found = surveys.ask("4.9到5.2各版本满意度", "应用NPS")
    assert isinstance(found, Answerable), found
    assert found.query.since is None
    assert found.query.where[0].values == ("4.9", "5.0", "5.1", "5.2")


@pytest.mark.parametrize(
    ("question", "dataset", "reason"),
    [
        ("金卡以上会员的NPS", "门店满意度", Missing.VALUE),
        ("产品和服务哪个更拉后腿", "门店满意度", Missing.WHAT),
    ],
)
def test_an_order_nobody_knows_and_two_drivers_are_asked_about(surveys, question, dataset, reason):
    found = surveys.ask(question, dataset)
    assert isinstance(found, AskBack), found
    assert found.reason is reason


def test_a_count_right_after_a_place_is_no_rank(surveys):
    found = surveys.ask("东北三省满意度哪个最差")
    assert isinstance(found, Answerable), found
    assert found.understood.rank == Rank(best=False, n=1)


@pytest.mark.parametrize("question", ["how many stores do we have", "一共有多少家门店"])
def test_how_many_groups_there_are_is_no_metric(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal), found
    assert found.reason is Why.NO_SUCH_METRIC


def test_what_sort_of_thing_a_value_is_may_stand_after_it(surveys):
    found = surveys.ask("项目交付阶段NPS按月", "企业客户")
    assert isinstance(found, Answerable), found
    assert found.query.where[0].values == ("项目交付",)


@pytest.mark.parametrize("question", ["五月满意率跟平常比怎么样", "NPS in May compared to usual"])
def test_what_is_usual_is_asked_about(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack), found
    assert found.reason is Missing.PERIOD


def test_what_drives_each_group_is_more_than_one_query(surveys):
    assert isinstance(surveys.ask("每个年龄段各自最在意什么"), AskBack)


def test_a_steady_fall_is_a_series(surveys):
    found = surveys.ask("今年以来满意度一直在跌吗")
    assert isinstance(found, Answerable), found
    assert found.kind is Kind.TREND


def test_who_comes_back_did_so(surveys):
    did = surveys.ask("Which age bracket comes back least?")
    would = surveys.ask("Which age bracket is least likely to come back?")
    assert did.query.metrics == ("share:90天内复购=是",)
    assert would.query.metrics == ("intent",)


def test_between_two_months_a_number_changed(surveys):
    found = surveys.ask("Did our NPS in the East slip between March and April?")
    assert isinstance(found, Answerable), found
    assert (found.query.since, found.query.until) == APRIL
    assert found.query.compare.against is Against.PREVIOUS


def test_the_average_of_all_is_the_rest(surveys):
    found = surveys.ask("黑金客户的价格感知得分比公司平均低多少")
    assert isinstance(found, Answerable), found
    assert found.query.compare.against is Against.REST
