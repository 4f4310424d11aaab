"""What stands between the cells of a text table, and its records, whatever its quotes do."""

from __future__ import annotations

import csv
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from huiyin.collect.contracts import UnreadableFileError
from huiyin.core.patterns import later
from huiyin.core.text import Text

WHITESPACE = " "
NONE = "\x1f"
"""Stands for “no delimiter”, one cell a line; the unit separator does not occur in text."""

DELIMITERS = (",", "\t", ";", "|", "\x01", "，")
MAX_FIELD_CHARACTERS = 64 * 1024 * 1024
_TOO_LONG = Text(
    "以“{begins}…”开头的一行里有一格超过 6,700 万字，不像表格；请检查这一行，改好或删掉再导入",
    "The line that begins with “{begins}…” has a cell of more than 67 million characters, which "
    "is no table: check that line, mend or remove it, and import again",
)
_SHOWN = 20
MAX_LINES_IN_RECORD = 2000
"""A record over more lines than this has an unclosed quote."""

_LEAST_AGREEMENT = 0.4
"""Below this share of lines of one width, the mark is part of the prose."""

_LEAST_RAGGED = 0.9
"""Share of ragged rows that must fill the header's columns and hold a number there."""

_LEAST_LINES = 3
_LEAST_WIDTH = 3


