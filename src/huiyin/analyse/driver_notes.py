"""What must be said beside drivers: how the rows were drawn, what is missing, what is explained."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.contracts import Driver
from huiyin.analyse.driver_estimates import DriverEstimates
from huiyin.analyse.driver_plan import MOST_DRIVERS, DriverPlan
from huiyin.analyse.screening import HARDLY_CHANGED, Screened
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text
from huiyin.measure.contracts import RowSample

_LITTLE_EXPLAINED = 0.1
SAMPLED = Text(
    "由 {total:,} 行中随机抽取的 {n:,} 行算出。", "Computed from a random {n:,} of {total:,} rows."
)
FIRST_ONLY = TextBySurface(
    Text("要比较它们，请用 --driver 指定", "Name those you want with --driver"),
    Text("要比较它们，请自己选驱动因素", "Choose those you want as drivers"),
).within(
    Text(
        "评分列太多，只比较了前 {most} 列，另有 {n} 列没有比较；{how}。",
        "There are too many ratings: the first {most} were compared, {n} were not. {how}.",
    )
)
PAIRWISE = Text(
    "缺失评分按成对可用的回答处理，不整行丢弃。",
    "Missing ratings are handled pairwise: no row is dropped whole.",
)
COMPLETE_ROWS = Text(
    "成对相关矩阵自相矛盾（缺失太多），改用全部作答的 {n:,} 行。",
    "The pairwise correlations contradict each other (too much is missing): the {n:,} complete "
    "rows are used instead.",
)
CLUSTERED = Text(
    "同一客户有多份答卷，区间按客户重抽样。",
    "Customers answered more than once: whole customers are resampled for the intervals.",
)
REPAIRED = Text(
    "缺失使成对相关互相矛盾，相关系数最多调整了 {change:.2f} 才能一起使用。",
    "Missing answers made the pairwise correlations contradict each other: they were moved by up "
    "to {change:.2f} to fit together.",
)
LITTLE = Text(
    "这些因素合起来只解释了目标差异的 {r2:.0%}，排名只作参考。",
    "Together these drivers explain only {r2:.0%} of the differences in the target: take the "
    "ranking as a hint.",
)
RESAMPLES_LOST = Text(
    "{lost} 次重抽样无法计算，已略去。", "{lost} resamples could not be computed and were left out."
)


def left_out_notes(plan: DriverPlan) -> tuple[Text, ...]:
    """Say how many ratings were too many to be compared."""
    if not plan.left_out:
        return ()
    return (FIRST_ONLY.format(most=MOST_DRIVERS, n=plan.left_out),)


def driver_notes(
    sample: RowSample, screened: Screened, found: DriverEstimates, drivers: Sequence[Driver]
) -> tuple[Text, ...]:
    """Say what the numbers stand on, and what they leave open."""
    notes = []
    if sample.n < sample.n_total:
        notes.append(SAMPLED.format(n=sample.n, total=sample.n_total))
    if screened.missing_method == "complete_rows":
        notes.append(COMPLETE_ROWS.format(n=screened.n))
    elif any(driver.missing_share > 0 for driver in drivers):
        notes.append(PAIRWISE)
    if screened.largest_change > HARDLY_CHANGED:
        notes.append(REPAIRED.format(change=screened.largest_change))
    if sample.cluster is not None:
        notes.append(CLUSTERED)
    if found.r2 < _LITTLE_EXPLAINED:
        notes.append(LITTLE.format(r2=found.r2))
    if found.lost:
        notes.append(RESAMPLES_LOST.format(lost=found.lost))
    return tuple(notes)
