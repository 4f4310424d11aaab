"""One large worksheet cut into several, so that both cores of a laptop read it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from huiyin.core.sheet_span import MOST_CELLS, cells_at_most

LEAST_BYTES, _MOST_BYTES = 8 * 1024 * 1024, 256 * 1024 * 1024
"""Unpacked: a smaller sheet is read at once anyway, a larger workbook would fill the memory."""
_PARTS, _FEWER_PARTS, _MANY_WORDS = 4, 2, 1 / 8
"""Each part reads the workbook's list of words again: fewer parts where that list is long."""
_SHEETS, _WORDS = "xl/worksheets/", "xl/sharedStrings.xml"
_ROW, _ROW_END, _END, _FOOT = b"<row ", b"</row>", b"</sheetData>", b"</sheetData></worksheet>"
_PLACED = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*>\s*<c [^>]*?\br="[A-Z]+(\d+)"')
_TEXT, _MERGED = b"<!", b"mergeCells"
"""Where `<row ` may be text, and where a cell counts for rows of other parts."""

UNPACKING_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What a member that is broken, locked or packed in an unknown way raises."""


class UncutSheetError(Exception):
    """The worksheet is better read whole; nobody ever reads this."""


@dataclass(frozen=True, slots=True)
class Part:
    """A workbook of some consecutive rows of a worksheet, which keep their places in it."""

    others: dict[str, bytes]
    sheet: str
    content: tuple[bytes, ...]

    def workbook(self) -> io.BytesIO:
        """Pack it."""
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as packed:
            for name, content in self.others.items():
                packed.writestr(name, content)
            with packed.open(self.sheet, "w") as sheet:
                for piece in self.content:
                    sheet.write(piece)
        whole.seek(0)
        return whole


def cut_sheet(path: Path, least_bytes: int = LEAST_BYTES) -> Iterator[Part]:
    """Cut a workbook of one large sheet into parts, each given while the next is unpacked.

    Parameters
    ----------
    path : Path
        A workbook that has passed `refuse_bomb`.
    least_bytes : int
        A smaller worksheet is not cut.

    Yields
    ------
    Part
        In the order of the rows.

    Raises
    ------
    UncutSheetError
        It is no such workbook, small, has several sheets, merged cells or a cell far from the
        others, or its cells do not say where they stand. This may come after some parts: they
        are worth nothing then.
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError
        A member is broken, locked or packed in an unknown way.
    """
    if not zipfile.is_zipfile(path):
        raise UncutSheetError
    with zipfile.ZipFile(path) as packed:
        sizes = {member.filename: member.file_size for member in packed.infolist()}
        sheets = [name for name in sizes if name.startswith(_SHEETS) and name.endswith(".xml")]
        is_too_large = sum(sizes.values()) > _MOST_BYTES
        if len(sheets) != 1 or sizes[sheets[0]] < least_bytes or is_too_large:
            raise UncutSheetError
        others = {name: packed.read(name) for name in sizes if _is_needed(name, sheets[0])}
        many_words = sizes.get(_WORDS, 0) > sizes[sheets[0]] * _MANY_WORDS
        size = sizes[sheets[0]] // (_FEWER_PARTS if many_words else _PARTS) + 1
        with packed.open(sheets[0]) as content:
            for piece in _pieces(iter(lambda: content.read(size), b"")):
                yield Part(others, sheets[0], piece)


def _is_needed(name: str, sheet: str) -> bool:
    return name != sheet and name.endswith((".xml", ".rels")) and "/tables/" not in name


def _pieces(unpacked: Iterator[bytes]) -> Iterator[tuple[bytes, ...]]:
    """Cut a worksheet before a row, at about the places where it comes in pieces."""
    content = next(unpacked, b"")
    start = content.find(_ROW)
    head, rest = content[:start], content[start:]
    if start < 0 or _TEXT in head:
        raise UncutSheetError
    for more in unpacked:
        cut = rest.rfind(_ROW, 0, rest.rfind(_ROW_END))
        _look(rest, cut)
        _refuse_far(rest[:cut])
        yield head, rest[:cut], _FOOT
        rest = rest[cut:] + more
    end = rest.rfind(_END)
    _look(rest, 0)
    _refuse_far(rest[:end])
    if end < 0 or _MERGED in rest[end:]:
        raise UncutSheetError
    yield head, rest[:end], _FOOT


def _look(rows: bytes, cut: int) -> None:
    """Look that a piece of rows begins with one, and is cut before one, that says its place."""
    for at in (0, cut):
        placed = _PLACED.match(rows, at)
        if placed is None or placed[1] != placed[2]:
            raise UncutSheetError
    if _TEXT in rows:
        raise UncutSheetError


def _refuse_far(rows: bytes) -> None:
    """Leave rows that may span too many cells to the whole reading, which counts them."""
    if cells_at_most(rows) > MOST_CELLS:
        raise UncutSheetError