def find_delimiter(lines: Sequence[str]) -> str:
    """Find the delimiter that cuts the most lines into the same number of cells.

    Parameters
    ----------
    lines : sequence of str
        First lines of the file, complete.

    Returns
    -------
    str
        One of `DELIMITERS`; `WHITESPACE` for tables laid out by blanks; `NONE` where nothing
        fits, as for a single column.
    """
    scores = {mark: _agreement(lines, mark) for mark in DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    if scores[best] > (0.0, 0):
        return _beside_decimals(lines, scores) if best == "," else best
    if (mark := _of_ragged_rows(lines)) is not None:
        return mark
    filled = [line.split() for line in lines if line.strip()]
    same = len({len(cells) for cells in filled}) == 1 and len(filled[0]) > 1
    if same and len(filled) >= _LEAST_LINES and all(map(_has_number, filled[1:])):
        return WHITESPACE
    return NONE


def _beside_decimals(lines: Sequence[str], scores: Mapping[str, tuple[float, int]]) -> str:
    """Give the delimiter beside which all commas are decimal: ``nps;score`` over ``9;4,5``."""
    header = next(line for line in lines if line.strip())
    share, _ = scores[","]
    marks = [mark for mark in DELIMITERS if mark in header and scores[mark][0] >= share]
    if "," in header or not marks:
        return ","
    bare = [_DECIMAL.sub("", line) for line in lines]
    return "," if _agreement(bare, ",")[0] else max(marks, key=lambda mark: scores[mark])


_DECIMAL = later(r"(?<=\d),(?=\d)")


def _of_ragged_rows(lines: Sequence[str]) -> str | None:
    """Find the delimiter of a table whose rows are all longer than the header, each otherwise."""
    for mark in DELIMITERS:
        rows = [row for row, _ in records(lines, mark) if row]
        width = len(rows[0]) if rows else 0
        fits = [len(r) >= width and _has_number(list(filter(None, r[:width]))) for r in rows[1:]]
        named = width > 1 and all(map(str.strip, rows[0])) and not _has_number(rows[0])
        if named and len(rows) >= _LEAST_LINES and sum(fits) >= _LEAST_RAGGED * len(fits):
            return mark
    return None


def _has_number(cells: list[str]) -> bool:
    return any(cell[0].isdigit() for cell in cells)


def _agreement(lines: Sequence[str], mark: str) -> tuple[float, int]:
    widths = Counter(len(row) for row, _ in records(lines, mark) if row)
    wide = [(n, width) for width, n in widths.items() if width > 1]
    if not wide:
        return (0.0, 0)
    n, width = max(wide)
    share = n / widths.total()
    return (round(share, 1), width) if share > _LEAST_AGREEMENT else (0.0, 0)


class _RunawayError(Exception):
    """A record goes on and on: its quote was never closed."""


class _Lines(Iterator[str]):
    """Lines that can be put back, and the lines taken since the last record."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.ended = False

    def __next__(self) -> str:
        if len(self.taken) > MAX_LINES_IN_RECORD:
            raise _RunawayError
        if self._back:
            line = self._back.popleft()
        else:
            try:
                line = next(self._lines)
            except StopIteration:
                self.ended = True
                raise
        self.taken.append(line)
        return line

    def put_back(self, lines: Sequence[str]) -> None:
        """Give lines again, first things first."""
        self._back.extendleft(reversed(lines))
        self.taken = []


class _WideCells:
    """Cells may be long for as long as some table is read; the limit is the whole process's."""

    def __init__(self) -> None:
        self._readers = 0
        self._before = 0
        self._turn = threading.Lock()

    def __enter__(self) -> None:
        with self._turn:
            if self._readers == 0:
                self._before = csv.field_size_limit(MAX_FIELD_CHARACTERS)
            self._readers += 1

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._readers -= 1
            if self._readers == 0:
                csv.field_size_limit(self._before)


_WIDE = _WideCells()


def records(
    lines: Iterable[str], delimiter: str, *, width: int | None = None
) -> Iterator[tuple[list[str], int]]:
    """Cut lines into records, line breaks inside quotes kept.

    A quote that is never closed counts as a letter, so that it swallows no other row.

    Parameters
    ----------
    lines : iterable of str
        Line ends included.
    delimiter : str
    width : int, optional
        Cells of most records. A record over several lines with another number of cells, that
        holds a whole record in one of its lines, is taken for an unclosed quote.

    Yields
    ------
    tuple of (list of str, int)
        Cells, and how many lines they stood on. An empty line gives no cells.
    """
    with _WIDE:
        yield from _records(lines, delimiter, width)


def _records(
    lines: Iterable[str], delimiter: str, width: int | None
) -> Iterator[tuple[list[str], int]]:
    if delimiter == WHITESPACE:
        lines = (line.strip() for line in lines)
    source = _Lines(lines)
    reader = _reader(source, delimiter)
    while True:
        try:
            row = next(reader)
            unclosed = source.ended and _is_unclosed(source.taken, delimiter)
            unclosed = unclosed or _swallows(row, source.taken, delimiter, width)
        except StopIteration:
            return
        except (_RunawayError, csv.Error):
            unclosed = True
        if unclosed:
            first, *rest = source.taken
            row = _without_quotes(first, delimiter)
            source.put_back(rest)
            source.ended = False
            reader = _reader(source, delimiter)
            yield row, 1
        else:
            n_lines = len(source.taken)
            source.taken = []
            yield row, n_lines


def _without_quotes(line: str, delimiter: str) -> list[str]:
    try:
        return next(iter(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE)))
    except csv.Error as fault:
        begins = line[:_SHOWN]
        raise UnreadableFileError(_TOO_LONG.format(begins=begins)) from fault


def _reader(source: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(source, delimiter=delimiter, skipinitialspace=delimiter == WHITESPACE)


def _swallows(row: list[str], taken: list[str], delimiter: str, width: int | None) -> bool:
    if width is None or len(taken) == 1:
        return False
    if _strict_fault(taken, delimiter):
        return True
    odd = len(row) != width and width >= _LEAST_WIDTH
    return odd and any(len(cells) == width for cells in csv.reader(taken[1:], delimiter=delimiter))


def _is_unclosed(taken: list[str], delimiter: str) -> bool:
    """Tell whether the last record of the file ended inside its quotes."""
    return "unexpected end of data" in _strict_fault(taken, delimiter)


def _strict_fault(taken: list[str], delimiter: str) -> str:
    try:
        list(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error as fault:
        return str(fault)
    return ""
