"""A definition says clearly what is wrong with it, and survives being written and read."""

import pytest
from pydantic import ValidationError

from huiyin.collect.surveys.definition import Definition

NPS = {"kind": "nps", "id": "q1", "title": {"zh-CN": "您会推荐我们吗？", "en": "Recommend us?"}}


def page(number, *questions, **more):
    return {"id": f"p{number}", "questions": list(questions), **more}


def define(*pages, **more):
    return Definition.model_validate({"title": {"zh-CN": "试"}, "pages": list(pages), **more})


def test_it_survives_writing_and_reading():
    asked = NPS | {"show_if": {"all": [{"field": "门店", "op": "is", "value": "一店"}]}}
    first = define(page(1, asked), languages=["zh-CN", "en"], fields=["门店"])
    assert Definition.model_validate_json(first.model_dump_json(exclude_defaults=True)) == first


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ([page(1, NPS), page(1)], "two of page “p1”"),
        ([page(1, NPS, NPS)], "two of question “q1”"),
        ([page(1, NPS, jumps=[{"to": "p1"}])], "later page"),
        ([page(1, NPS, jumps=[{"to": "p9"}])], "later page"),
        ([page(1, NPS, jumps=[{}])], "one of the two"),
        ([page(1, NPS | {"title": {"<b>": "x"}})], "no language tag"),
        ([page(1, NPS | {"surprise": 1})], "surprise"),
        ([page(1, {"kind": "csat", "id": "q", "title": {}, "words": [{"en": "bad"}]})], "5 words"),
    ],
)
def test_what_is_wrong_is_said(pages, says):
    with pytest.raises(ValidationError, match=says):
        define(*pages)


def test_conditions_cannot_be_nested_without_end():
    condition = {"question": "q1", "op": "answered"}
    for _ in range(9):
        condition = {"no": condition}
    with pytest.raises(ValidationError, match="nested deeper"):
        define(page(1, NPS), page(2, NPS | {"id": "q2", "show_if": condition}))


def test_a_redirect_goes_to_https_alone():
    with pytest.raises(ValidationError, match="redirect"):
        define(page(1, NPS), redirect="javascript:alert(1)")
