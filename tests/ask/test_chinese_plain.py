"""Plain Chinese questions and threads, each for one class of wording."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import of, parts_of

from huiyin.ask.contracts import AskBack, Refusal, Why

SHOPS = "门店满意度"
MAY = {"since": date(2026, 5, 1), "until": date(2026, 5, 31)}
JUNE = {"since": date(2026, 6, 1), "until": date(2026, 6, 14)}
NORTH = [("大区", "=", ["华北"])]
EAST = [("大区", "=", ["华东"])]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (
            "哪些城市的复购率连两成都没有",
            of("threshold", "share:90天内复购=是", by=["城市"], threshold=("<", 0.2)),
        ),
        ("华东有多少比例的黑金会员", of("number", "share:会员等级=黑金", where=EAST)),
        ("6月到目前为止NPS和5月同期比", of("compare", "nps", compare="previous", **JUNE)),
        ("决定顾客会不会推荐我们的因素有哪些", of("drivers", "nps")),
        ("怎么才能让NPS上去", of("drivers", "nps")),
        (
            "找几条推荐意愿10分的评论",
            {"kind": "voices", "where": [("推荐意愿", "=", ["10"])]},
        ),
        (
            "vivo和荣耀手机的顾客NPS哪家低",
            of("compare", "nps", where=[("手机品牌", "=", ["vivo"])], compare="手机品牌=荣耀"),
        ),
        ("怎么5月客单价降了", of("why", "mean:本单金额", compare="previous", **MAY)),
        (
            "环境最让客户不满意的城市",
            of("ranking", "score:环境整洁", by=["城市"], rank={"worst": 1}),
        ),
        (
            "哪些大区满意率没有超过80%",
            of("threshold", "satisfied:总体满意度", by=["大区"], threshold=("<=", 0.8)),
        ),
        (
            "有没有满意率超过80%的大区",
            of("threshold", "satisfied:总体满意度", by=["大区"], threshold=(">", 0.8)),
        ),
        ("NPS不到零的门店有哪些", of("threshold", "nps", by=["门店"], threshold=("<", 0.0))),
        ("再来意愿低于一半的城市", of("threshold", "intent", by=["城市"], threshold=("<", 0.5))),
        (
            "价格感知得分70以上的客群",
            of("threshold", "score:价格感知", by=["客群"], threshold=(">=", 70.0)),
        ),
        (
            "收银效率给一分的顾客说什么",
            {"kind": "voices", "where": [("收银效率", "=", ["1"])]},
        ),
        ("18-25岁客群NPS", of("number", "nps", where=[("年龄段", "=", ["18-25岁"])])),
        ("26-35岁占总答卷的比例", of("number", "share:年龄段=26-35岁")),
        (
            "去年NPS与前年同期对比",
            of(
                "compare",
                "nps",
                compare="year_ago",
                since=date(2025, 1, 1),
                until=date(2025, 12, 31),
            ),
        ),
        (
            "满意率最高的省是哪里",
            of("ranking", "satisfied:总体满意度", by=["省份"], rank={"best": 1}),
        ),
        (
            "推荐我们的客户都夸什么",
            {"kind": "voices", "where": [("推荐意愿", "=", ["10", "9"])]},
        ),
        (
            "不满意的客户里上班族占比",
            of("number", "share:客群=上班族", where=[("总体满意度", "=", ["1", "2"])]),
        ),
        (
            "交付慢会影响复购吗",
            {"kind": "relation", "metrics": ["score:交付效率", "share:90天内复购=是"]},
        ),
    ],
)
def test_a_plain_question_is_understood(surveys, question, meant):
    assert parts_of(surveys.ask(question, SHOPS)) == meant


@pytest.mark.parametrize(
    ("first", "then", "meant"),
    [
        (
            "华北五月NPS",
            "跟去年比",
            of("compare", "nps", where=NORTH, compare="year_ago", **MAY),
        ),
        (
            "五月各大区NPS",
            "最低的是谁",
            of("ranking", "nps", by=["大区"], rank={"worst": 1}, **MAY),
        ),
        (
            "五月NPS最低的大区",
            "华北的按周看看",
            of("trend", "nps", where=NORTH, grain="week", **MAY),
        ),
    ],
)
def test_a_follow_up_changes_what_it_says(surveys, first, then, meant):
    assert parts_of(surveys.ask(then, SHOPS, surveys.ask(first, SHOPS))) == meant


def test_which_share_is_counted_stands_before_the_name_of_a_column(surveys):
    found = parts_of(surveys.ask("没解决的问题占比,按问题类型", "售后回访"))
    assert found == of("number", "share:是否解决=否", by=["问题类型"])


def test_of_two_groups_that_were_compared_neither_is_that_group(surveys):
    first = surveys.ask("客服3组和客服2组谁的满意率高", "售后回访")
    assert isinstance(surveys.ask("那个组的客户怎么说", "售后回访", first), AskBack)


def test_the_same_days_of_two_years_ago_are_not_left_out_in_silence(surveys):
    assert isinstance(surveys.ask("今年各月NPS与前年同期对比", SHOPS), AskBack)


@pytest.mark.parametrize("question", ["会员日活动有没有带来满意度提升", "涨薪以后服务会不会变好"])
def test_what_something_else_brought_about_is_no_number(surveys, question):
    found = surveys.ask(question, SHOPS)
    assert isinstance(found, Refusal), found
    assert found.reason is Why.CAUSAL
