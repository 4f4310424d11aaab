"""The way through a questionnaire."""

import pytest

from huiyin.collect.surveys.contracts import Ending, Op
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.logic import compare, find_way

UNHAPPY = {"question": "q1", "op": "at_most", "value": 6}
SURVEY = Definition.model_validate(
    {
        "title": {"zh-CN": "试"},
        "fields": ["门店"],
        "pages": [
            {
                "id": "p1",
                "questions": [
                    {"kind": "nps", "id": "q1", "title": {"zh-CN": "推荐吗"}},
                    {"kind": "text", "id": "q2", "title": {"zh-CN": "为什么"}, "show_if": UNHAPPY},
                ],
                "jumps": [
                    {"when": {"question": "q1", "op": "is", "value": 0}, "end": "screened_out"},
                    {"when": {"field": "门店", "op": "is", "value": "一店"}, "to": "p3"},
                ],
            },
            {
                "id": "p2",
                "questions": [{"kind": "text", "id": "q3", "title": {"zh-CN": "别的"}}],
            },
            {
                "id": "p3",
                "questions": [{"kind": "date", "id": "q4", "title": {"zh-CN": "哪天"}}],
                "show_if": {"question": "q2", "op": "unanswered"},
            },
        ],
    }
)


def pages(answers, fields=None):
    return [stop.page for stop in find_way(SURVEY, answers, fields or {}).stops]


def test_pages_follow_each_other():
    assert pages({"q1": 9}) == ["p1", "p2", "p3"]


def test_a_page_is_left_out_where_its_condition_fails():
    assert pages({"q1": 3, "q2": "慢"}) == ["p1", "p2"]


def test_what_is_no_longer_asked_does_not_count():
    way = find_way(SURVEY, {"q1": 9, "q2": "慢"}, {})
    assert way.answers == {"q1": 9}
    assert [stop.page for stop in way.stops][-1] == "p3"


def test_a_jump_goes_on_later_and_an_end_ends():
    assert pages({"q1": 9}, {"门店": "一店"}) == ["p1", "p3"]
    way = find_way(SURVEY, {"q1": 0}, {})
    assert way.ending is Ending.SCREENED_OUT
    assert [stop.page for stop in way.stops] == ["p1"]


@pytest.mark.parametrize(
    ("answer", "op", "value", "holds"),
    [
        (None, Op.IS_NOT, 3, False),
        (None, Op.EXCLUDES, "a", False),
        (None, Op.UNANSWERED, None, True),
        ([], Op.UNANSWERED, None, True),
        (0, Op.ANSWERED, None, True),
        (0, Op.IS, 0, True),
        (False, Op.IS, 0, False),
        (1, Op.IS, "1", False),
        ("na", Op.AT_LEAST, 3, False),
        ("2026-01-02", Op.AT_LEAST, "2026-01-01", True),
        (["a", "b"], Op.INCLUDES, "a", True),
        (["a", "b"], Op.EXCLUDES, "c", True),
        (["a"], Op.IS, "a", False),
    ],
)
def test_comparisons(answer, op, value, holds):
    assert compare(answer, op, value) is holds


def test_a_fact_is_a_number_where_it_is_compared_with_one():
    rule = {"field": "年龄", "op": "at_least", "value": 18}
    asked = {"kind": "nps", "id": "q1", "title": {}, "show_if": rule}
    survey = Definition.model_validate({"title": {}, "pages": [{"id": "p", "questions": [asked]}]})
    assert find_way(survey, {}, {"年龄": "20"}).stops
    assert not find_way(survey, {}, {"年龄": "二十"}).stops
    assert not find_way(survey, {}, {}).stops
