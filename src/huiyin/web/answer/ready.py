"""First pages that are the same for everybody but for the token: drawn once, compressed once."""

from __future__ import annotations

import secrets
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

MOST = 2_000
_LEVEL = 9
_RAW = -15
"""Deflate without a frame of its own: we write that of gzip around three pieces."""
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_STORED = b"\x00"
_LONGEST = 0xFFFF
_PIECE = 4_096


def place_mark() -> str:
    """Give words that stand for the token while a page is drawn; nobody can guess them."""
    return f"@{secrets.token_hex(16)}@"


@dataclass(frozen=True, slots=True)
class Halves:
    """A page before and after its token, plain and compressed.

    The token goes between the compressed halves as a stored block; only the checksum is made
    anew for each page.

    References
    ----------
    RFC 1951, section 3.2.4 (stored blocks); RFC 1952 (gzip).
    """

    before: bytes
    after: bytes
    before_packed: bytes
    before_sum: int
    after_packed: bytes
    pieces: tuple[bytes, ...]
    """`after` in pieces that zlib adds up without giving up the interpreter."""

    @classmethod
    def of(cls, page: str, mark: str) -> Self:
        """Cut a page at the mark that stands for its token."""
        first, _, last = page.partition(mark)
        before, after = first.encode(), last.encode()
        head = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
        packed = head.compress(before) + head.flush(zlib.Z_FULL_FLUSH)
        tail = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
        packed_after = tail.compress(after) + tail.flush()
        pieces = tuple(after[at : at + _PIECE] for at in range(0, len(after), _PIECE))
        return cls(before, after, packed, zlib.crc32(before), packed_after, pieces)

    def plain(self, token: str) -> bytes:
        """Give the page with a token."""
        return b"%b%b%b" % (self.before, token.encode(), self.after)

    def packed(self, token: str) -> bytes:
        """Give the page with a token, as gzip."""
        words = token.encode()
        length = struct.pack("<HH", len(words), len(words) ^ _LONGEST)
        total = zlib.crc32(words, self.before_sum)
        for piece in self.pieces:
            total = zlib.crc32(piece, total)
        size = (len(self.before) + len(words) + len(self.after)) & 0xFFFFFFFF
        end = struct.pack("<II", total, size)
        return b"".join((_HEAD, self.before_packed, _STORED, length, words, self.after_packed, end))


@dataclass(slots=True)
class ReadyPages:
    """Pages of one process, by what they depend on."""

    _kept: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def get(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """Give what is kept under a key; make it where there is nothing."""
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            found = self._kept[key] = make()
        return found
