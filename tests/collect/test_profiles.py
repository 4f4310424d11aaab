# ruff: noqa: E501 -- exports have long lines
"""Layouts are recognised by themselves, named with a reason, and turned into hints."""

import json

import pytest

from huiyin.codebook.contracts import Role
from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.profiles.google_forms import holds_several
from huiyin.collect.profiles.layout import profiles
from huiyin.collect.profiles.wjx import Heading, read_heading

META = "序号,提交答卷时间,所用时间,来源,来源详情,来自IP"
BY_TEXT = (
    META
    + ",1、您推荐我们的可能性,2、总体满意度 ,3、不满意的方面（多选）,第4题(环境),第4题(配件),5、建议\n"
    "1,2026/08/02 10:15:31,65秒,微信,N/A,203.0.113.8(浙江-杭州),9,很满意,(空),5,4,很专业\n"
    '2,2026/08/02 11:40:02,66秒,链接,直链,203.0.113.9(江苏-南京),6,不满意,速度┋其他〖没人理〗,3,2,"等了，\n三天"\n'
    "3,2026/08/03 20:05:44,67秒,微信,N/A,203.0.113.10(广东-深圳),10,满意,(跳过),4,5,(空)\n"
)
BY_NUMBER = (
    META
    + ",1、您推荐我们的可能性,2、总体满意度 ,第3题(速度),第3题(价格),第3题(其他【请注明】),第4题(环境),第4题(配件),5、建议\n"
    "1,2026/08/02 10:15:31,65秒,微信,N/A,203.0.113.8(浙江-杭州),10,5,0,0,0,5,4,很专业\n"
    '2,2026/08/02 11:40:02,66秒,链接,直链,203.0.113.9(江苏-南京),7,2,1,0,1,3,2,"等了，\n三天"\n'
    "3,2026/08/03 20:05:44,67秒,微信,N/A,203.0.113.10(广东-深圳),11,4,-3,-3,-3,4,5,-2\n"
)


def test_wjx_by_text(staged, rows_of, write):
    found = staged(write("a.csv", BY_TEXT, "gb18030"))
    assert found.profile == "wjx_text"
    assert "问卷星" in found.profile_reason.say("zh-CN")
    roles = [found.hints[name].role for name in found.columns[:6]]
    assert roles == [Role.ID, Role.TIME, Role.DURATION, Role.CHANNEL, Role.META, Role.CONTACT]
    several = found.hints["3、不满意的方面（多选）"]
    assert (several.separator, several.role) == ("┋", Role.CHOICE_SET)
    assert several.missing_codes == ("(空)", "(跳过)")
    matrix = found.hints["第4题(环境)"]
    assert (matrix.question, matrix.group, matrix.option) == ("环境", "第4题", None)
    assert found.hints["2、总体满意度"].question == "总体满意度"
    assert rows_of(found)[1][8] == "速度┋其他〖没人理〗"


def test_wjx_by_number(staged, write):
    found = staged(write("b.csv", BY_NUMBER, "utf-8-sig"))
    assert found.profile == "wjx_index"
    option = found.hints["第3题(其他【请注明】)"]
    assert (option.group, option.option, option.role) == (
        "第3题",
        "其他【请注明】",
        Role.CHOICE_SET,
    )
    assert option.missing_codes == ("-2", "-3")
    assert found.hints["第4题(配件)"].role is None
    recommend = found.hints["1、您推荐我们的可能性"]
    assert (recommend.role, recommend.scale.levels["11"]) == (Role.NPS, 10)
    assert "序号" in found.notes[0].say("zh-CN")


def test_wjx_both_together_are_one_sheet_with_codes_and_labels(staged, rows_of, write):
    text, number = write("text.csv", BY_TEXT), write("number.csv", BY_NUMBER)
    for order in ((text, number), (number, text)):
        found = staged(*order)
        assert found.n_rows == 3
        rows = [dict(zip(found.columns, row, strict=True)) for row in rows_of(found)]
        assert [row["2、总体满意度"] for row in rows] == ["5", "2", "4"]
        assert found.hints["2、总体满意度"].labels == {"2": "不满意", "4": "满意", "5": "很满意"}
        assert [row["1、您推荐我们的可能性"] for row in rows] == ["9", "6", "10"]
        assert rows[1]["3、不满意的方面（多选）"] == "速度┋其他〖没人理〗"
        assert [row["5、建议"] for row in rows] == ["很专业", "等了，\n三天", "(空)"]
        assert sum(source.n_rows for source in found.sources) == 3


