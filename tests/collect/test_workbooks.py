"""Workbooks: sheets, shortest text, errors as blanks, formulas never executed."""

import datetime as dt
import subprocess
import sys

import pytest
import python_calamine
import xlsxwriter

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.cells import cell_text


def test_cells_become_their_shortest_text(staged, rows_of, tmp_path):
    path = tmp_path / "c.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("数据")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        span = book.add_format({"num_format": "[h]:mm:ss"})
        sheet.write_row(0, 0, ["整数", "小数", "日期", "时间", "时长", "逻辑", "错误", "文字"])
        sheet.write_row(1, 0, [5, 4.5])
        sheet.write_datetime(1, 2, dt.date(2026, 1, 31), day)
        sheet.write_datetime(
            1,
            3,
            dt.datetime(2026, 1, 31, 9, 5),  # noqa: DTZ001 -- Excel knows no zones
            book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        )
        sheet.write_number(1, 4, 1.5, span)
        sheet.write_boolean(1, 5, True)
        sheet.write_formula(1, 6, "=1/0", None, "#DIV/0!")
        sheet.write_string(1, 7, "007")
    found = staged(path)
    assert rows_of(found) == [
        ["5", "4.5", "2026-01-31", "2026-01-31 09:05:00", "36:00:00", "TRUE", None, "007"]
    ]
    assert found.sources[0].sheet == "数据"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (10.0, "10"), (-0.0, "0"), (0.1, "0.1"), (1e20, "1e+20"), (753.0353986, "753.0353986"),
        (12345678901.0, "12345678901"), (False, "FALSE"), ("", None), ("a\0b\0", "ab"),
        (dt.time(6, 0), "06:00:00"), (dt.timedelta(hours=-1), "-01:00:00"),
    ],
)  # fmt: skip
def test_cell_text(cell, text):
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    "column",
    [
        [1.0, 2.0, 0.0, -3.0], [1.5, 0.001, 999999999.75, -0.25], [0.7, 1e-3, 7.0],
        [9.99e-4, 1.5], [1e9 + 0.5, 1.5], [1e15, 1.0], [1e16, 0.5], [123456789012345000.0],
        [-1e-7, 3.25], ["", 1.5, 2.0], ["", 3.0], ["x", 1.0], [True, 1.0, ""],
    ],
)  # fmt: skip
def test_a_column_of_cells_says_what_each_cell_says(staged, rows_of, workbook, column):
    found = rows_of(staged(workbook("n.xlsx", S=[["a", "b"], *([cell, "x"] for cell in column)])))
    assert [row[0] for row in found] == [cell_text(cell) for cell in column]


def test_mixed_columns_and_blanks(staged, rows_of, workbook):
    rows = [["a", "b"], [1, "x"], ["", 2.5], [3, ""], [0, 0]]
    assert rows_of(staged(workbook("m.xlsx", S=rows))) == [
        ["1", "x"], [None, "2.5"], ["3", None], ["0", "0"],
    ]  # fmt: skip


def test_a_formula_gives_its_stored_value_and_is_not_run(staged, rows_of, tmp_path):
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["k", "v"])
        sheet.write_formula(1, 1, "=1+1", None, 99)
        sheet.write_number(1, 0, 1)
        sheet.write_string(2, 1, '=cmd|"/c calc"!A1')
        sheet.write_number(2, 0, 2)
    assert rows_of(staged(path)) == [["1", "99"], ["2", '=cmd|"/c calc"!A1']]


def test_excel_serial_dates_stay_numbers(staged, rows_of, workbook):
    found = staged(workbook("s.xlsx", S=[["时间"], [45322], ["2024-01-31"], ["2024年1月31日"]]))
    assert [row[0] for row in rows_of(found)] == ["45322", "2024-01-31", "2024年1月31日"]


def test_the_main_sheet_is_read_and_the_others_are_named(staged, workbook):
    data = [["id", "score"], *([i, i % 5] for i in range(20))]
    found = staged(workbook("b.xlsx", 透视=[["行标签", "计数"], ["a", 3]], 数据=data))
    assert found.n_rows == 20
    assert "透视" in found.notes[0].say("zh-CN")
    assert "--sheet" in found.notes[0].say("en")


def test_sheets_with_the_same_columns_are_one_survey(staged, workbook):
    one, two = [["id", "分"], [1, 5], [2, 4]], [["id", "分"], [3, 3]]
    found = staged(workbook("m.xlsx", 一月=one, 二月=two))
    assert found.n_rows == 3
    assert [source.sheet for source in found.sources] == ["一月", "二月"]


def test_named_sheets_only(staged, rows_of, workbook, says):
    path = workbook("m.xlsx", 一月=[["id"], [1]], 二月=[["id"], [2]])
    assert rows_of(staged(path, sheets=("二月",))) == [["2"]]
    with pytest.raises(UnreadableFileError) as caught:
        staged(path, sheets=("三月",))
    says(caught, "m.xlsx", "三月", "一月", "二月")


