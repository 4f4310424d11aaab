"""How long a questionnaire takes."""

import pytest

from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.minutes import SECONDS_A_ROW, expect_minutes

NPS = {"kind": "nps", "id": "q1", "title": {"zh-CN": "字" * 51, "en": "word " * 19}}
WHY = {
    "kind": "text",
    "id": "q2",
    "title": {},
    "show_if": {"question": "q1", "op": "at_most", "value": 6},
}


def define(*questions, **more):
    pages = [{"id": "p", "questions": list(questions), **more}]
    return Definition.model_validate({"title": {}, "languages": ["zh-CN", "en"], "pages": pages})


def test_reading_and_answering_add_up():
    """51 of 255 characters a minute are 12 s, 19 of 228 words are 5 s; the answer takes 5 s."""
    assert expect_minutes(define(NPS)).expected * 60 == pytest.approx(17)
    assert expect_minutes(define(NPS), "en").expected * 60 == pytest.approx(10)


def test_the_shortest_and_the_longest_way_are_told_apart():
    minutes = expect_minutes(define(NPS, WHY))
    assert minutes.shortest * 60 == pytest.approx(17)
    assert minutes.longest * 60 == pytest.approx(47)
    assert minutes.shortest < minutes.expected < minutes.longest


def test_two_questions_that_exclude_each_other_do_not_add_up():
    praise = WHY | {"id": "q3", "show_if": {"question": "q1", "op": "at_least", "value": 7}}
    assert expect_minutes(
        define(NPS | {"required": True}, WHY, praise)
    ).longest * 60 == pytest.approx(47)


def test_a_matrix_takes_time_by_row():
    rows = [{"code": f"r{n}", "label": {}} for n in range(5)]
    matrix = {"kind": "matrix", "id": "m", "title": {}, "rows": rows}
    fewer = expect_minutes(define(matrix | {"rows": rows[:2]}))
    assert (expect_minutes(define(matrix)).expected - fewer.expected) * 60 == pytest.approx(
        3 * SECONDS_A_ROW
    )


def test_those_who_are_screened_out_do_not_count():
    out = {"when": {"question": "q1", "op": "is", "value": 0}, "end": "screened_out"}
    survey = Definition.model_validate(
        {
            "title": {},
            "pages": [
                {"id": "p", "questions": [NPS], "jumps": [out]},
                {"id": "r", "questions": [NPS | {"id": "q9"}]},
            ],
        }
    )
    assert expect_minutes(survey).shortest * 60 == pytest.approx(34)