def test_wjx_exports_in_another_order_are_matched_by_number(staged, rows_of, write):
    header, *rows = BY_NUMBER.replace("等了，\n三天", "等了三天").splitlines()
    turned = "\n".join([header, *reversed(rows)]) + "\n"
    found = staged(write("text.csv", BY_TEXT), write("number.csv", turned))
    place = found.columns.index("2、总体满意度")
    assert [row[place] for row in rows_of(found)] == ["5", "2", "4"]


def test_wjx_exports_of_different_sheets_are_not_mixed(staged, write, says):
    fewer = "\n".join(BY_NUMBER.splitlines()[:-1]) + "\n"
    with pytest.raises(UnreadableFileError) as caught:
        staged(write("text.csv", BY_TEXT), write("number.csv", fewer))
    says(caught, "text.csv", "number.csv", "序号")
    with pytest.raises(UnreadableFileError):
        staged(write("t.csv", BY_TEXT), write("t2.csv", BY_TEXT), write("n.csv", BY_NUMBER))


@pytest.mark.parametrize(
    ("header", "heading"),
    [
        ("1、手机部数", Heading("1", "手机部数", None)),
        ("3．性别 ", Heading("3", "性别", None)),
        ("12.您的年龄", Heading("12", "您的年龄", None)),
        ("第8题(ACG文化(动漫、游戏等))", Heading("8", "第8题", "ACG文化(动漫、游戏等)")),
        ("5:价格", Heading("5", "第5题", "价格")),
        ("6（运动）", Heading("6", "第6题", "运动")),
        ("提交答卷时间", None),
        ("2024年销售额", None),
    ],
)
def test_wjx_headings(header, heading):
    assert read_heading(header) == heading


def test_wjx_matrix_with_title_and_item_in_one_header(staged, write):
    text = (
        META
        + ",1、请评价服务(态度),1、请评价服务(速度),2、年龄:20岁以下也可\n"
        + "1,,65秒,,,,5,4,30\n2,,60秒,,,,3,3,25\n"
    )
    found = staged(write("m.csv", text))
    assert found.hints["1、请评价服务(态度)"].group == "请评价服务"
    assert found.hints["1、请评价服务(态度)"].question == "态度"
    assert found.hints["2、年龄:20岁以下也可"].group is None


SURVEYMONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,How satisfied are you?,What went wrong?,,Rate us,,Anything else?\n"
    ",,,,,Response,Speed,Other (please specify),Staff,Price,Open-Ended Response\n"
    "77,41,08/02/2026 02:14:00 AM,08/02/2026 02:15:31 AM,203.0.113.20,Great,Speed,late again,Good,Bad,Very helpful\n"
    "78,41,08/02/2026 02:14:00 AM,08/02/2026 02:15:31 AM,203.0.113.21,Poor,,,Bad,Good,\n"
)


def test_surveymonkey_with_two_header_rows(staged, write):
    found = staged(write("s.csv", SURVEYMONKEY, "utf-8-sig"))
    assert (found.profile, found.n_rows) == ("surveymonkey", 2)
    assert found.columns[5:8] == (
        "How satisfied are you?", "What went wrong? [Speed]", "What went wrong? [Other (please specify)]",
    )  # fmt: skip
    assert found.hints["Respondent ID"].role is Role.ID
    assert found.hints["IP Address"].role is Role.CONTACT
    assert found.hints["Anything else?"].role is Role.TEXT
    assert found.hints["What went wrong? [Other (please specify)]"].role is Role.TEXT
    assert found.hints["Rate us [Staff]"].group == "Rate us"
    assert found.hints["Rate us [Staff]"].role is None


def test_surveymonkey_with_one_header_row(staged, write):
    found = staged(write("s.csv", "RespondentID,Do you fly?,Age\n1,Yes,30\n2,No,40\n"))
    assert (found.profile, found.n_rows) == ("surveymonkey", 2)


def test_surveymonkey_codes(staged, write):
    body = "1,Not selected,Pop culture,Often\n2,Father,Not selected,Never\n3,Father,Pop culture,Often\n"
    found = staged(write("s.csv", ",q0004_0001,q0004_0002,q0005_0001\n" + body))
    assert found.profile == "surveymonkey"
    assert found.hints["q0004_0001"].option == "Father"
    assert found.hints["q0004_0002"].option == "Pop culture"


def test_two_header_rows_of_another_platform(staged, write):
    text = (
        "Identifier,Country,Which clouds?,,,Budget\n,,Amazon,Azure,Google,\n"
        "1,US,Amazon,,Google,5\n2,GB,,Azure,,7\n"
    )
    found = staged(write("t.csv", text))
    assert (found.profile, found.n_rows) == ("two_header_rows", 2)
    assert found.columns[2] == "Which clouds? [Amazon]"
    assert found.hints["Which clouds? [Azure]"].role is Role.CHOICE_SET
    assert found.hints["Which clouds? [Azure]"].option == "Azure"


