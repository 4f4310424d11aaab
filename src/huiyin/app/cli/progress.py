"""A progress line on stderr, where a person is watching."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from huiyin.core.progress import Progress, no_progress
from huiyin.core.text import Text


@contextmanager
def shown_progress(language: str, *, quiet: bool, lines: bool = False) -> Iterator[Progress]:
    """Show stages on stderr while the block runs.

    Where stderr is no terminal: nothing, or with `lines` a line for each stage.
    """
    if lines and not quiet and not sys.stderr.isatty():
        yield _lines(language)
        return
    if quiet or not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(stage: Text, done: int, total: int) -> None:
            bar.update(task, description=stage.say(language), completed=done, total=total)

        yield show


def _lines(language: str) -> Progress:
    """Write a line where another stage begins; the steps inside one are not told."""
    last = ""

    def tell(stage: Text, done: int, total: int) -> None:
        nonlocal last
        words = stage.say(language)
        if words != last:
            last = words
            sys.stderr.write(f"{words} ({done:,}/{total:,})\n")
            sys.stderr.flush()

    return tell
