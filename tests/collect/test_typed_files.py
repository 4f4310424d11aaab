"""SPSS and Parquet: types kept, labels and missing codes as hints."""

import datetime as dt

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from huiyin.codebook.contracts import Role
from huiyin.collect.contracts import NoRowsError


@pytest.fixture
def sav(tmp_path):
    frame = pd.DataFrame(
        {
            "id": [1.0, 2.0, 3.0], "sat": [1.0, 5.0, 99.0], "why": ["慢", "", "好"],
            "day": [dt.date(2024, 1, 2), None, dt.date(2024, 1, 4)], "w": [0.5, 1.25, None],
            "a1": [1.0, 0.0, 1.0],
        }
    )  # fmt: skip
    path = tmp_path / "调查.sav"
    pyreadstat.write_sav(
        frame, str(path), column_labels=["编号", "总体满意度", "原因", "日期", "权重", "选了甲"],
        variable_value_labels={"sat": {1.0: "很不满意", 5.0: "很满意", 99.0: "不知道"}},
        missing_ranges={"sat": [{"lo": 98, "hi": 99}]},
    )  # fmt: skip
    return path


def test_spss_keeps_types_labels_and_missing_codes(staged, sav):
    found = staged(sav)
    assert (found.profile, found.n_rows) == ("spss", 3)
    table = pq.read_table(found.files[0])
    assert table.column("sat").to_pylist() == [1, 5, 99]
    assert table.schema.field("sat").type == pa.int64()
    assert table.column("w").to_pylist() == [0.5, 1.25, None]
    assert table.column("why").to_pylist() == ["慢", None, "好"]
    assert table.column("day").to_pylist() == [dt.date(2024, 1, 2), None, dt.date(2024, 1, 4)]
    assert table.column("_row").to_pylist() == [1, 2, 3]
    hint = found.hints["sat"]
    assert hint.question == "总体满意度"
    assert hint.labels == {"1": "很不满意", "5": "很满意", "99": "不知道"}
    assert hint.missing_codes == ("99", "98")


def test_spss_beside_text_is_staged_as_text(staged, sav, write):
    found = staged(sav, write("more.csv", "id,sat\n4,5\n"))
    kinds = {pq.read_schema(file).field("sat").type for file in found.files}
    assert kinds == {pa.string()}
    assert found.n_rows == 4


def test_an_empty_spss_file(staged, tmp_path):
    path = tmp_path / "空.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": pd.Series([], dtype=float)}), str(path))
    with pytest.raises(NoRowsError):
        staged(path)


def test_parquet_is_staged_as_itself(staged, tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": [1, 2], "分": [4.5, None], "1": ["x", "y"]}), path)
    found = staged(path)
    assert found.files == (path,)
    assert found.columns == ("id", "分", "1")
    assert (found.n_rows, found.profile) == (2, "plain")


def test_parquet_files_are_one_dataset(staged, tmp_path):
    for name, ids in (("a", [1, 2]), ("b", [3])):
        pq.write_table(pa.table({"id": ids}), tmp_path / f"{name}.parquet")
    found = staged(tmp_path / "a.parquet", tmp_path / "b.parquet")
    assert found.n_rows == 3
    assert len(found.files) == 2


def test_parquet_beside_text_and_with_odd_names_is_staged_as_text(staged, rows_of, write, tmp_path):
    path = tmp_path / "a.parquet"
    table = pa.table([pa.array([1, None]), pa.array([True, False])], names=["k", "k"])
    pq.write_table(table, path)
    found = staged(path)
    assert found.columns == ("k", "k (2)")
    assert rows_of(found) == [["1", "true"], [None, "false"]]
    pq.write_table(pa.table({"k": [7], "d": [dt.date(2024, 1, 2)]}), path)
    both = staged(path, write("b.csv", "k,d\n8,2024-01-03\n"))
    assert rows_of(both) == [["7", "2024-01-02"], ["8", "2024-01-03"]]


def test_a_parquet_file_without_rows(staged, tmp_path):
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), tmp_path / "e.parquet")
    with pytest.raises(NoRowsError):
        staged(tmp_path / "e.parquet")


def test_multiple_response_sets_are_grouped():
    from types import SimpleNamespace

    from huiyin.collect.files.spss import _hints

    meta = SimpleNamespace(
        column_names=["a1", "a2"], column_names_to_labels={"a1": "甲", "a2": "乙"},
        variable_value_labels={}, missing_ranges={},
        mr_sets={"$a": {"is_dichotomy": True, "label": "买过什么", "variable_list": ["a1", "a2"]}},
    )  # fmt: skip
    hint = _hints(("a1", "a2"), meta)["a2"]
    assert (hint.group, hint.option, hint.role) == ("买过什么", "乙", Role.CHOICE_SET)
