"""Text tables: CSV, TSV and their kin, streamed to Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.dialect import WHITESPACE, find_delimiter, records
from huiyin.collect.files.encodings import (
    Encoding,
    MendedLines,
    Utf8Stream,
    find_encoding,
    open_utf8,
)
from huiyin.collect.files.table import HEAD_ROWS, Cells, RawTable, StagePlan
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.collect.files.staged import StagedWriter

READ_BYTES = 8 * 1024 * 1024
BLOCK_BYTES = 1024 * 1024
"""Parsed at a time: a block and its columns stay in the processor's cache."""
LEAST_RECORDS = 32
"""Records that a block must have room for, by the size of those in the head."""
HEAD_LINES = 400
"""Physical lines looked at for delimiter and layout."""

LONGEST_CELL_BYTES = 100_000
"""Excel's longest cell has 32,767 characters, at most three bytes each."""

_BATCH_ROWS = 20_000


@dataclass
class DelimitedTable(RawTable):
    """A text table, its encoding and delimiter found."""

    delimiter: str = ","
    how_encoded: Encoding = field(default_factory=lambda: Encoding("utf-8"))
    tolerant: bool = False
    found_width: int = 0
    starts: tuple[tuple[int, int], ...] = field(default_factory=tuple)
    """(bytes of UTF-8, lines) before each record of the head."""

    @property
    def width(self) -> int:
        """Count the columns: of the first rows, and of longer rows found since."""
        return max(super().width, self.found_width)

    def line_of(self, record: int) -> int:
        """Give the 1-based line where the record starts; quoted cells may span lines."""
        return self.starts[record][1] + 1 if record < len(self.starts) else record + 1

    def stage(self, plan: StagePlan) -> int:
        """Stage all data rows.

        Raises
        ------
        RaggedError
            A row has too many or too few cells; call `be_tolerant`, lay out and stage again.
        """
        from huiyin.collect.files.staged import StagedWriter

        with StagedWriter(plan) as writer, open_utf8(self.path, self.how_encoded) as stream:
            if self.tolerant:
                self._stage_tolerantly(plan, writer, stream)
            else:
                self._stage_fast(plan, writer, stream)
        if stream.mended.n:
            self.notes.append(_mended_note(self.place, stream.mended))
        return writer.n_rows

    def _stage_fast(self, plan: StagePlan, writer: StagedWriter, stream: Utf8Stream) -> None:
        import pyarrow as pa

        try:
            with ThreadPoolExecutor(1) as pool:
                waiting: Future[None] | None = None
                last = None
                for batch in self._batches(plan, stream):
                    _refuse_runaway(batch, self.delimiter)
                    last = batch
                    if waiting is not None:
                        waiting.result()
                    waiting = pool.submit(writer.write, batch.columns)
                if waiting is not None:
                    waiting.result()
                _refuse_open_end(last)
        except (pa.ArrowInvalid, _SuspectError) as fault:
            raise RaggedError(self) from fault

    def _batches(self, plan: StagePlan, stream: Utf8Stream) -> Iterator[Any]:
        import pyarrow as pa
        from pyarrow import csv

        content = io.BufferedReader(stream, READ_BYTES)
        _skip(content, self.starts[plan.n_header_rows][0])
        if not content.peek(1):
            return
        source: Any = pa.PythonFile(content, mode="r")
        reader = csv.open_csv(
            source,
            read_options=csv.ReadOptions(
                column_names=list(plan.columns), block_size=self._block_bytes()
            ),
            parse_options=csv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=len(plan.columns) > 1,
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(plan.columns, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
                check_utf8=False,  # the stream gives nothing else
            ),
        )
        yield from reader

    def _block_bytes(self) -> int:
        starts = [n_bytes for n_bytes, _ in self.starts]
        longest = max((b - a for a, b in pairwise(starts)), default=0)
        return max(BLOCK_BYTES, LEAST_RECORDS * longest)

    def be_tolerant(self) -> None:
        """Look through the whole file for its widest row, and read row by row from now on."""
        self.tolerant = True
        usual = super().width
        with open_utf8(self.path, self.how_encoded) as stream:
            widths = [len(_trimmed(row)) for row in self._rows(stream)]
        self.found_width = max(widths, default=0)
        if long := [number for number, width in enumerate(widths, start=1) if width > usual]:
            self.notes.append(_rows_note(_LONG, self.place, long))

    def _rows(self, stream: Utf8Stream) -> Iterator[list[str]]:
        raw = io.BufferedReader(stream)
        usual = super().width
        narrow = usual == 1
        with io.TextIOWrapper(raw, "utf-8", newline="") as lines:
            for row, _ in records(lines, self.delimiter, width=usual):
                if row and (narrow or any(map(str.strip, row)) or len(row) > 1):
                    yield row
                elif narrow:
                    yield [""]

    def _stage_tolerantly(self, plan: StagePlan, writer: StagedWriter, stream: Utf8Stream) -> None:
        from huiyin.engine.arrays import text_array

        rows = islice(self._rows(stream), plan.n_header_rows, None)
        n_columns = len(plan.columns)
        short: list[int] = []
        while batch := list(islice(rows, _BATCH_ROWS)):
            for number, row in enumerate(batch, start=writer.n_rows + 1):
                if len(row) < n_columns:
                    short += [number] if len(row) < super().width else []
                    row.extend([""] * (n_columns - len(row)))
            columns = zip(*(row[:n_columns] for row in batch), strict=True)
            writer.write([text_array(column) for column in columns])
        if short == [writer.n_rows]:
            self.notes.append(_CUT_OFF.format(place=self.place, row=writer.n_rows))
        elif short:
            self.notes.append(_rows_note(_SHORT, self.place, short))


