"""The questions of one person about one dataset, in files that every process of the server shares.

A full file is followed by the next, and only the last two stay: nobody locks, no line is lost, and
however much is asked they do not grow.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huiyin.web.system import System

MOST_KEPT = 500
"""Questions looked back at, of one person about one dataset; so many make a file full."""
FULL_BYTES = 1_000_000
FOLDER = "stood_on"


def asked_folder(system: System) -> Path:
    """Give where questions are kept; what nobody added to for a while may go."""
    folder = system.folders.cache / FOLDER
    folder.mkdir(exist_ok=True)
    return folder


class KeptQuestions:
    """The questions of one person about one dataset, in numbered files of a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder / name
        self._files = sorted(self._folder.glob("*.jsonl"))
        self._lines = [self._read(path) for path in self._files[-2:]]

    @staticmethod
    def _read(path: Path) -> list[str]:
        try:
            return path.read_text("utf-8").splitlines()
        except FileNotFoundError:  # another process has removed it
            return []

    def since(self, moment: str) -> list[dict[str, Any]]:
        """Give the latest questions; a line that a stop cut short is none."""
        lines = [line for some in self._lines for line in some][-MOST_KEPT:]
        found = [json.loads(line) for line in lines if line.endswith("}}")]
        return [entry for entry in found if entry["at"] >= moment]

    def add(self, *entries: Mapping[str, Any]) -> None:
        """Add questions, each with a mapping at its end; begin the next file where one is full."""
        self._folder.mkdir(exist_ok=True)
        os.utime(self._folder)  # who tidies up sees that it is used
        with self._last().open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in entries)
        for path in self._files[:-2]:
            path.unlink(missing_ok=True)

    def _last(self) -> Path:
        lines = self._lines[-1] if self._lines else []
        full = len(lines) >= MOST_KEPT or sum(map(len, lines)) >= FULL_BYTES
        if not self._files or full:
            number = int(self._files[-1].stem) + 1 if self._files else 0
            self._files.append(self._folder / f"{number:08d}.jsonl")
        return self._files[-1]
