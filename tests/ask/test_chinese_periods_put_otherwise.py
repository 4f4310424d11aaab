"""Chinese periods, rankings and reasons put in other words, each with what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import of, parts_of

from huiyin.ask.chinese_turns import in_plain_chinese
from huiyin.ask.contracts import Answerable, AskBack, ColumnValues, Kind, Missing, Refusal, Why
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.contracts import Codebook

SHOPS, CALLS = "门店满意度", "售后回访"


def days_of(found):
    assert isinstance(found, Answerable), found
    return found.understood.since, found.understood.until


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("最近俩月银卡客户满意的占比", date(2026, 4, 15), date(2026, 6, 14)),
        ("这仨月的NPS", date(2026, 3, 15), date(2026, 6, 14)),
        ("去年十一的满意率", date(2025, 10, 1), date(2025, 10, 8)),
        ("十一那几天环境整洁多少分", date(2025, 10, 1), date(2025, 10, 8)),
        ("去年前三季度的NPS", date(2025, 1, 1), date(2025, 9, 30)),
        ("去年最后三个月的NPS", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025年底两个月的满意率", date(2025, 11, 1), date(2025, 12, 31)),
        ("去年年底，12月的NPS", date(2025, 12, 1), date(2025, 12, 31)),
        ("今天之前7天NPS", date(2026, 6, 8), date(2026, 6, 14)),
        ("截至昨天的30天NPS", date(2026, 5, 16), date(2026, 6, 14)),
        ("一月二月合起来的满意率", date(2026, 1, 1), date(2026, 2, 28)),
        ("三四月合计的满意率", date(2026, 3, 1), date(2026, 4, 30)),
        ("去年中秋国庆那个长假的NPS", date(2025, 10, 1), date(2025, 10, 8)),
        ("到上个月底为止，今年的复购率", date(2026, 1, 1), date(2026, 5, 31)),
    ],
)
def test_days_are_the_same_in_other_words(surveys, question, since, until):
    assert days_of(surveys.ask(question, SHOPS)) == (since, until)


@pytest.mark.parametrize(
    ("question", "grain"),
    [("5月的日NPS", "day"), ("今年的周NPS", "week"), ("去年月满意率", "month")],
)
def test_a_daily_number_is_a_series(surveys, question, grain):
    found = parts_of(surveys.ask(question, SHOPS))
    assert (found["kind"], found["grain"]) == ("trend", grain)


@pytest.mark.parametrize("question", ["本月NPS", "上周NPS", "今年5月NPS", "上季度满意率"])
def test_the_number_of_a_week_or_month_is_none(surveys, question):
    assert parts_of(surveys.ask(question, SHOPS))["kind"] == "number"


@pytest.mark.parametrize(
    "question",
    [
        "俩月的NPS",  # which two months?
        "前三季度NPS",  # of which year?
        "1月和3月合并计算的满意率",
        "去年中秋和国庆比，NPS哪个高",  # they were the same days
        "中秋国庆满意度",
    ],
)
def test_days_that_are_not_settled_are_asked_for(surveys, question):
    found = surveys.ask(question, SHOPS)
    assert isinstance(found, AskBack), found
    assert found.reason is Missing.PERIOD


def test_the_last_months_of_this_year_are_still_to_come(surveys):
    found = surveys.ask("今年最后两个月NPS", SHOPS)
    assert isinstance(found, Refusal), found
    assert found.reason is Why.FUTURE


@pytest.mark.parametrize(
    "left",
    ["双十一那几天nps", "去年双十一那天nps", "坐席十一的满意率", "去年12月nps", "最后两个月nps"],
)
def test_what_only_looks_like_such_days_is_left(left):
    assert in_plain_chinese(left, build_vocabulary(Codebook(()), ColumnValues({}))) == left


@pytest.mark.parametrize(
    ("question", "dataset", "meant"),
    [
        ("净推荐值跑到多少了", SHOPS, of("number", "nps")),
        ("服务体验得分停在几分", SHOPS, of("number", "score:服务体验")),
        ("六个维度里，交付效率多少分", SHOPS, of("number", "score:交付效率")),
        (
            "送礼客一般都提些什么意见",
            SHOPS,
            {"kind": "voices", "where": [("客群", "=", ["送礼客"])]},
        ),
        (
            "环境最脏乱的5家店",
            SHOPS,
            of("ranking", "score:环境整洁", by=["门店"], rank={"worst": 5}),
        ),
        (
            "哪家店脏乱差最严重",
            SHOPS,
            of("ranking", "score:环境整洁", by=["门店"], rank={"worst": 1}),
        ),
        (
            "不满意率最低的三个渠道",
            SHOPS,
            of("ranking", "dissatisfied:总体满意度", by=["渠道"], rank={"best": 3}),
        ),
        ("费力度最低的班组", CALLS, of("ranking", "ces", by=["班组"], rank={"best": 1})),
        (
            "4月的复购率怎么比3月高了",
            SHOPS,
            of(
                "why",
                "share:90天内复购=是",
                since=date(2026, 4, 1),
                until=date(2026, 4, 30),
                compare="previous",
            ),
        ),
        (
            "上班族和家庭客谁更愿意推荐，看NPS",
            SHOPS,
            of("compare", "nps", where=[("客群", "=", ["上班族"])], compare="客群=家庭客"),
        ),
    ],
)
def test_other_words_mean_the_same(surveys, question, dataset, meant):
    assert parts_of(surveys.ask(question, dataset)) == meant


def test_by_how_much_is_no_why(surveys):
    found = surveys.ask("4月的复购率比3月高了多少", SHOPS)
    assert isinstance(found, Answerable), found
    assert found.understood.kind is Kind.COMPARE


@pytest.mark.parametrize("question", ["复购的关键是什么", "复购的关键因素有哪些"])
def test_what_brings_customers_back_is_asked_back_and_stays_so(surveys, question):
    first = surveys.ask(question, SHOPS)
    assert isinstance(first, AskBack), first
    then = surveys.ask("家庭客的呢", SHOPS, first)
    assert isinstance(then, AskBack), then
    assert first.reason is then.reason is Missing.METRIC
    settled = surveys.ask("满意度", SHOPS, then)
    assert parts_of(settled) == of("drivers", "score:总体满意度", where=[("客群", "=", ["家庭客"])])


def test_of_customers_who_came_back_it_is_a_condition(surveys):
    found = parts_of(surveys.ask("复购的客户最看重什么", SHOPS))
    assert found["where"] == [("90天内复购", "=", ["是"])]
