"""NPS and satisfied share by channel × month: our plan beside SQL by hand, pandas, polars."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import Times, interleaved, machine, peak_of_this_process
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text
from huiyin.engine.contracts import Limits, Snapshot
from huiyin.engine.duck import Engine
from huiyin.measure.contracts import Grain, Query, Viewer
from huiyin.measure.run import CorridorOverSnapshot

GOAL_PLAIN, GOAL_CLUSTERED, GOAL_BYTES = 1.2, 2.0, 8 * 2**30
QUERY = Query(("nps", "satisfied"), by=("channel",), grain=Grain.MONTH)
CHUNK = 10_000_000
PLAIN_SQL = """
SELECT channel, date_trunc('month', _answered_on) AS period,
  count(nps), count(*) FILTER (nps >= 9), count(*) FILTER (nps <= 6),
  count(csat), count(*) FILTER (csat >= 4)
FROM read_parquet({files}) GROUP BY ALL"""
CLUSTERED_SQL = """
WITH psus AS (
  SELECT channel, date_trunc('month', _answered_on) AS period, customer,
    count(nps)::DOUBLE AS b0,
    (count(*) FILTER (nps >= 9) - count(*) FILTER (nps <= 6))::DOUBLE AS a0,
    count(csat)::DOUBLE AS b1, (count(*) FILTER (csat >= 4))::DOUBLE AS a1
  FROM read_parquet({files}) GROUP BY ALL)
SELECT channel, period, count(*), sum(b0), sum(a0), sum(a0 * a0), sum(a0 * b0), sum(b0 * b0),
  sum(b1), sum(a1), sum(a1 * a1), sum(a1 * b1), sum(b1 * b1)
