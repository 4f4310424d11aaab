"""Each change is one version, readable by the engine, whatever the names and types."""

import datetime as dt
import threading

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.lake.contracts import (
    ChangedColumnError,
    NoSuchColumnError,
    NoTableError,
    RepeatedKeyError,
    UnstorableColumnError,
    VersionGoneError,
)
from huiyin.lake.draft import NO_MONTH


def test_every_type_and_name_comes_back_as_it_went(one, wide):
    one.do("replace", wide)
    (found,) = one.rows()
    (went,) = wide.to_pylist()
    assert found.pop("at").timestamp() == went.pop("at").timestamp()
    assert found == went


def test_files_that_differ_in_columns_are_read_as_one(one, rows):
    one.do("append", rows({"a": 1.0}))
    one.do("append", rows({"b": 2.0}, 新列=pa.array([["甲", "乙"]])))
    one.do("upsert", rows({"a": 3.0, "c": None}, month=None))
    assert [(r["response_id"], r["q"], r["新列"]) for r in one.rows()] == [
        ("a", 3.0, None), ("b", 2.0, ["甲", "乙"]), ("c", None, None),
    ]  # fmt: skip


def test_months_part_the_files_and_unknown_ones_have_their_own(one, rows):
    table = pa.concat_tables(
        [rows({"a": 1.0}), rows({"b": 1.0}, month=2), rows({"c": 1.0}, month=None)]
    )
    one.do("replace", table)
    found = {file.parent.name for file in one.table.snapshot().files}
    assert found == {"_month=2026-01-01", "_month=2026-02-01", "_month=__HIVE_DEFAULT_PARTITION__"}


def test_a_few_rows_join_as_they_would_with_an_engine(one, rows, wide):
    one.do("replace", wide)
    more = wide.set_column(0, "response_id", pa.array(["r2"]))
    one.do("extend", more)
    first, second = one.rows()
    assert second == first | {"response_id": "r2"}
    few = pa.concat_tables([rows({"s": 1.0}), rows({"t": 1.0}, month=None)]).drop_columns("q")
    one.do("extend", few)
    _, _, s, t = one.rows()
    assert (s["_answered_on"], t["_answered_on"]) == (dt.date(2026, 1, 1), None)
    assert {cell for name, cell in t.items() if name != "response_id"} == {None}
    folders = {file.parent.name for file in one.table.snapshot().files}
    assert folders == {f"_month={m}" for m in ("2026-03-01", "2026-01-01", NO_MONTH)}


def test_a_few_rows_join_once_and_only_where_there_is_a_table_of_theirs(one, rows):
    with pytest.raises(NoTableError):
        one.do("extend", rows({"a": 1.0}))
    version = one.do("append", rows({"a": 1.0}))
    with pytest.raises(NoSuchColumnError, match="新"):
        one.do("extend", rows({"b": 1.0}, 新=pa.array(["x"])))
    with pytest.raises(NoSuchColumnError, match="_answered_on"):
        one.do("extend", rows({"b": 1.0}).drop_columns("_answered_on"))
    assert (one.table.version(), one.contents()) == (version, {"a": 1.0})
    number = one.do("extend", rows({"b": 2.0}), number=7)
    assert one.do("extend", rows({"b": 3.0}), number=7) == number
    assert one.contents() == {"a": 1.0, "b": 2.0}
    assert len([*one.table.folder.glob("_month=*/*.parquet")]) == 2


def test_rows_may_stream_or_lie_in_files(one, rows, tmp_path):
    table = rows({f"r{i}": float(i) for i in range(100)})
    one.do("append", table.to_reader(max_chunksize=7))
    assert len(one.contents()) == 100
    pq.write_table(table, tmp_path / "一 [1].parquet")
    one.do("upsert", table.slice(0, 50).to_reader(max_chunksize=7))
    one.do("replace", [tmp_path / "一 [1].parquet"])
    assert one.contents() == {f"r{i}": float(i) for i in range(100)}


def test_upsert_replaces_whole_rows_and_moves_them_to_their_month(one, rows):
    one.do("append", rows({"a": 1.0, "b": 2.0}, 备注=["x", "y"]))
    one.do("append", rows({"c": 3.0}, month=2))
    untouched = set(one.table.snapshot().files[-1:])
    one.do("upsert", rows({"a": 9.0, "d": 4.0}, month=5))
    assert one.contents() == {"a": 9.0, "b": 2.0, "c": 3.0, "d": 4.0}
    assert one.rows()[0]["备注"] is None
    assert untouched <= set(one.table.snapshot().files)
    assert one.table.version() == 2


