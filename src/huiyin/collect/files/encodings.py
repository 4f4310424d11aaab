"""Which encoding a text file has, also where it has several, and its text as UTF-8."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from huiyin.collect.files.detect import first_bytes

MIXED = "mixed"
_CHUNK = 1 << 20
_CJK_RUN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]{2,}")
_CJK = re.compile("[\u3000-\u303f\u3400-\u9fff\uac00-\ud7af\ue000-\uf8ff\uff00-\uffef]")
_WESTERN = ("cp1252", "mac_roman", "cp850")
_GOOD = re.compile("[àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÇÉÈÊËÍÎÏÑÓÔÖÚÛÜ’‘“”–—…€°«»\u00a0]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
MAX_LINES_NAMED = 10


@dataclass(frozen=True, slots=True)
class MendedLines:
    """Lines that needed another encoding than most of the file."""

    n: int
    first: tuple[int, ...]
    encodings: tuple[str, ...]


def open_bytes(path: Path) -> BinaryIO:
    """Open the content, unpacked where the file is gzipped."""
    with path.open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
    return gzip.open(path) if packed else path.open("rb")  # type: ignore[return-value]  # GzipFile is a binary stream


def find_encoding(path: Path) -> str:
    """Find a file's encoding.

    UTF-8 with or without mark, then UTF-16, then GB18030 where the result reads as Chinese,
    then Western single-byte ones. `MIXED` where no single one fits: then each line is decoded by
    itself.

    Parameters
    ----------
    path : Path
        A text file, gzipped or not.

    Returns
    -------
    str
        A codec name, or ``mixed``.
    """
    head = first_bytes(path)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name if _decodes(path, name) else MIXED
    wide = _utf16_without_mark(head)
    if wide and _decodes(path, wide):
        return wide
    if _decodes(path, "utf-8"):
        return "utf-8"
    if _decodes(path, "gb18030") and _reads_as_chinese(path):
        return "gb18030"
    return MIXED


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with open_bytes(path) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _utf16_without_mark(head: bytes) -> str | None:
    sample = head[: 2 * (len(head) // 2)]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half / 3 and not sample[::2].count(0):
        return "utf-16-le"
    if half and sample[::2].count(0) > half / 3 and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _reads_as_chinese(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("gb18030")()
    in_runs = n_cjk = 0
    with open_bytes(path) as stream:
        while n_cjk < 2000 and (chunk := stream.read(_CHUNK)):  # noqa: PLR2004 -- plenty to judge by
            words = decoder.decode(chunk)
            in_runs += sum(len(run) for run in _CJK_RUN.findall(words))
            n_cjk += len(_CJK.findall(words))
    return in_runs >= n_cjk / 2


def decode_line(line: bytes) -> tuple[str, str]:
    """Decode one line by the first encoding, in declared order, that reads best.

    Returns
    -------
    tuple of (str, str)
        The text, and the encoding it was read by.
    """
    try:
        return line.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        chinese = line.decode("gb18030")
    except UnicodeDecodeError:
        chinese = ""
    if chinese and 2 * sum(map(len, _CJK_RUN.findall(chinese))) >= len(_CJK.findall(chinese)):
        return chinese, "gb18030"
    return _decode_western(line)


def _decode_western(line: bytes) -> tuple[str, str]:
    best = ("", "", -1)
    for name in _WESTERN:
        try:
            words = line.decode(name)
        except UnicodeDecodeError:
            continue
        good = len(_GOOD.findall(words))
        if good > best[2]:
            best = (words, name, good)
    if best[1]:
        return best[0], best[1]
    return line.decode("utf-8", "replace"), "utf-8"


class Utf8Stream(io.RawIOBase):
    """A text file's content as UTF-8 bytes without byte-order mark, read forward only."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._source = open_bytes(path)
        self._pieces = self._mended() if encoding == MIXED else self._decoded(encoding)
        self._rest = b""
        self.mended = MendedLines(0, (), ())

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than the stub's Buffer
        """Fill `buffer` with the next bytes."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        n = min(len(buffer), len(self._rest))
        buffer[:n] = self._rest[:n]
        self._rest = self._rest[n:]
        return n

    def close(self) -> None:
        """Close the file."""
        self._source.close()
        super().close()

    def _decoded(self, encoding: str) -> Iterator[bytes]:
        if encoding in {"utf-8", "utf-8-sig"}:
            first = self._source.read(3)
            yield first.removeprefix(codecs.BOM_UTF8)
            while chunk := self._source.read(_CHUNK):
                yield chunk
            return
        decoder = codecs.getincrementaldecoder(encoding)()
        while chunk := self._source.read(_CHUNK):
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()

    def _mended(self) -> Iterator[bytes]:
        seen: dict[str, list[int]] = {}
        n = 0
        for number, line in enumerate(self._source, start=1):
            words, encoding = decode_line(line)
            if encoding != "utf-8" or "\ufffd" in words:
                n += 1
                named = seen.setdefault(encoding, [])
                if len(named) < MAX_LINES_NAMED:
                    named.append(number)
                first = sorted(line for lines in seen.values() for line in lines)
                self.mended = MendedLines(n, tuple(first[:MAX_LINES_NAMED]), tuple(seen))
            yield words.removeprefix("\ufeff").encode() if number == 1 else words.encode()


def open_utf8(path: Path, encoding: str) -> Utf8Stream:
    """Open a text file's content as UTF-8."""
    return Utf8Stream(path, encoding)
