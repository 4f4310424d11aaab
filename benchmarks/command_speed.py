"""Whole commands from a cold start: --help, a query on a small CSV, a report on a large file."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.reading_speed import made_up
from benchmarks.timing import timed_process

HUIYIN = str(Path(sys.executable).with_name("huiyin"))
ROOT = Path(__file__).resolve().parents[1]
AIRLINE = ROOT.parent / "shared" / "data" / "airline" / "kaggle_train.csv.gz"


def run() -> None:
    import polars as pl

    print("\n## Commands, whole process")
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.csv"
        pl.DataFrame(made_up(500)).write_csv(small)
        _timed("huiyin --help", [HUIYIN, "--help"], 0.4)
        _timed("huiyin query, 500 rows", [HUIYIN, "query", str(small), "-m", "nps", "--json"], 2.0)
        if not AIRLINE.exists():
            print("huiyin report on the airline file: the file is not here")
            return
        rows = pl.read_csv(AIRLINE)
        extra = rows.sample(129_880 - rows.height, seed=1).with_columns(pl.col("id") + 1_000_000)
        large = Path(folder) / "airline.csv"
        pl.concat([rows, extra]).write_csv(large)
        report = [HUIYIN, "report", str(large), "-o", folder]
        _timed("huiyin report, airline, 129,880 rows, HTML", report, 10.0, runs=3, warm_up=0)


def _timed(name: str, command: list[str], goal: float, *, runs: int = 5, warm_up: int = 1) -> None:
    times = timed_process(command, runs=runs, warm_up=warm_up)
    print(f"{name}: {times}; goal {goal} s: {'met' if times.median < goal else 'MISSED'}")
