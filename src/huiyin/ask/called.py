"""What people call a column: its name, its short labels, and what its question asks about."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.codebook.contracts import Column
from huiyin.codebook.spoken import asked_about

_LONGEST_LABEL = 30
"""Whole questions are not how people call a column."""


def called(column: Column) -> tuple[str, ...]:
    """List what a column of groups may be called.

    Parameters
    ----------
    column : Column

    Returns
    -------
    tuple of str
        The name first; each word once.
    """
    labels = list(labels_of(column))
    asked = [what for words in labels if (what := asked_about(words))] if not column.group else []
    return tuple(dict.fromkeys([column.name, *labels, *asked]))


def labels_of(column: Column) -> Iterator[str]:
    """Give the labels that are short enough to be said."""
    for words in column.label.values():
        if 1 < len(words) <= _LONGEST_LABEL:
            yield words
