"""The long run, in pieces: full simulations, large data, all benchmarks; written to docs/soak.md.

``python -m benchmarks.soak`` runs every piece, ``python -m benchmarks.soak coverage memory`` those
named. What a piece prints is shown as it comes; the page is written after each, and a piece that
was not run says so.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.timing import machine

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "soak.md"
QUIET = ["--no-header", "--disable-warnings", "-p", "no:cacheprovider"]
TESTS = [sys.executable, "-m", "pytest", "-v", "-n", "0", "-m", "soak", *QUIET]
BENCHMARK = [sys.executable, "-u", "-m", "benchmarks", "--soak"]
PIECES: dict[str, list[str]] = {
    "coverage": [*TESTS, "tests/soundness"],
    "files": [*TESTS, "tests/collect"],
    "analyses": [*TESTS, "tests/analyse"],
    "truths": [*TESTS, "tests/sample"],
    "lake": [*TESTS, "tests/lake"],
    **{name: [*BENCHMARK, name] for name in ("commands", "drivers", "reading", "query", "roles")},
    "kills": [*TESTS, "tests/app"],
    "server": [*BENCHMARK, "server"],
    "answers": [*BENCHMARK, "answers"],
    "surveys": [*BENCHMARK, "surveys"],
    "boards": [*BENCHMARK, "boards"],
    "many boards": [*BENCHMARK, "many boards"],
    "memory": [*BENCHMARK, "memory"],
    "lake speed": [*BENCHMARK, "lake"],
}
"""Every piece and its command; `files` has the CSV of 3 GB, `memory` the 100 million rows."""
NOT_RUN = "Not run."


def main() -> int:
    named = sys.argv[1:] or list(PIECES)
    unknown = set(named) - set(PIECES)
    if unknown:
        sys.exit(f"no piece named {', '.join(sorted(unknown))}; there are {', '.join(PIECES)}")
    worst = 0
    for name in named:
        print(f"\n=== {name}", flush=True)
        code, text = _run(PIECES[name])
        _write(_known() | {name: f"{_where()}, exit {code}.\n\n```\n{text.strip()}\n```"})
        worst = max(worst, abs(code))
    return worst


def _run(command: list[str]) -> tuple[int, str]:
    """Run a command, showing each line as it comes."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = []
    for line in process.stdout or ():
        sys.stdout.write(line)
        sys.stdout.flush()
        lines.append(line)
    text = "".join(lines).replace(f"{ROOT}/", "").replace(f"{Path.home()}/", "")
    return process.wait(), text


def _where() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    changed = " with local changes" if git("status", "--porcelain", "--", "src", "tests") else ""
    commit = git("rev-parse", "--short", "HEAD")
    return f"Commit {commit}{changed}, {datetime.now(UTC):%Y-%m-%d}, {machine()}"


def _known() -> dict[str, str]:
    """Read what earlier runs wrote, piece by piece."""
    if not PAGE.exists():
        return {}
    named = "|".join(PIECES)  # benchmarks print headings too
    parts = re.split(rf"^## ({named})$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def _write(found: dict[str, str]) -> None:
    pieces = "\n".join(f"\n## {name}\n\n{found.get(name, NOT_RUN)}" for name in PIECES)
    PAGE.write_text(f"# Soak\n\nMade by `make soak`, piece by piece.\n{pieces}\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
