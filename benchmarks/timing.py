"""Medians of repeated runs, of a function or of a whole process."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Seconds of several runs."""

    seconds: tuple[float, ...]
    peak_bytes: int | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        spread = f"[{min(self.seconds):.3f} … {max(self.seconds):.3f}]"
        peak = f", peak {self.peak_bytes / 2**30:.2f} GiB" if self.peak_bytes else ""
        return f"{self.median:.3f} s {spread}{peak}"


def timed(action: Callable[[], object], *, runs: int = 5, warm_up: int = 1) -> Times:
    """Time a function in this process."""
    for _ in range(warm_up):
        action()
    return Times(tuple(_once(action) for _ in range(runs)))


def interleaved(
    actions: dict[str, Callable[[], object]], *, runs: int = 5, warm_up: int = 1
) -> dict[str, Times]:
    """Time several functions in turn, A B A B …, so that a drifting machine is fair to all."""
    for _ in range(warm_up):
        for action in actions.values():
            action()
    seconds: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(runs):
        for name, action in actions.items():
            seconds[name].append(_once(action))
    return {name: Times(tuple(values)) for name, values in seconds.items()}


def _once(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def timed_process(command: Sequence[str], *, runs: int = 5, warm_up: int = 1) -> Times:
    """Time a whole process, and take the largest peak memory of its runs."""
    seconds, peaks = [], []
    for run in range(warm_up + runs):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}: {errors.decode()}")
        if run >= warm_up:
            seconds.append(time.perf_counter() - start)
            peaks.append(usage.ru_maxrss * 1024)
    return Times(tuple(seconds), max(peaks))


def machine() -> str:
    """Say what machine this is."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, {pages / 2**30:.0f} GiB, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def peak_of_this_process() -> int:
    """Give the largest memory this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
