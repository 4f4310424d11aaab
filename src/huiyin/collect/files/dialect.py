"""What stands between the cells of a text table."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

WHITESPACE = " "
DELIMITERS = (",", "\t", ";", "|", "\x01", "，")
MAX_FIELD_CHARACTERS = 64 * 1024 * 1024
"""A cell longer than this is an unclosed quote, not an answer."""

MAX_LINES_IN_CELL = 2000
"""A quoted cell over more lines than this is an unclosed quote."""


def find_delimiter(lines: Sequence[str]) -> str:
    """Find the delimiter that cuts the most lines into the same number of cells.

    Parameters
    ----------
    lines : sequence of str
        First lines of the file, complete.

    Returns
    -------
    str
        One of `DELIMITERS`, a blank for tables laid out by white space; ``,`` where nothing fits,
        as for a single column.
    """
    scores = {mark: _agreement(lines, mark) for mark in DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    if scores[best] > (0.0, 0):
        return best
    widths = {len(line.split()) for line in lines if line.strip()}
    n_lines = sum(1 for line in lines if line.strip())
    if len(widths) == 1 and widths.pop() > 1 and n_lines > 2 and _has_numbers(lines):  # noqa: PLR2004 -- a header and two rows
        return WHITESPACE
    return ","


def _has_numbers(lines: Sequence[str]) -> bool:
    return sum(any(c.isdigit() for c in line) for line in lines[1:]) >= len(lines) - 2


def _agreement(lines: Sequence[str], mark: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in records(lines, mark) if row)
    wide = {width: n for width, n in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width, _ = max(wide.items(), key=lambda item: (item[1], item[0]))
    near = sum(n for w, n in widths.items() if w == width) / sum(widths.values())
    return (round(near, 1) if near > 0.4 else 0.0, width)  # noqa: PLR2004 -- below, the mark is part of the prose


def records(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Cut lines into records, line breaks inside quotes kept."""
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    if delimiter == WHITESPACE:
        lines = (line.strip() for line in lines)
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter == WHITESPACE)
