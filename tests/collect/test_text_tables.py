"""CSV and its kin: encodings, delimiters, quotes; every record kept, values untouched."""

import csv
import gzip
import random
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.collect.contracts import ReadOptions, UnreadableFileError
from huiyin.collect.files import dialect, encodings
from huiyin.collect.files.dialect import NONE, find_delimiter, records
from huiyin.collect.files.encodings import decode_line
from huiyin.collect.mixed_dates import ways_of_dates
from huiyin.collect.read import read

TABLE = "编号,评分,建议\n1,5,很好\n2,,“一般”\n3,4,等了很久\n"
ROWS = [["1", "5", "很好"], ["2", None, "“一般”"], ["3", "4", "等了很久"]]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_every_encoding_reads_alike(staged, rows_of, write, encoding):
    found = staged(write("数据.csv", TABLE, encoding))
    assert found.columns == ("编号", "评分", "建议")
    assert rows_of(found) == ROWS
    assert found.n_rows == 3
    assert found.notes == ()


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_western_single_byte_files_are_read_as_that(staged, rows_of, write, encoding):
    text = "id;avis\n1;Très bien reçu à la caisse\n2;déçu, élèves\n"
    found = staged(write("avis.csv", text, encoding))
    assert rows_of(found) == [["1", "Très bien reçu à la caisse"], ["2", "déçu, élèves"]]
    assert found.sources[0].encoding == encoding


def test_a_header_in_utf8_over_rows_in_gb18030_is_read_right(staged, rows_of, write):
    lines = ["nps,渠道\r\n".encode(), *["9,门店\r\n".encode("gb18030")] * 40]
    found = staged(write("混.csv", b"".join(lines)))
    assert found.columns == ("nps", "渠道")
    assert rows_of(found)[0] == ["9", "门店"]
    assert found.sources[0].encoding == "mixed"


def test_several_encodings_in_one_file_are_mended_line_by_line_and_named(staged, rows_of, write):
    lines = [b"id,words\n", "1,很好用\n".encode(), "2,太慢了客服\n".encode("gb18030")]
    lines += ["3,réussi très\n".encode("cp1252"), "4,amélioré ça\n".encode("cp850")]
    found = staged(write("混.csv", b"".join(lines)))
    assert [row[1] for row in rows_of(found)] == [
        "很好用",
        "太慢了客服",
        "réussi très",
        "amélioré ça",
    ]
    assert found.sources[0].encoding == "mixed"
    note = found.notes[0].say("zh-CN")
    assert "混.csv" in note
    assert "3, 4, 5" in note
    assert "gb18030" in note


def test_two_encodings_within_one_word_are_read_letter_by_letter():
    word = b"\x82l\xe8v\x82s"  # é in cp850, è in cp1252, as garden shops' files have it
    assert decode_line(b"les prix sont " + word)[0] == "les prix sont élèves"[:14] + "élèvés"


@pytest.mark.parametrize("mark", [",", "\t", ";", "|", "，"])
def test_the_delimiter_is_found(staged, rows_of, write, mark):
    found = staged(write("t.csv", TABLE.replace(",", mark)))
    assert rows_of(found) == ROWS


def test_commas_inside_cells_do_not_hide_a_semicolon():
    lines = ["a;b\n", '"x, y, z";1\n', '"q, r, s";2\n']
    assert find_delimiter(lines) == ";"


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_decimal_commas_are_no_delimiter(staged, rows_of, write, mark):
    rows = [[f"{i % 10},5", f"{i % 5},25"] for i in range(60)]
    lines = [mark.join(row) + "\n" for row in (["nps", "score"], *rows)]
    found = staged(write("de.csv", "".join(lines)))
    assert found.columns == ("nps", "score")
    assert rows_of(found) == rows


def test_semicolons_inside_the_cells_of_a_comma_table_are_no_delimiter():
    assert find_delimiter(["id,chosen\n", *(f"{i},2;{i % 3}\n" for i in range(60))]) == ","


