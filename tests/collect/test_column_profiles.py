"""Column profiles from staged Parquet."""

import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.codebook.contracts import Role
from huiyin.codebook.infer import infer_codebook
from huiyin.collect.column_profiles import SAMPLE_ROWS, profile_columns
from huiyin.collect.contracts import Staged
from huiyin.core.text import Text
from huiyin.engine.duck import Engine


@pytest.fixture
def stage(tmp_path):
    def run(*tables: pa.Table, row_group_size: int = 10_000) -> Staged:
        files = []
        for i, table in enumerate(tables):
            files.append(tmp_path / f"part{i}.parquet")
            pq.write_table(table, files[-1], row_group_size=row_group_size)
        n_rows = sum(table.num_rows for table in tables)
        names = tuple(tables[0].column_names)
        return Staged(tuple(files), names, "plain", Text("", ""), (), n_rows)

    return run


@pytest.fixture(scope="module")
def engine():
    with Engine() as engine:
        yield engine


def test_figures_of_a_small_text_column(stage, engine):
    values = ["1", "2", "2", " 3 ", None, "", "x", "1,200.5", "+4", "1e3"]
    column = profile_columns(stage(pa.table({"c": values})), engine)[0]
    assert (column.n, column.n_missing, column.n_distinct) == (10, 2, 7)
    assert column.top[0] == ("2", 2)
    assert column.numeric_share == 7 / 8
    assert column.integer_share == 5 / 8
    assert (column.minimum, column.maximum) == (1, 1200.5)
    assert not column.monotone
    assert column.max_length == 7


def test_native_types_are_spelt_plainly(stage, engine):
    table = pa.table(
        {
            "whole": pa.array([1.0, 2.0, None]),
            "flag": pa.array([True, False, True]),
            "day": pa.array([19000, 19001, 19002], pa.date32()),
            "list": pa.array([["a"], ["b", "c"], None]),
            "word": pa.array(["a", "b", "a"]).dictionary_encode(),
        }
    )
    found = {p.name: p for p in profile_columns(stage(table), engine)}
    assert found["whole"].native_type == "number"
    assert dict(found["whole"].top) == {"1": 1, "2": 1}
    assert found["flag"].native_type == "boolean"
    assert found["day"].date_share == 1
    assert found["list"].n_missing == 1
    assert dict(found["word"].top) == {"a": 2, "b": 1}


def test_no_rows_and_all_missing(stage, engine):
    empty = pa.table({"c": pa.array([], pa.string())})
    assert profile_columns(stage(empty), engine)[0].n == 0
    nothing = profile_columns(stage(pa.table({"c": pa.nulls(5, pa.string())})), engine)[0]
    assert (nothing.n_missing, nothing.numeric_share, nothing.minimum) == (5, 0, None)
    assert profile_columns(stage(pa.table({"c": pa.nulls(5)})), engine)[0].n_missing == 5


def test_a_long_file_is_sampled_over_its_whole_length(stage, engine):
    n = 3 * SAMPLE_ROWS
    table = pa.table(
        {"id": [str(i) for i in range(n)], "half": ["a"] * (n // 2) + ["b"] * (n // 2)}
    )
    profiles = profile_columns(stage(table), engine)
    unique, half = profiles
    assert unique.n == unique.n_distinct <= SAMPLE_ROWS
    assert unique.monotone
    assert unique.maximum > 0.95 * n
    assert abs(dict(half.top)["a"] / half.n - 0.5) < 0.2
    assert profile_columns(stage(table), engine) == profiles


def test_values_outside_the_sample_are_found(stage, engine):
    n = 3 * SAMPLE_ROWS
    rare = [None] * n
    rare[77_777] = "here"
    table = pa.table({"rare": pa.array(rare, pa.string()), "x": ["1"] * n})
    assert profile_columns(stage(table), engine)[0].top == (("here", 1),)


def test_several_files_are_looked_at_together(stage, engine):
    one, two = pa.table({"c": ["a", "b"]}), pa.table({"c": ["c", "a"]})
    column = profile_columns(stage(one, two), engine)[0]
    assert (column.n, column.n_distinct) == (4, 3)


def test_thousands_of_columns_go_through(stage, engine):
    table = pa.table({f"c{i}": ["1", "2", "x"] for i in range(3000)})
    began = time.perf_counter()
    assert len(profile_columns(stage(table), engine)) == 3000
    assert time.perf_counter() - began < 30


@pytest.mark.parametrize(
    ("dates", "day_first", "word"),
    [
        ([f"{i % 12 + 1:02d}/06/2024" for i in range(40)], True, "日在前"),
        ([f"06/{i % 12 + 1:02d}/2024" for i in range(40)], False, "月在前"),
        ([f"{i % 28 + 1:02d}/06/2024" for i in range(40)], None, ""),
    ],
)
def test_dates_that_fit_both_orders_are_said_to_be_checked(stage, engine, dates, day_first, word):
    profile = profile_columns(stage(pa.table({"时间": dates})), engine)[0]
    book = infer_codebook([profile], profile_name="plain")
    assert profile.day_first is day_first
    assert book["时间"].role is Role.TIME
    assert book["时间"].usable
    assert word in book["时间"].reason.say("zh-CN")
    assert [column.name for column in book.unsure_times] == (["时间"] if word else [])


def test_excel_serials_among_written_dates_are_dates_and_other_numbers_are_not(stage, engine):
    mixed = [str(45292 + i) if i % 2 else f"2024-01-{i % 28 + 1:02d}" for i in range(60)]
    amounts = ["2024-01-31" if i == 7 else str(30000 + 137 * i) for i in range(60)]
    time, amount = profile_columns(stage(pa.table({"时间": mixed, "金额": amounts})), engine)
    assert time.date_share == 1
    assert amount.date_share < 0.05
    assert infer_codebook([time], profile_name="plain")["时间"].role is Role.TIME