_SHORT = Text(
    "{place}：{n} 行的格子比表头少（数据第 {rows} 行{more}），缺的按空白读。",
    "{place}: {n} rows have fewer cells than the header (data row {rows}{more}), read as empty.",
)
_CUT_OFF = Text(
    "{place}：最后一行（数据第 {row} 行）不完整，文件可能被截断；缺的格子按空白读。请核对行数。",
    "{place}: the last row (data row {row}) is incomplete, the file may be cut off; "
    "missing cells are read as empty. Check the number of rows.",
)
_LONG = Text(
    "{place}：{n} 行的格子比表头多（文件第 {rows} 条{more}），"
    "多出的放在末尾新增的列里。请检查引号和分隔符。",
    "{place}: {n} rows have more cells than the header (record {rows}{more}); the rest stands in "
    "columns added at the end. Check quotes and delimiters.",
)
_NAMED = 5


class RaggedError(Exception):
    """Some row has another number of cells than the header: read `table` the tolerant way."""

    def __init__(self, table: DelimitedTable) -> None:
        super().__init__(table.place)
        self.table = table


class _SuspectError(Exception):
    """A quote may never have been closed."""


def _rows_note(words: Text, place: str, rows: list[int]) -> Text:
    return words.format(
        place=place,
        n=len(rows),
        rows=", ".join(map(str, rows[:_NAMED])),
        more=Text("等", "…") if len(rows) > _NAMED else "",
    )


def _refuse_runaway(batch: Any, delimiter: str) -> None:
    """Suspect an unclosed quote where a cell is very long, or could hold a whole record."""
    import pyarrow.compute as pc

    for column in batch.columns:
        longest = pc.max(pc.binary_length(column)).as_py() or 0
        if longest > LONGEST_CELL_BYTES:
            raise _SuspectError
        if longest < batch.num_columns:  # too short for a whole record
            continue
        broken = column.filter(pc.match_substring(column, "\n"))
        marks = pc.max(pc.count_substring(broken, delimiter)).as_py() or 0
        if marks >= batch.num_columns - 1 and batch.num_columns > 1:
            raise _SuspectError


def _refuse_open_end(batch: Any) -> None:
    """Suspect an unclosed quote where the last record goes over several lines."""
    if batch is None or not batch.num_rows:
        return
    last = batch.slice(batch.num_rows - 1).to_pylist()[0]
    if any(cell and ("\n" in cell or "\r" in cell) for cell in last.values()):
        raise _SuspectError


def _skip(stream: BinaryIO, n: int) -> None:
    while n > 0:
        n -= len(stream.read(min(n, READ_BYTES)))


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def open_delimited(path: Path) -> list[DelimitedTable]:
    """Open a text table.

    Parameters
    ----------
    path : Path
        Gzipped or not.

    Returns
    -------
    list of DelimitedTable
        One.

    Raises
    ------
    UnreadableFileError
        It holds binary data, not text.
    """
    encoding = find_encoding(path)
    lines = _first_lines(path, encoding)
    _refuse_binary(path, lines)
    delimiter = find_delimiter(lines)
    table = DelimitedTable(
        path, (), "csv", encoding=encoding.name, delimiter=delimiter, how_encoded=encoding
    )
    table.head, table.starts = _head(lines, delimiter)
    if delimiter == WHITESPACE or len(delimiter.encode()) > 1:
        table.be_tolerant()
    return [table]


def _first_lines(path: Path, encoding: Encoding) -> list[str]:
    raw = io.BufferedReader(open_utf8(path, encoding))
    with io.TextIOWrapper(raw, "utf-8", newline="") as text:
        return list(islice(text, HEAD_LINES))


def _refuse_binary(path: Path, lines: list[str]) -> None:
    sample = "".join(lines)[:20_000]
    odd = sum(1 for c in sample if (c < " " and c not in "\t\r\n\x01\x1a") or c == "\ufffd")
    if odd > len(sample) * 0.02:
        raise UnreadableFileError(
            Text(
                "“{path}”里是二进制数据，不是表格。请用原来的软件另存为 CSV 或 XLSX。",
                "“{path}” holds binary data, not a table. "
                "Save it as CSV or XLSX where it was made.",
            ).format(path=path.name)
        )


def _head(
    lines: list[str], delimiter: str
) -> tuple[tuple[Cells, ...], tuple[tuple[int, int], ...]]:
    sizes = [len(line.encode()) for line in lines]
    rows: list[Cells] = []
    starts = [(0, 0)]
    n_lines = n_bytes = 0
    for row, taken in records(lines, delimiter):
        n_bytes += sum(sizes[n_lines : n_lines + taken])
        n_lines += taken
        if row:
            rows.append(tuple(cell or None for cell in row))
            starts.append((n_bytes, n_lines))
        if len(rows) == HEAD_ROWS:
            break
    return tuple(rows), tuple(starts)


def _mended_note(place: str, mended: MendedLines) -> Text:
    return Text(
        "{place}：编码不统一，{n} 行按 {how} 逐行读出（文件第 {lines} 行{more}）。",
        "{place}: several encodings in one file; {n} lines were read one by one as {how} "
        "(line {lines}{more}).",
    ).format(
        place=place,
        n=mended.n,
        how="/".join(mended.encodings),
        lines=", ".join(map(str, mended.first)),
        more=Text("等", "…") if mended.n > len(mended.first) else "",
    )
