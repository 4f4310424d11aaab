"""One question put in many ways is read as one query, whichever way it is put."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from gold_queries import is_exact

FORMS = yaml.safe_load(Path(__file__).with_name("forms.yaml").read_text("utf-8"))


@pytest.mark.parametrize("form", FORMS, ids=[one["asked"][0] for one in FORMS])
def test_each_way_of_asking_is_read_as_the_same_query(surveys, form):
    gold = {"answer": "query", "query": form["query"]}
    other = [
        text for text in form["asked"] if not is_exact(gold, surveys.ask(text, form["dataset"]))
    ]
    assert not other


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("华东不算，华南的满意率", ("华东",)),
        ("金卡和黑金去掉后的NPS", ("金卡", "黑金")),
        ("别把金卡算上，满意率多少", ("金卡",)),
    ],
)
def test_what_a_verb_leaves_out_is_never_asked_for(surveys, question, left_out):
    read = surveys.ask(question)  # or it is asked back
    where = read.query.where if hasattr(read, "query") else ()
    asked = {value for one in where if one.operator == "=" for value in one.values}
    assert asked.isdisjoint(left_out)


@pytest.mark.parametrize("question", ["满意度低于全国水平的省", "再来意愿低于整体的客群"])
def test_a_bound_without_a_number_is_asked_about(surveys, question):
    assert not hasattr(surveys.ask(question), "query")


@pytest.mark.parametrize(
    "question",
    [
        "朋友介绍来的客户满意度",
        "自己找来的顾客满意度",
        "一个人来的客户满意率",
        "不常来的客户NPS",
        "五星门店的满意率",
        "A类门店的NPS",
        "重点城市满意率",
        "满意率差不多的城市",
        "满意率和去年持平的门店",
        "满意率高的客群的NPS",
        "客单价高的客户NPS",
        "不考虑价格的满意度",
        "满意度减去不满意率",
        "满意但不复购的客户占比",
        "送礼客和上班族，谁更看重价格",
    ],
)
def test_what_small_words_say_together_is_never_passed_over(surveys, question):
    assert not hasattr(surveys.ask(question), "query")


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("不用小程序的客户满意度", "小程序"),
        ("不走短信渠道的满意率", "短信"),
        ("没通过公众号来的客户NPS", "公众号"),
        ("华东外满意率", "华东"),
    ],
)
def test_a_value_that_is_denied_is_left_out(surveys, question, left_out):
    (condition,) = surveys.ask(question).query.where
    assert (condition.operator, condition.values) == ("!=", (left_out,))


@pytest.mark.parametrize("question", ["不分大区，整体满意率", "不用分大区，满意率多少"])
def test_groups_that_are_not_wanted_are_not_shown(surveys, question):
    assert surveys.ask(question).query.by == ()


@pytest.mark.parametrize(
    ("dataset", "question", "metrics"),
    [
        ("售后回访", "客服3组处理结果上季度满意率", ("satisfied:处理结果",)),
        ("门店满意度", "价格感知这块家庭客满意占比", ("satisfied:价格感知",)),
        ("银行开户", "哪项业务客户最满意", ("score:总体满意度",)),
        ("售后回访", "哪个坐席最专业", ("score:专业程度",)),
        ("应用NPS", "哪个手机牌子最容易闪退", ("share:遇到的问题=闪退",)),
    ],
)
def test_a_measure_finds_its_rating(surveys, dataset, question, metrics):
    assert surveys.ask(question, dataset).query.metrics == metrics


@pytest.mark.parametrize(
    "question",
    [
        "什么是NPS",
        "哪些门店满意度既低于60又低于去年",
        "上季度深圳福田店服务体验排全国第几",
    ],
)
def test_a_question_that_no_query_holds_is_not_answered(surveys, question):
    assert not hasattr(surveys.ask(question), "query")