def test_empty_rows_are_no_records_but_keep_the_sheet_row(staged, workbook):
    found = staged(workbook("g.xlsx", S=[[], ["a", "b"], [], [1, 2], [], [3, 4]]))
    assert found.n_rows == 2
    assert found.sources[0].first_data_row == 4


def test_an_xls_that_is_a_web_page(staged, rows_of, write):
    page = (
        "<html><meta charset='gb2312'><table><tr><th>编号</th><th colspan=2>评分</th></tr>"
        "<tr><td>1</td><td>5</td><td>好&amp;快</td></tr><tr><td>2</td><td>4</td><td></td></tr></table>"
    )
    found = staged(write("导出.xls", page, "gb18030"))
    assert rows_of(found) == [["1", "5", "好&快"], ["2", "4", None]]
    assert "导出.xls" in found.notes[0].say("zh-CN")


def test_an_xls_that_is_text(staged, rows_of, write):
    found = staged(write("导出.xls", "编号\t评分\n1\t5\n", "gb18030"))
    assert rows_of(found) == [["1", "5"]]
    assert "扩展名" in found.notes[0].say("zh-CN")


def test_wrong_extensions_are_read_as_what_they_are(staged, workbook, rows_of):
    path = workbook("x.xlsx", S=[["a", "b"], [1, 2]])
    for name in ("x.csv", "x.xls", "x.parquet"):
        other = path.with_name(name)
        other.write_bytes(path.read_bytes())
        found = staged(other)
        assert rows_of(found) == [["1", "2"]]
        assert name in found.notes[0].say("en")


def test_many_mixed_rows_say_cell_by_cell_what_the_workbook_holds(staged, rows_of, tmp_path):
    path, moment = tmp_path / "mixed.xlsx", dt.datetime(2026, 1, 31, 9, 5)  # noqa: DTZ001 -- Excel
    turns = (5, 4.25, "好", "", True, moment.date(), moment, dt.time(6, 30), "=1/0", "=1+1", "7 ")
    with xlsxwriter.Workbook(path, {"remove_timezone": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        at = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, ["号", "评分", "杂", "多为空"])
        for i in range(4_100):
            cell = turns[i % len(turns)]
            sheet.write_row(i + 1, 0, [i, i % 5 + 1])
            sheet.write(i + 1, 3, cell if i % 50 == 0 and cell in (5, 4.25) else "")
            if cell == "=1/0":
                sheet.write_formula(i + 1, 2, cell, None, "#DIV/0!")
            elif cell == "=1+1":
                sheet.write_formula(i + 1, 2, cell, None, 2)
            else:
                form = at if isinstance(cell, dt.datetime | dt.time) else day
                sheet.write(i + 1, 2, cell, form if hasattr(cell, "isoformat") else None)
    with path.open("rb") as content:
        native = python_calamine.CalamineWorkbook.from_filelike(content).get_sheet_by_index(0)
    said = [[cell_text(cell) for cell in row] for row in native.to_python()[1:]]
    assert rows_of(staged(path)) == said
    assert {row[2] for row in said} >= {"5", "4.25", "好", None, "TRUE", "2026-01-31", "2", "7 "}


def _far(path, row, column, *, filled=True):
    with xlsxwriter.Workbook(path) as book:
        sheet, form = book.add_worksheet("三月"), book.add_format({"bold": True})
        for i in range(30):
            sheet.write_row(i, 0, ["编号", "分"] if i == 0 else [i, i % 5 + 1])
        sheet.write(row, column, "x") if filled else sheet.write_blank(row, column, None, form)
    return path


IN_A_PROCESS = """
import resource, runpy, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from huiyin.collect.files.sheet_cells import read_parts
print("parts:", read_parts(Path(sys.argv[1]), least_bytes=0))
sys.argv = ["huiyin", "codebook", sys.argv[1]]
runpy.run_module("huiyin", run_name="__main__")
"""
"""A reading that asks for 512 GB aborts its process."""


def test_one_cell_in_the_last_corner_is_refused_in_a_sentence(tmp_path):
    path = _far(tmp_path / "角.xlsx", 1_048_575, 16_383)
    command = [sys.executable, "-c", IN_A_PROCESS, path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "parts: None" in done.stdout
    for word in ("角.xlsx", "三月", "XFD1048576", " 61 "):
        assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_far_cell_that_is_only_formatted_or_far_down_in_few_columns_does_no_harm(
    staged, rows_of, tmp_path
):
    path = _far(tmp_path / "f.xlsx", 1_048_575, 16_383, filled=False)
    assert len(rows_of(staged(path))) == 29
    assert staged(_far(tmp_path / "n.xlsx", 150_000, 4)).n_rows == 30


def test_a_workbook_is_parsed_before_numpy_is_loaded():
    code = "import sys, huiyin.collect.read; print({'numpy', 'pyarrow'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
