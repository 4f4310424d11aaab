"""Chinese shares, ranges of groups, months one by one and causes, and what only looks so."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import asked, of, parts_of

from huiyin.ask.contracts import Answerable, AskBack, Kind, Missing, Refusal, Why
from huiyin.ask.ranges import numbered

SHOPS, CALLS, APP = "门店满意度", "售后回访", "应用NPS"


@pytest.mark.parametrize(
    ("question", "dataset", "meant"),
    [
        (
            "电话回访的客户中多少比例解决了",
            CALLS,
            of("number", "share:是否解决=是", where=[("渠道", "=", ["电话"])]),
        ),
        (
            "华东客户中多少比例复购了",
            SHOPS,
            of("number", "share:90天内复购=是", where=[("大区", "=", ["华东"])]),
        ),
        (
            "总体满意的客户里复购率多少",
            SHOPS,
            of("number", "share:90天内复购=是", where=[("总体满意度", "=", ["4", "5"])]),
        ),
        (
            "刨去华东，剩下大区的满意率是多少",
            SHOPS,
            of("number", "satisfied:总体满意度", where=[("大区", "!=", ["华东"])]),
        ),
        (
            "客服1组至3组各自的解决率",
            CALLS,
            of(
                "number",
                "share:是否解决=是",
                by=["班组"],
                where=[("班组", "=", ["客服1组", "客服2组", "客服3组"])],
            ),
        ),
        (
            "4.8到5.0版本的NPS各是多少",
            APP,
            of("number", "nps", by=["应用版本"], where=[("应用版本", "=", ["4.8", "4.9", "5.0"])]),
        ),
        (
            "满意度和NPS相关性强吗",
            SHOPS,
            {"kind": "relation", "metrics": ["nps", "score:总体满意度"]},
        ),
        ("谈谈送礼客对我们的看法", SHOPS, {"kind": "voices", "where": [("客群", "=", ["送礼客"])]}),
        (
            "最新版5.2的满意率",
            APP,
            of("number", "satisfied:总体满意度", where=[("应用版本", "=", ["5.2"])]),
        ),
        ("要提高再来意愿，先从哪儿抓起", SHOPS, of("drivers", "intent")),
        ("想提升NPS，从何处入手", SHOPS, of("drivers", "nps")),
        ("想改善满意度，哪一项最该先动", SHOPS, of("drivers", "score:总体满意度")),
    ],
)
def test_other_words_mean_the_same(surveys, question, dataset, meant):
    assert parts_of(surveys.ask(question, dataset)) == meant


@pytest.mark.parametrize("question", ["三月、四月、五月每个月的NPS", "3月4月5月NPS各是多少"])
def test_months_one_by_one_are_a_series(surveys, question):
    found = asked(surveys, question)
    assert (found.kind, found.since, found.until) == (
        Kind.TREND,
        date(2026, 3, 1),
        date(2026, 5, 31),
    )


@pytest.mark.parametrize(
    "question", ["3月和5月每个月的NPS", "3月、4月、5月NPS对比", "3月和4月的NPS分别多少"]
)
def test_months_that_are_set_apart_are_no_series(surveys, question):
    found = surveys.ask(question, SHOPS)
    assert isinstance(found, AskBack), found
    assert found.reason is Missing.PERIOD


def test_as_many_months_before_are_what_they_are_compared_with(surveys):
    found = asked(surveys, "近三个月满意率比再往前三个月")
    assert (found.since, found.until) == (date(2026, 3, 15), date(2026, 6, 14))
    assert found.compare is not None


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("上个月前半月的NPS", date(2026, 5, 1), date(2026, 5, 15)),
        ("5月后半个月的满意率", date(2026, 5, 16), date(2026, 5, 31)),
        ("去年同期，也就是去年5月，满意率多少", date(2025, 5, 1), date(2025, 5, 31)),
    ],
)
def test_parts_of_months(surveys, question, since, until):
    found = asked(surveys, question)
    assert (found.kind, found.since, found.until) == (Kind.NUMBER, since, until)


def test_what_may_be_is_asked_of_days_to_come_only_where_they_are(surveys):
    found = asked(surveys, "普通会员近一年的满意率能有几成")
    assert found.metrics == ("satisfied:总体满意度",)
    to_come = surveys.ask("七月份NPS能有多少", SHOPS)
    assert isinstance(to_come, Refusal), to_come
    assert to_come.reason is Why.FUTURE


@pytest.mark.parametrize("question", ["NPS从哪个月开始下降的", "满意率从哪里开始变差的"])
def test_where_a_fall_began_is_no_question_of_what_to_improve(surveys, question):
    found = surveys.ask(question, SHOPS)
    assert not isinstance(found, Answerable), found


def test_values_stand_in_order_only_where_their_number_alone_differs():
    assert numbered(["客服10组", "客服2组"]) == ("客服2组", "客服10组")
    assert numbered(["客服1组", "电话2组"]) == ()
    assert numbered(["孙嘉豪007", "宋娜005"]) == ()
    assert numbered(["华东", "华南"]) == ()