QUALTRICS = (
    "StartDate,EndDate,Status,IPAddress,Finished,RecordedDate,ResponseId,Q1_NPS_GROUP,Q1,Q2_1,Q2_2,Q3,Q3_5_TEXT\n"
    "开始日期,结束日期,答复类型,IP 地址,已完成,记录日期,答复 ID,推荐 - 组,推荐？,请评价 - 价格,请评价 - 服务,性别,性别 - 其他 - 文本\n"
    + ",".join(
        '"{""ImportId"":""' + i + '""}"'
        for i in [
            "startDate",
            "endDate",
            "status",
            "ipAddress",
            "finished",
            "recordedDate",
            "_recordId",
            "QID1_NPS_GROUP",
            "QID1",
            "QID2_1",
            "QID2_2",
            "QID3",
            "QID3_5_TEXT",
        ]
    )
    + "\n2026-08-02 02:14:00,2026-08-02 02:15:31,0,203.0.113.30,1,2026-08-02 02:15:32,R_1,1,6,4,2,1,\n"
    "2026-08-02 02:14:00,2026-08-02 02:15:31,0,203.0.113.30,1,2026-08-02 02:15:32,R_2,3,9,5,-1,5,保密\n"
)
QSF = {
    "SurveyElements": [
        {"Element": "BL", "Payload": {"1": {"Type": "Default"}}},
        {"Element": "SQ", "PrimaryAttribute": "QID1", "Payload": {
            "QuestionText": "推荐？", "DataExportTag": "Q1", "QuestionType": "MC", "Selector": "NPS"}},
        {"Element": "SQ", "PrimaryAttribute": "QID2", "Payload": {
            "QuestionText": "请<b>评价</b>", "DataExportTag": "Q2", "QuestionType": "Matrix",
            "Selector": "Likert", "SubSelector": "SingleAnswer",
            "Answers": {"1": {"Display": "差"}, "2": {"Display": "好&amp;快"}, "3": {"Display": "没用过"}},
            "RecodeValues": {"1": 1, "2": 5, "3": "-1"}}},
        {"Element": "SQ", "PrimaryAttribute": "QID3", "Payload": {
            "QuestionText": "性别", "DataExportTag": "Q3", "QuestionType": "MC", "Selector": "SAVR",
            "Choices": {"1": {"Display": "男"}, "5": {"Display": "其他"}}}},
    ]
}  # fmt: skip


def test_columns_nobody_answered_are_not_taken_for_ticks(staged, write):
    text = "Respondent ID,Rate us,,Gender\n,Staff,Price,Response\n1,,,M\n2,,,F\n"
    hint = staged(write("s.csv", text)).hints["Rate us [Staff]"]
    assert (hint.role, hint.group, hint.question) == (None, "Rate us", "Staff")


def test_qualtrics_with_three_header_rows(staged, write):
    found = staged(write("q.csv", QUALTRICS, "utf-8-sig"))
    assert (found.profile, found.n_rows) == ("qualtrics", 2)
    hints = found.hints
    assert hints["RecordedDate"].role is Role.TIME
    assert hints["StartDate"].role is Role.META
    assert hints["ResponseId"].role is Role.ID
    assert hints["Q1_NPS_GROUP"].role is Role.IGNORE
    assert (hints["Q2_1"].group, hints["Q2_1"].question) == ("请评价", "价格")
    assert hints["Q3_5_TEXT"].role is Role.TEXT
    assert found.sources[0].first_data_row == 4


def test_qualtrics_takes_labels_from_the_survey_beside(staged, write):
    write("q.qsf", json.dumps(QSF))
    hints = staged(write("q.csv", QUALTRICS)).hints
    assert hints["Q1"].role is Role.NPS
    assert hints["Q1"].scale.maximum == 10
    assert hints["Q2_2"].labels == {"1": "差", "5": "好&快", "-1": "没用过"}
    assert hints["Q2_2"].missing_codes == ("-1",)
    assert hints["Q3"].labels == {"1": "男", "5": "其他"}


def test_a_broken_survey_file_beside_does_no_harm(staged, write):
    write("q.qsf", "{not json")
    assert staged(write("q.csv", QUALTRICS)).n_rows == 2


