"""What a file really is, by its first bytes; the extension is only a name."""

from __future__ import annotations

import gzip
import re
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.packed import is_encrypted_package, refuse_bomb
from huiyin.core.text import Text


class Kind(StrEnum):
    """Formats that can be read."""

    TEXT = "csv"
    WORKBOOK = "xlsx"
    OLD_WORKBOOK = "xls"
    HTML = "html"
    PARQUET = "parquet"
    SPSS = "spss"


SUFFIXES: dict[Kind, frozenset[str]] = {
    Kind.TEXT: frozenset({".csv", ".tsv", ".txt", ".tab", ".dat", ".psv", ""}),
    Kind.WORKBOOK: frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"}),
    Kind.OLD_WORKBOOK: frozenset({".xls"}),
    Kind.HTML: frozenset({".html", ".htm"}),
    Kind.PARQUET: frozenset({".parquet", ".pq"}),
    Kind.SPSS: frozenset({".sav", ".zsav"}),
}
TABLE_SUFFIXES = frozenset().union(*SUFFIXES.values()) - {""}
"""Endings of names that say a file holds a table."""
KIND_TEXT: dict[Kind, Text] = {
    Kind.TEXT: Text("文本表格（CSV/TSV）", "a text table (CSV/TSV)"),
    Kind.WORKBOOK: Text("Excel 工作簿（XLSX）", "an Excel workbook (XLSX)"),
    Kind.OLD_WORKBOOK: Text("旧版 Excel 工作簿（XLS）", "an old Excel workbook (XLS)"),
    Kind.HTML: Text("网页表格（HTML）", "a web page table (HTML)"),
    Kind.PARQUET: Text("Parquet", "Parquet"),
    Kind.SPSS: Text("SPSS 数据（.sav）", "SPSS data (.sav)"),
}
CAN_READ = Text(
    "能读的有 CSV、TSV、XLSX、XLS、Parquet 和 SPSS（.sav）",
    "What can be read: CSV, TSV, XLSX, XLS, Parquet and SPSS (.sav)",
)
FIRST_BYTES = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"),
    (b"SQLite format 3", "SQLite"), (b"RDX", "R data"), (b"X\n\0\0\0", "R data"),
    (b"\x28\xb5\x2f\xfd", "zstd"), (b"<stata", "Stata"), (b"\x7fELF", "ELF"), (b"MZ", "EXE"),
)  # fmt: skip


def first_bytes(path: Path, n: int = FIRST_BYTES) -> bytes:
    """Read the first `n` bytes, of the content where the file is gzipped.

    Raises
    ------
    UnreadableFileError
        There is no such file, it is a folder or a stream, may not be read, or its gzip data are
        broken.
    """
    _refuse_streams(path)
    try:
        with path.open("rb") as plain:
            raw = plain.read(n)
        if not raw.startswith(b"\x1f\x8b"):
            return raw
        with gzip.open(path) as packed:
            return packed.read(n)
    except FileNotFoundError as fault:
        raise UnreadableFileError(_NO_FILE.format(path=path)) from fault
    except IsADirectoryError as fault:
        raise UnreadableFileError(_FOLDER.format(path=path)) from fault
    except PermissionError as fault:
        raise UnreadableFileError(_NO_RIGHT.format(path=path)) from fault
    except (OSError, EOFError, zlib.error) as fault:
        raise UnreadableFileError(_BROKEN.format(path=path.name, why=fault)) from fault


def _refuse_streams(path: Path) -> None:
    """Refuse pipes and devices: they are read once only, or never end."""
    if path.is_fifo() or path.is_socket() or path.is_char_device() or path.is_block_device():
        raise UnreadableFileError(_STREAM.format(path=path))


_STREAM = Text(
    "“{path}”不是普通文件（管道或设备），不能读。请先存成文件。",
    "“{path}” is a pipe or a device, no ordinary file, and cannot be read. Save it as a file.",
)
_NO_FILE = Text(
    "找不到文件“{path}”。请检查路径和文件名。", "There is no file “{path}”. Check path and name."
)
_FOLDER = Text(
    "“{path}”是文件夹，不是文件。请写出里面的文件名。",
    "“{path}” is a folder, not a file. Name the files in it.",
)
_NO_RIGHT = Text(
    "没有权限读“{path}”。请检查文件权限。", "“{path}” may not be read. Check its permissions."
)
_BROKEN = Text(
    "“{path}”读不出来（{why}），文件可能不完整。请重新下载或导出。",
    "“{path}” cannot be read ({why}); it may be incomplete. Download or export it again.",
)
_EMPTY = Text("“{path}”是空文件。请重新导出。", "“{path}” is empty. Export it again.")
_REFUSE = Text(
    "“{path}”是 {what} 文件，不是数据表。{can}。请另存为其中一种。",
    "“{path}” is a {what} file, not a table of data. {can}. Save it as one of these.",
)


def find_kind(path: Path) -> Kind:
    """Tell what the file is from its content.

    Raises
    ------
    UnreadableFileError
        It is empty, or of a kind that holds no table.
    """
    head = first_bytes(path)
    if not head:
        raise UnreadableFileError(_EMPTY.format(path=path.name))
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        if is_encrypted_package(path):
            raise UnreadableFileError(LOCKED.format(path=path.name))
        return Kind.OLD_WORKBOOK
    if head[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        return Kind.OLD_WORKBOOK
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    if head.startswith((b"$FL2", b"$FL3")):
        return Kind.SPSS
    return _kind_of_text(path, head)


def refuse(path: Path, what: str) -> UnreadableFileError:
    """Build the error for a file that is no table."""
    return UnreadableFileError(_REFUSE.format(path=path.name, what=what, can=CAN_READ))


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
        refuse_bomb(path)
    except (zipfile.BadZipFile, struct.error, zlib.error, ValueError) as fault:
        if path.suffix.lower() in SUFFIXES[Kind.WORKBOOK]:
            raise UnreadableFileError(_TRUNCATED.format(path=path.name)) from fault
        raise refuse(path, "ZIP") from fault
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return Kind.WORKBOOK
    raise refuse(path, "Word" if any(name.startswith("word/") for name in names) else "ZIP")


LOCKED = Text(
    "“{path}”有打开密码。请在 Excel 里去掉密码（文件 → 信息 → 保护工作簿）再读。",
    "“{path}” is locked by a password. Remove it in Excel (File → Info → Protect Workbook).",
)
_TRUNCATED = Text(
    "“{path}”不完整：Excel 文件的结尾缺失。请重新下载或导出。",
    "“{path}” is cut off: the end of the Excel file is missing. Download or export it again.",
)


def _kind_of_text(path: Path, head: bytes) -> Kind:
    for magic, what in _REFUSED:
        if head.startswith(magic):
            raise refuse(path, what)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:4096].lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        return Kind.HTML
    if start.startswith(b"<") and (b"<html" in start or b"<table" in start):
        return Kind.HTML
    if start.startswith(b"<?xml"):
        raise refuse(path, "XML")
    if start.startswith((b"{", b"[")) and _is_json(head):
        raise refuse(path, "JSON")
    if path.suffix.lower() in {".rd", ".rmd", ".md", ".py", ".r"}:
        raise refuse(path, path.suffix[1:])
    return Kind.TEXT


def _is_json(head: bytes) -> bool:
    return re.match(rb"\s*(\{\s*(\"|\})|\[\s*(\{|\[|\]|\"))", head) is not None
