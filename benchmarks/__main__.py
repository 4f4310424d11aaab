"""Every headline speed, in one run: ``python -m benchmarks [--soak] [NAME…]``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    answer_speed,
    board_speed,
    command_speed,
    drivers_speed,
    query_speed,
    reading_speed,
    role_accuracy,
    server_speed,
    survey_speed,
)
from benchmarks.timing import machine

SHARED = Path(__file__).resolve().parents[2] / "shared"

BENCHMARKS: dict[str, Callable[[], object]] = {
    "answers": answer_speed.run,
    "boards": board_speed.run,
    "commands": command_speed.run,
    "drivers": drivers_speed.run,
    "reading": reading_speed.run,
    "query": lambda: query_speed.run(20_000_000),
    "roles": lambda: role_accuracy.run(SHARED),
    "server": server_speed.run,
    "surveys": survey_speed.run,
}
SOAK: dict[str, Callable[[], object]] = {
    "many boards": lambda: board_speed.run(10_000_000),
    "memory": lambda: query_speed.run_memory(100_000_000),
    "lake": lambda: server_speed.run_lake(100_000_000),
}


def main() -> None:
    soak = "--soak" in sys.argv
    named = [name for name in sys.argv[1:] if not name.startswith("-")]
    possible = BENCHMARKS | SOAK
    unknown = set(named) - set(possible)
    if unknown:
        sys.exit(
            f"no benchmark named {', '.join(sorted(unknown))}; there are {', '.join(possible)}"
        )
    print(f"# Benchmarks on {machine()}; medians, [least … most]")
    for name in named or (possible if soak else BENCHMARKS):
        possible[name]()


if __name__ == "__main__":
    main()
