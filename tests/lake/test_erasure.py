"""Erased is erased: no file, log or earlier version holds a byte of it."""

import datetime as dt
import os
import time

import pyarrow as pa
import pytest

from huiyin.lake.contracts import NoSuchColumnError, VersionGoneError

WORDS = "张三的电话一三八"
OTHER = "别人说的话"


def told(rows, ids, words, month=1):
    return rows(dict.fromkeys(ids, 1.0), month=month, 原话=words, amount=[7654321.25] * len(ids),
                选=pa.array([[w] for w in words]))  # fmt: skip


def bytes_of(one):
    return b"".join(p.read_bytes() for p in one.table.folder.rglob("*") if p.is_file())


@pytest.fixture
def spoken(one, rows):
    one.do("append", told(rows, ["秘密编号", "r2"], [WORDS, OTHER]))
    one.do("append", told(rows, ["r3"], [OTHER], month=2))
    one.do("upsert", told(rows, ["秘密编号"], [WORDS + "改"], month=None))
    assert WORDS.encode() in bytes_of(one)
    return one


def test_the_log_holds_no_word_id_or_number_of_an_answer(spoken, rows):
    for i in range(20):  # past a checkpoint
        spoken.do("append", told(rows, [f"x{i}"], [WORDS]))
    spoken.do("compact")
    assert list((spoken.table.folder / "_delta_log").glob("*.checkpoint.parquet"))
    log = spoken.log()
    for word in (WORDS, OTHER, "秘密编号", "r2", "7654321"):
        assert word.encode() not in log
    assert b"numRecords" in log
    assert b"2026-02-01" in log


def test_no_byte_is_left(spoken):
    spoken.do("erase", "response_id", ["秘密编号", "never"], metadata={"ledger": "h"})
    assert [row["response_id"] for row in spoken.rows()] == ["r2", "r3"]
    left = bytes_of(spoken)
    assert WORDS.encode() not in left
    assert "秘密编号".encode() not in left
    assert OTHER.encode() in left


def test_earlier_versions_are_gone_and_say_so(spoken):
    version = spoken.do("erase", "response_id", ["秘密编号"])
    with pytest.raises(VersionGoneError, match=f"only version {version + 1} can"):
        spoken.table.snapshot(version - 1)
    with pytest.raises(VersionGoneError):
        spoken.do("rollback", 0)
    assert [v.readable for v in spoken.table.versions()] == [True, False, False, False]
    assert spoken.table.versions()[1].n_rows is None


def test_with_a_grace_readers_may_finish_but_nothing_reads_it_anew(spoken):
    files = spoken.table.snapshot().files
    spoken.do("erase", "response_id", ["秘密编号"], grace=dt.timedelta(minutes=5))
    assert all(file.exists() for file in files)
    with pytest.raises(VersionGoneError):
        spoken.table.snapshot(2)
    assert spoken.vacuum() > 0
    assert WORDS.encode() not in bytes_of(spoken)


def test_who_left_the_newest_version_is_erased_from_the_earlier_ones(one, rows):
    one.do("append", told(rows, ["a"], [WORDS]))
    one.do("replace", told(rows, ["b"], [OTHER]))
    version = one.do("erase", "response_id", ["a"])
    assert version == 2
    assert WORDS.encode() not in bytes_of(one)
    assert [row["response_id"] for row in one.rows()] == ["b"]


def test_erasing_all_leaves_an_empty_table(spoken, rows):
    spoken.do("erase", "amount", [7654321.25])
    assert spoken.rows() == []
    assert WORDS.encode() not in bytes_of(spoken)
    spoken.do("append", told(rows, ["n"], [OTHER]))
    assert len(spoken.rows()) == 1


def test_a_repeated_erasure_still_cleans(spoken):
    spoken.do("erase", "response_id", ["秘密编号"], app="e", number=1, grace=dt.timedelta(hours=1))
    version = spoken.table.version()
    assert spoken.do("erase", "response_id", ["秘密编号"], app="e", number=1) == version
    assert WORDS.encode() not in bytes_of(spoken)


def test_a_column_that_is_not_there_is_named(spoken):
    with pytest.raises(NoSuchColumnError, match="nobody"):
        spoken.do("erase", "nobody", ["x"])
    assert spoken.table.version() == 2


def test_cleaning_spares_what_is_young(spoken):
    stray = spoken.table.folder / "_month=2026-01-01" / "part-broken-1.parquet"
    stray.write_bytes(WORDS.encode())
    assert spoken.vacuum(dt.timedelta(hours=1)) == 0
    hours_ago = time.time() - 7200
    os.utime(stray, (hours_ago, hours_ago))
    assert spoken.vacuum(dt.timedelta(minutes=121)) == 0
    assert spoken.vacuum(dt.timedelta(hours=1)) == 1
    assert not stray.exists()
    assert len(spoken.rows(0)) == 2
