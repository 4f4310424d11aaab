"""Which encoding a text file has, also where it has several, and its text as UTF-8."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from huiyin.collect.files.detect import first_bytes

MIXED = "mixed"
WESTERN_ORDER = ("cp1252", "cp850", "mac_roman")
"""Tried in this order where a line is neither UTF-8 nor Chinese."""

MAX_LINES_NAMED = 10
_CHUNK = 1 << 20
_SAMPLE_LINES = 2000
_ENOUGH_CHINESE = 2000
_LAST_ASCII = 0x7F
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_CJK_RUN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]{2,}")
_WESTERN = re.compile(
    "[à-öø-ÿœß](?![A-Z])"
    "|(?<![a-zà-öø-ÿ])[À-ÖØ-ÝŒ](?=[A-Za-zÀ-ÿ'’])"
    r"|(?<=\S)…|’|(?<![A-Za-z])[“‘«–—€]|[”»–—€](?![A-Za-zà-ÿ])|[°\u00a0]"
)
"""Letters and marks that stand where French, German or Spanish puts them."""

_UTF8_CHINESE_LINE = re.compile(
    rb"^[\x01-\x09\x0b-\x7f]*+(?:(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){2,}+[\x01-\x09\x0b-\x7f]*+)++$",
    re.MULTILINE,
)
"""A line of ASCII and runs of Chinese in UTF-8, nothing else."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A file's encoding.

    Attributes
    ----------
    name : str
        A codec's name, or ``mixed``: each line is then decoded by itself.
    order : tuple of str
        For ``mixed``: Western encodings, most frequent in this file first.
    """

    name: str
    order: tuple[str, ...] = WESTERN_ORDER


@dataclass(frozen=True, slots=True)
class MendedLines:
    """Lines that were not UTF-8: how many, the first ones (1-based), their encodings."""

    n: int
    first: tuple[int, ...]
    encodings: tuple[str, ...]


def open_bytes(path: Path) -> BinaryIO:
    """Open the content, unpacked where the file is gzipped."""
    with path.open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
    return cast("BinaryIO", gzip.open(path)) if packed else path.open("rb")


def find_encoding(path: Path) -> Encoding:
    """Find a file's encoding.

    UTF-8 with or without mark, then UTF-16, then GB18030 where the result reads as Chinese, then
    Western single-byte ones. ``mixed`` where no single one fits the whole file.

    Parameters
    ----------
    path : Path
        A text file, gzipped or not.
    """
    head = first_bytes(path)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name) if _decodes(path, name) else Encoding(MIXED, _votes(path)[0])
    wide = _utf16_without_mark(head)
    if wide and _decodes(path, wide):
        return Encoding(wide)
    if _decodes(path, "utf-8"):
        return Encoding("utf-8")
    if _decodes(path, "gb18030") and _reads_as_chinese(path):
        mixed = _holds_chinese_lines_of_utf8(path)
        return Encoding(MIXED) if mixed else Encoding("gb18030")
    order, only = _votes(path)
    return Encoding(only) if only and _decodes(path, only) else Encoding(MIXED, order)


def _is_utf8(path: Path) -> bool:
    """Tell it without making the text: that takes three times as long."""
    import pyarrow as pa

    rest = b""
    with open_bytes(path) as stream:
        while chunk := stream.read(_CHUNK):
            piece = rest + chunk
            whole = len(piece) - _unfinished(piece)
            rest = piece[whole:]
            bounds = pa.py_buffer(whole.to_bytes(8, sys.byteorder).rjust(16, b"\0"))
            text = pa.Array.from_buffers(pa.large_string(), 1, [None, bounds, pa.py_buffer(piece)])
            try:
                text.validate(full=True)
            except pa.ArrowInvalid:
                return False
    return not rest


def _unfinished(piece: bytes) -> int:
    """Count the bytes at the end that begin a character of UTF-8 and lack the rest of it."""
    for n_bytes in range(1, min(_LONGEST_CHARACTER, len(piece) + 1)):
        first = piece[-n_bytes]
        if first >= _FIRST_OF_SEVERAL:
            needed = next((n for n, least in _FIRST_BYTES if first >= least), 1)
            return n_bytes if needed > n_bytes else 0
        if first <= _LAST_ASCII:
            return 0
    return 0


_FIRST_OF_SEVERAL = 0xC0
_FIRST_BYTES = ((4, 0xF0), (3, 0xE0), (2, 0xC0))
_LONGEST_CHARACTER = 4


def _decodes(path: Path, encoding: str) -> bool:
    if encoding == "utf-8":
        return _is_utf8(path)
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
    """Tell by the line ends: a NUL behind each in one byte order, before each in the other."""
    little, big = "\n".encode("utf-16-le"), "\n".encode("utf-16-be")
    ends = head.count(b"\n")
    if ends and head.count(b"\0"):
        if head[1::2].count(0) >= head[::2].count(0) and head.count(little) >= ends / 2:
            return "utf-16-le"
        if head.count(big) >= ends / 2:
            return "utf-16-be"
    return None


def _reads_as_chinese(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("gb18030")()
    in_runs = n_foreign = 0
    with open_bytes(path) as stream:
        while n_foreign < _ENOUGH_CHINESE and (chunk := stream.read(_CHUNK)):
            words = decoder.decode(chunk)
            in_runs += sum(map(len, _CJK_RUN.findall(words)))
            n_foreign += len(_FOREIGN.findall(words))
    return in_runs >= n_foreign / 2


def _holds_chinese_lines_of_utf8(path: Path) -> bool:
    """Tell whether lines of UTF-8 stand in a file whose every byte is GB18030, too.

    Three bytes of UTF-8 are a Chinese character and a half in GB18030, and no fault shows.
    """
    with open_bytes(path) as stream:
        while lines := stream.readlines(_CHUNK):
            if _UTF8_CHINESE_LINE.search(b"".join(lines)):
                return True
    return False


def _votes(path: Path) -> tuple[tuple[str, ...], str | None]:
    """Rank Western encodings by the letters they give; name one that fits the file alone."""
    votes: Counter[str] = Counter()
    alone = dict.fromkeys(WESTERN_ORDER, True)
    with open_bytes(path) as lines:
        foreign = (line for line in lines if not line.isascii())
        for line in islice(foreign, _SAMPLE_LINES):
            votes.update(decode_line(line)[1].split("+"))
            for name in WESTERN_ORDER:
                alone[name] = alone[name] and _as_western(line, (name,))[2] >= 0
    order = tuple(sorted(WESTERN_ORDER, key=lambda name: -votes[name]))
    fitting = [name for name in WESTERN_ORDER if alone[name]]
    if not votes.keys() & {"utf-8", "gb18030"} and fitting:
        return order, fitting[0]
    return order, next(iter(votes)) if len(votes) == 1 else None


def decode_line(line: bytes, order: tuple[str, ...] = WESTERN_ORDER) -> tuple[str, str]:
    """Decode one line as UTF-8, else as Chinese, else letter by letter as a Western encoding.

    Parameters
    ----------
    line : bytes
    order : tuple of str
        Western encodings. Of each byte's readings the first that fits between its neighbours is
        taken, for some files hold two encodings in one word.

    Returns
    -------
    tuple of (str, str)
        The text, and the encoding or encodings (joined by ``+``) it was read by.
    """
    try:
        return line.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        words, encoding, score = _as_western(line, order)
    try:
        chinese = line.decode("gb18030")
    except UnicodeDecodeError:
        return words, encoding
    in_runs = sum(map(len, _CJK_RUN.findall(chinese)))
    chinese_score = in_runs - 2 * (len(_FOREIGN.findall(chinese)) - in_runs)
    return (chinese, "gb18030") if chinese_score > max(score, 0) else (words, encoding)


def _as_western(line: bytes, order: tuple[str, ...]) -> tuple[str, str, int]:
    """Read each byte by the first encoding whose letter fits there, and score the outcome."""
    readings = {name: line.decode(name, "replace") for name in order}
    fitting = {
        name: {found.start() for found in _WESTERN.finditer(words)}
        for name, words in readings.items()
    }
    letters = list(readings[order[0]])
    used: dict[str, None] = {}
    score = 0
    for position in (i for i, byte in enumerate(line) if byte > _LAST_ASCII):
        fits = next((name for name in order if position in fitting[name]), None)
        known = (name for name in order if readings[name][position] != "\ufffd")
        name = fits or next(known, order[0])
        letters[position] = readings[name][position]
        used[name] = None
        score += 1 if fits else -2
    return "".join(letters), "+".join(used), score


class Utf8Stream(io.RawIOBase):
    """A text file's content as UTF-8 bytes without byte-order mark, read forward only."""

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self._source = open_bytes(path)
        mixed = encoding.name == MIXED
        self._pieces = self._mended(encoding.order) if mixed else self._decoded(encoding.name)
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

    def _mended(self, order: tuple[str, ...]) -> Iterator[bytes]:
        first: list[int] = []
        seen: dict[str, None] = {}
        n = 0
        for number, line in enumerate(self._source, start=1):
            words, encoding = decode_line(line, order)
            if encoding != "utf-8" or "\ufffd" in words:
                n += 1
                first += [number] if n <= MAX_LINES_NAMED else []
                seen |= dict.fromkeys(encoding.split("+"))
                self.mended = MendedLines(n, tuple(first), tuple(seen))
            yield (words.removeprefix("\ufeff") if number == 1 else words).encode()


def open_utf8(path: Path, encoding: Encoding) -> Utf8Stream:
    """Open a text file's content as UTF-8."""
    return Utf8Stream(path, encoding)