def test_upsert_into_nothing_and_by_another_key(one, rows):
    one.do("upsert", rows({"a": 1.0}, k=["x"]))
    one.do("upsert", rows({"b": 2.0}, k=["x"]), key="k")
    assert one.contents() == {"b": 2.0}


def test_a_key_twice_or_empty_is_refused_and_nothing_is_written(one, rows):
    one.do("append", rows({"a": 1.0}))
    twice = pa.concat_tables([rows({"b": 1.0}), rows({"b": 2.0})])
    for bad in (twice, rows({None: 1.0})):
        with pytest.raises(RepeatedKeyError, match="1"):
            one.do("upsert", bad)
    with pytest.raises(NoSuchColumnError):
        one.do("upsert", rows({"b": 1.0}), key="no")
    assert one.contents() == {"a": 1.0}
    assert len(list(one.table.folder.rglob("*.parquet"))) == 1


def test_replace_may_change_a_type_append_may_not(one, rows):
    one.do("append", rows({"a": 1.0}, x=["1"], 选=pa.array([["u"]])))
    with pytest.raises(ChangedColumnError, match="“x” was x string and now comes as x double"):
        one.do("append", rows({"b": 1.0}, x=[1.0]))
    with pytest.raises(ChangedColumnError, match="array<string>"):
        one.do("upsert", rows({"b": 1.0}, 选=["u"]))
    with pytest.raises(ChangedColumnError):
        one.do("append", rows({"b": 1.0}, X=["1"]))
    assert one.contents() == {"a": 1.0}
    assert len(list(one.table.folder.rglob("*.parquet"))) == 1
    moment = dt.datetime(2026, 1, 1)  # noqa: DTZ001 -- without a zone on purpose
    one.do("replace", rows({"b": 1.0}, x=[moment]))
    assert one.rows()[0]["x"] == moment
    one.do("append", rows({"c": 1.0}, x=[moment]))
    assert len(one.rows()) == 2


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("时长", pa.array([1], pa.duration("s"))),
        ("空", pa.nulls(1)),
        ("套", pa.array([{"a": 1}])),
        ("_month", pa.array(["x"])),
        ("套列", pa.array([[[1]]])),
    ],
)
def test_what_delta_cannot_keep_is_refused_by_name(one, rows, name, values):
    with pytest.raises(UnstorableColumnError, match=name):
        one.do("append", rows({"a": 1.0}, **{name: values}))
    assert one.table.version() is None


def test_a_day_of_the_answer_is_needed(one, rows):
    with pytest.raises(NoSuchColumnError, match="_answered_on"):
        one.do("append", rows({"a": 1.0}).drop_columns(["_answered_on"]))
    with pytest.raises(UnstorableColumnError, match="_answered_on"):
        one.do(
            "append",
            rows({"a": 1.0})
            .drop_columns(["_answered_on"])
            .append_column("_answered_on", pa.array(["2026-01-01"])),
        )


def test_nothing_written_yet(one):
    assert one.table.version() is None
    assert one.table.versions() == ()
    with pytest.raises(NoTableError):
        one.table.snapshot()
    for verb, args in (("erase", ("q", [1])), ("compact", ()), ("rollback", (0,))):
        with pytest.raises(NoTableError):
            one.do(verb, *args)
    assert not one.table.folder.exists()


def test_an_id_that_is_no_uuid_reaches_no_folder(one):
    with pytest.raises(ValueError, match="badly formed"):
        one.lake.table("../../etc")


def test_versions_tell_what_happened(one, rows):
    one.do("append", rows({"a": 1.0, "b": 2.0}), metadata={"import_id": "第一次"})
    one.do("append", rows({"c": 3.0}, z=[1.0]))
    facts = one.table.versions()
    assert [(v.version, v.operation, v.n_rows) for v in facts] == [
        (2, "append", 3), (1, "columns", 2), (0, "append", 2),
    ]  # fmt: skip
    assert facts[-1].metadata == {"import_id": "第一次"}
    assert all(v.readable and v.at.tzinfo is dt.UTC for v in facts)
    assert len(one.table.versions(limit=1)) == 1


def test_an_old_version_stays_readable(one, rows):
    one.do("append", rows({"a": 1.0}))
    one.do("replace", rows({"b": 2.0}))
    assert one.contents(0) == {"a": 1.0}
    assert one.contents() == {"b": 2.0}
    with pytest.raises(VersionGoneError, match=r"Version 8 cannot be read: versions 1 to 2"):
        one.table.snapshot(7)
    with pytest.raises(VersionGoneError):
        one.table.snapshot(-1)


