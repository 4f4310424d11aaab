"""Collects the English words that questions are made of, and those that are no slip of them.

``python -m benchmarks.learn_words`` writes ``src/huiyin/ask/english_words.txt``: the words of the
question sets that stand often there, or in the documents, the most frequent first; then, after an
empty line, all others of the sets, the documents and the pages. The held-out questions are not
read.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from pathlib import Path

import yaml

from benchmarks.learn_kinds import ROOT
from huiyin.ask.slips import FILE
from huiyin.ask.spelling import HAN

SETS = ("open", "wide", "fresh", "later", "english")
WORD = re.compile(r"[a-z]{2,}")
ESCAPED = re.compile(r"\\[a-z]")
OFTEN, TWICE, SHORTEST, WIDTH = 3, 2, 4, 120
MISSPELLED = ("slips.py", "CHANGELOG.md")
"""They show words that are written wrong."""
TEXTS = (
    "docs/**/*.md",
    "*.md",
    "frontend/src/copy/en.json",
    "src/huiyin/ask/*.py",
    "src/**/*.yaml",
)


def main() -> None:
    """Write the file."""
    asked: Counter[str] = Counter()
    for name in SETS:
        for one in yaml.safe_load(_read(ROOT / f"tests/ask/questions/{name}.yaml")):
            if not HAN.search(one["text"]):
                asked.update(WORD.findall(one["text"].lower()))
    written: Counter[str] = Counter()
    for pattern in TEXTS:
        for path in sorted(ROOT.glob(pattern)):
            if path.name not in MISSPELLED:
                written.update(WORD.findall(ESCAPED.sub(" ", _read(path)).lower()))
    often = [
        word
        for word, n in sorted(asked.items(), key=lambda pair: (-pair[1], pair[0]))
        if max(n, written[word]) >= OFTEN and len(word) >= SHORTEST
    ]
    twice = {word for word, n in asked.items() if n >= TWICE}
    others = sorted((twice | set(written)) - set(often))
    parts = (textwrap.fill(" ".join(words), WIDTH) for words in (often, others))
    (ROOT / "src/huiyin/ask" / FILE).write_text("\n\n".join(parts) + "\n", "utf-8")


def _read(path: Path) -> str:
    return path.read_text("utf-8")


if __name__ == "__main__":
    main()