def test_rows_longer_than_the_header_each_otherwise_keep_their_columns(staged, rows_of, write):
    rows = ["9,a,", "8,b,,x", "7,c,,,", "6,d", "5,e,,,,,"]
    found = staged(write("r.csv", "nps,c\n" + "".join(row + "\n" for row in rows)))
    assert found.columns[:2] == ("nps", "c")
    assert [row[:2] for row in rows_of(found)] == [row.split(",")[:2] for row in rows]


def test_one_column_of_prose_under_a_name_with_a_comma_stays_one():
    lines = ["意见,建议\n", "不错, 很快, 好\n", "好, 好, 好, 很好\n", "慢, 贵, 远, 吵, 旧\n"]
    assert find_delimiter(lines) == NONE


def test_tables_laid_out_by_blanks(staged, rows_of, write):
    found = staged(
        write("cd.txt", " id  date  dollars\r\n 0001 19970101   11.77\r\n 0002 19970112  9\r\n")
    )
    assert found.columns == ("id", "date", "dollars")
    assert rows_of(found) == [["0001", "19970101", "11.77"], ["0002", "19970112", "9"]]


def test_one_column_keeps_commas_and_blank_lines(staged, rows_of, write):
    found = staged(write("评论.txt", "评论\n不错, 很快\n\n太慢\n"))
    assert found.columns == ("评论",)
    assert rows_of(found) == [["不错, 很快"], [None], ["太慢"]]


def test_one_column_of_numbers(staged, rows_of, write):
    found = staged(write("nps.csv", "nps\n10\n9\n0\n"))
    assert rows_of(found) == [["10"], ["9"], ["0"]]


def test_values_are_untouched(staged, rows_of, write):
    values = [
        " 5 ",
        "005",
        "1e3",
        "=1+1",
        "-1",
        "NA",
        "null",
        "“”",
        "a\nb",
        'say "hi"',
        "0",
        "１２",
    ]
    path = write("v.csv", "")
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["k", "v"], *([str(i), v] for i, v in enumerate(values))])
    assert [row[1] for row in rows_of(staged(path))] == values


def test_line_breaks_in_the_header_and_in_cells(staged, rows_of, write):
    found = staged(write("b.csv", '"总体\n满意度",理由\n5,"好\n很好"\n4,"\n"\n'))
    assert found.columns == ("总体 满意度", "理由")
    assert rows_of(found) == [["5", "好\n很好"], ["4", "\n"]]
    assert found.sources[0].first_data_row == 3


def test_row_numbers_count_from_one_in_file_order(staged, write):
    path = write("n.csv", "k,v\n" + "".join(f"{i},{i * 2}\n" for i in range(200_000)))
    table = pq.read_table(staged(path).files[0])
    assert table.column("_row").to_pylist() == list(range(1, 200_001))
    assert table.column("k").to_pylist() == [str(i) for i in range(200_000)]


def test_gzipped_files_are_opened_by_themselves(staged, rows_of, tmp_path):
    path = tmp_path / "数据.csv.gz"
    path.write_bytes(gzip.compress(TABLE.encode("gb18030")))
    assert rows_of(staged(path)) == ROWS


def test_old_mac_and_windows_line_ends(staged, rows_of, write):
    for end in ("\r", "\r\n"):
        assert rows_of(staged(write("e.csv", TABLE.replace("\n", end)))) == ROWS


def test_duplicate_blank_and_reserved_headers_become_unique(staged, write):
    found = staged(write("d.csv", "分,分,,分 (2),_row,ID,id\n1,2,3,4,5,6,7\n"))
    assert len({name.casefold() for name in found.columns}) == 7
    assert found.columns == ("分", "分 (3)", "第3列", "分 (2)", "_row (2)", "ID", "id (2)")


def test_a_cut_off_last_row_is_kept_and_named(staged, rows_of, write):
    found = staged(write("cut.csv", "a,b,c\n1,2,3\n4,5,6\n7,8"))
    assert rows_of(found)[-1] == ["7", "8", None]
    assert "3" in found.notes[0].say("en")
    assert "cut off" in found.notes[0].say("en")
    assert "截断" in found.notes[0].say("zh-CN")