def test_rollback_is_a_new_version_and_keeps_what_is_done(one, rows):
    first = one.do("append", rows({"a": 1.0}))
    one.do("upsert", rows({"a": 5.0, "b": 2.0}), app="sync", number=7)
    assert one.do("rollback", first) == 2
    assert one.contents() == {"a": 1.0}
    assert one.do("upsert", rows({"a": 5.0}), app="sync", number=7) == 2
    assert one.contents() == {"a": 1.0}
    with pytest.raises(VersionGoneError):
        one.do("rollback", 9)
    assert one.do("rollback", 2) == 3
    assert one.contents() == {"a": 1.0}


def test_a_batch_is_written_once(one, rows):
    for _ in range(3):
        assert one.do("append", rows({"a": 1.0}), app="i", number=4) == 0
    assert one.do("replace", rows({"b": 1.0}), app="i", number=3) == 0
    assert one.do("append", rows({"b": 1.0}), app="j", number=3) == 1
    assert one.contents() == {"a": 1.0, "b": 1.0}


def test_compacting_joins_small_files_and_changes_no_row(one, rows):
    for i in range(5):
        one.do("append", rows({f"r{i}": float(i)}, **({"新": ["x"]} if i == 3 else {})))
    before, version = one.rows(), one.table.version()
    assert one.do("compact") == version + 1
    assert len(one.table.snapshot().files) == 1
    assert one.rows() == before
    assert one.do("compact") == version + 1


@pytest.mark.parametrize("n", [30, pytest.param(200, marks=pytest.mark.soak)])
def test_tiny_files_become_one_under_the_eyes_of_readers(one, rows, n):
    for i in range(n):
        one.do("append", rows({f"r{i:03}": float(i)}))
    opened, before = one.table.snapshot(), one.contents()
    assert len(opened.files) == n
    over, seen = threading.Event(), []

    def read():
        while not over.is_set():
            seen.append(one.contents())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        one.do("compact")
        one.vacuum(dt.timedelta(hours=1))
    finally:
        over.set()
        reader.join()
    assert all(found == before for found in [*seen, one.contents()])
    assert len(one.table.snapshot().files) == 1
    assert sum(pq.read_table(file).num_rows for file in opened.files) == n
    one.vacuum()
    assert len(list(one.table.folder.rglob("_month*/*.parquet"))) == 1
    assert one.contents() == before


def test_many_versions_survive_checkpoints(one, rows):
    for i in range(25):
        one.do("append", rows({f"r{i:02}": float(i)}))
    assert list((one.table.folder / "_delta_log").glob("*.checkpoint.parquet"))
    assert len(one.contents()) == 25
    assert len(one.contents(3)) == 4
    assert one.do("append", rows({"x": 1.0}), number=25) == 24


def test_a_reader_that_fails_half_way_leaves_nothing(one, rows):
    one.do("append", rows({"a": 1.0}))
    good = rows({f"r{i}": 1.0 for i in range(300_000)})

    def batches():
        yield from good.to_batches(max_chunksize=50_000)
        raise ValueError("第 7 行读不出来")

    with pytest.raises(Exception, match="第 7 行读不出来"):
        one.do("replace", pa.RecordBatchReader.from_batches(good.schema, batches()))
    assert one.contents() == {"a": 1.0}
    assert len(list(one.table.folder.rglob("*.parquet"))) == 1


def test_what_must_stand_first_stands_before_the_commit_or_nothing_does(one, rows):
    one.do("replace", rows({"a": 1.0}))

    def not_ready():
        assert len(list(one.table.folder.rglob("*.parquet"))) == 2  # the files are there already
        raise ValueError("还没写好")

    with pytest.raises(ValueError, match="还没写好"):
        one.do("replace", rows({"b": 2.0}), before_commit=not_ready)
    assert one.contents() == {"a": 1.0}
    assert len(list(one.table.folder.rglob("*.parquet"))) == 1
    seen = []
    one.do("replace", rows({"b": 2.0}), before_commit=lambda: seen.append(one.contents()))
    assert (seen, one.contents()) == ([{"a": 1.0}], {"b": 2.0})


def test_no_answers_make_an_empty_version(one, rows):
    one.do("append", rows({"a": 1.0}))
    one.do("replace", rows({}))
    assert one.rows() == []
    one.do("append", rows({"b": 1.0}))
    assert one.contents() == {"b": 1.0}