def test_qualtrics_legacy(staged, write):
    text = (
        "V1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,Q2_1,Q2_2,LocationLatitude,\n"
        "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,"
        "Finished,Like it?,Which?-Apple,Which?-Pear,LocationLatitude,\n"
        "R_1,Default,Anonymous,,,,0,2017-07-18 08:28:09,2017-07-18 08:28:48,1,2,1,,47.1,\n"
    )
    found = staged(write("old.csv", text, "utf-8-sig"))
    assert (found.profile, found.n_rows) == ("qualtrics", 1)
    assert found.columns[0] == "ResponseID"
    assert found.hints["EndDate"].role is Role.TIME
    assert found.hints["Q2_1"].option == "Apple"


LSS = """<?xml version="1.0"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>
<questions><rows><row><qid>1</qid><parent_qid>0</parent_qid><title>sat</title><question><![CDATA[How <b>happy</b>?]]></question></row></rows></questions>
<answers><rows><row><qid>1</qid><code>A1</code><answer>Good</answer></row><row><qid>1</qid><code>A2</code><answer>Bad</answer></row></rows></answers>
</document>"""


def test_limesurvey_by_code_with_labels_beside(staged, write):
    write("survey.lss", LSS)
    text = '"id";"submitdate";"lastpage";"startlanguage";"startdate";"sat"\n"11";"2026-08-02 10:15:31";"1";"zh-Hans";"2026-08-02 10:14:00";"A1"\n'
    found = staged(write("results.csv", text))
    assert (found.profile, found.sources[0].encoding) == ("limesurvey", "utf-8")
    assert found.hints["submitdate"].role is Role.TIME
    assert found.hints["sat"].labels == {"A1": "Good", "A2": "Bad"}
    assert found.hints["sat"].question == "How happy?"


def test_limesurvey_by_code_and_text(staged, write):
    text = (
        ",rse1. Do you code?,use[SQ001]. Who uses it? [Me],use[SQ002]. Who uses it? [Others],use[other]. Who uses it? [Other],"
        "like[a]. Rate: [Price],like[b]. Rate: [Speed]\n0,Yes,Yes,No,,5,4\n1,No,No,Yes,my cat,3,1\n"
    )
    found = staged(write("l.csv", text))
    assert found.profile == "limesurvey"
    assert found.hints["use[SQ001]. Who uses it? [Me]"].option == "Me"
    assert found.hints["use[other]. Who uses it? [Other]"].role is Role.TEXT
    assert found.hints["like[b]. Rate: [Speed]"].question == "Speed"
    assert found.hints["like[b]. Rate: [Speed]"].group == "Rate:"


def test_a_survey_file_with_entities_is_left_alone(staged, write):
    write("survey.lss", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><document/>')
    assert (
        staged(
            write("l.csv", "id;submitdate;startlanguage;lastpage;sat\n1;2026-01-01;zh;1;A1\n")
        ).n_rows
        == 1
    )


def test_google_forms(staged, write):
    rows = "".join(f"2026/01/{d:02d} 10:00:00,{o},{d % 5 + 1},{d % 3 + 1},x{d}@example.com\n" for d, o in enumerate(
        ['"微信, 电话"', "微信", '"电话, 邮件"', '"微信, 邮件"', "邮件", '"微信, 电话"', '"电话, 邮件"', "微信", '"微信, 电话, 邮件"'], 1))  # fmt: skip
    text = "时间戳记,用过哪些渠道？,请评价 [态度],请评价 [速度],Email address\n" + rows
    found = staged(write("g.csv", text))
    assert found.profile == "google_forms"
    assert found.hints["时间戳记"].role is Role.TIME
    assert found.hints["用过哪些渠道？"].separator == ", "
    assert (found.hints["请评价 [态度]"].group, found.hints["请评价 [态度]"].question) == (
        "请评价",
        "态度",
    )
    assert found.hints["Email address"].role is Role.CONTACT


def test_commas_inside_options_are_not_cut():
    option = "I joined events (KubeCon, Meetups, etc)"
    assert not holds_several([f"{option}, I reviewed", "I reviewed", option] * 8)
    assert not holds_several([f"Well, number {i}, I think so" for i in range(40)])
    assert holds_several(["red, blue", "blue", "red, green", "green, blue", "red"] * 4)


def test_a_profile_can_be_forced(staged, write):
    found = staged(write("a.csv", BY_TEXT), profile="plain")
    assert (found.profile, found.hints) == ("plain", {})
    forced = staged(write("p.csv", "a,b\nx,y\nz,w\n"), profile="surveymonkey")
    assert forced.profile == "surveymonkey"


@pytest.mark.parametrize("name", sorted(profiles()))
def test_any_profile_forced_on_any_table_answers(staged, write, name):
    for text in ("a,b\nx,y\nz,w\n", "a\n1\n2\n", BY_TEXT, QUALTRICS, SURVEYMONKEY):
        found = staged(write("any.csv", text), profile=name)
        assert len(set(found.columns)) == len(found.columns)
