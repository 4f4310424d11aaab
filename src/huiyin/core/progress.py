"""How far a long run has come: a callback, so that no layer knows how it is shown."""

from __future__ import annotations

from typing import Protocol

from huiyin.core.text import Text


class Progress(Protocol):
    """Told what is being done, and how many of how many steps are behind."""

    def __call__(self, stage: Text, done: int, total: int) -> None:
        """Take note of one step."""
        ...


def no_progress(stage: Text, done: int, total: int) -> None:
    """Show nothing."""
    del stage, done, total
