"""Margins and benchmarks that cannot be read end in one sentence of ours."""

import pytest

from huiyin.measure.contracts import QueryError
from huiyin.measure.outside import read_benchmarks, read_margins

MARGINS = "地区:\n  华东: 0.4\n  华北: 0.6\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_margins_in_the_encodings_that_editors_save(tmp_path, encoding):
    path = tmp_path / "总体.yaml"
    path.write_text(MARGINS, encoding)
    (margin,) = read_margins(path)
    assert (margin.column, dict(margin.shares)) == ("地区", {"华东": 0.4, "华北": 0.6})


@pytest.mark.parametrize("content", ["x\n", "metric,value\n", "", "metric,value\n\n"])
def test_an_empty_table_of_benchmarks_is_refused(tmp_path, content):
    path = tmp_path / "基准.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(QueryError, match="” holds no benchmarks"):
        read_benchmarks(path)
    path.with_suffix(".yaml").write_text("benchmarks:\n", "utf-8")
    with pytest.raises(QueryError, match="holds no benchmarks"):
        read_benchmarks(path.with_suffix(".yaml"))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.yaml", b"r:\n  x: [1\n  y: 2\n", "line 3, column 4: not valid YAML: a bracket"),
        ("a.yaml", b"r:\n\tx: 1\n", "line 2, column 1: not valid YAML: indent with blanks"),
        ("a.yaml", b"r:\n  x: 0.4\n  x: 0.6\n", "line 3: “x” stands twice"),
        ("a.yaml", b"r:\n  ok\xff\xfe\xfa", "line 2, column 5: no text stands there"),
        ("a.csv", b"\x00\x01\x02PNG", "line 1, column 1: no text stands there"),
        ("a.yaml", b"region: 0.4\n", "write lines `value: share` under “region”"),
        ("a.yaml", b"- 1\n- 2\n", "must be a list, each item with column, value, share"),
        ("a.csv", b"column,value,share\nr,x,1,200\n", "line 2: “200” is more than the header has"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(QueryError) as found:
        read_margins(tmp_path / name)
    assert words in str(found.value)


def test_a_folder_and_a_file_that_is_not_there_are_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError, match=r"“\.” is a folder"):
        read_margins(".")
    with pytest.raises(QueryError, match=r"no file “no\.xlsx”"):
        read_benchmarks("no.xlsx")


def test_values_are_the_words_that_stand_there(tmp_path):
    path = tmp_path / "总体.yaml"
    path.write_text("会员: {yes: 0.25, no: 0.75}\n", "utf-8")
    assert dict(read_margins(path)[0].shares) == {"yes": 0.25, "no": 0.75}


def test_aliases_within_aliases_are_read_once(tmp_path):
    path = tmp_path / "a.yaml"
    lines = ["a0: &a0 [x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 40)]
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(QueryError, match="value: share"):
        read_margins(path)
