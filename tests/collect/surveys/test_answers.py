"""What a respondent sends becomes an answer, or one clear sentence."""

import pytest
from pydantic import TypeAdapter

from huiyin.collect.surveys.answers import accept, accept_all, missing, read_form, read_other
from huiyin.collect.surveys.contracts import AnswerError
from huiyin.collect.surveys.definition import Definition, Question

OPTIONS = [
    {"code": "a", "label": {"zh-CN": "甲"}},
    {"code": "b", "label": {"zh-CN": "乙"}},
    {"code": "other", "label": {"zh-CN": "其他"}},
    {"code": "none", "label": {"zh-CN": "都没有"}, "exclusive": True},
]


def ask(kind, **more):
    plain = {"kind": kind, "id": "q", "title": {"zh-CN": "问"}, **more}
    return TypeAdapter(Question).validate_python(plain)


@pytest.mark.parametrize(
    ("question", "form", "answer"),
    [
        (ask("nps"), {"q": ["0"]}, 0),
        (ask("nps"), {"q": [""]}, None),
        (ask("csat", not_applicable=True), {"q": ["na"]}, "na"),
        (ask("slider"), {"q": ["55"]}, 55),
        (ask("single", options=OPTIONS), {"q": ["b"]}, "b"),
        (ask("multiple", options=OPTIONS), {"q": ["b", "a"]}, ["a", "b"]),
        (ask("ranking", options=OPTIONS), {"q.place.b": ["1"], "q.place.a": ["2"]}, ["b", "a"]),
        (
            ask("matrix", rows=[{"code": "r1", "label": {}}, {"code": "r2", "label": {}}]),
            {"q.row.r1": ["5"]},
            {"r1": 5},
        ),
        (ask("text"), {"q": ["  好  "]}, "好"),
        (ask("date"), {"q": ["2026-02-28"]}, "2026-02-28"),
        (ask("contact"), {"q.field.phone": ["138 0000 0000"]}, {"phone": "138 0000 0000"}),
        (ask("consent"), {"q": ["yes"]}, True),
        (ask("consent"), {}, False),
    ],
)
def test_a_form_is_read(question, form, answer):
    assert accept(question, read_form(question, form)) == answer


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        (ask("nps"), "11"),
        (ask("nps"), "5.5"),
        (ask("nps"), True),
        (ask("nps"), "na"),
        (ask("nps"), "²"),
        (ask("slider", step=10), "55"),
        (ask("single", options=OPTIONS), "z"),
        (ask("single", options=OPTIONS), ["a"]),
        (ask("multiple", options=OPTIONS), ["a", "none"]),
        (ask("multiple", options=OPTIONS, most=1), ["a", "b"]),
        (ask("multiple", options=OPTIONS, least=2), ["a"]),
        (ask("multiple", options=OPTIONS), ["a", "a"]),
        (ask("matrix", rows=[{"code": "r", "label": {}}]), {"s": 1}),
        (ask("text", longest=3), "一二三四"),
        (ask("date"), "2026-02-30"),
        (ask("date"), "20260228"),
        (ask("contact"), {"phone": "abc"}),
        (ask("contact", fields=["email"]), {"email": "a@b"}),
        (ask("consent"), "yes"),
        (ask("note"), "x"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(question, raw):
    with pytest.raises(AnswerError) as refused:
        accept(question, raw)
    assert refused.value.question == "q"
    assert refused.value.say("zh-CN")
    assert refused.value.say("en")


def test_one_place_is_for_one_option():
    question = ask("ranking", options=OPTIONS)
    with pytest.raises(AnswerError):
        read_form(question, {"q.place.a": ["1"], "q.place.b": ["1"]})


def test_own_words_count_where_other_is_chosen():
    question = ask("single", options=OPTIONS)
    assert read_other(question, {"q": ["other"], "q.other": ["丙"]}) == "丙"
    assert read_other(question, {"q": ["a"], "q.other": ["丙"]}) is None


def test_required_means_every_row_and_a_yes():
    rows = [{"code": "r1", "label": {}}, {"code": "r2", "label": {}}]
    matrix = ask("matrix", rows=rows, required=True)
    assert missing(matrix, {"r1": 5}) is not None
    assert missing(matrix, {"r1": 5, "r2": "na"}) is None
    assert missing(ask("consent", required=True), answer=False) is not None
    assert missing(ask("nps", required=True), 0) is None


def test_a_question_that_is_not_asked_need_not_be_answered():
    shown = {"question": "q1", "op": "at_most", "value": 6}
    why = {"kind": "text", "id": "q2", "title": {}, "required": True, "show_if": shown}
    questions = [{"kind": "nps", "id": "q1", "title": {}, "required": True}, why]
    survey = Definition.model_validate(
        {"title": {}, "pages": [{"id": "p", "questions": questions}]}
    )
    assert accept_all(survey, {"q1": 9, "q2": "x"}, {}).answers == {"q1": 9}
    with pytest.raises(AnswerError):
        accept_all(survey, {"q1": 3}, {})
    with pytest.raises(AnswerError, match="no question"):
        accept_all(survey, {"q1": 9, "q9": 1}, {})
