"""Cells against numbers from outside: which benchmark speaks of a cell, and what it tells."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.core.text import Text, listed
from huiyin.measure.catalogue import Asked
from huiyin.measure.contracts import Benchmark, Cell, Unit
from huiyin.measure.estimates import Estimates
from huiyin.stats.skewness import difference_skewness

NO_ERROR = Text("一方算不出误差，无法检验", "one side has no error, cannot be tested")
NO_BENCHMARK_N = Text("基准没有样本量，无法检验", "cannot test: the benchmark comes without its n")
NOT_COMPARABLE = Text("口径不同，不能比较", "defined differently, not comparable")
PERCENT_READ = Text("基准 {value:g} 按百分数读", "the benchmark {value:g} was read as a percentage")

UNUSED = Text(
    "基准表里的“{row}”没有对上这次的任何指标或分组，未用",
    "the benchmark “{row}” fits no metric or group asked for and was not used",
)
PREFERRED = Text(
    "{metric} 在基准表里对上了不止一行：用了“{used}”，没用“{left}”",
    "more than one benchmark fits {metric}: “{used}” was used, “{left}” was not",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell against its reference, before the family is corrected.

    `n` and `other_n` count the answers of the two sides; `other_error` is that of the reference;
    `n_pairs` counts answers that stand on both; `error_skew` is the skewness of the error.
    """

    against: str
    reference: float | None = None
    difference: float = math.nan
    error: float = math.nan
    degrees_of_freedom: float = math.nan
    n: float = 0.0
    other_n: float = 0.0
    other_error: float = math.nan
    note: Text | None = None
    n_pairs: int | None = None
    error_skew: float = 0.0


def benchmark_difference(
    asked: Asked, cell: Cell, estimates: Estimates, i: int, benchmarks: Sequence[Benchmark]
) -> Difference | None:
    """Compare a cell with a number from outside; None where no benchmark fits it.

    With its n the benchmark's error is that of a simple random sample: of the share itself, or
    of the spread found in the cell. How one-sided its answers were is not known: as if not.
    """
    found = [b for b in benchmarks if fits(b, asked, cell)]
    if not found:
        return None
    chosen = _best(found)
    if not asked.reading.comparable:
        return Difference("benchmark", chosen.value, note=NOT_COMPARABLE)
    value, note = _in_unit(chosen, cell.unit)
    if cell.estimate is None:
        return Difference("benchmark", value, note=NO_ERROR)
    gap = cell.estimate - value
    if not chosen.n:
        return Difference("benchmark", value, gap, note=NO_BENCHMARK_N)
    spread = math.sqrt(value * (1 - value)) if cell.unit is Unit.SHARE else estimates.spread[i]
    own = float(estimates.intervals.standard_error[i])
    other = spread / math.sqrt(chosen.n)
    error = math.hypot(own, other)
    skew = difference_skewness((own, other), (estimates.error_skew[i], 0.0))
    return Difference(
        against="benchmark",
        reference=value,
        difference=gap,
        error=error,
        degrees_of_freedom=float(estimates.intervals.degrees_of_freedom[i]),
        n=cell.n,
        other_n=chosen.n,
        other_error=other,
        note=note,
        error_skew=float(skew),
    )


def _best(found: Sequence[Benchmark]) -> Benchmark:
    """Choose the row that names most groups, then the latest, then one that can be tested."""
    return max(found, key=lambda b: (len(b.by), b.year or "", b.n is not None))


def benchmark_notes(
    benchmarks: Sequence[Benchmark], cells: Sequence[Cell], asked: Mapping[str, Asked]
) -> list[Text]:
    """Name the benchmarks that speak of no cell, and those that another was preferred to.

    Parameters
    ----------
    benchmarks : sequence of Benchmark
    cells : sequence of Cell
    asked : mapping of str to Asked
        By the words of the metric.

    Returns
    -------
    list of Text
    """
    fitting = [[b for b in benchmarks if fits(b, asked[cell.metric], cell)] for cell in cells]
    unused = [b for b in benchmarks if not any(b in found for found in fitting)]
    notes = [UNUSED.format(row=listed([b.metric, *_groups(b)])) for b in unused]
    rivals = {(id(_best(f)), id(b)): (_best(f), b) for f in fitting for b in _rivals(f)}
    return notes + [
        PREFERRED.format(metric=b.metric, used=_told(best), left=_told(b))
        for best, b in rivals.values()
    ]


def _rivals(found: Sequence[Benchmark]) -> list[Benchmark]:
    """Give the rows that speak of the same cell as closely as the one that is used."""
    if not found:
        return []
    best = _best(found)
    return [b for b in found if b is not best and len(b.by) == len(best.by)]


def _groups(benchmark: Benchmark) -> list[str]:
    return [f"{name}={value}" for name, value in benchmark.by.items()]


def _told(benchmark: Benchmark) -> str:
    parts = (benchmark.year, benchmark.source, *_groups(benchmark), f"{benchmark.value:g}")
    return " ".join(part for part in parts if part)


def fits(benchmark: Benchmark, asked: Asked, cell: Cell) -> bool:
    """Tell whether a benchmark speaks of a cell: its metric, and every group it names."""
    named = {asked.text, asked.metric.id if ":" not in asked.text else asked.text}
    if asked.column is not None:
        named.add(f"{asked.metric.id}:{asked.column.name}")
    groups = all(cell.by.get(name) == value for name, value in benchmark.by.items())
    return benchmark.metric in named and groups


def _in_unit(benchmark: Benchmark, unit: Unit) -> tuple[float, Text | None]:
    value = benchmark.value
    if unit is Unit.SHARE and value > 1:
        return value / 100.0, PERCENT_READ.format(value=value)
    return value, None
