"""Odd files of other systems: what cannot be taken over is named, or one sentence refuses all."""

import json

import pytest

from huiyin.collect.surveys.contracts import SurveyError
from huiyin.collect.surveys.formats.files import SurveyFormat, left_out, read_survey, write_survey
from huiyin.collect.surveys.parsing import parse_definition
from huiyin.collect.surveys.templates.gallery import list_templates, load_template

TWO = {"1": {"Display": "甲"}, "2": {"Display": "乙"}}
FIVE = ["很不满意", "不满意", "一般", "满意", "很满意"]


def asked(number, text="问题", **more):
    payload = {"QuestionText": text, "QuestionType": "MC", "Selector": "SAVR", "Choices": TWO}
    return {"Element": "SQ", "PrimaryAttribute": number, "Payload": payload | more}


def qsf(*elements, blocks=None, flow=None):
    named = [one["PrimaryAttribute"] for one in elements if one["Element"] == "SQ"]
    blocks = blocks or [("B1", named)]
    payload = [
        {"Type": "Standard", "ID": name, "BlockElements": [{"QuestionID": one} for one in inside]}
        for name, inside in blocks
    ]
    found = [{"Element": "BL", "Payload": payload}, *elements]
    if flow:
        found.append({"Element": "FL", "Payload": {"Type": "Root", "Flow": flow}})
    entry = {"SurveyName": "问卷", "SurveyLanguage": "ZH-S"}
    return json.dumps({"SurveyEntry": entry, "SurveyElements": found}, ensure_ascii=False).encode()


def row(**cells):
    return "<row>" + "".join(f"<{name}>{said}</{name}>" for name, said in cells.items()) + "</row>"


def lss(head="", **tables):
    inside = "".join(f"<{name}><rows>{rows}</rows></{name}>" for name, rows in tables.items())
    return f"{head}<document>{inside}</document>"


def line(qid, kind, **more):
    return row(qid=qid, type=kind, title=f"Q{qid}", language="zh-Hans", question="问题", **more)


def titles(survey):
    return [[next(iter(one.title.values())) for one in page.questions] for page in survey.pages]


def said(left):
    return [one.say("zh-CN") for one in left]


def read(raw, name):
    survey, left = read_survey(raw if isinstance(raw, bytes) else raw.encode(), name)
    return survey, said(left)


def test_blocks_are_asked_in_the_order_of_the_flow():
    blocks = [("B1", ["QID1"]), ("B2", ["QID2"])]
    flow = [{"Type": "Block", "ID": "B2"}, {"Type": "Block", "ID": "B1"}]
    raw = qsf(asked("QID1", "后"), asked("QID2", "先"), blocks=blocks, flow=flow)
    survey, left = read(raw, "x.qsf")
    assert (titles(survey), left) == ([["先"], ["后"]], [])


def test_what_a_qualtrics_file_does_beside_asking_is_named():
    flow = [
        {"Type": "EmbeddedData"},
        {"Type": "BlockRandomizer", "Flow": [{"Type": "Block", "ID": "B1"}]},
    ]
    raw = qsf(
        asked("QID1", "旧"),
        asked("QID1", "新 ${e://Field/shop}"),
        asked("QID2", "散落的"),
        asked("QID3", "多得很", Choices={str(n): {"Display": f"{n} 号"} for n in range(501)}),
        {"Element": "QO", "PrimaryAttribute": "QO_1", "Payload": {"Name": "女"}},
        blocks=[("B1", ["QID1", "QID3", "QID9"])],
        flow=flow,
    )
    survey, left = read(raw, "x.qsf")
    assert titles(survey) == [["新 ${e://Field/shop}"]]
    assert left == [
        "流程里的内嵌数据没有带过来。",
        "流程里的随机分组没有带过来。",
        "“B1”里有 1 处指向文件里没有的题，已略过。",
        "“散落的”没有带过来：它不在问卷流程里。",
        "题号“QID1”在文件里出现了几次，只带过来最后一道。",
        "配额“女”没有带过来。",
        "“新 ${e://Field/shop}”里引用的内容（${e://Field/shop}）没有换成实际值的办法，原样留在文字里，请改写。",
        "“多得很”没有带过来：它有 501 项，最多能有 500 项。",
    ]


def test_languages_keep_their_region_and_odd_ones_do_no_harm():
    spoken = {"PT-BR": {"QuestionText": "Olá"}, "中文": {"QuestionText": "嗯"}}
    survey, _ = read(qsf(asked("QID1", Language=spoken)), "x.qsf")
    assert survey.languages == ("zh-CN", "en", "pt-BR")
    (question,) = survey.questions
    assert question.title["pt-BR"] == "Olá"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("name", ["x.qsf", "x.json", "x.lss", "x.txt"])
