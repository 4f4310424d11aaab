"""Chinese questions put otherwise than most people put them, each for one class of wording."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import asked, of, parts_of

from huiyin.ask.chinese_turns import in_plain_chinese
from huiyin.ask.contracts import AskBack, Missing, Refusal, Why
from huiyin.ask.meanings import Vocabulary
from huiyin.codebook.contracts import Codebook

CALLS = "售后回访"
MAY = {"since": date(2026, 5, 1), "until": date(2026, 5, 31)}
THIS_YEAR = {"since": date(2026, 1, 1), "until": date(2026, 6, 14)}
ASPECTS = ("产品质量", "服务体验", "价格感知", "交付效率", "售后支持", "收银效率", "环境整洁")


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (
            "端午节期间各大区满意度，去年的",
            of(
                "number",
                "score:总体满意度",
                by=["大区"],
                since=date(2025, 5, 31),
                until=date(2025, 6, 2),
            ),
        ),
        (
            "一季度各渠道满意率，去年",
            of(
                "number",
                "satisfied:总体满意度",
                by=["渠道"],
                since=date(2025, 1, 1),
                until=date(2025, 3, 31),
            ),
        ),
        (
            "大前天的满意度",
            of("number", "score:总体满意度", since=date(2026, 6, 12), until=date(2026, 6, 12)),
        ),
        (
            "5月满意度下降是因为什么",
            of("why", "score:总体满意度", compare="previous", **MAY),
        ),
        ("客户有哪些诉求", {"kind": "voices"}),
        (
            "短信这条线的满意度",
            of("number", "score:总体满意度", where=[("渠道", "=", ["短信"])]),
        ),
        (
            "拉一条服务体验今年以来的线，按周",
            of("trend", "score:服务体验", grain="week", **THIS_YEAR),
        ),
        (
            "不满意率最低的五个城市",
            of("ranking", "dissatisfied:总体满意度", by=["城市"], rank={"best": 5}),
        ),
        (
            "不满意率最小的门店",
            of("ranking", "dissatisfied:总体满意度", by=["门店"], rank={"best": 1}),
        ),
        (
            "去年12月和今年1月合起来的满意度",
            of("number", "score:总体满意度", since=date(2025, 12, 1), until=date(2026, 1, 31)),
        ),
        (
            "一季度和二季度合在一起NPS多少",
            of("number", "nps", since=date(2026, 1, 1), until=date(2026, 6, 14)),
        ),
        (
            "4月合计的满意率，跟3月比",
            of(
                "compare",
                "satisfied:总体满意度",
                compare="previous",
                since=date(2026, 4, 1),
                until=date(2026, 4, 30),
            ),
        ),
        (
            "今年满意率的月走势，和去年同期对照",
            of("trend", "satisfied:总体满意度", grain="month", compare="year_ago", **THIS_YEAR),
        ),
        ("今年NPS的周走势", of("trend", "nps", grain="week", **THIS_YEAR)),
        ("上月NPS较前一月", of("compare", "nps", compare="previous", **MAY)),
        ("18到25岁人群占多大比重", of("number", "share:年龄段=18-25岁")),
        ("金卡的群体占几成", of("number", "share:会员等级=金卡")),
        (
            "26-35岁人群里金卡占比",
            of("number", "share:会员等级=金卡", where=[("年龄段", "=", ["26-35岁"])]),
        ),
    ],
)
def test_it_means_the_same(surveys, question, meant):
    assert parts_of(surveys.ask(question)) == meant


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("是不是交付越快满意度越高", {"score:交付效率", "score:总体满意度"}),
        ("环境越干净满意率越高吗", {"score:环境整洁", "satisfied:总体满意度"}),
        ("收银越快的店NPS越高吗", {"score:收银效率", "nps"}),
    ],
)
def test_the_more_of_one_the_more_of_the_other(surveys, question, sides):
    found = asked(surveys, question)
    assert (found.kind.value, set(found.metrics)) == ("relation", sides)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("各方面的均分都是多少", "mean"),
        ("今年各个方面平均打了几分", "mean"),
        ("各方面的平均满意度", "score"),
        ("各方面得分多少", "score"),
    ],
)
def test_every_aspect_by_the_measure_that_is_said(surveys, question, measure):
    assert set(asked(surveys, question).metrics) == {f"{measure}:{one}" for one in ASPECTS}


def test_the_most_and_the_least_effort_of_a_team(surveys):
    for word, end in (("最大", "worst"), ("最小", "best")):
        found = parts_of(surveys.ask(f"费力度{word}的班组", CALLS))
        assert found == of("ranking", "ces", by=["班组"], rank={end: 1})


def test_every_aspect_is_no_surprise(surveys):
    found = asked(surveys, "每个方面的满意率分别多少")
    assert set(found.metrics) == {f"satisfied:{one}" for one in ASPECTS}


def test_months_that_do_not_follow_each_other_are_not_pooled(surveys):
    found = surveys.ask("1月和3月合起来的NPS")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.PERIOD


@pytest.mark.parametrize(
    ("then", "rows"),
    [
        ("不要华东了，看全国", None),
        ("不限华东，看所有大区的", None),
        ("不要华东", [("大区", "!=", ["华东"])]),
        ("不看华东，换成华南", [("大区", "=", ["华南"])]),
    ],
)
def test_what_a_thread_was_narrowed_to_is_taken_back(surveys, then, rows):
    before = surveys.ask("华东今年的NPS")
    found = parts_of(surveys.ask(then, before=before))
    assert found == of("number", "nps", **THIS_YEAR) | ({"where": rows} if rows else {})


def test_two_years_that_are_both_named_are_asked_back(surveys):
    found = surveys.ask("今年一季度满意率，去年的")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.PERIOD


@pytest.mark.parametrize("question", ["5月满意度下降是因为涨价吗", "5月满意度下降是因为换了系统么"])
def test_whether_something_else_is_the_cause_is_refused(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.CAUSAL


@pytest.mark.parametrize(
    "left", ["金卡的满意率,去年的", "今年5月nps,去年的", "拉一条服务体验的线下数据"]
)
def test_what_only_looks_like_a_turn_is_left_as_it_stands(left):
    assert in_plain_chinese(left, Vocabulary(Codebook(()))) == left