FROM psus GROUP BY ALL"""
MADE_UP = """
COPY (SELECT range + 1 AS _row, 0::INTEGER AS _source, 0::BIGINT AS _flags,
  (DATE '2023-01-01' + (hash(range, 1) % 730)::INTEGER)::DATE AS _answered_on,
  ['App', '门店', '官网', '电话', '小程序', '邮件'][1 + (hash(range, 2) % 6)::INTEGER] AS channel,
  hash(range, 3) % {customers} AS customer,
  CASE WHEN hash(range, 4) % 20 > 0 THEN hash(range, 5) % 11 END::DOUBLE AS nps,
  CASE WHEN hash(range, 6) % 20 > 0 THEN 1 + hash(range, 7) % 5 END::DOUBLE AS csat
  FROM range({first}, {last})) TO '{path}' (FORMAT parquet)"""


def made_up(rows: int, folder: Path) -> tuple[Path, ...]:
    """Write answers of `rows`/5 customers over 24 months, in files of 10 million."""
    import duckdb

    files = []
    for first in range(0, rows, CHUNK):
        files.append(folder / f"{first}.parquet")
        last = min(first + CHUNK, rows)
        sql = MADE_UP.format(customers=rows // 5, first=first, last=last, path=files[-1])
        duckdb.execute(sql)
    return tuple(files)


def snapshot(files: tuple[Path, ...], rows: int, *, customers: bool) -> Snapshot:
    named = [
        Column("channel", Role.CHANNEL, Text.same("channel")),
        Column("nps", Role.NPS, Text.same("nps"), scale=Scale(0, 10)),
        Column("csat", Role.OVERALL, Text.same("csat"), scale=Scale(1, 5)),
        Column("customer", Role.CUSTOMER if customers else Role.META, Text.same("customer")),
    ]
    return Snapshot("made-up", files, Codebook(tuple(named)), rows)


def compiled(engine: Engine, files: tuple[Path, ...], rows: int, *, customers: bool) -> str:
    """Give the SQL of the one plan that the corridor fetches its sums with."""
    from huiyin.measure.cell_rows import CellSet
    from huiyin.measure.dataset import Dataset
    from huiyin.measure.periods import Window
    from huiyin.measure.plan import plan_moments, plan_outer, plan_psus
    from huiyin.measure.task import prepare

    data = Dataset(engine, snapshot(files, rows, customers=customers))
    task = prepare(data, QUERY, Viewer.owner())
    cells = CellSet(("channel",), (), Window(None, None), Grain.MONTH)
    values, design = task.wanted.values, task.drawn.design
    if not task.drawn.by_psu:
        return engine.compile(plan_moments(data, design, cells, values))
    psus = plan_psus(data, design, cells, values)
    return engine.compile(plan_outer(psus, design, cells, len(values)))


def with_pandas(files: tuple[Path, ...]) -> Callable[[], object]:
    import pandas as pd

    def action() -> object:
        columns = ["channel", "_answered_on", "nps", "csat"]
        table = pd.concat(pd.read_parquet(file, columns=columns) for file in files)
        table["period"] = pd.to_datetime(table["_answered_on"]).dt.to_period("M")
        table["high"], table["low"] = table["nps"] >= 9, table["nps"] <= 6
        table["good"] = table["csat"] >= 4
        return table.groupby(["channel", "period"]).agg(
            {"nps": "count", "high": "sum", "low": "sum", "csat": "count", "good": "sum"}
        )

    return action


def with_polars(files: tuple[Path, ...]) -> Callable[[], object]:
    import polars as pl

    def action() -> object:
        return (
            pl.scan_parquet(list(files))
            .group_by("channel", pl.col("_answered_on").dt.truncate("1mo"))
            .agg(
                pl.col("nps").count().alias("n"),
                (pl.col("nps") >= 9).sum().alias("high"),
                (pl.col("nps") <= 6).sum().alias("low"),
                pl.col("csat").count().alias("m"),
                (pl.col("csat") >= 4).sum().alias("good"),
            )
            .collect()
        )

    return action


def run(rows: int) -> None:
    """Print medians and ratios, engine time, warm."""
    print(f"\n## query: NPS and satisfied share by channel × month, {rows:,} rows")
    with tempfile.TemporaryDirectory() as folder, Engine() as engine:
        files = made_up(rows, Path(folder))
        names = [str(file) for file in files]
        fetch = _fetcher(engine)
        plain = {
            "SQL by hand": fetch(PLAIN_SQL.format(files=names)),
            "our plan": fetch(compiled(engine, files, rows, customers=False)),
            "pandas": with_pandas(files),
            "polars": with_polars(files),
        }
        _report(interleaved(plain, runs=3), GOAL_PLAIN)
        clustered = {
            "SQL by hand, two steps": fetch(CLUSTERED_SQL.format(files=names)),
            "our plan, by customer": fetch(compiled(engine, files, rows, customers=True)),
        }
        _report(interleaved(clustered, runs=3), GOAL_CLUSTERED)


def _fetcher(engine: Engine) -> Callable[[str], Callable[[], object]]:
    connection = engine._connection  # noqa: SLF001 -- the same connection for both sides
    return lambda sql: lambda: connection.sql(sql).to_arrow_table()


def _report(times: dict[str, Times], goal: float) -> None:
    hand, ours = list(times.values())[:2]
    for name, time in times.items():
        print(f"{name:<26} {time}")
    ratio = ours.median / hand.median
    met = "met" if ratio <= goal else "MISSED"
    print(f"{'ours / by hand':<26} {ratio:.2f} (goal ≤ {goal}: {met})")


def run_memory(rows: int) -> None:
    """Print the peak memory of one process that answers the query, plain, then clustered."""
    print(f"\n## memory: the same query, {rows:,} rows, on {machine()}")
    with tempfile.TemporaryDirectory() as folder:
        made_up(rows, Path(folder))
        for how in ("plain", "clustered"):
            command = [sys.executable, "-m", "benchmarks.query_speed", folder, str(rows), how]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            peak = int(done.stdout)
            met = "met" if peak < GOAL_BYTES else "MISSED"
            print(f"{how:<26} peak {peak / 2**30:.2f} GiB (goal < 8: {met})")


def answer_once(folder: str, rows: str, how: str) -> None:
    """Answer in this process and print its peak memory."""
    files = tuple(sorted(Path(folder).glob("*.parquet")))
    data = snapshot(files, int(rows), customers=how == "clustered")
    with Engine(Limits(memory="4GB")) as engine:
        CorridorOverSnapshot(engine, data, Viewer.owner()).answer(QUERY)
    print(peak_of_this_process())


if __name__ == "__main__":
    answer_once(*sys.argv[1:4])
