"""Text tables: CSV, TSV and their kin, streamed to Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.dialect import WHITESPACE, find_delimiter, records
from huiyin.collect.files.encodings import MIXED, find_encoding, open_utf8
from huiyin.collect.files.table import HEAD_ROWS, Cells, RawTable, StagedWriter, StagePlan
from huiyin.core.text import Text

BLOCK_BYTES = 8 * 1024 * 1024
HEAD_LINES = 400
"""Physical lines looked at for delimiter and layout."""

_BATCH_ROWS = 20_000


class RaggedError(Exception):
    """Some row has another number of cells than the header: read it the tolerant way."""


@dataclass
class DelimitedTable(RawTable):
    """A text table, its encoding and delimiter found."""

    delimiter: str = ","
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
        with StagedWriter(plan) as writer:
            if self.tolerant:
                self._stage_tolerantly(plan, writer)
            else:
                self._stage_fast(plan, writer)
        return writer.n_rows

    def _stage_fast(self, plan: StagePlan, writer: StagedWriter) -> None:
        import pyarrow as pa

        try:
            with ThreadPoolExecutor(1) as pool:
                waiting: Future[None] | None = None
                for batch in self._batches(plan):
                    if waiting is not None:
                        waiting.result()
                    waiting = pool.submit(writer.write, batch.columns)
                if waiting is not None:
                    waiting.result()
        except pa.ArrowInvalid as fault:
            raise RaggedError(str(fault)) from fault

    def _batches(self, plan: StagePlan) -> Iterator[Any]:
        import pyarrow as pa
        from pyarrow import csv

        stream = io.BufferedReader(open_utf8(self.path, self.encoding or "utf-8"), BLOCK_BYTES)
        _skip(stream, self.starts[plan.n_header_rows][0])
        if not stream.peek(1):
            return
        source: Any = pa.PythonFile(stream, mode="r")
        reader = csv.open_csv(
            source,
            read_options=csv.ReadOptions(column_names=list(plan.columns), block_size=BLOCK_BYTES),
            parse_options=csv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=len(plan.columns) > 1,
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(plan.columns, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
        yield from reader

    def be_tolerant(self) -> None:
        """Look through the whole file for its widest row, and read row by row from now on."""
        self.tolerant = True
        self.found_width = max((len(_trimmed(row)) for row in self._rows()), default=0)

    def _rows(self) -> Iterator[list[str]]:
        raw = io.BufferedReader(open_utf8(self.path, self.encoding or "utf-8"))
        with io.TextIOWrapper(raw, "utf-8", newline="") as lines:
            yield from (row for row in records(lines, self.delimiter) if row)

    def _stage_tolerantly(self, plan: StagePlan, writer: StagedWriter) -> None:
        import pyarrow as pa

        rows = islice(self._rows(), plan.n_header_rows, None)
        n_columns = len(plan.columns)
        short: list[int] = []
        n_seen = 0
        while batch := list(islice(rows, _BATCH_ROWS)):
            for row in batch:
                n_seen += 1
                if len(row) < n_columns:
                    short.append(n_seen)
                    row.extend([""] * (n_columns - len(row)))
            columns = zip(*(row[:n_columns] for row in batch), strict=True)
            writer.write([pa.array([cell or None for cell in c], pa.string()) for c in columns])
        if short:
            self.notes.append(_short_rows(self.place, short))


def _short_rows(place: str, short: list[int]) -> Text:
    return Text(
        "{place}：{n} 行的格子比表头少(数据第 {rows} 行{more})，缺的按空白读。",
        "{place}: {n} rows have fewer cells than the header (data row {rows}{more}), "
        "read as empty.",
    ).format(
        place=place, n=len(short), rows=", ".join(map(str, short[:5])),
        more=Text("等", "…") if len(short) > 5 else "",  # noqa: PLR2004 -- as many as are named
    )  # fmt: skip


def _skip(stream: BinaryIO, n: int) -> None:
    while n > 0:
        n -= len(stream.read(min(n, BLOCK_BYTES)))


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
        path, (), "csv", encoding=encoding, delimiter=delimiter, tolerant=delimiter == WHITESPACE
    )
    table.head, table.starts = _head(lines, delimiter)
    if encoding == MIXED:
        table.notes.append(_mended_note(path))
    return [table]


def _first_lines(path: Path, encoding: str) -> list[str]:
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
    reader = records(lines, delimiter)
    rows: list[Cells] = []
    starts = [(0, 0)]
    n_lines = n_bytes = 0
    for row in reader:
        reached: int = reader.line_num  # type: ignore[attr-defined]  # csv readers count lines
        n_bytes += sum(sizes[n_lines:reached])
        n_lines = reached
        if row:
            rows.append(tuple(cell or None for cell in row))
            starts.append((n_bytes, n_lines))
        if len(rows) == HEAD_ROWS:
            break
    return tuple(rows), tuple(starts)


def _mended_note(path: Path) -> Text:
    stream = open_utf8(path, MIXED)
    while stream.read(BLOCK_BYTES):
        pass
    mended = stream.mended
    stream.close()
    return Text(
        "{place}：编码不统一，{n} 行按 {how} 逐行读出(文件第 {lines} 行{more})。",
        "{place}: several encodings in one file; {n} lines were read one by one as {how} "
        "(line {lines}{more}).",
    ).format(
        place=path.name, n=mended.n, how="/".join(mended.encodings),
        lines=", ".join(map(str, mended.first)),
        more=Text("等", "…") if mended.n > len(mended.first) else "",
    )  # fmt: skip