def test_a_file_is_read_in_the_encodings_of_windows(name, encoding):
    texts = {
        "lss": lss('<?xml version="1.0" encoding="UTF-8"?>', questions=line(1, "T")),
        "txt": "1. 问题[填空题]",
    }
    text = texts.get(name.removeprefix("x."), qsf(asked("QID1")).decode())
    survey, left = read(text.encode(encoding), name)
    assert (titles(survey), left) == ([["问题"]], [])


def test_words_that_are_too_long_are_cut_and_named():
    survey, left = read(qsf(asked("QID1", "长" * 9_000)), "x.qsf")
    assert len(titles(survey)[0][0]) == 4_000
    assert left == ["有文字超过 4000 字，从那里截断了，以“…”结尾。"]


@pytest.mark.parametrize("codes", [["A1", "²", "³", "4", "5"], ["1" * 5_000, "2", "3", "4", "5"]])
def test_codes_that_only_look_like_numbers_compare_with_nothing(codes):
    answers = "".join(row(qid=1, code=one, answer=n) for n, one in enumerate(codes, 1))
    questions = line(1, "L") + line(2, "T", relevance="Q1.NAOK &gt;= 4")
    survey, left = read(lss(questions=questions, answers=answers), "x.lss")
    first, second = survey.questions
    assert (first.kind, second.show_if is None or second.show_if.value, left) == ("csat", 4, [])


def test_what_stands_around_the_questions_comes_back_from_limesurvey():
    several = {
        "kind": "multiple",
        "id": "why",
        "title": {"zh-CN": "为什么？"},
        "help": {"zh-CN": "可多选", "en": "Any"},
        "options": [{"code": f"o_{n}", "label": {"zh-CN": f"项{n}"}} for n in range(4)],
        "least": 1,
        "most": 3,
    }
    several["options"][3]["exclusive"] = True
    page = {"id": "one", "title": {"zh-CN": "第一部分", "en": "Part"}, "questions": [several]}
    survey = parse_definition(
        {
            "title": {"zh-CN": "题", "en": "T"},
            "languages": ["zh-CN", "en"],
            "intro": {"zh-CN": "您好！\n请填。", "en": "Hello"},
            "thanks": {"zh-CN": "谢谢", "en": "Thanks"},
            "privacy": {"zh-CN": "只用于改进 <1 年", "en": "Kept < 1 year"},
            "pages": [page],
        }
    )
    back, left = read_survey(write_survey(survey, "lss"), "x.lss")
    for name in ("title", "intro", "thanks", "privacy"):
        assert getattr(back, name) == getattr(survey, name)
    (again,) = back.questions
    assert (again.help, again.least, again.most) == (several["help"], 1, 3)
    assert [one.exclusive for one in again.options] == [False, False, False, True]
    assert (back.pages[0].title, left) == (page["title"], [])


@pytest.mark.parametrize("kind", [SurveyFormat.QSF, SurveyFormat.WJX])
def test_how_many_may_be_ticked_comes_back(kind):
    options = [{"code": f"o{n}", "label": {"zh-CN": f"项{n}"}} for n in range(1, 5)]
    several = {"kind": "multiple", "id": "q", "title": {"zh-CN": "哪些？"}, "options": options}
    page = {"id": "p", "questions": [several | {"least": 2, "most": 3}]}
    survey = parse_definition({"title": {"zh-CN": "题"}, "pages": [page]})
    (again,) = read_survey(write_survey(survey, kind), f"x.{kind}")[0].questions
    assert (again.least, again.most, again.title["zh-CN"]) == (2, 3, "哪些？")


KEPT = {
    "intro": "开场白", "thanks": "感谢语", "privacy": "隐私说明", "help": "题目下面的说明",
    "look": "量表的样式（星、笑脸、词）", "random_order": "选项的随机顺序",
    "languages": "第一种以外的语言",
}  # fmt: skip
"""What a questionnaire says → the sentence where a format does not carry it."""


def _kept(survey, tags):
    parts = [survey, *survey.pages, *survey.questions]
    found = {name: [getattr(one, name) for one in parts if hasattr(one, name)] for name in KEPT}
    for name in ("intro", "thanks", "privacy", "help"):
        found[name] = [[one.get(tag) for tag in tags] for one in found[name]]
    return found


@pytest.mark.parametrize("kind", [one for one in SurveyFormat if one != "json"])
@pytest.mark.parametrize("template", [one.id for one in list_templates()])
def test_what_does_not_come_back_was_named_before(template, kind):
    survey = load_template(template)
    named = said(left_out(survey, kind))
    back, _ = read_survey(write_survey(survey, kind), f"x.{kind}")
    after = _kept(back, back.languages)
    for name, before in _kept(survey, back.languages).items():
        assert (KEPT[name] in named) == (after[name] != before), name


