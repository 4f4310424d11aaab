"""Guards before a packed file is opened: zip bombs, directories that lie, locked workbooks."""

from __future__ import annotations

import mmap
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from huiyin.collect.contracts import UnreadableFileError
from huiyin.core.text import Text

MAX_UNPACKED_BYTES = 4 * 1024**3
"""A full sheet (1,048,576 rows × 40 columns) unpacks to about 2.5 GiB of XML."""

MAX_RATIO = 250
"""Sheets that repeat one word in every cell reach about 100; a bomb goes for 1,000."""

RATIO_COUNTS_ABOVE_BYTES = 100 * 1024**2
"""Small files may be packed as tightly as they like."""

DEFLATE_BEST = 1032
"""Deflate cannot pack tighter than this (zlib's own figure)."""

_CHUNK = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_BOMB = Text(
    "“{path}”解开后有 {size:.0f} MB，是压缩包的 {ratio:.0f} 倍，像是压缩炸弹，没有打开。"
    "如确是数据，请另存为 CSV 再读。",
    "“{path}” unpacks to {size:.0f} MB, {ratio:.0f} times its packed size, as a zip bomb does; "
    "it was not opened. If it is data, save it as CSV.",
)
_LIES = Text(
    "“{path}”里的“{name}”解开后比它声明的大，像是压缩炸弹，没有打开。请重新导出。",
    "“{name}” in “{path}” unpacks to more than it declares, as a zip bomb does; "
    "it was not opened. Export it again.",
)


def refuse_bomb(path: Path) -> None:
    """Look at a zip file's directory, and at what its members really hold, before opening it.

    Parameters
    ----------
    path : Path

    Raises
    ------
    UnreadableFileError
        It unpacks to more than `MAX_UNPACKED_BYTES`, or is packed tighter than `MAX_RATIO`, or a
        member is bigger than the directory says.
    zipfile.BadZipFile
        It is no whole zip file.
    """
    with zipfile.ZipFile(path) as packed:
        members = packed.infolist()
    size = sum(member.file_size for member in members)
    ratio = size / max(path.stat().st_size, 1)
    if size > MAX_UNPACKED_BYTES or (size > RATIO_COUNTS_ABOVE_BYTES and ratio > MAX_RATIO):
        raise UnreadableFileError(_BOMB.format(path=path.name, size=size / 2**20, ratio=ratio))
    for member in members:
        if member.compress_size * DEFLATE_BEST > RATIO_COUNTS_ABOVE_BYTES:
            _refuse_liar(path, member)
        elif member.file_size > member.compress_size * DEFLATE_BEST + _CHUNK:
            raise UnreadableFileError(_LIES.format(path=path.name, name=member.filename))


def _refuse_liar(path: Path, member: zipfile.ZipInfo) -> None:
    """Unpack a member piece by piece, never past what it declares."""
    if member.compress_type != zipfile.ZIP_DEFLATED:
        return
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    left, size = member.compress_size, 0
    with path.open("rb") as raw:
        _seek_content(raw, member)
        while left > 0 and not unpack.eof:
            chunk = raw.read(min(_CHUNK, left))
            if not chunk:
                break
            left -= len(chunk)
            while chunk and not unpack.eof:
                size += len(unpack.decompress(chunk, _CHUNK))
                chunk = unpack.unconsumed_tail
                if size > member.file_size:
                    raise UnreadableFileError(_LIES.format(path=path.name, name=member.filename))


def _seek_content(raw: BinaryIO, member: zipfile.ZipInfo) -> None:
    raw.seek(member.header_offset)
    *_, n_name, n_extra = _LOCAL_HEADER.unpack(raw.read(_LOCAL_HEADER.size))
    raw.seek(n_name + n_extra, 1)


def is_encrypted_package(path: Path) -> bool:
    """Tell whether an OLE container holds a workbook locked by a password."""
    with path.open("rb") as raw, mmap.mmap(raw.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(_ENCRYPTED) >= 0