def test_longer_rows_lose_nothing_and_are_named(staged, rows_of, write):
    found = staged(write("long.csv", "a,b\n1,2\n3,4,5,6\n7,8\n9,\n"))
    assert rows_of(found)[:3] == [
        ["1", "2", None, None], ["3", "4", "5", "6"], ["7", "8", None, None],
    ]  # fmt: skip
    assert rows_of(found)[3] == ["9", None, None, None]
    assert found.columns[:2] == ("a", "b")
    assert "long.csv" in found.notes[0].say("zh-CN")
    assert len(found.notes) == 1


def test_an_unclosed_quote_swallows_no_other_row(staged, rows_of, write):
    body = "".join(f"{i},x\n" for i in range(3000))
    found = staged(write("q.csv", 'k,v\n1,"never closed\n' + body))
    assert found.n_rows == 3001
    assert rows_of(found)[0] == ["1", '"never closed']
    short = staged(write("q2.csv", 'k,v\n1,2\n2,"never closed\n3,4\n'))
    assert [row[0] for row in rows_of(short)] == ["1", "2", "3"]


def test_an_unclosed_quote_at_the_end_swallows_no_other_row(staged, rows_of, write):
    found = staged(write("q.csv", 'words\ngood\n"open\nslow\nfine\n'))
    assert [row[0] for row in rows_of(found)] == ["good", '"open', "slow", "fine"]


def test_a_quote_closed_rows_later_swallows_none_of_them(staged, rows_of, write):
    text = 'k,v,w\n1,"open,3\n2,x,4\n3,y,5\n4,"z",6\n5,"two\nlines",7\n'
    found = staged(write("q.csv", text))
    assert [row[0] for row in rows_of(found)] == ["1", "2", "3", "4", "5"]
    assert rows_of(found)[-1] == ["5", "two\nlines", "7"]


def test_a_quote_inside_a_cell_is_a_letter(staged, rows_of, write):
    found = staged(write("h.csv", "name,height\nA,6'3\" tall\nB,5'9\"\n"))
    assert [row[1] for row in rows_of(found)] == ["6'3\" tall", "5'9\""]


def test_r_writes_no_header_over_row_names(staged, rows_of, write):
    found = staged(write("r.csv", '"x","y"\n"1",3,4\n"2",5,6\n'))
    assert found.columns == ("column 1", "x", "y")
    assert rows_of(found) == [["1", "3", "4"], ["2", "5", "6"]]


def test_a_table_without_header_is_named_by_position(staged, write):
    found = staged(write("raw.csv", "1,88.5,2\n2,79.1,3\n3,90.0,1\n"))
    assert found.columns == ("column 1", "column 2", "column 3")
    assert found.n_rows == 3
    assert "no header" in found.notes[0].say("en")


def test_title_rows_above_the_header_are_skipped_and_told(staged, rows_of, write):
    found = staged(write("t.csv", "2026年满意度调查,,\n,,\n编号,评分,建议\n1,5,好\n"))
    assert found.columns == ("编号", "评分", "建议")
    assert rows_of(found) == [["1", "5", "好"]]
    assert "2026年满意度调查" in found.notes[0].say("zh-CN")


def test_five_thousand_columns(staged, write):
    header = ",".join(f"q{i}" for i in range(5000))
    rows = "\n".join(",".join(["5"] * 5000) for _ in range(30))
    found = staged(write("wide.csv", f"{header}\n{rows}\n"))
    assert (found.n_rows, len(found.columns)) == (30, 5000)


def test_dates_in_four_formats_stay_as_they_are(staged, rows_of, write):
    dates = ["2024-01-31", "31/01/2024", "2024年1月31日", "45322"]
    found = staged(write("d.csv", "时间,评分\n" + "".join(f"{d},5\n" for d in dates)))
    assert [row[0] for row in rows_of(found)] == dates
    note = found.notes[0].say("zh-CN")
    for word in ("d.csv", "时间", "2024-01-31", "31/01/2024", "2024年1月31日", "45322"):
        assert word in note


def test_ids_and_other_numbers_are_no_mixed_dates():
    assert ways_of_dates(["20001", "45322", "30000"]) == ()
    assert ways_of_dates(["2024-01-31", "good", "bad"]) == ()
    assert ways_of_dates(["2024-01-31", "2024-02-01 09:00"]) == ("2024-01-31",)


