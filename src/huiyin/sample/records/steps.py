"""Logs of steps: cases pass one after the other, wait before each and are worked on in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from huiyin.sample.months import Floats, Ints
from huiyin.sample.ratings import Bools
from huiyin.sample.tables import stamps, words

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Step:
    """A step: hours waited before it and worked in it, each a median and a spread of logarithms."""

    name: str
    wait: tuple[float, float]
    work: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """When the work of each case on each step began and ended; `passed` where it came to it.

    All are arrays of (cases, steps), times in seconds since 1970.
    """

    passed: Bools
    begun: Ints
    ended: Ints


def drawn(rng: np.random.Generator, n: int, hours: tuple[float, float]) -> Floats:
    """Draw durations in seconds."""
    median, spread = hours
    return np.asarray(HOUR * median * np.exp(spread * rng.standard_normal(n)), dtype=np.float64)


def walk(start: Ints, passed: Bools, waits: Floats, works: Floats) -> Passage:
    """Lay the steps of each case one behind the other; those it leaves out take no time."""
    waits, works = np.where(passed, waits, 0.0), np.where(passed, works, 0.0)
    after = start[:, None] + np.cumsum(waits + works, axis=1)
    return Passage(passed, (after - works).astype(np.int64), after.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Log:
    """The rows of a log: which case and step each is, and when it was worked on."""

    case: Ints
    step: Ints
    begun: Ints
    ended: Ints
    running: Bools

    def columns(self, steps: Sequence[Step]) -> dict[str, Any]:
        """Give the columns that every log has."""
        return {
            "环节": words(self.step, [step.name for step in steps]),
            "开始时间": stamps(self.begun),
            "完成时间": stamps(self.ended, self.running),
        }


def logged(passage: Passage, end: int) -> Log:
    """List the steps that began before `end`; one that went on longer is still running."""
    case, step = np.nonzero(passage.passed & (passage.begun < end))
    begun, ended = passage.begun[case, step], passage.ended[case, step]
    return Log(case, step, begun, ended, ended >= end)
