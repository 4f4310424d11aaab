"""HTML tables in a file named ``.xls``, as many web systems export them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any

from huiyin.collect.files.encodings import find_encoding, open_utf8
from huiyin.collect.files.table import HEAD_ROWS, Cells, RawTable, StagePlan

_BATCH_ROWS = 20_000
MAX_SPAN = 1000


class _Rows(HTMLParser):
    """Collects the rows of each table; a cell that spans columns is followed by empty ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            self._end_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), MAX_SPAN) if span.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            self.tables[-1][-1] += ["".join(self._cell).strip(), *[""] * (self._span - 1)]
        self._cell = None


@dataclass
class HtmlTable(RawTable):
    """One table of a web page."""

    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def n_cells(self) -> int:
        """Count the cells."""
        return self.width * len(self.rows)

    def stage(self, plan: StagePlan) -> int:
        """Stage all rows under the header."""
        from huiyin.collect.files.staged import StagedWriter
        from huiyin.engine.arrays import text_array

        rows = islice(self.rows, plan.n_header_rows, None)
        width = len(plan.columns)
        with StagedWriter(plan) as writer:
            while batch := list(islice(rows, _BATCH_ROWS)):
                full = (row + ("",) * (width - len(row)) for row in batch)
                columns: Iterator[tuple[Any, ...]] = zip(*full, strict=True)
                writer.write([text_array(cells) for cells in columns])
        return writer.n_rows


def open_html(path: Path) -> list[HtmlTable]:
    """Open the tables of a web page.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of HtmlTable
        Those with more than one row; sheets are named ``1``, ``2``… where there are several.
    """
    encoding = find_encoding(path)
    parser = _Rows()
    with open_utf8(path, encoding) as stream:
        parser.feed(stream.readall().decode())
    parser.close()
    full = [tuple(tuple(row) for row in table if any(row)) for table in parser.tables]
    full = [rows for rows in full if len(rows) > 1]
    return [
        HtmlTable(
            path, _head(rows), "html", str(n) if len(full) > 1 else None, encoding.name, rows=rows
        )
        for n, rows in enumerate(full, start=1)
    ]


def _head(rows: tuple[tuple[str, ...], ...]) -> tuple[Cells, ...]:
    width = max(len(row) for row in rows)
    return tuple(
        tuple(cell or None for cell in row) + (None,) * (width - len(row))
        for row in rows[:HEAD_ROWS]
    )
