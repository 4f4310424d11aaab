"""A worksheet read in parts holds what it holds when it is read whole."""

import random
import zipfile

import pytest
import python_calamine
import xlsxwriter

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.sheet_cells import PartedSheet, WholeSheet, read_parts
from huiyin.collect.files.workbook import open_workbook

WORDS = ["很满意", "等太久了 <row r='1'>", "", "a&b", "  ", "7", 7, 4.25, True, "=1+1"]


def _write(path, cells, **options):
    """Write {(row, column): value} as a workbook of one sheet."""
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("数据")
        for (row, column), value in sorted(cells.items()):
            if value == "=1+1":
                sheet.write_formula(row, column, value, None, 2)
            else:
                sheet.write(row, column, value)
    return path


def _whole(path):
    return WholeSheet(python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0))


def _rows(sheet, n_header_rows):
    return [
        row
        for columns in sheet.columns(n_header_rows)
        for row in zip(*(column.to_pylist() for column in columns), strict=True)
    ]


def _some_cells(seed, n_rows=120):
    """Make a sheet that starts anywhere, with holes, and rows wider than the others."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    top, left, width = chance.randrange(4), chance.randrange(3), chance.randrange(1, 5)
    cells = {(top, left + j): f"列{j}" for j in range(width)}
    for row in range(top + 1, top + n_rows):
        if chance.random() < 0.9:
            places = [left + j for j in range(width) if chance.random() < 0.8]
            places += [chance.randrange(8)] if chance.random() < 0.03 else []
            cells |= {(row, column): chance.choice(WORDS) for column in places}
    return cells


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("in_memory", [True, False])
def test_parts_say_what_the_whole_says(tmp_path, seed, in_memory):
    path = _write(tmp_path / "a.xlsx", _some_cells(seed), constant_memory=not in_memory)
    whole, parts = _whole(path), read_parts(path, least_bytes=0)
    if parts is None:  # a part would begin with an empty row
        pytest.skip("this sheet is not cut")
    assert len(parts.parts) > 1
    assert parts.first() == whole.first()
    for n_header_rows in (0, 1, 3):
        assert _rows(parts, n_header_rows) == _rows(whole, n_header_rows)


def test_most_sheets_are_cut(tmp_path):
    paths = [_write(tmp_path / f"{seed}.xlsx", _some_cells(seed)) for seed in range(12)]
    assert sum(read_parts(path, least_bytes=0) is not None for path in paths) > 6


def test_a_long_list_of_words_is_read_fewer_times(tmp_path):
    few = {(i, 0): i for i in range(400)}
    many = {(i, 0): f"第{i}条意见" for i in range(400)}
    n = [
        len(read_parts(_write(tmp_path / "a.xlsx", cells), least_bytes=0).parts)
        for cells in (few, many)
    ]
    assert n == [4, 2]


def test_a_small_sheet_is_read_whole(tmp_path):
    assert read_parts(_write(tmp_path / "a.xlsx", _some_cells(1))) is None


FOOT = "</sheetData></worksheet>"
MERGED = '</sheetData><mergeCells count="1"><mergeCell ref="A2:A9"/></mergeCells></worksheet>'
PREFIXED = MERGED.replace("<merge", "<x:merge").replace("</merge", "</x:merge")
COMMENT = "<!-- <row r='1'> -->"
QUOTED = '<c r="B1" t="inlineStr"><is><t><![CDATA[<row ]]></t></is></c>'


def _large(path, rows, foot=FOOT, before=""):
    """Write a workbook with rows of raw XML, many of which make it so large that it is cut."""
    with zipfile.ZipFile(_write(path, {(0, 0): "评分"})) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    head = sheet[: sheet.index("<sheetData>")] + before + "<sheetData>"
    body = "".join(rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in members.items():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            packed.writestr(name, head + body + foot if is_sheet else content)
    return path


def _row(number, more=""):
    return f'<row r="{number}" spans="1:1"><c r="A{number}"><v>{number}</v></c>{more}</row>'


N_LARGE = 160_000
LARGE = [_row(number) for number in range(1, N_LARGE + 1)]


def test_a_large_workbook_is_cut_and_keeps_its_rows(tmp_path):
    path = _large(tmp_path / "a.xlsx", LARGE)
    (table,) = open_workbook(path, None)
    assert isinstance(table.cells, PartedSheet)
    assert [row for (row,) in _rows(table.cells, 1)] == [str(i) for i in range(2, N_LARGE + 1)]
    assert table.line_of(5) == 6
    assert table.n_cells == N_LARGE


def _moved(rows, here, there):
    rows[here], rows[there] = rows[there], rows[here]
    return rows


def _few(n=400):
    return [_row(number) for number in range(1, n + 1)]


OUT_OF_PLACE = {
    "two rows changed places": _moved(_few(), 10, 350),
    "the last row comes first": _few()[::-1],
    "a row comes again": [*_few(), _row(5)],
    "one number for all": [_row(1)] * 400,
    "a cell of another row": [_row(5, '<c r="B350"><v>7</v></c>'), *_few()[5:]],
}


@pytest.mark.parametrize("rows", OUT_OF_PLACE.values(), ids=OUT_OF_PLACE)
def test_rows_out_of_place_are_read_whole(tmp_path, rows):
    assert read_parts(_large(tmp_path / "a.xlsx", rows), least_bytes=0) is None


@pytest.mark.parametrize("made", [MERGED.replace("mergeCell ", "mergeCell\n"), PREFIXED])
def test_merged_cells_are_seen_however_they_are_written(tmp_path, made):
    assert read_parts(_large(tmp_path / "a.xlsx", _few(), made), least_bytes=0) is None


def test_a_comment_before_the_rows_is_not_cut(tmp_path):
    path = _large(tmp_path / "a.xlsx", _few(), before='<!-- <row r="1"><c r="A1"> -->')
    assert read_parts(path, least_bytes=0) is None
    assert len(_rows(_whole(path), 0)) == 400


def test_the_sheet_of_another_folder_is_read_once(tmp_path):
    path = _large(tmp_path / "a.xlsx", _few())
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    members["xl/moved.xml"] = members["xl/worksheets/sheet1.xml"]
    links = members["xl/_rels/workbook.xml.rels"]
    members["xl/_rels/workbook.xml.rels"] = links.replace(b"worksheets/sheet1", b"moved")
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    assert len(_rows(_whole(path), 0)) == 400
    assert read_parts(path, least_bytes=0) is None


def test_a_sheet_of_blank_cells_holds_nothing(tmp_path):
    rows = [f'<row r="{i}"><c r="A{i}" s="0"/></row>' for i in range(1, 400)]
    parts = read_parts(_large(tmp_path / "a.xlsx", rows), least_bytes=0)
    assert (parts.n_cells, parts.first(), _rows(parts, 1)) == (0, [], [])


def _spoil(path, place, content):
    """Put bytes into what is packed of the sheet, or both entries of the directory say them."""
    name = b"xl/worksheets/sheet1.xml"
    whole = bytearray(path.read_bytes())
    starts = [whole.index(name), whole.rindex(name)]
    for start, fixed in zip(starts, (30, 46), strict=True):
        at = start + 300 if place is None else start - fixed + place + (fixed == 46) * 2
        if place is not None or fixed == 30:
            whole[at : at + len(content)] = content
    path.write_bytes(whole)


SPOILT = {
    "spoilt": (None, b"\xff" * 64),
    "packed in another way": (8, b"\x63"),
    "locked": (6, b"\1"),
}


@pytest.mark.parametrize(("place", "content"), SPOILT.values(), ids=SPOILT)
def test_a_sheet_that_cannot_be_unpacked_is_refused_with_a_sentence(tmp_path, place, content):
    path = _large(tmp_path / "a.xlsx", LARGE)
    _spoil(path, place, content)
    with pytest.raises(UnreadableFileError, match=r"a\.xlsx"):
        open_workbook(path, None)


@pytest.mark.parametrize(("more", "foot"), [("", MERGED), (COMMENT, FOOT), (QUOTED, FOOT)])
def test_what_cannot_be_cut_is_read_whole(tmp_path, more, foot):
    rows = (_row(i, more if i == N_LARGE // 2 else "") for i in range(1, N_LARGE + 1))
    (table,) = open_workbook(_large(tmp_path / "a.xlsx", rows, foot), None)
    assert isinstance(table.cells, WholeSheet)


def test_rows_that_do_not_say_their_place_are_read_whole(tmp_path):
    rows = (f"<row><c><v>{i}</v></c></row>" for i in range(N_LARGE * 2))
    (table,) = open_workbook(_large(tmp_path / "a.xlsx", rows), None)
    assert isinstance(table.cells, WholeSheet)


def test_a_large_broken_sheet_is_refused_with_a_sentence(tmp_path):
    rows = [_row(i) for i in range(1, N_LARGE + 1)]
    rows[N_LARGE // 2] = f'<row r="{N_LARGE // 2 + 1}"><c r="A1"><v>1</c></row>'
    with pytest.raises(UnreadableFileError, match=r"a\.xlsx"):
        open_workbook(_large(tmp_path / "a.xlsx", rows), None)
