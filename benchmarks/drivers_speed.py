"""Drivers: one LMG, and 1,000 resamples, of 12 drivers × 20,000 rows; beside relativeImp."""

from __future__ import annotations

import numpy as np

from benchmarks.timing import Times, interleaved, timed
from huiyin.stats.importance import lmg, lmg_many, percentile_intervals, resample_correlations

ROWS, DRIVERS, RESAMPLES = 20_000, 12, 1_000
GOAL_ONE_SECONDS, GOAL_RESAMPLED_SECONDS = 0.005, 2.0


def made_up(*, missing: bool) -> np.ndarray:
    """Make Likert answers with a common factor; the target stands last."""
    rng = np.random.default_rng(20240101)
    factor = rng.normal(size=(ROWS, 1))
    scores = factor + rng.normal(size=(ROWS, DRIVERS))
    target = scores @ np.linspace(0.1, 0.5, DRIVERS) + rng.normal(size=ROWS) * 2
    columns = np.column_stack([scores, target])
    answers = np.clip(np.round(3 + columns / columns.std(axis=0)), 1, 5)
    if missing:
        answers[rng.random(answers.shape) < 0.05] = np.nan
    return answers


def one(values: np.ndarray) -> np.ndarray:
    return lmg(np.corrcoef(values, rowvar=False))


def resampled(values: np.ndarray) -> object:
    rng = np.random.default_rng(0)
    return percentile_intervals(lmg_many(resample_correlations(values, RESAMPLES, rng)), level=0.95)


def run() -> None:
    import pandas as pd
    from relativeImp import relativeImp

    whole, holed = made_up(missing=False), made_up(missing=True)
    names = [f"d{i}" for i in range(DRIVERS)]
    frame = pd.DataFrame(whole, columns=[*names, "y"])
    print(f"\n## Drivers: {DRIVERS} × {ROWS:,} rows")
    both = interleaved(
        {
            "one LMG": lambda: one(whole),
            "relativeImp (Johnson's weights, no intervals)": lambda: relativeImp(
                frame, outcomeName="y", driverNames=names
            ),
        }
    )
    for name, times in both.items():
        print(f"{name}: {times}")
    ratio = both["one LMG"].median / both["relativeImp (Johnson's weights, no intervals)"].median
    print(f"ratio LMG / relativeImp: {ratio:.3f}")
    _goal("one LMG", both["one LMG"], GOAL_ONE_SECONDS)
    for name, values in {"complete": whole, "5 % missing, pairwise": holed}.items():
        times = timed(lambda values=values: resampled(values), runs=3)
        _goal(f"{RESAMPLES:,} resamples, {name}", times, GOAL_RESAMPLED_SECONDS)


def _goal(name: str, times: Times, goal: float) -> None:
    print(f"{name}: {times}; goal {goal} s: {'met' if times.median < goal else 'MISSED'}")
