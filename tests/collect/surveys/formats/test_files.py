"""Questionnaires go to other systems and come back; nothing anybody sends can do harm."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.collect.surveys.checks import check
from huiyin.collect.surveys.contracts import SurveyError
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.formats.files import (
    SurveyFormat,
    left_out,
    read_survey,
    write_survey,
)
from huiyin.collect.surveys.parsing import parse_definition
from huiyin.collect.surveys.templates.gallery import list_templates, load_template

FOREIGN = [kind for kind in SurveyFormat if kind is not SurveyFormat.JSON]
QUICK = settings(max_examples=60, suppress_health_check=list(HealthCheck))
# What is written must be told from kinds, numbers and marks of 问卷星 text.
LETTERS = "甲乙丙丁戊己庚辛春夏秋冬东南西北风花雪月"
LABEL = st.text(LETTERS, min_size=1, max_size=8)


def words(labels=LABEL):
    return labels.map(lambda one: {"zh-CN": one, "en": f"x{len(one)} {one}"})


def parts(least, most):
    labels = st.lists(LABEL, min_size=least, max_size=most, unique=True)
    return labels.map(
        lambda found: [
            {"code": f"c{n}", "label": {"zh-CN": one, "en": f"y {one}"}}
            for n, one in enumerate(found)
        ]
    )


def asked(kind, **more):
    fixed = {"kind": st.just(kind), "title": words(), "required": st.booleans()}
    return st.fixed_dictionaries(fixed | more)


ENDS = {"low": words(), "high": words(), "not_applicable": st.booleans()}
QUESTION = st.one_of(
    asked("nps", **ENDS),
    asked("csat", points=st.sampled_from([2, 3, 4, 5, 7, 10]), **ENDS),
    asked("ces", points=st.sampled_from([5, 7]), **ENDS),
    asked("single", options=parts(1, 6), as_list=st.booleans()),
    asked("multiple", options=parts(2, 6)),
    asked("ranking", options=parts(2, 6)),
    asked("matrix", rows=parts(1, 5), points=st.sampled_from([5, 7]), **ENDS),
    asked("slider", minimum=st.integers(-9, 0), maximum=st.integers(1, 99)),
    asked("text", long=st.booleans()),
    asked("date"),
    asked("file"),
    asked("consent"),
    asked("contact", fields=st.permutations(["name", "phone", "email"])),
    asked("note", required=st.just(False)),
)


@st.composite
def surveys(draw):
    pages = draw(st.lists(st.lists(QUESTION, min_size=1, max_size=4), min_size=1, max_size=3))
    number = 0
    for page in pages:
        for question in page:
            number += 1
            question["id"] = f"q{number}"
    made = [{"id": f"p{n}", "questions": page} for n, page in enumerate(pages, 1)]
    title = draw(words())
    return Definition.model_validate({"title": title, "languages": ["zh-CN", "en"], "pages": made})


def shape(survey, tag="zh-CN"):
    """Say what is asked, whatever the ids and codes are."""
    return [[_shape(question, tag) for question in page.questions] for page in survey.pages]


def _shape(question, tag):
    kind = "rating" if question.kind in {"csat", "ces"} else str(question.kind)
    levels = len(question.levels) if hasattr(question, "levels") else None
    said = [
        part.label.get(tag) for name in ("options", "rows") for part in getattr(question, name, ())
    ]
    facts = [
        getattr(question, name, None) for name in ("not_applicable", "as_list", "fields", "long")
    ]
    ends = [getattr(question, name, {}).get(tag) for name in ("low", "high")]
    return kind, question.title.get(tag), question.required, levels, said, facts, ends


@QUICK
@given(surveys())
def test_our_own_json_loses_nothing(survey):
    raw = write_survey(survey, SurveyFormat.JSON)
    assert read_survey(raw, "x.json") == (survey, [])


@QUICK
@given(surveys(), st.sampled_from(FOREIGN))
def test_what_is_asked_comes_back_from_other_formats(survey, kind):
    back, left = read_survey(write_survey(survey, kind), f"x.{kind}")
    plain = [
        [(*one[:-1], [None, None]) if one[0] == "slider" else one for one in page]
        for page in shape(survey)
    ]
    assert shape(back) == plain
    assert left == []
    if kind is not SurveyFormat.WJX:
        assert shape(back, "en") == shape(survey, "en")
        assert [one.id for one in back.questions] == [one.id for one in survey.questions]


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("template", [one.id for one in list_templates()])
def test_each_template_goes_out_and_comes_back(template, kind):
    survey = load_template(template)
    back, _ = read_survey(write_survey(survey, kind), f"x.{kind}")
    assert [q.title["zh-CN"] for q in back.questions] == [
        q.title["zh-CN"] for q in survey.questions
    ]
    before = ["rating" if q.kind in {"csat", "ces"} else q.kind for q in survey.questions]
    assert ["rating" if q.kind in {"csat", "ces"} else q.kind for q in back.questions] == before
    assert not [one for one in check(back) if one.severity == "error"]


def test_what_a_format_cannot_carry_is_named():
    survey = load_template("retail")
    assert left_out(survey, SurveyFormat.JSON) == []
    rules = sum(bool(one.show_if) for one in survey.questions)
    for kind, lost in ((SurveyFormat.QSF, 0), (SurveyFormat.LSS, 0), (SurveyFormat.WJX, rules)):
        named = [text.say("en") for text in left_out(survey, kind)]
        assert sum("the condition of" in one for one in named) == lost
        assert any("in the analysis" in one for one in named)
    assert rules > 0
    assert any("languages" in text.say("en") for text in left_out(survey, SurveyFormat.WJX))


def test_the_samples_of_both_systems_are_read(shared):
    folder = shared / "contracts" / "samples"
    survey, left = read_survey(folder / "qualtrics" / "mini.qsf")
    assert [(one.id, one.kind, one.title) for one in survey.questions] == [
        ("Q1", "nps", {"zh-CN": "您向朋友推荐我们的可能性有多大？"})
    ]
    assert left == []
    survey, _ = read_survey(folder / "limesurvey" / "mini.lss")
    assert [(one.id, one.kind) for one in survey.questions] == [("Q1NPS", "text")]


PASTED = """售后满意度调查
请您花一分钟填写。

