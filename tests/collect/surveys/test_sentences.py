"""Logic reads as a person would say it."""

import pytest
from pydantic import TypeAdapter

from huiyin.collect.surveys.definition import Condition, Definition, Jump, Quota
from huiyin.collect.surveys.sentences import say_condition, say_jump, say_quota, say_show

OPTIONS = [
    {"code": "a", "label": {"zh-CN": "功能", "en": "Features"}},
    {"code": "b", "label": {"zh-CN": "价格", "en": "Price"}},
]
SPEED = {"code": "s", "label": {"zh-CN": "速度", "en": "Speed"}}


def make(kind, number, zh, en, **more):
    return {"kind": kind, "id": f"q{number}", "title": {"zh-CN": zh, "en": en}, **more}


QUESTIONS = [
    make("nps", 1, "愿意推荐吗", "Recommend?"),
    make("multiple", 2, "看重什么", "What matters", options=OPTIONS),
    make("matrix", 3, "满意吗", "Satisfied?", rows=[SPEED], not_applicable=True),
    make("consent", 4, "可以联系您吗", "May we call?"),
    make("date", 5, "哪天", "Which day"),
]
SURVEY = Definition.model_validate(
    {
        "title": {"zh-CN": "试"},
        "fields": ["门店"],
        "pages": [
            {"id": "p1", "questions": QUESTIONS},
            {"id": "p2", "questions": []},
            {"id": "p3", "title": {"zh-CN": "售后", "en": "Service"}, "questions": []},
        ],
    }
)


def ask(question, op, value=None):
    return {"question": question, "op": op, "value": value}


AT_MOST_6, AT_LEAST_3 = ask("q1", "at_most", 6), ask("q1", "at_least", 3)


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (AT_MOST_6, "“愿意推荐吗”答 0–6 分", "“Recommend?” is answered 0–6"),
        (ask("q1", "at_least", 10), "“愿意推荐吗”答 10 分", "“Recommend?” is answered 10"),
        ({"all": [AT_LEAST_3, AT_MOST_6]}, "“愿意推荐吗”答 3–6 分", "“Recommend?” is answered 3–6"),
        (
            ask("q2", "includes", "a"),
            "“看重什么”选了“功能”",
            "“What matters” is answered “Features”",
        ),
        (
            {"any": [ask("q2", "includes", "a"), ask("q2", "includes", "b")]},
            "“看重什么”选了“功能”或“价格”",
            "“What matters” is answered “Features” or “Price”",
        ),
        (
            ask("q2", "excludes", "b"),
            "“看重什么”没选“价格”",
            "“What matters” is not answered “Price”",
        ),
        (ask("q3.s", "is", 1), "“满意吗”的“速度”答 1 分", "“Speed” of “Satisfied?” is answered 1"),
        (
            ask("q3.s", "is", "na"),
            "“满意吗”的“速度”选了“不适用”",
            "“Speed” of “Satisfied?” is answered “not applicable”",
        ),
        (ask("q4", "is", True), "“可以联系您吗”勾了同意", "“May we call?” is agreed to"),
        (ask("q4", "is_not", True), "“可以联系您吗”没有勾同意", "“May we call?” is not agreed to"),
        (
            ask("q5", "at_least", "2026-01-01"),
            "“哪天”在 2026-01-01 或之后",
            "“Which day” is 2026-01-01 or later",
        ),
        (ask("q5", "unanswered"), "“哪天”没有答", "“Which day” is not answered"),
        (ask("q9", "answered"), "“q9”答了", "“q9” is answered"),
        (
            {"field": "门店", "op": "is", "value": "一店"},
            "资料里的“门店”是“一店”",
            "the field “门店” is “一店”",
        ),
        ({"no": AT_MOST_6}, "并非（“愿意推荐吗”答 0–6 分）", "not (“Recommend?” is answered 0–6)"),
        (
            {"all": [{"any": [AT_MOST_6, ask("q5", "answered")]}, ask("q4", "is", True)]},
            "（“愿意推荐吗”答 0–6 分，或者“哪天”答了），并且“可以联系您吗”勾了同意",
            (
                "(“Recommend?” is answered 0–6 or “Which day” is answered)"
                " and “May we call?” is agreed to"
            ),
        ),
    ],
)
def test_a_condition_is_said(condition, zh, en):
    said = say_condition(SURVEY, TypeAdapter(Condition).validate_python(condition))
    assert (said.say("zh-CN"), said.say("en")) == (zh, en)


def test_when_a_question_is_asked():
    said = say_show(SURVEY, TypeAdapter(Condition).validate_python(AT_MOST_6))
    assert said.say() == "“愿意推荐吗”答 0–6 分时才问"
    assert said.say("en") == "Asked only if “Recommend?” is answered 0–6"


@pytest.mark.parametrize(
    ("jump", "zh", "en"),
    [
        (
            {"when": ask("q2", "includes", "a"), "to": "p3"},
            "答完这一页，若“看重什么”选了“功能”，跳到第 3 页“售后”",
            "After this page, if “What matters” is answered “Features”, go to page 3 “Service”",
        ),
        ({"to": "p2"}, "答完这一页，跳到第 2 页", "After this page, go to page 2"),
        (
            {"end": "screened_out"},
            "答完这一页，问卷到此结束，算不符合条件",
            "After this page, the questionnaire ends and counts as screened out",
        ),
    ],
)
def test_a_jump_is_said(jump, zh, en):
    said = say_jump(SURVEY, Jump.model_validate(jump))
    assert (said.say(), said.say("en")) == (zh, en)


def test_a_quota_is_said():
    quota = Quota.model_validate({"id": "x", "name": {}, "where": AT_MOST_6, "most": 50})
    said = say_quota(SURVEY, quota)
    assert said.say() == "“愿意推荐吗”答 0–6 分的最多收 50 份；满了以后再来的人到此结束"
    assert said.say("en").startswith(
        "At most 50 answers where “Recommend?” is answered 0–6; when full"
    )


def test_long_words_are_cut_to_a_name():
    question = {"kind": "nps", "id": "q", "title": {"zh-CN": "很" * 99}}
    survey = Definition.model_validate(
        {"title": {}, "pages": [{"id": "p", "questions": [question]}]}
    )
    condition = TypeAdapter(Condition).validate_python(ask("q", "answered"))
    assert say_condition(survey, condition).say() == f"“{'很' * 29}…”答了"