@pytest.mark.parametrize(
    ("raw", "name", "says"),
    [
        (qsf(*(asked(str(n), QuestionType="DB") for n in range(3_000))), "x.qsf", "3000 道题"),
        (lss(questions="<row><type>L</type></row>" * 60_000), "x.lss", "60000 道题"),
        ("1.a[填空题]\n" * 150_000, "x.txt", "150000 道题"),
        (" " * 300_000 + "x", "x.txt", "没有找到编了号的题"),
        ("1" + " " * 300_000 + "x", "x.txt", "没有找到编了号的题"),
        (qsf(asked("QID1", Choices=None)), "x.qsf", "“问题”这种题型没有带过来"),
        (b"\x89PNG\r\n\x1a\n\xff\xff" * 99, "x.txt", "不是文字"),
        ('{"title": {}, "pages": [{"id": "p", "questions": [], "x": NaN}]}', "x.json", "JSON"),
        ('<!DOCTYPE d [<!ENTITY a "a">]><document/>'.encode("utf-16"), "x.lss", "不是 LimeSurvey"),
    ],
)
def test_a_file_that_would_take_for_ever_or_says_nothing_is_refused(raw, name, says):
    with pytest.raises(SurveyError) as refused:
        read(raw, name)
    assert says in refused.value.say("zh-CN")
    assert "\n" not in refused.value.say("en")


HALF_AND_FULL = """１．您满意吗［单选题］＊
Ａ．是
Ｂ．否
２、看重哪些（可多选）【最多选2项】
①快 ②省
③近
3）最近一次【单选】
(1)上周
（2）上月
Q4 打分[量表题]
很满意 满意 一般 不满意 很不满意
5. 推荐吗？ [单选题] *
○0  ○1  ○2  ○3  ○4  ○5  ○6  ○7  ○8  ○9  ○10
【分页】
6. 各方面 [矩阵单选题](必答)
\t很不满意\t不满意\t一般\t满意\t很满意
外观    ○       ○       ○       ○       ○
性能    ○       ○       ○       ○       ○
7. 买过吗[單選題]
A.买过（跳转到第9题）  B.没有
8. 为什么[填空题]
依赖于第7题第2个选项
"""


def test_marks_of_all_widths_and_several_options_in_a_line_are_read():
    survey, left = read(HALF_AND_FULL, "x.txt")
    kinds = [[str(one.kind) for one in page.questions] for page in survey.pages]
    assert kinds == [["single", "multiple", "single", "csat", "nps"], ["matrix", "single", "text"]]
    first, several, last, scale, nps, matrix, bought, _ = survey.questions
    assert [one.label["zh-CN"] for one in several.options] == ["快", "省", "近"]
    assert (several.title["zh-CN"], several.most) == ("看重哪些", 2)
    assert [one.label["zh-CN"] for one in last.options] == ["上周", "上月"]
    assert [one["zh-CN"] for one in scale.words] == FIVE
    assert [one.label["zh-CN"] for one in matrix.rows] == ["外观", "性能"]
    assert [one.label["zh-CN"] for one in bought.options] == ["买过", "没有"]
    assert [one.required for one in (first, nps, matrix, scale)] == [True, True, True, False]
    assert left == ["“买过吗”后面的一条跳转没有带过来。", "“为什么”的显示条件没有带过来。"]


@pytest.mark.parametrize(
    "text",
    [
        "1. 性别[单选题]\n1. 男\n2. 女\n2. 年龄[单选题]\n1) 青\n2) 中\n3) 老\n3. 建议[填空题]",
        "1. 性别\n1. 男\n2. 女\n\n2. 年龄\n1. 青\n2. 中\n3. 老\n\n3. 建议",
        "一、性别（单选）\nA、男\nB、女\n二、年龄（单选）\nA、青\nB、中\nC、老\n三、建议",
        "1. 性别\n○男 ○女\n2. 年龄\nA.青  B.中  C.老\n3. 建议",
    ],
)
def test_numbers_of_options_are_told_from_those_of_questions(text):
    survey, left = read(text, "x.txt")
    offered = [len(getattr(one, "options", ())) for one in survey.questions]
    assert (titles(survey), offered, left) == ([["性别", "年龄", "建议"]], [2, 3, 0], [])


def test_headings_between_numbered_questions_are_titles_of_pages():
    text = "调查\n一、基本情况\n1. 性别\n男\n女\n二、您的看法\n2. 建议"
    survey, _ = read(text, "x.txt")
    assert titles(survey) == [["性别"], ["建议"]]
    assert [page.title.get("zh-CN") for page in survey.pages] == ["基本情况", "您的看法"]
    assert [one.label["zh-CN"] for one in survey.question("q").options] == ["男", "女"]