*1、您对这次维修满意吗？（量表题）
很不满意
不满意
一般
满意
很满意
2. 您看重什么？【多选题】
A. 速度
B. 价格
○ 其他______
□ 都没有（互斥）
===分页===
第3题：下列方面怎么样 [矩阵量表题] *
不满意\t一般\t满意
态度
速度
4. 您的性别
男
女
5. 有什么建议？
6. 分一分 [比重题]
甲
"""


def test_pasted_text_is_read_whatever_its_marks():
    survey, left = read_survey(PASTED.encode("gb18030"), "问卷.txt")
    first, several, matrix, single, text = survey.questions
    assert (survey.title["zh-CN"], len(survey.pages)) == ("售后满意度调查", 2)
    assert (first.kind, first.points, first.required) == ("csat", 5, True)
    assert [one.label["zh-CN"] for one in several.options] == ["速度", "价格", "其他", "都没有"]
    assert (several.options[2].code, several.options[3].exclusive) == ("other", True)
    assert (matrix.points, len(matrix.rows), matrix.required) == (3, 2, True)
    assert (single.kind, len(single.options), text.kind) == ("single", 2, "text")
    assert [one.say() for one in left] == ["“分一分”这种题型没有带过来。"]


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ([], "no definition"),
        ({"title": {}}, "“pages” is missing"),
        ({"title": {}, "pages": [{"id": "p", "questions": [{"kind": "odd", "id": "q7"}]}]},
         "Question “q7” on page 1: there is no such kind"),
        ({"title": {}, "pages": [{"id": "p", "questions": [{"kind": "nps", "id": "q7"}]}]},
         "“title” is missing"),
        ({"title": {}, "pages": [{"id": "p", "questions": []}, {"id": "p", "questions": []}]},
         "two of page “p”"),
        ({"title": {}, "pages": [{"id": "p", "questions": [
            {"kind": "nps", "id": "q", "title": {}, "show_if": {"what": 1}}]}]},
         "condition cannot be read"),
        ({"title": {}, "pages": [{"id": "p", "questions": [
            {"kind": "nps", "id": "q", "title": {},
             "show_if": {"field": "shop", "op": "is", "value": float("nan")}}]}]},
         "condition cannot be read"),
        ({"title": {"en": "a\0"}, "pages": [{"id": "p", "questions": []}]}, "cannot be kept"),
        ({"title": {}, "pages": [{"id": "p", "questions": [], "jumps": [{}]}]}, "one of the two"),
        ({"title": {}, "pages": [], "redirect": "javascript:alert(1)"}, "Th"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_that_names_the_place(document, says):
    with pytest.raises(SurveyError, match=says) as refused:
        parse_definition(document)
    assert refused.value.say("zh-CN").endswith("。")
    assert "\n" not in refused.value.say("en")


def test_deep_nesting_and_great_size_are_refused():
    deep = {"no": None}
    for _ in range(100_000):
        deep = {"no": deep}
    asked = {"kind": "nps", "id": "q", "title": {}, "show_if": deep}
    with pytest.raises(SurveyError):
        parse_definition({"title": {}, "pages": [{"id": "p", "questions": [asked]}]})
    with pytest.raises(SurveyError):
        read_survey(b'{"title":' * 200_000, "x.json")
    with pytest.raises(SurveyError, match="5 MB"):
        read_survey(b" " * 6_000_000, "x.txt")


@pytest.mark.parametrize("kind", ["qsf", "lss"])
def test_a_list_of_all_countries_goes_out_and_comes_back(kind):
    options = [{"code": f"c{k}", "label": {"zh-CN": f"国家{k}"}} for k in range(249)]
    land = {"kind": "single", "id": "q", "title": {"zh-CN": "哪里？"}, "options": options}
    survey = parse_definition({"title": {}, "pages": [{"id": "p", "questions": [land]}]})
    back, left = read_survey(write_survey(survey, kind), f"x.{kind}")
    (again,) = back.questions
    assert left == []
    assert [one.label["zh-CN"] for one in again.options] == [f"国家{k}" for k in range(249)]


def test_an_xml_file_with_entities_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaa">]><document>&a;</document>'
    with pytest.raises(SurveyError):
        read_survey(bomb, "x.lss")


def test_markup_in_foreign_words_becomes_plain_words():
    raw = write_survey(load_template("retail"), SurveyFormat.QSF).decode()
    evil = raw.replace("总的来说", "<script>alert(1)</script><b onclick=x>总的</b>来说")
    survey, _ = read_survey(evil.encode(), "x.qsf")
    assert survey.question("overall").title["zh-CN"].startswith("总的来说")


SEEDS = {kind: write_survey(load_template("bank"), kind) for kind in SurveyFormat}


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(list(SurveyFormat)),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 200), st.binary(max_size=30)),
        min_size=1,
        max_size=6,
    ),
)
def test_a_mangled_file_is_a_questionnaire_or_a_sentence(kind, cuts):
    raw = bytearray(SEEDS[kind])
    for place, length, more in cuts:
        start = int(place * len(raw))
        raw[start : start + length] = more
    _read_or_refuse(bytes(raw), f"x.{kind}")


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_file_with_strange_values_is_a_questionnaire_or_a_sentence(data):
    """Any value of the JSON may be anything: a list for a mapping, a number for words."""
    kind = data.draw(st.sampled_from([SurveyFormat.JSON, SurveyFormat.QSF]))
    document = json.loads(SEEDS[kind])
    strange = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
    )
    for _ in range(data.draw(st.integers(1, 4))):
        _replace(
            document,
            data.draw(st.lists(st.integers(0, 40), min_size=1, max_size=8)),
            data.draw(strange),
        )
    _read_or_refuse(json.dumps(document).encode(), f"x.{kind}")


def _replace(node, way, value):
    for step in way[:-1]:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        child = node[keys[step % len(keys)]]
        if not isinstance(child, (dict, list)) or not child:
            break
        node = child
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    node[keys[way[-1] % len(keys)]] = value


def _read_or_refuse(raw, name):
    try:
        survey, left = read_survey(raw, name)
    except SurveyError as error:
        said = [error.sentence]
    else:
        check(survey)
        said = left
    assert all(text.say("zh-CN") and text.say("en") for text in said)


def test_the_schema_in_the_docs_is_that_of_the_code(root):
    kept = json.loads((Path(root) / "docs" / "survey.schema.json").read_text("utf-8"))
    assert kept == Definition.model_json_schema()
