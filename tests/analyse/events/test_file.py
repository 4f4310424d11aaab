"""A file of events: all of it, or one sentence that names the line."""

from datetime import date

import pytest

from huiyin.analyse.events.file import read_events
from huiyin.analyse.events.shapes import EventError, EventKind

HEAD = "类型,名称,开始,结束,说明,范围\n"


def test_chinese_and_english_files_read_alike():
    chinese = (
        HEAD
        + "故障,支付中断,2025/3/15,2025-03-16,两小时,大区=华东；渠道=APP\n发版,5.2,2025.4.1,,,\n"
    )
    english = (
        "kind,title,since,until,note,where\n"
        "incident,支付中断,2025-03-15,2025-03-16,两小时,大区=华东;渠道=APP\n"
        "release,5.2,2025-04-01,2025-04-01,,\n"
    )
    read = read_events(chinese.encode("gb18030"), "d")
    assert read == read_events(english.encode("utf-8-sig"), "d")
    assert read[0].kind is EventKind.INCIDENT
    assert read[0].where == {"大区": "华东", "渠道": "APP"}
    assert (read[1].since, read[1].until) == (date(2025, 4, 1), date(2025, 4, 1))
    assert read[0].dataset_id == "d"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("名称,开始\n", "lacks the column “kind”"),
        (HEAD, "no event"),
        (HEAD + "故障,a,2025-03-15,,,\n故章,b,2025-03-15,,,\n", "Line 3: .* “故章”; use 故障"),
        (HEAD + "故障,a,2025-13-15,,,\n", "Line 2: “2025-13-15” is no date"),
        (HEAD + "故障,a,昨天,,,\n", "Line 2: “昨天” is no date"),
        (HEAD + "故障,a,3/1/2025,,,\n", "Line 2: “3/1/2025” is no date"),
        (HEAD + "故障,a,20251315,,,\n", "Line 2: “20251315” is no date"),
        (HEAD + "故障,a,457,,,\n", "Line 2: “457” is no date"),
        (HEAD + "故障,a,2025-03,,,\n", "Line 2: “2025-03” is no date"),
        (HEAD + f"故障,{'a' * 200_000},2025-03-15,,,\n", "Line 2: cannot be read: a cell is too"),
        (HEAD + '故障,"a\nb",2025-03-15,,,\n故障,c,昨天,,,\n', "Line 4: “昨天” is no date"),
        ("\n类型,名称\n", "Line 2 lacks the column “since” \\(开始\\)"),
        (HEAD + "故障,a,2025-03-15,2025-03-14,,\n", "Line 2: the last day"),
        (HEAD + "故障,,2025-03-15,,,\n", "Line 2: there is no title"),
        (HEAD + "故障,a,2025-03-15,,,华东\n", "Line 2: write the scope"),
        (HEAD + "故障,a\n", "Line 2: “” is no date"),
        (HEAD + "故障,a,2025-03-15,,,\n" * 5001, "at most"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_its_line(content, said):
    with pytest.raises(EventError, match=said):
        read_events(content.encode())


def test_what_is_no_table_of_words_is_refused():
    with pytest.raises(EventError, match="save it as CSV"):
        read_events(b"PK\x03\x04\xff\xfe\x00\x00")


def test_empty_lines_are_skipped_and_lines_keep_their_numbers():
    with pytest.raises(EventError, match="Line 4"):
        read_events((HEAD + "\n故障,a,2025-03-15,,,\n活动,b,x,,,\n").encode())


@pytest.mark.parametrize(
    "day",
    ["2025-03-15", "2025/3/15", "2025.3.15", "2025年3月15日", "2025年03月15日", "20250315", "45731",
     "45731.25", "2025/3/15 0:00", "2025-03-15T08:30:00"],
)  # fmt: skip
def test_days_are_read_as_spreadsheets_write_them(day):
    (read,) = read_events((HEAD + f"故障,a,{day},,,\n").encode())
    assert (read.since, read.until) == (date(2025, 3, 15), date(2025, 3, 15))


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "gbk"), (";", "utf-8"), ("\t", "utf-8"), ("\t", "utf-16")]
)
def test_what_parts_the_columns_is_seen_in_the_first_line(separator, encoding):
    words = HEAD.replace(",", separator) + separator.join(["故障", "a", "2025-3-15", "", "", "\n"])
    (read,) = read_events(words.encode(encoding))
    assert (read.kind, read.title, read.since) == (EventKind.INCIDENT, "a", date(2025, 3, 15))


def test_kinds_and_columns_go_by_what_people_call_them():
    words = "事件名称,事件类型,开始日期,结束日期\n5.0,版本发布,2025-3-1,2025-3-2\n"
    words += "六一,促销,2025-6-1,\n"
    read = read_events(words.encode())
    assert [one.kind for one in read] == [EventKind.RELEASE, EventKind.CAMPAIGN]
    assert [one.title for one in read] == ["5.0", "六一"]
    assert read[0].until == date(2025, 3, 2)
