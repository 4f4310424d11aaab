"""The long run: full simulations, large data, all benchmarks; written to docs/soak.md."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.timing import machine

ROOT = Path(__file__).resolve().parents[1]
TESTS = [sys.executable, "-m", "pytest", "-m", "soak", "-p", "no:cacheprovider"]
BENCHMARKS = [sys.executable, "-m", "benchmarks", "--soak"]


def main() -> int:
    commit = _output(["git", "rev-parse", "--short", "HEAD"])[1].strip()
    changed = bool(_output(["git", "status", "--porcelain"])[1].strip())
    tests_code, tests = _output(TESTS)
    bench_code, figures = _output(BENCHMARKS)
    page = (
        f"# Soak\n\nCommit {commit}{' with local changes' if changed else ''}, "
        f"{datetime.now(UTC):%Y-%m-%d}, {machine()}.\n\n"
        f"## Full simulations and large data (exit {tests_code})\n\n```\n{tests.strip()}\n```\n\n"
        f"## Benchmarks (exit {bench_code})\n\n{figures.strip()}\n"
    )
    (ROOT / "docs" / "soak.md").write_text(page, "utf-8")
    return tests_code or bench_code


def _output(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    return done.returncode, done.stdout


if __name__ == "__main__":
    sys.exit(main())
