"""Reading: a CSV of a million rows and an XLSX of 100,000, read, understood and checked."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.timing import Times, interleaved, timed_process

GOAL_CSV_SECONDS, GOAL_XLSX_SECONDS, GOAL_CSV_BYTES = 6.0, 3.0, 1.5 * 2**30
CHECKED = "import sys, huiyin as hy; d = hy.read(sys.argv[1]); print(d.ledger.n_valid); d.close()"
STAGED = (
    "import sys, pathlib; from huiyin.collect.read import ReadOptions, read;"
    "read([pathlib.Path(sys.argv[1])],"
    " ReadOptions(profile=None, sheets=None, work=pathlib.Path(sys.argv[2])))"
)


def made_up(rows: int) -> dict[str, np.ndarray]:
    """Make a survey of 25 columns: ids, time, duration, groups, ratings, amounts, comments."""
    rng = np.random.default_rng(7)
    words = np.array(["很满意", "服务态度好", "等太久了", "还可以", "价格有点高", "", "", ""])
    day = np.datetime64("2023-01-01") + rng.integers(0, 730, rows).astype("timedelta64[D]")
    columns: dict[str, np.ndarray] = {
        "答卷编号": np.arange(1, rows + 1),
        "提交时间": day.astype(str),
        "所用时间(秒)": rng.lognormal(4.5, 0.5, rows).astype(int),
        "客户编号": rng.integers(1, rows * 2, rows),
        "地区": np.array(["华东", "华南", "华北", "西南"])[rng.integers(0, 4, rows)],
        "渠道": np.array(["门店", "网上", "电话"])[rng.integers(0, 3, rows)],
        "您有多大可能向朋友推荐我们(0-10)": rng.integers(0, 11, rows),
        "总体满意度": rng.integers(1, 6, rows),
    }
    columns |= {f"{name}满意度": rng.integers(1, 6, rows) for name in ASPECTS}
    columns["年消费金额"] = rng.gamma(2.0, 500, rows).round(2)
    columns["您还有什么建议"] = words[rng.integers(0, len(words), rows)]
    return columns


ASPECTS = (
    *("产品质量", "服务态度", "响应速度", "价格", "物流", "售后", "环境", "结账"),
    *("停车", "导购", "品类", "包装", "退换", "会员", "页面"),
)


def write_files(csv: Path, xlsx: Path) -> None:
    import polars as pl

    frame = pl.DataFrame(made_up(1_000_000))
    frame.write_csv(csv)
    frame.head(100_000).write_excel(xlsx)


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        csv, xlsx = Path(folder) / "million.csv", Path(folder) / "hundred_thousand.xlsx"
        # In a process of its own: a large parent would count as the peak of its children.
        subprocess.run([sys.executable, "-m", "benchmarks.reading_speed", csv, xlsx], check=True)
        shape = f"1,000,000 × 25, {csv.stat().st_size / 2**20:.0f} MiB"
        print(f"\n## Reading a CSV of {shape}")
        times = timed_process([sys.executable, "-c", CHECKED, str(csv)], runs=3)
        print(f"read + codebook + cleaned, whole process: {times}")
        _goal(times, GOAL_CSV_SECONDS)
        print(f"goal 1.5 GiB: {'met' if (times.peak_bytes or 0) < GOAL_CSV_BYTES else 'MISSED'}")
        _peers(csv)
        print("\n## Reading an XLSX of 100,000 × 25")
        times = timed_process([sys.executable, "-c", STAGED, str(xlsx), folder], runs=3)
        print(f"staged, whole process: {times}")
        _goal(times, GOAL_XLSX_SECONDS)
        once = timed_process([sys.executable, "-c", CHECKED, str(xlsx)], runs=3)
        print(f"read + codebook + cleaned, whole process: {once}")
        slow = timed_process([sys.executable, "-c", OPENPYXL, str(xlsx)], runs=1, warm_up=0)
        print(f"openpyxl, reading only: {slow}; ratio {times.median / slow.median:.2f}")


OPENPYXL = (
    "import sys, openpyxl; w = openpyxl.load_workbook(sys.argv[1], read_only=True);"
    "sum(1 for _ in w.active.iter_rows(values_only=True))"
)


def _peers(csv: Path) -> None:
    import pandas as pd
    import polars as pl

    both = interleaved(
        {"pandas": lambda: pd.read_csv(csv), "polars": lambda: pl.read_csv(csv)}, runs=3
    )
    for name, times in both.items():
        print(f"{name}, reading only, nothing understood or checked: {times}")


def _goal(times: Times, goal: float) -> None:
    print(f"goal {goal} s: {'met' if times.median < goal else 'MISSED'}")


if __name__ == "__main__":
    write_files(Path(sys.argv[1]), Path(sys.argv[2]))