def test_several_files_of_one_survey_are_one(staged, rows_of, write):
    first = write("一月.csv", "id,评分\n1,5\n2,4\n")
    second = write("二月.csv", "评分,id,店\n3,9,甲\n", "gb18030")
    found = staged(first, second)
    assert found.columns == ("id", "评分", "店")
    assert rows_of(found) == [["1", "5", None], ["2", "4", None], ["9", "3", "甲"]]
    assert [source.n_rows for source in found.sources] == [2, 1]
    assert "店" in found.notes[0].say("zh-CN")
    assert pq.read_table(found.files[1]).column("_source").to_pylist() == [1]


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00\x1f", exclude_categories=["Cc"])
    | st.just("\n")
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=12))
def test_whatever_is_written_is_read_back(tmp_path, cells):
    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerows([["aa", "bb", "cc"], *cells])
    staged = read([path], ReadOptions("plain", None, tmp_path / "work"))
    rows = pq.read_table(staged.files[0], columns=list(staged.columns)).to_pylist()
    assert [list(row.values()) for row in rows] == [[c or None for c in row] for row in cells]


def test_records_agree_with_the_standard_reader_on_clean_text():
    random_ = random.Random(3)  # noqa: S311 -- nothing secret
    letters = ["a", ",", '"', "\n", "好", " "]
    for _ in range(300):
        rows = [["".join(random_.choices(letters, k=4)) for _ in range(3)] for _ in range(4)]
        import io

        out = io.StringIO()
        csv.writer(out).writerows(rows)
        lines = out.getvalue().splitlines(keepends=True)
        assert [row for row, _ in records(lines, ",")] == rows


def test_reading_text_does_not_load_pandas(write, tmp_path):
    for name, content in (
        ("a.csv", TABLE),
        ("b.csv", "a,b\n1,2\n3\n"),
        ("c.xls", "<table><tr><td>a<tr><td>1</table>"),
    ):
        code = (
            "import sys, pathlib; from huiyin.collect.read import ReadOptions, read;"
            f"read([pathlib.Path({str(write(name, content))!r})],"
            f" ReadOptions(None, None, pathlib.Path({str(tmp_path / 'w')!r})));"
            "print({'pandas', 'pyreadstat', 'duckdb'} & set(sys.modules))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "set()", name


@pytest.mark.parametrize("chunk", [1, 2, 3, 4, 5, 7, 64])
def test_utf8_is_told_wherever_a_character_is_cut(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr(encodings, "_CHUNK", chunk)
    file = tmp_path / "a.csv"
    whole = "编号,é\n1,很好🙂\n".encode()
    for content in (whole, b"", b"a", whole.rstrip()):
        file.write_bytes(content)
        assert encodings._is_utf8(file)
    broken = (
        whole[:-2] + b"\xf0\x9f\x99", b"\xff" + whole, whole + b"\xe4\xb8", whole + b"\x80\n",
        b"\xed\xa0\x80", b"\xc0\x80", b"\xf5\x80\x80\x80", "编号".encode("gb18030"),
    )  # fmt: skip
    for content in broken:
        file.write_bytes(content)
        assert not encodings._is_utf8(file), content


def test_long_cells_are_read_and_the_limit_is_that_of_before_afterwards():
    before = csv.field_size_limit()
    long = "长" * (before + 1)
    found = records(["a,b\n", f"{long},1\n", "x,2\n"], ",")
    assert next(found)[0] == ["a", "b"]
    assert next(found)[0] == [long, "1"]
    found.close()
    assert csv.field_size_limit() == before
    assert [row for row, _ in records([f"{long},1\n"], ",")] == [[long, "1"]]
    assert csv.field_size_limit() == before


def test_a_cell_longer_than_any_table_has_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(dialect, "MAX_FIELD_CHARACTERS", 1000)
    lines = ["a,b\n", "开头" + "长" * 1200 + ",1\n"]
    with pytest.raises(UnreadableFileError, match="开头长") as caught:
        list(records(lines, ","))
    assert "begins with" in caught.value.say("en")
