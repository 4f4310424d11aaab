"""Collects the words that questions are made of, to know slips of the pen and pinyin by.

``python -m benchmarks.learn_words`` writes two files of ``src/huiyin/ask``. In
``english_words.txt`` stand the words that are frequent in the question sets or the documents, the
most frequent first; then, after an empty line, all others of the sets, the documents and the pages.
``chinese_words.txt`` has those that are frequent in the sets. The held-out questions are not read.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from pathlib import Path

import rjieba
import yaml

from benchmarks.learn_kinds import ROOT
from huiyin.ask.slips import CHINESE_FILE, ENGLISH_FILE
from huiyin.ask.spelling import HAN

SETS = ("open", "wide", "fresh", "later", "chinese", "people", "english")
WORD = re.compile(r"[a-z]{2,}")
HAN_WORD = re.compile(r"[㐀-鿿]{2,}")
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
    """Write the files."""
    questions = [
        one["text"]
        for name in SETS
        for one in yaml.safe_load(_read(ROOT / f"tests/ask/questions/{name}.yaml"))
    ]
    english = [text.lower() for text in questions if not HAN.search(text)]
    _write(ENGLISH_FILE, _english_words(english))
    _write(CHINESE_FILE, [_chinese_words([text for text in questions if HAN.search(text)])])


def _english_words(questions: list[str]) -> list[list[str]]:
    asked = Counter(word for text in questions for word in WORD.findall(text))
    written: Counter[str] = Counter()
    for pattern in TEXTS:
        for path in sorted(ROOT.glob(pattern)):
            if path.name not in MISSPELLED:
                written.update(WORD.findall(ESCAPED.sub(" ", _read(path)).lower()))
    often = [
        word
        for word in _most_first(asked)
        if max(asked[word], written[word]) >= OFTEN and len(word) >= SHORTEST
    ]
    twice = {word for word, n in asked.items() if n >= TWICE}
    return [often, sorted((twice | set(written)) - set(often))]


def _chinese_words(questions: list[str]) -> list[str]:
    words = Counter(w for text in questions for w in rjieba.cut(text) if HAN_WORD.fullmatch(w))
    return [word for word in _most_first(words) if words[word] >= OFTEN]


def _most_first(words: Counter[str]) -> list[str]:
    return sorted(words, key=lambda word: (-words[word], word))


def _write(file: str, parts: list[list[str]]) -> None:
    text = "\n\n".join(textwrap.fill(" ".join(words), WIDTH) for words in parts)
    (ROOT / "src/huiyin/ask" / file).write_text(text + "\n", "utf-8")


def _read(path: Path) -> str:
    return path.read_text("utf-8")


if __name__ == "__main__":
    main()
