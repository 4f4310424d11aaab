"""Groups that an answer showed, pointed at by the next question."""

import pytest

from huiyin.ask.pointing import MOST_GROUPS, groups_shown, points_back, with_names


@pytest.mark.parametrize(
    "question",
    ["那里的客户怎么说", "它们差在哪", "这五家店为什么差", "为什么", "为什么呢？", "Why?",
     "why are they worse?",
     "What do customers say there?", "那几个门店的客户反馈", "what is wrong in these shops",
     "那里的客户抱怨什么", "它们被夸什么", "这几家店客户嫌什么",
     "What do customers complain about there?", "what do they praise"],
)  # fmt: skip
def test_what_points_at_groups(question):
    assert points_back(question)


@pytest.mark.parametrize(
    "question",
    ["华南的客户怎么说", "上个月为什么下降了", "那华东呢", "why did NPS fall in May", "客户怎么说",
     "is there a trend", "各门店的NPS", ""],
)  # fmt: skip
def test_what_points_at_none(question):
    assert not points_back(question)


def test_names_take_the_place_of_the_word():
    groups = ["一店", "二店"]
    assert with_names("那里的客户怎么说", groups) == "一店、二店的客户怎么说"
    assert with_names("为什么", groups) == "一店、二店的各方面得分和其余的比"
    assert with_names("What do they say there?", groups) == "what do customers say in 一店, 二店"
    assert with_names("why?", groups) == "all aspects of 一店, 二店 compared with the rest"


@pytest.mark.parametrize(
    "groups", [[], [f"{i}店" for i in range(MOST_GROUPS + 1)], ["很长的店名" * 120]]
)
def test_none_too_many_or_too_long_are_left_to_be_asked_about(groups):
    assert with_names("为什么", groups) == "为什么"


def test_the_groups_of_each_kind_of_answer():
    ranking = {"ranking": {"places": [{"by": {"店": "一店"}}, {"by": {"店": "二店"}}]}}
    assert groups_shown("店", ranking) == ("一店", "二店")
    bounded = {"bounded": {"real": [{"店": "三店"}], "cannot_tell": [{"店": "四店"}]}}
    assert groups_shown("店", bounded) == ("三店",)
    assert groups_shown("店", {"result": {}}) == ()


def test_that_group_is_the_one_that_is_shown():
    assert points_back("那个组的客户怎么说")
    assert with_names("那个组的客户怎么说", ["一组"]) == "一组的客户怎么说"
    assert with_names("那个组的客户怎么说", ["一组", "二组"]) == "那个组的客户怎么说"
