"""Wording that bends answers is warned of; plain wording is left alone."""

import pytest

from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.wording import CODE, check_wording, wording_rules


def ask(kind, zh="", en="", **more):
    title = {tag: words for tag, words in (("zh-CN", zh), ("en", en)) if words}
    return {"kind": kind, "id": "q", "title": title, **more}


def options(*labels, **more):
    return [{"code": f"o{n}", "label": {"zh-CN": label}, **more} for n, label in enumerate(labels)]


def words(*labels, tag="zh-CN"):
    return [{tag: label} for label in labels]


def found(question):
    survey = {"title": {}, "pages": [{"id": "p", "questions": [question]}]}
    return [one.code.removeprefix(CODE) for one in check_wording(Definition.model_validate(survey))]


ENDS = {"low": {"zh-CN": "差"}, "high": {"zh-CN": "好"}}
ROWS = [{"code": f"r{n}", "label": {"zh-CN": f"第 {n} 项"}} for n in range(13)]
TWO_IN_ONE = [{"code": "a", "label": {"zh-CN": "速度与态度"}}]
FOUR = options("东", "南", "西", "北")
LEANING = words("Poor", "Good", "Excellent", tag="en")
TEN = options(*(f"颜色{chr(0x7532 + n)}" for n in range(10)))


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        (ask("csat", "您对我们优质的服务满意吗？", look="stars"), "leading"),
        (ask("text", "难道您不想要更快的物流？"), "leading"),
        (ask("text", en="Don't you think the app is fast?"), "leading"),
        (ask("text", en="What do you like about our award-winning service?"), "leading"),
        (ask("csat", "您对服务和价格满意吗？", look="stars"), "double"),
        (ask("csat", "您对质量、价格满意吗？", look="stars"), "double"),
        (ask("csat", en="How satisfied are you with price and quality?", look="stars"), "double"),
        (ask("text", "您喜欢什么？为什么喜欢？"), "double"),
        (ask("matrix", "各方面", **ENDS, rows=TWO_IN_ONE), "double"),
        (ask("text", "您最近买过什么？"), "vague"),
        (ask("text", en="What did you buy recently?"), "vague"),
        (ask("single", "您是不是不喜欢它？", options=options("喜欢", "讨厌")), "negative"),
        (ask("csat", en="Are you not happy with it?", look="stars"), "negative"),
        (ask("text", "您遇到过敷衍的客服吗？"), "loaded"),
        (ask("text", en="How awful was it?"), "loaded"),
        (ask("csat", "客服总是很快接通吗？", look="stars"), "absolute"),
        (ask("csat", en="Is the line always free?", look="stars"), "absolute"),
        (ask("text", "您对我们的触点有什么建议？"), "jargon"),
        (ask("text", "请" + "仔细回想一下" * 9), "long"),
        (ask("text", en="word " * 30), "long"),
        (ask("csat", "好吗", points=4, words=words("差", "好", "很好", "特别好")), "unbalanced"),
        (ask("csat", en="Good?", points=3, words=LEANING), "unbalanced"),
        (ask("single", "满意吗", options=options("很满意", "满意", "不满意")), "unbalanced"),
        (ask("csat", "好吗", points=3, words=words("好", "一般", "差")), "reversed"),
        (ask("csat", "您满意吗？"), "no_ends"),
        (ask("single", "喜欢哪种颜色？", options=TEN), "many_options"),
        (ask("ranking", "请排序", options=TEN), "many_ranked"),
        (ask("matrix", "各方面", rows=ROWS, **ENDS), "many_rows"),
        (ask("single", "您住哪？", required=True, options=FOUR), "no_way_out"),
        (ask("matrix", "各方面", rows=ROWS[:3], required=True, **ENDS), "no_way_out"),
    ],
)  # fmt: skip
def test_what_bends_answers_is_found(question, rule):
    assert found(question) == [rule]


@pytest.mark.parametrize(
    "question",
    [
        ask("nps", "您有多大可能把我们推荐给同事和朋友的公司？".replace("和", "或"), **ENDS),
        ask("ces", "和我们打交道，您觉得容易吗？", **ENDS),
        ask("csat", "客服及时回复了吗？", look="stars"),
        ask("csat", "与其他品牌相比，您满意吗？", look="stars"),
        ask("csat", "最近一次到店，您满意吗？", look="stars"),
        ask("csat", "最近 3 个月，您满意吗？", look="stars"),
        ask("csat", "店员的态度温和吗？", look="stars"),
        ask("csat", en="How likely are you to tell friends and family?", look="stars"),
        ask("single", en="How often do you come?", options=options("1 次", "2 次")),
        ask("text", "主要是什么让您不太愿意推荐？"),
        ask("csat", "好吗", points=5, words=words("很差", "差", "一般", "好", "很好")),
        ask("single", "您的年龄？", options=options(*(f"{n}0–{n}9 岁" for n in range(1, 10)))),
        ask("single", "哪种颜色？", options=TEN, random_order=True),
        ask("single", "哪种颜色？", options=TEN, as_list=True),
        ask("ranking", "请排前 3 名", options=TEN, most=3),
        ask("single", "您住哪？", required=True, options=options("东", "南", "西", "其他")),
        ask("single", "您住哪？", options=FOUR),
        ask("text", "{{门店|总是很好的店}}怎么样？"),
    ],
)
def test_plain_wording_is_left_alone(question):
    assert found(question) == []


def test_each_rule_says_why_what_instead_and_where_from():
    for rule in wording_rules():
        assert all(rule.reason.values())
        assert all(rule.suggestion.values())
        assert rule.source


def test_a_warning_names_question_words_and_advice():
    survey = {
        "title": {},
        "pages": [{"id": "p", "questions": [ask("text", "难道不好吗？", "Isn't it good?")]}],
    }
    (warned,) = check_wording(Definition.model_validate(survey))
    assert (warned.page, warned.question) == ("p", "q")
    assert warned.sentence.say() == "“难道不好吗？”里的“难道”：话里带了答案，会把人往一边引。"
    assert warned.advice.say("en") == "Ask plainly: no praise, no “everybody”."
