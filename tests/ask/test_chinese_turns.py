"""Chinese turns of phrase, each for one class of wording."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import asked, of, parts_of

from huiyin.ask.chinese_turns import in_plain_chinese
from huiyin.ask.contracts import ColumnValues, Refusal, Why
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text

SHOPS = "门店满意度"
APP = "应用NPS"
SPRING = {"since": date(2026, 3, 1), "until": date(2026, 5, 31)}


def data_of(*columns):
    book = Codebook(tuple(Column(one, Role.DIMENSION, Text.same(one)) for one in columns))
    return build_vocabulary(book, ColumnValues({}))


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (
            "华北3、4、5三个月合起来的NPS",
            of("number", "nps", where=[("大区", "=", ["华北"])], **SPRING),
        ),
        (
            "2025年第四季度（10至12月）满意率，大区分列",
            of(
                "number",
                "satisfied:总体满意度",
                by=["大区"],
                since=date(2025, 10, 1),
                until=date(2025, 12, 31),
            ),
        ),
        (
            "90天内没再来买的那些顾客，满意度打多少",
            of("number", "score:总体满意度", where=[("90天内复购", "=", ["否"])]),
        ),
        (
            "从618开始一直到今天的净推荐值",
            of("number", "nps", since=date(2026, 6, 1), until=date(2026, 6, 14)),
        ),
        (
            "5月净推荐值排在头三位的是哪些城市",
            of(
                "ranking",
                "nps",
                by=["城市"],
                since=date(2026, 5, 1),
                until=date(2026, 5, 31),
                rank={"best": 3},
            ),
        ),
        (
            "收银效率排名最后的10家店",
            of("ranking", "score:收银效率", by=["门店"], rank={"worst": 10}),
        ),
        (
            "不满意率在15%以上不含15%的门店",
            of("threshold", "dissatisfied:总体满意度", by=["门店"], threshold=(">", 0.15)),
        ),
        (
            "满意率还不到八成的是哪些大区",
            of("threshold", "satisfied:总体满意度", by=["大区"], threshold=("<", 0.8)),
        ),
        (
            "净推荐值够50分的城市有哪些",
            of("threshold", "nps", by=["城市"], threshold=(">=", 50.0)),
        ),
        (
            "收银效率过去一年的折线图，一个月一个点",
            of(
                "trend",
                "score:收银效率",
                since=date(2025, 6, 15),
                until=date(2026, 6, 14),
                grain="month",
            ),
        ),
        (
            "净推荐值五月份比上年同月高出几分",
            of(
                "compare",
                "nps",
                compare="year_ago",
                since=date(2026, 5, 1),
                until=date(2026, 5, 31),
            ),
        ),
        (
            "黑金会员剔出来不看，剩下的人满意率多少",
            of("number", "satisfied:总体满意度", where=[("会员等级", "!=", ["黑金"])]),
        ),
        ("用不同牌子手机的顾客，NPS各是多少", of("number", "nps", by=["手机品牌"])),
        ("顾客里上班族有百分之几", of("number", "share:客群=上班族")),
        (
            "把推荐者写的话调出来看看",
            {"kind": "voices", "where": [("推荐意愿", "=", ["10", "9"])]},
        ),
    ],
)
def test_a_turn_of_phrase_means_its_plain_words(surveys, question, meant):
    assert parts_of(surveys.ask(question, SHOPS)) == meant


def test_both_rates_of_one_question(surveys):
    found = asked(surveys, "满意的占多少、不满意的占多少，都报给我")
    assert set(found.metrics) == {"satisfied:总体满意度", "dissatisfied:总体满意度"}


def test_the_first_two_from_the_bottom(surveys):
    found = parts_of(surveys.ask("净推荐值倒数第一第二的模块", APP))
    assert found["rank"] == {"worst": 2}


def test_what_cannot_be_proven_is_refused_as_that(surveys):
    found = surveys.ask("能不能证实是排队系统让收银效率提升的", SHOPS)
    assert isinstance(found, Refusal), found
    assert found.reason is Why.CAUSAL


@pytest.mark.parametrize(
    "left",
    [
        "3、5两个月的nps",
        "第四季度(10到11月)满意率",
        "不够80分的门店",
        "非常满意的占多少",
        "一直到5月的nps",
        "最后的三个月",
    ],
)
def test_what_only_looks_like_a_turn_is_left_as_it_stands(left):
    assert in_plain_chinese(left, data_of("90天内复购")) == left


def test_days_are_left_out_only_where_a_column_is_named_by_them():
    said = "90天内又来买的客户的nps"
    assert in_plain_chinese(said, data_of("90天内复购")) == "又来买的客户的nps"
    assert in_plain_chinese(said, data_of("是否复购", "30天内复购")) == said


@pytest.mark.parametrize("name", ["问题是否得到解决", "品牌手机", "留下的话"])
def test_a_name_of_the_data_is_no_turn(name):
    said = f"按{name}看nps"
    assert in_plain_chinese(said, data_of("大区")) != said
    assert in_plain_chinese(said, data_of(name)) == said
