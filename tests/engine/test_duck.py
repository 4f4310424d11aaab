"""The engine: plans, limits, cancelling, and what it says when it gives up."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.engine.contracts import EngineError, Limits
from huiyin.engine.duck import Engine
from huiyin.engine.startup import import_ibis


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "a [1] * 'x'.parquet"
    pq.write_table(pa.table({"g": ["x", "y", "x"] * 700, "v": list(range(2100))}), path)
    return path


def _endless(engine: Engine, path: Path):
    rows = engine.read_parquet([path])
    crossed = rows
    for i in range(3):
        crossed = crossed.cross_join(rows.view().rename({f"g{i}": "g", f"v{i}": "v"}))
    return crossed.agg(n=(crossed.v * crossed.v0 + crossed.v1 * crossed.v2).nunique())


def test_a_plan_runs_and_has_the_types_it_declares(engine, small):
    table = engine.read_parquet([small])
    sums = engine.run(table.group_by("g").agg(s=table.v.sum(), m=table.v.mean()).order_by("g"))
    assert sums.schema.field("s").type == pa.int64()
    assert sums.to_pydict()["s"] == [1_469_300, 734_650]


def test_rows_in_memory_can_be_joined(engine, small):
    table = engine.read_parquet([small])
    weights = engine.from_arrow(pa.table({"g": ["x"], "w": [2.0]}))
    found = engine.run(table.join(weights, "g").agg(s=lambda t: t.w.sum()))
    assert found.to_pydict() == {"s": [2800.0]}


def test_held_rows_are_those_of_the_plan_and_go_afterwards(engine, small):
    table = engine.read_parquet([small])
    plan = table.mutate(twice=table.v * 2)
    with engine.held(plan) as kept:
        assert engine.run(kept).equals(engine.run(plan))
    with pytest.raises(duckdb.CatalogException, match="held_"):
        engine.run(kept)


def test_a_written_file_appears_whole_under_an_awkward_name(engine, small, tmp_path):
    table = engine.read_parquet([small])
    target = tmp_path / "b'  [2]?.parquet"
    engine.write_parquet(table.mutate(w=table.v * 2), target)
    assert pq.read_table(target).num_rows == 2100
    assert not list(tmp_path.glob(".*.part"))


def test_files_are_matched_by_column_name(engine, tmp_path):
    one, other = tmp_path / "1.parquet", tmp_path / "2.parquet"
    pq.write_table(pa.table({"a": [1], "b": ["x"]}), one)
    pq.write_table(pa.table({"b": ["y"], "c": [2.0]}), other)
    rows = engine.run(engine.read_parquet([one, other]).order_by("b")).to_pydict()
    assert rows == {"a": [1, None], "b": ["x", "y"], "c": [None, 2.0]}


def test_the_time_limit_is_said(small):
    with Engine(Limits(seconds=0.2)) as engine, pytest.raises(EngineError, match=r"0\.2 s"):
        engine.run(_endless(engine, small))


def test_the_time_limit_does_not_hit_the_next_run(small):
    with Engine(Limits(seconds=0.3)) as engine:
        table = engine.read_parquet([small])
        engine.run(table.count())
        time.sleep(0.4)
        assert engine.run(table.count()).column(0).to_pylist() == [2100]


def test_cancelling_from_another_thread_stops_the_run(engine, small):
    timer = threading.Timer(0.3, engine.cancel)
    timer.start()
    with pytest.raises(EngineError, match="Cancelled"):
        engine.run(_endless(engine, small))
    assert engine.run(engine.read_parquet([small]).count()).column(0).to_pylist() == [2100]


def test_cancelling_nothing_is_harmless(engine, small):
    engine.cancel()
    assert engine.run(engine.read_parquet([small]).count()).column(0).to_pylist() == [2100]


def test_too_little_memory_is_said(tmp_path, small):
    limits = Limits(memory="12MB", threads=1, seconds=30, temporary=tmp_path / "spill")
    with Engine(limits) as engine:
        table = engine.read_parquet([small])
        other = table.view().rename(h="g", k="v")
        wide = table.cross_join(other.filter(other.k < 400))
        lists = wide.agg(all=wide.g.concat(wide.k.cast("string")).collect())
        with pytest.raises(EngineError, match="12MB"):
            engine.run(lists.select(n=lists["all"].length()))


def test_a_file_that_vanished_is_named(engine, small):
    table = engine.read_parquet([small])
    small.unlink()
    with pytest.raises(EngineError, match=r"a \[1\] \* 'x'") as fault:
        engine.run(table.count())
    assert "找不到" in fault.value.say("zh-CN")


def test_a_file_that_is_no_parquet_is_named(engine, tmp_path):
    path = tmp_path / "words.parquet"
    path.write_text("a,b\n1,2\n" * 50)
    with pytest.raises(EngineError, match="not a complete Parquet"):
        engine.read_parquet([path])


def test_a_full_disk_leaves_nothing_behind(engine, small, tmp_path):
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    from huiyin.engine.faults import engine_fault

    try:
        full.write_bytes(b"x")
    except OSError as error:
        fault = engine_fault(error, stopped_by=None, limits=Limits())
    assert "disk is full" in str(fault)
    with pytest.raises(EngineError):
        engine.write_parquet(engine.read_parquet([small]), tmp_path / "no folder" / "x.parquet")
    assert not (tmp_path / "no folder").exists()


def test_a_fault_of_the_program_is_not_dressed_up(engine, small):
    import duckdb

    table = engine.read_parquet([small])
    with pytest.raises(duckdb.Error):
        engine.run(table.select(n=table.g.cast("int64")))


def test_spilled_files_are_gone_after_closing():
    engine = Engine()
    folder = engine.limits.temporary or engine._spill
    engine.close()
    assert not folder.exists()


def test_the_network_is_off_and_the_configuration_locked(engine):
    settings = dict(
        engine._connection.sql(
            "select name, value from duckdb_settings() where name in "
            "('autoload_known_extensions', 'autoinstall_known_extensions', 'lock_configuration')"
        ).fetchall()
    )
    assert settings == {
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        "lock_configuration": "true",
    }


def test_a_query_loads_neither_pandas_nor_foreign_compilers(small):
    script = (
        "import sys; from pathlib import Path; from huiyin.engine.duck import Engine\n"
        "with Engine() as e: e.run(e.read_parquet([Path(sys.argv[1])]).count())\n"
        "bad = {'pandas', 'polars', 'scipy', 'ibis.backends.sql.compilers.bigquery'}\n"
        "print(sorted(bad & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(small)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_foreign_compiler_still_loads_when_asked_for():
    import_ibis()
    from ibis.backends.sql import compilers

    assert compilers.PostgresCompiler.__name__ == "PostgresCompiler"
    assert compilers.sqlite.compiler is not None


@pytest.mark.parametrize("n_columns", [3, 150])
def test_some_columns_come_as_a_plan_gives_them(engine, tmp_path, n_columns):
    names = [f'列 {i}"' for i in range(n_columns)]
    first = pa.table(
        {**{name: ["x", None, "y"] for name in names}, "n": [1, 2, 3], "l": [["a"], [], None]}
    )
    second = pa.table({**{name: ["z"] for name in names}, "n": [4], "l": [["b"]]})
    files = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    for file, rows in zip(files, (first, second), strict=True):
        pq.write_table(rows, file)
    table = engine.read_parquet(files)
    wanted = [names[2], names[0], "n"]
    assert engine.columns(table, wanted).equals(engine.run(table.select(*wanted)))
    assert engine.columns(table, ["l"]).to_pydict() == engine.run(table.select("l")).to_pydict()
    part = engine.narrow(table, wanted)
    assert list(part.columns) == wanted
    assert engine.run(part.filter(part.n > 3)).to_pydict() == {
        names[2]: ["z"], names[0]: ["z"], "n": [4],
    }  # fmt: skip
