"""Words with places to fill in."""

from hypothesis import given
from hypothesis import strategies as st

from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.filling import LONGEST_FILLED, fill, gather, places

OPTIONS = [
    {"code": "a", "label": {"zh-CN": "甲", "en": "A"}},
    {"code": "other", "label": {"zh-CN": "其他", "en": "Other"}},
]
SPEED = {"code": "s", "label": {}}
SURVEY = Definition.model_validate(
    {
        "title": {},
        "fields": ["姓名", "q1"],
        "pages": [
            {
                "id": "p",
                "questions": [
                    {"kind": "single", "id": "q1", "title": {}, "options": OPTIONS},
                    {"kind": "multiple", "id": "q2", "title": {}, "options": OPTIONS},
                    {"kind": "csat", "id": "q3", "title": {}, "points": 2,
                     "words": [{"zh-CN": "差", "en": "bad"}, {"zh-CN": "好", "en": "good"}]},
                    {"kind": "matrix", "id": "q4", "title": {}, "rows": [SPEED]},
                    {"kind": "contact", "id": "q5", "title": {}},
                    {"kind": "text", "id": "q6", "title": {}},
                ],
            }
        ],
    }
)  # fmt: skip


def test_a_place_is_filled_or_says_something_else():
    words = "{{姓名|您}}好，{{ 姓名 }}，{{没有}}。"
    assert fill(words, {"姓名": "李雷"}) == "李雷好，李雷，。"
    assert fill(words, {"姓名": ""}) == "您好，，。"
    assert list(places(words)) == [("姓名", "您"), ("姓名", None), ("没有", None)]


def test_answers_are_said_in_the_language_of_the_reader():
    answers = {"q2": ["a", "other"], "q3": 2, "q4": {"s": 3}, "q5": {"phone": "1"}, "q6": "慢"}
    known = gather(SURVEY, answers, {"姓名": "李雷", "别的": "x"}, "en", own={"q2": "wood"})
    assert known == {"q2": "A, wood", "q3": "good", "q4.s": "3", "q6": "慢", "姓名": "李雷"}
    assert gather(SURVEY, answers, {}, "zh-CN")["q2"] == "甲、其他"


def test_a_field_goes_before_a_question_of_its_name():
    known = gather(SURVEY, {"q1": "a"}, {"q1": "来自链接"}, "zh-CN")
    assert fill("{{q1}}", known) == "来自链接"


@given(st.text(max_size=400))
def test_what_is_filled_in_is_never_read_again(fact):
    filled = fill("[{{a}}]", {"a": fact, "b": "SECRET"})
    assert "SECRET" not in filled or "SECRET" in fact
    assert len(filled) <= LONGEST_FILLED + 2
    assert filled.isprintable() or not fact.isprintable()


def test_braces_in_an_answer_stay_braces():
    assert fill("{{a}}", {"a": "{{b}}", "b": "SECRET"}) == "{{b}}"


def test_words_cannot_turn_around_what_stands_beside_them():
    assert fill("{{a}}!", {"a": "x\u202ey\n<b>"}) == "x y <b>!"
