"""How many cells a worksheet spans, before it is read: a reader keeps room for all of them."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

MOST_CELLS = 100_000_000
"""At 32 bytes each about 3 GB; sheets that are filled may span more."""
MOST_PER_FILLED = 20
"""Cells that a sheet may span for each that holds anything, beyond `MOST_CELLS`."""
TWO_LETTERS = 26 + 26 * 26
"""Columns A to ZZ."""
_CHUNK = 1 << 22
_ROWS = re.compile(rb'row [^>]*?\br="(\d{1,7})"')
_WIDE = re.compile(rb' r="([A-Z]{3})\d')
_FILLED = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"(?:>|[^>]*[^/>]>)')
"""A cell that is only formatted, ``<c r="XFD9" s="1"/>``, takes no room."""
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_FAR = Text(
    "“{path}”的工作表“{sheet}”一直用到 {cell}，实际只有 {n} 格有内容，读不了。"
    "请删除数据以外多余的行和列，另存后再试。",
    "The sheet “{sheet}” of “{path}” reaches to {cell} with only {n} cells filled and cannot be "
    "read. Delete the rows and columns outside the data, save it and try again.",
)


class FarCellError(BadInputError):
    """A worksheet spans far more cells than it fills."""


@dataclass(frozen=True, slots=True)
class _Span:
    sheet: str
    n_rows: int
    n_columns: int
    n_filled: int = 0

    @property
    def n_cells(self) -> int:
        return self.n_rows * self.n_columns


def cells_at_most(rows: bytes) -> int:
    """Bound the cells that consecutive rows of a worksheet's XML span, quickly.

    Parameters
    ----------
    rows : bytes
        Whole rows, in order; each cell stands in the row that it names.
    """
    span = _bound("", iter([rows]))
    first = _ROWS.search(rows)
    return (span.n_rows - int(first[1]) + 1) * span.n_columns if first else 0


def refuse_far_cells(
    workbook: Path | IO[bytes], name: str, sheets: Collection[str] | None = None
) -> None:
    """Refuse a workbook with a few cells so far out that room for all between cannot be had.

    Parameters
    ----------
    workbook : Path or binary file
        Only XLSX is looked at: an XLS sheet has no more than 65,536 × 256 cells.
    name : str
        What the error calls it.
    sheets : collection of str, optional
        Those that will be read; by default all.

    Raises
    ------
    FarCellError
        They span more than `MOST_CELLS`, and more than `MOST_PER_FILLED` for each filled one.
    zipfile.BadZipFile, OSError
        It is broken.
    """
    if not zipfile.is_zipfile(workbook):
        return
    with zipfile.ZipFile(workbook) as packed:
        members = {
            sheet: member
            for sheet, member in _members(packed).items()
            if sheets is None or sheet in sheets
        }
        bounds = [_bound(one, _chunks(packed, member)) for one, member in members.items()]
        if sum(one.n_cells for one in bounds) <= MOST_CELLS:
            return
        spans = [_exact(one, _chunks(packed, member)) for one, member in members.items()]
    n_filled = sum(one.n_filled for one in spans)
    if sum(one.n_cells for one in spans) > max(MOST_CELLS, MOST_PER_FILLED * n_filled):
        far = max(spans, key=lambda one: one.n_cells)
        cell = f"{_letters(far.n_columns)}{far.n_rows}"
        raise FarCellError(_FAR.format(path=name, sheet=far.sheet, cell=cell, n=far.n_filled))


def _members(packed: zipfile.ZipFile) -> dict[str, str]:
    """Give the member of each sheet by the sheet's name; nothing where it is no XLSX."""
    if not {_BOOK, _LINKS} <= set(packed.namelist()):
        return {}
    try:
        book, links = (
            ET.fromstring(packed.read(name))  # noqa: S314 -- expat itself refuses entity bombs
            for name in (_BOOK, _LINKS)
        )
    except (ET.ParseError, zlib.error, EOFError, RuntimeError):
        return {}  # who reads it says what is wrong
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in (one for one in book.iter() if one.tag.rpartition("}")[2] == "sheet"):
        own = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        target = targets.get(own, "")
        member = target[1:] if target.startswith("/") else f"xl/{target}"
        if member in packed.namelist():
            found[sheet.get("name", "")] = member
    return found


def _chunks(packed: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Unpack a member in pieces that end before a tag begins."""
    rest = b""
    try:
        with packed.open(member) as content:
            while more := content.read(_CHUNK):
                rest += more
                cut = max(rest.rfind(b"<"), 0)
                yield rest[:cut]
                rest = rest[cut:]
    except (zlib.error, EOFError, RuntimeError, zipfile.BadZipFile):
        return  # who reads it says what is wrong
    yield rest


def _bound(sheet: str, chunks: Iterator[bytes]) -> _Span:
    n_rows, n_columns = 0, TWO_LETTERS
    for chunk in chunks:
        n_rows = max(n_rows, *map(int, _ROWS.findall(chunk)), 0)
        n_columns = max(n_columns, *map(_number, set(_WIDE.findall(chunk))), 0)
    return _Span(sheet, n_rows, n_columns)


def _exact(sheet: str, chunks: Iterator[bytes]) -> _Span:
    n_rows = n_columns = n_filled = 0
    for chunk in chunks:
        places = _FILLED.findall(chunk)
        n_filled += len(places)
        n_rows = max(n_rows, *(int(row) for _, row in places), 0)
        n_columns = max(n_columns, *map(_number, {letters for letters, _ in places}), 0)
    return _Span(sheet, n_rows, n_columns, n_filled)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
